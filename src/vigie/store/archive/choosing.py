"""Which posts a filter chooses, as selects that walk an index in the order of the list.

A list of mentions is a merge of streams: one per (query, reason kept), or per reason, or per author. Each stream reads
one index from the newest on and stops after a page, so a page costs the same in a small archive and in one of millions.
"""

from typing import Any, TypeAlias

from sqlalchemy import Connection, Select, exists, literal, select, tuple_, union
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import Subquery

from vigie.flows.ports.archive import Filter
from vigie.model import Kept
from vigie.store import sqlite
from vigie.store.rows import key_of
from vigie.store.schema import author, match, post
from vigie.store.search import expression

Place: TypeAlias = tuple[int, int]
"""(created_at, id) of the last mention of a page."""

KEPT: tuple[Kept, ...] = ("match", "own", "thread", "all")

FEW_HITS = 2_000
"""Up to here a search reads all its hits and sorts them; beyond, it walks the list and asks the index of each post."""


MANY_QUERIES = 100
"""Beyond, a list walks all posts and asks of each whether one of the queries matched: most will, and SQLite merges at
most 500 selects."""


class Choice:
    """The streams of one filter. Each selects ``created_at``, ``id``, ``network`` and ``lang``."""

    def __init__(self, connection: Connection, where: Filter) -> None:
        self._where = where
        self._kept = tuple(kept for kept in KEPT if kept in where.kept) if where.kept else KEPT
        self._authors = _numbers(connection, where.author) if where.author else None
        words = expression(where.text)
        if where.text.strip() and not words:
            self.streams: list[Select[Any]] = []
        elif words and sqlite.has_few_hits(connection, words, FEW_HITS):
            self.streams = [self._of_hits(words)]
        else:
            self.streams = self._walks()
            if words:
                self.streams = [one.where(sqlite.is_hit(one.selected_columns.id, words)) for one in self.streams]

    def page(self, after: Place | None, limit: int) -> Select[Any] | None:
        """The next ids, newest first, each once; None when nothing can be chosen."""
        if not self.streams:
            return None
        streams = []
        for one in self.streams:
            created_at, id = one.selected_columns.created_at, one.selected_columns.id
            rest = one if after is None else one.where(tuple_(created_at, id) < tuple_(*map(literal, after)))
            streams.append(rest.order_by(created_at.desc(), id.desc()).limit(limit))
        return _merged(streams, limit)

    def every(self) -> Subquery | None:
        """All that is chosen, each once."""
        if not self.streams:
            return None
        return (self.streams[0] if len(self.streams) == 1 else union(*self.streams)).subquery("every")

    def _walks(self) -> list[Select[Any]]:
        if self._authors is not None:
            return [self._of_author(number) for number in self._authors]
        queries = tuple(dict.fromkeys(self._where.queries))
        if 0 < len(queries) <= MANY_QUERIES:
            matching = [kept for kept in self._kept if kept in ("match", "own")]
            return [self._of_query(id, kept) for id in queries for kept in matching]
        return [self._of_reason(kept) for kept in self._kept]

    def _of_query(self, id: str, kept: Kept) -> Select[Any]:
        columns = (match.c.created_at, match.c.post.label("id"), match.c.network, match.c.lang)
        return self._narrow(select(*columns).where(match.c.query == id, match.c.kept == kept), match.c)

    def _of_reason(self, kept: Kept) -> Select[Any]:
        return self._narrow(_posts().where(post.c.kept == kept, *self._matches()), post.c)

    def _of_author(self, number: int) -> Select[Any]:
        wanted = _posts().where(post.c.author == number, post.c.kept.in_(self._kept))
        return self._narrow(wanted.where(*self._matches()), post.c)

    def _of_hits(self, words: str) -> Select[Any]:
        # The limit keeps SQLite from walking all posts and asking of each whether it is among the hits.
        few = select(post).where(post.c.id.in_(sqlite.hits(words))).limit(FEW_HITS).subquery("few").c
        wanted = _posts(few).where(few.kept.in_(self._kept), *self._matches(few.id))
        if self._authors is not None:
            wanted = wanted.where(few.author.in_(self._authors))
        return self._narrow(wanted, few)

    def _matches(self, id: ColumnElement[int] = post.c.id) -> list[ColumnElement[bool]]:
        if not self._where.queries:
            return []
        return [exists().where(match.c.post == id, match.c.query.in_(self._where.queries))]

    def _narrow(self, chosen: Select[Any], columns: Any) -> Select[Any]:
        where = self._where
        if where.networks:
            chosen = chosen.where(columns.network.in_(where.networks))
        if where.langs:
            chosen = chosen.where(columns.lang.in_(where.langs))
        if where.since is not None:
            chosen = chosen.where(columns.created_at >= where.since)
        if where.until is not None:
            chosen = chosen.where(columns.created_at < where.until)
        return chosen


def _merged(streams: list[Select[Any]], limit: int) -> Select[Any]:
    """Merges streams that are each ordered and cut."""
    if len(streams) == 1:
        return streams[0]
    merged = union(*(select(one.subquery()) for one in streams)).subquery("merged")
    return select(merged).order_by(merged.c.created_at.desc(), merged.c.id.desc()).limit(limit)


def _posts(columns: Any = post.c) -> Select[Any]:
    return select(columns.created_at, columns.id, columns.network, columns.lang)


def _numbers(connection: Connection, who: str) -> list[int]:
    # Two selects: either finds its index, an OR of both would not on every version of SQLite.
    by_id = select(author.c.id).where(author.c.remote_id == who)
    by_handle = select(author.c.id).where(author.c.handle_key == key_of(who))
    return sorted(connection.execute(union(by_id, by_handle)).scalars())
