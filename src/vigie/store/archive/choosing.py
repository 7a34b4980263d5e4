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
"""Up to here a search reads all its hits and sorts them; beyond, it walks the list and sifts it through the index."""

MOST_AT_ONCE = 20_000
"""Posts sifted by one select, after smaller ones have not filled the page."""


MANY_QUERIES = 100
"""Beyond, a list walks all posts and asks of each whether one of the queries matched: most will, and SQLite merges at
most 500 selects."""


class Choice:
    """The streams of one filter. Each selects ``created_at``, ``id``, ``network`` and ``lang``."""

    def __init__(self, connection: Connection, where: Filter) -> None:
        self._where = where
        self._kept = tuple(kept for kept in KEPT if kept in where.kept) if where.kept else KEPT
        self._authors = _numbers(connection, where.author) if where.author else None
        self._connection = connection
        self._sieve = ""
        self._streams: list[Select[Any]] = []
        words = expression(where.text)
        if words and sqlite.has_few_hits(connection, words, FEW_HITS):
            self._streams = [self._of_hits(words)]
        elif words or not where.text.strip():
            self._sieve, self._streams = words, self._walks()

    def page(self, after: Place | None, limit: int) -> list[Place]:
        """The next mentions, newest first, each once."""
        if not self._sieve:
            return self._walk(after, limit)
        found: list[Place] = []
        step = 4 * limit
        while len(found) < limit:
            walked = self._walk(after, step)
            if walked:
                hits = sqlite.hits_among(self._connection, self._sieve, [id for _, id in walked])
                found.extend(place for place in walked if place[1] in hits)
                after = walked[-1]
            if len(walked) < step:
                break
            step = min(4 * step, MOST_AT_ONCE)
        return found[:limit]

    def every(self) -> Subquery | None:
        """All that is chosen, each once; None when nothing can be."""
        streams = self._streams
        if self._sieve:
            streams = [one.where(one.selected_columns.id.in_(sqlite.hits(self._sieve))) for one in streams]
        if len(streams) > 1:
            return union(*streams).subquery("every")
        return streams[0].subquery("every") if streams else None

    def _walk(self, after: Place | None, limit: int) -> list[Place]:
        streams = []
        for one in self._streams:
            created_at, id = one.selected_columns.created_at, one.selected_columns.id
            rest = one if after is None else one.where(tuple_(created_at, id) < tuple_(*map(literal, after)))
            streams.append(rest.order_by(created_at.desc(), id.desc()).limit(limit))
        if not streams:
            return []
        return [(row.created_at, row.id) for row in self._connection.execute(_merged(streams, limit))]

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
