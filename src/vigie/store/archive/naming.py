"""One person's names: where they stand in texts and values of the database, and how they are taken out."""

import re
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import structs
from sqlalchemy import Connection, func, or_
from sqlalchemy.sql.elements import ColumnElement

from vigie.model import Act
from vigie.store import sqlite
from vigie.store.copies import COLUMNS, empty_post, nameless, posts_in, rewrite
from vigie.store.refusals import Refusals
from vigie.store.rows import key_of
from vigie.store.schema import copy, evidence, happening, incident, notice

_VALUES = (incident.c["values"], happening.c["values"], notice.c["values"])
_OWN_WORDS = frozenset(("text", "title", "words", "alt"))


def name_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Finds a name as a whole: ``ana`` in ``/users/ana/1`` and ``@ana``, not in ``anabel``, ``ana.bzh``, ``ana@b``."""
    any_name = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w.-])(?:{any_name})(?![\w@-]|\.\w)", re.IGNORECASE)


def holds(names: Iterable[str], *fields: ColumnElement[str] | ColumnElement[bytes]) -> ColumnElement[bool]:
    """Whether one of these fields has a name in it, maybe within another word."""
    return or_(*(func.instr(func.lower(sqlite.as_text(field)), name) > 0 for field in fields for name in sorted(names)))


def unnamed(act: Act, naming: re.Pattern[str], digest: str) -> Act:
    """An act that says a digest instead of the name."""
    details = {
        name: naming.sub(digest, value) if isinstance(value, str) else value for name, value in act.details.items()
    }
    return structs.replace(act, what=naming.sub(digest, act.what), why=naming.sub(digest, act.why), details=details)


def unname_copies(tx: Connection, names: set[str], naming: re.Pattern[str], refusals: Refusals) -> None:
    """Empties a person's posts in drafts, publications and evidence, and takes their name out of the values beside.

    What people wrote stays in their own words, also when it names them.
    """
    taken = _Taken(names, naming, refusals)
    for place in ("draft", "publication"):
        for content, _ in COLUMNS[place]:
            rewrite(tx, content, holds(names, content), taken.out_of_posts)
    for facts in (evidence.c.content, *_VALUES):
        rewrite(tx, facts, holds(names, facts), taken.out_of_all)
    tx.execute(copy.delete().where(copy.c.remote_id.in_(taken.posts)))


class _Taken:
    """Takes one person out of JSON values."""

    def __init__(self, names: set[str], naming: re.Pattern[str], refusals: Refusals) -> None:
        self._names, self._naming, self._refusals = names, naming, refusals
        self.posts: set[str] = set()

    def out_of_posts(self, content: str) -> str:
        value = msgspec.json.decode(content)
        for said in posts_in(value):
            self._from_post(said)
        return msgspec.json.encode(value).decode()

    def out_of_all(self, content: str) -> str:
        value = msgspec.json.decode(self.out_of_posts(content))
        return msgspec.json.encode(self._from_values(value)).decode()

    def _from_post(self, said: dict[str, Any]) -> None:
        author, found = said["author"], self._naming.search
        if {key_of(author.get("id", "")), key_of(author.get("handle", ""))} & self._names or any(
            found(said.get(field, "")) for field in ("remote_id", "repost_of")
        ):
            self.posts.add(said["remote_id"])
            empty_post(said, nameless(self._refusals, said["remote_id"]))
            return
        for field in ("reply_to", "thread", "quote_of"):
            if found(said.get(field, "")):
                said[field] = ""
        for field in ("mentions", "links"):
            said[field] = [one for one in said.get(field, ()) if not found(one)]

    def _from_values(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._naming.sub(lambda name: self._refusals.digest(name[0]).hex()[:16], value)
        if isinstance(value, list):
            return [self._from_values(part) for part in value]
        if isinstance(value, dict):
            return {name: part if name in _OWN_WORDS else self._from_values(part) for name, part in value.items()}
        return value
