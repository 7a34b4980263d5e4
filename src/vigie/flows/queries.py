"""Queries as a person works on them: the shelf, the examination while typing, saving and dropping."""

from collections.abc import Callable, Mapping
from hashlib import sha256

from msgspec import Struct

from vigie.charter import Charter
from vigie.charter import edit as charter_edit
from vigie.flows.ports.archive import Archive, Filter
from vigie.flows.ports.charter_file import CharterFile
from vigie.flows.rewrite import Rewritten, rewrite
from vigie.model import Act, Mention, Millis
from vigie.query import (
    MODEL,
    Cost,
    Problem,
    Query,
    QueryError,
    Rewriting,
    Seen,
    cheaper,
    cost,
    parse,
    tokens_for_editor,
)

DAY: Millis = 86_400_000
DAYS = 30
"""How far back the shelf counts."""


class Draft(Struct, frozen=True):
    """A query as typed: what a person may change of it. ``name``: None for one that nobody touches."""

    id: str
    purpose: str
    match: str
    keep_days: int | None = None
    name: str | None = None

    @property
    def label(self) -> str:
        """What pages call it."""
        return self.name or self.id


class Examined(Struct, frozen=True):
    """What the parser says of a text; positions are characters. No query and no cost where it cannot be read.

    ``cheaper`` is sought for what is too dear alone.
    """

    text: str
    tokens: tuple[tuple[int, int, str], ...]
    problems: tuple[Problem, ...] = ()
    query: Query | None = None
    cost: Cost | None = None
    cheaper: Rewriting | None = None


class Card(Struct, frozen=True):
    """A query on the shelf.

    Attributes:
        label: what people call it.
        version: its number in the archive, 0 before the listening role has taken it up.
        days: mentions a day over the last 30, oldest first, the last one being the 24 hours up to now.
        examined: its cost, or what is wrong with it.
        used_by: ids of the queries that name it.
    """

    id: str
    label: str
    purpose: str
    match: str
    version: int
    days: tuple[int, ...]
    last: Mention | None
    examined: Examined
    used_by: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Mentions over the 30 days."""
        return sum(self.days)

    @property
    def state(self) -> str:
        """``broken``, ``costly``, ``silent`` (nothing in 30 days) or ``well``."""
        if self.examined.query is None:
            return "broken"
        if self.examined.cost is not None and self.examined.cost.level == "high":
            return "costly"
        return "well" if self.total else "silent"


class QueryGoneError(Exception):
    """The query to be changed or dropped is no longer in the charter."""


class QueryMovedError(Exception):
    """Somebody changed this very query since it was read. ``theirs`` is what the charter says now."""

    def __init__(self, theirs: Draft) -> None:
        super().__init__(theirs.id)
        self.theirs = theirs


class QueryTakenError(Exception):
    """A new query asks for an id that another one has."""


def named(charter: Charter | None) -> dict[str, str]:
    """The queries that ``{name}`` may stand for."""
    return {query.id: query.match for query in charter.queries} if charter else {}


def label_of(charter: Charter | None, id: str) -> str:
    """What people call a query; its id where they call it nothing else, or where it is gone."""
    return next((query.label for query in charter.queries if query.id == id), id) if charter else id


def drafted(charter: Charter | None, id: str) -> Draft | None:
    """A query of the charter as one edits it."""
    for query in charter.queries if charter else ():
        if query.id == id:
            return Draft(query.id, query.purpose, query.match, query.keep_days, query.name)
    return None


def stamp(draft: Draft | None) -> str:
    """Names a query's content, so that a form can tell later whether it is still the one it showed. Empty for none.

    What people call it is left aside: somebody who renames a query stands in nobody's way.

    >>> stamp(None)
    ''
    >>> stamp(Draft("brand", "know", "a")) == stamp(Draft("brand", "know", "a", 30))
    False
    """
    if draft is None:
        return ""
    parts = (draft.purpose, draft.match, str(draft.keep_days))
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def examine(text: str, id: str, others: Mapping[str, str], seen: Seen = MODEL) -> Examined:
    """Reads a text as the query ``id``, so that a query which names itself in a circle is found too.

    ``seen`` tells how common words are where the house listens.
    """
    tokens = tuple(tokens_for_editor(text))
    names = {**others, id: text} if id else dict(others)
    try:
        query = parse(text, names)
    except QueryError as error:
        return Examined(text, tokens, tuple(error.problems))
    found = cost(query, seen)
    return Examined(text, tokens, query=query, cost=found, cheaper=cheaper(query, seen) if found.too_dear else None)


def mend(text: str, problem: Problem) -> str:
    """The text with a problem's suggestion in the place of what was wrong."""
    return text[: problem.start] + problem.suggestion + text[problem.end :]


