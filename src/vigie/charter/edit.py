"""Edits of a charter's text from pages: only the lines concerned change; comments, order and quoting stay.

Each function takes the text and gives the new one. It raises `CharterError`: the text is no YAML, the id is not
there, or the place is written in a way that only a person can change (``charter.error.edit-by-hand``). Whether the
new text is a good charter is for `vigie.charter.parse` to say.
"""

from collections.abc import Sequence

from vigie.charter import splice
from vigie.charter.nouns import PUBLIC_SOURCES
from vigie.charter.rights import Role
from vigie.charter.scribe import Value
from vigie.model import SourceSpec

_SOURCES = ("listening", "sources")


def put_query(
    text: str, id: str, *, purpose: str, match: str, keep_days: int | None = None, name: str | None = None
) -> str:
    """Adds a query or changes the one of that id. Several lines become a literal block.

    ``name``: None leaves it as it is, an empty one takes it out.
    """
    entries = {"purpose": _tidy(purpose), "match": _tidy(match), "keep_days": keep_days}
    named = {} if name is None else {"name": _tidy(name) or None}
    return splice.put_item(text, ("queries",), id, {**named, **entries})


def drop_query(text: str, id: str) -> str:
    """Takes a query out."""
    return splice.drop_item(text, ("queries",), id)


def put_source(text: str, spec: SourceSpec) -> str:
    """Adds a source or changes the one of that id; its options are exactly those of ``spec`` afterwards."""
    entries = _source(spec)
    old = splice.entries_of(text, _SOURCES, spec.id)
    gone = dict.fromkeys(key for key in old if key not in entries)
    return splice.put_item(text, _SOURCES, spec.id, {**gone, **entries}, [_source(one) for one in PUBLIC_SOURCES])


def drop_source(text: str, id: str) -> str:
    """Takes a source out; nothing is read any more when it was the last."""
    return splice.drop_item(text, _SOURCES, id, [_source(one) for one in PUBLIC_SOURCES])


def put_person(text: str, id: str, *, name: str, email: str = "", roles: Sequence[Role] = ("reader",)) -> str:
    """Adds a person or changes the one of that id."""
    entries = {"name": _tidy(name), "email": email or None, "roles": tuple(roles)}
    return splice.put_item(text, ("people",), id, entries)


def set_roles(text: str, id: str, roles: Sequence[Role]) -> str:
    """Gives a person exactly these roles."""
    if not splice.entries_of(text, ("people",), id):
        return splice.drop_item(text, ("people",), id)  # says that the person is not there
    return splice.put_item(text, ("people",), id, {"roles": tuple(roles)})


def drop_person(text: str, id: str) -> str:
    """Takes a person out of the charter, and with that every right."""
    return splice.drop_item(text, ("people",), id)


def set_company(
    text: str, *, name: str | None = None, languages: Sequence[str] | None = None, timezone: str | None = None
) -> str:
    """Changes what is given; the rest stays."""
    given: dict[str, Value] = {}
    if name is not None:
        given["name"] = _tidy(name)
    if languages is not None:
        given["languages"] = tuple(languages)
    if timezone is not None:
        given["timezone"] = _tidy(timezone)
    return splice.put_entries(text, "company", given)


def _source(spec: SourceSpec) -> dict[str, Value]:
    address: dict[str, Value] = {"address": spec.address} if spec.address else {}
    return {"id": spec.id, "network": spec.network, **address, **spec.options}


def _tidy(words: str) -> str:
    """Line ends as in the file's own manner, nothing around."""
    return words.replace("\r\n", "\n").replace("\r", "\n").strip()