def stored(archive: Archive, id: str, now: Millis) -> int:
    """Mentions that the query's versions found over the last 30 days."""
    return archive.count(Filter(queries=(id,), since=now - DAYS * DAY))


def since_yesterday(charter: Charter | None, archive: Archive, now: Millis) -> int:
    """Mentions of the last 24 hours, each once however many queries found it."""
    ids = tuple(named(charter))
    return archive.count(Filter(queries=ids, since=now - DAY)) if ids else 0


def shelf(charter: Charter | None, archive: Archive, now: Millis, seen: Seen = MODEL) -> tuple[Card, ...]:
    """Every query of the charter in its order, with how it does."""
    if charter is None or not charter.queries:
        return ()
    names = named(charter)
    days = _days(archive, tuple(names), now)
    versions = {version.id: version.number for version in archive.queries()}
    return tuple(
        Card(
            id=query.id,
            label=query.label,
            purpose=query.purpose,
            match=query.match,
            version=versions.get(query.id, 0),
            days=days[query.id],
            last=next(iter(archive.mentions(Filter(queries=(query.id,)), limit=1).mentions), None),
            examined=examine(query.match, query.id, names, seen),
            used_by=used_by(query.id, names),
        )
        for query in charter.queries
    )


def _days(archive: Archive, ids: tuple[str, ...], now: Millis) -> dict[str, tuple[int, ...]]:
    """30 counts a query, from hours, so that the last day is whole wherever one lives."""
    counts = {id: [0] * DAYS for id in ids}
    since = now - DAYS * DAY
    for bucket in archive.volume(Filter(queries=ids, since=since, until=now + DAY), "hour"):
        if bucket.query in counts:
            day = min(max((bucket.start - since) // DAY, 0), DAYS - 1)
            counts[bucket.query][day] += bucket.count
    return {id: tuple(row) for id, row in counts.items()}


def used_by(id: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Ids of the queries that name this one.

    >>> used_by("brand", {"brand": "a", "local": "{brand} AND port"})
    ('local',)
    """
    return tuple(other for other, match in names.items() if other != id and "{" + id + "}" in match)


def save(
    file: CharterFile, draft: Draft, *, was: str, parse_charter: Callable[[str], Charter], who: str, now: Millis
) -> Rewritten:
    """Writes a query into the charter. ``was`` is the `stamp` of what the form showed; empty for a new query.

    Changes that others made elsewhere in the charter meanwhile are kept.

    Raises:
        QueryMovedError, QueryGoneError, QueryTakenError: the charter's query is not the one the form showed.
        CharterError: the charter would not be read with this change, or is not now.
        CharterMovedError: the file keeps moving.
    """

    def change(text: str) -> str:
        now_there = drafted(parse_charter(text), draft.id)
        if stamp(now_there) != was:
            if now_there is None:
                raise QueryGoneError
            if not was:
                raise QueryTakenError
            raise QueryMovedError(now_there)
        return charter_edit.put_query(
            text, draft.id, purpose=draft.purpose, match=draft.match, keep_days=draft.keep_days, name=draft.name
        )

    verb = "query.changed" if was else "query.added"
    return rewrite(file, change, parse_charter, Act(at=now, who=who, verb=verb, what=f"query:{draft.id}"))


def drop(file: CharterFile, id: str, *, parse_charter: Callable[[str], Charter], who: str, now: Millis) -> Rewritten:
    """Takes a query out of the charter; its mentions stay until their retention ends.

    Raises:
        QueryGoneError: it is not there any more.
        CharterError: another query names it.
    """

    def change(text: str) -> str:
        if drafted(parse_charter(text), id) is None:
            raise QueryGoneError
        return charter_edit.drop_query(text, id)

    return rewrite(file, change, parse_charter, Act(at=now, who=who, verb="query.dropped", what=f"query:{id}"))
