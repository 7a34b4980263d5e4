"""What pages and the API read: lists, one mention and what surrounds it, volumes, the sample."""

import heapq
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, bindparam, func, select, tuple_

from vigie.flows.ports.archive import AuthorSheet, Bucket, Filter, Slice, Step
from vigie.model import Mention, Millis, Post
from vigie.store import sqlite
from vigie.store.archive import sampling
from vigie.store.archive.chapter import Chapter
from vigie.store.archive.choosing import Choice, Place
from vigie.store.archive.counting import ANY, STEPS
from vigie.store.archive.sampling import decode_post
from vigie.store.rows import AUTHOR_COLUMNS, author_of, mention_of
from vigie.store.schema import author, match, post, sample, version, volume

_FULL = select(post, *AUTHOR_COLUMNS).outerjoin(author, author.c.id == post.c.author)
_BY_IDS = _FULL.where(post.c.id.in_(sqlite.among(bindparam("ids"))))
_BY_NAME = select(post.c.id).where(post.c.network == bindparam("network"), post.c.remote_id == bindparam("remote_id"))
_QUERIES = select(match.c.post, match.c.query).where(match.c.post.in_(sqlite.among(bindparam("ids"))))
_first = select(func.min(volume.c.query).label("id")).cte("counted", recursive=True)
_after = select(func.min(volume.c.query)).where(volume.c.query > _first.c.id).scalar_subquery()
_counted = _first.union_all(select(_after).where(_first.c.id.is_not(None)))
_COUNTED_QUERIES = select(_counted.c.id).where(_counted.c.id.is_not(None))
"""Each query that has counters, found by skipping from one to the next instead of reading them all."""
_ROUNDS = 12  # a thread known only by its replies is followed this deep
_PAGE = 2_000


class Reading(Chapter):
    """The port's chapter for reading. Each call is a few short selects; none is held open between calls."""

    def mentions(self, where: Filter, after: str = "", limit: int = 50) -> Slice:
        """Newest first. Raises ValueError for an ``after`` that no call gave."""
        place = _place(after) if after else None
        with self._database.reading() as connection:
            places = Choice(connection, where).page(place, limit + 1)
            found = mentions_of(connection, [id for _, id in places[:limit]])
        more = len(places) > limit
        return Slice(tuple(found), "-".join(map(str, places[limit - 1])) if more else "")

    def count(self, where: Filter) -> int:
        """How many mentions `mentions` would give in all."""
        with self._database.reading() as connection:
            every = Choice(connection, where).every()
            if every is None:
                return 0
            return connection.execute(select(func.count()).select_from(every)).scalar_one()

    def langs(self, where: Filter) -> list[tuple[str, int]]:
        """How many mentions in each language (the first one that a post declares), the most frequent first."""
        with self._database.reading() as connection:
            every = Choice(connection, where).every()
            if every is None:
                return []
            count = func.count().label("n")
            by_lang = select(every.c.lang, count).group_by(every.c.lang).order_by(count.desc(), every.c.lang)
            return [(lang, n) for lang, n in connection.execute(by_lang)]

    def volume(self, where: Filter, step: Step) -> list[Bucket]:
        """Buckets by query and time, those of ``""`` first; ``since`` and ``until`` are widened to whole steps.

        From the counters when only matches are asked for, without text or author: then also of posts that retention
        has forgotten since, but for the posts of several chosen queries together, which no counter holds.
        """
        size = STEPS[step]
        where = _widened(where, size)
        counted = where.kept == ("match",) and not where.text.strip() and not where.author
        several = len(set(where.queries)) > 1
        with self._database.reading() as connection:
            rows = _from_counters(connection, where, size) if counted else _by_query(connection, where, size)
            if several or not (counted or where.queries):
                rows = [*_together(connection, where, size), *rows]
            return [Bucket(query, start, count) for query, start, count in rows]

    def mention(self, id: int) -> Mention | None:
        """One mention by the store's number."""
        with self._database.reading() as connection:
            return next(iter(mentions_of(connection, [id])), None)

    def mention_of(self, network: str, remote_id: str) -> Mention | None:
        """One mention by its network's name for it."""
        with self._database.reading() as connection:
            id = connection.execute(_BY_NAME, {"network": network, "remote_id": remote_id}).scalar()
            return None if id is None else next(iter(mentions_of(connection, [id])), None)

    def thread(self, id: int, limit: int = 200) -> list[Mention]:
        """The kept posts around one, found by thread and by replies, oldest first."""
        with self._database.reading() as connection:
            ids = _thread_ids(connection, id, limit)
            found = mentions_of(connection, ids)
        return sorted(found, key=lambda mention: (mention.post.created_at, mention.id))

    def versions(self, id: int) -> list[tuple[Millis, str]]:
        """(version_at, text) of each version, oldest first; empty for a tombstone."""
        now = select(func.coalesce(post.c.edited_at, post.c.created_at), post.c.text)
        before = select(version.c.at, version.c.text).where(version.c.post == id).order_by(version.c.at)
        with self._database.reading() as connection:
            present = connection.execute(now.where(post.c.id == id, post.c.gone_at.is_(None))).all()
            earlier = connection.execute(before).all() if present else []
        return [(at, text) for at, text in [*earlier, *present]]

    def author(self, network: str, author_id: str) -> AuthorSheet | None:
        """A person by the network's id; None when no post of theirs is kept."""
        who = select(author.c.id, *AUTHOR_COLUMNS).where(author.c.network == network, author.c.remote_id == author_id)
        with self._database.reading() as connection:
            row = connection.execute(who).first()
            if row is None:
                return None
            sums = select(func.count(), func.min(post.c.created_at), func.max(post.c.created_at))
            count, first, last = connection.execute(sums.where(post.c.author == row[0])).one()
        return AuthorSheet(network, author_of(tuple(row[1:])), count, first, last) if count else None

    def sample(self, limit: int = sampling.SAMPLE_SIZE) -> list[Post]:
        """The rolling sample, the latest first."""
        wanted = select(sample.c.post).order_by(sample.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            packed = connection.execute(wanted).scalars().all()
        return [decode_post(one) for one in packed]

    def sample_size(self) -> tuple[int, Millis | None]:
        """How many posts it holds, and when the oldest of them was added."""
        with self._database.reading() as connection:
            count, oldest = connection.execute(sampling.SIZE).one()
        return count, oldest

    def kept_ids(self, network: str, since: Millis, limit: int = 200_000) -> Iterator[str]:
        """remote_ids of standing posts that are kept as matches, own or of a thread, newest first.

        Posts kept because the charter keeps all need no recognising. Read in pages, so no long select holds up the log.
        """
        streams = [self._kept_ids(network, since, kept) for kept in ("match", "own", "thread")]
        for _, (_, remote_id) in zip(range(limit), heapq.merge(*streams, reverse=True), strict=False):
            yield remote_id

    def _kept_ids(self, network: str, since: Millis, kept: str) -> Iterator[tuple[Place, str]]:
        mine = select(post.c.created_at, post.c.id, post.c.remote_id, post.c.gone_at).where(
            post.c.kept == kept, post.c.network == network, post.c.created_at >= since
        )
        mine = mine.order_by(post.c.created_at.desc(), post.c.id.desc()).limit(_PAGE)
        after: Place | None = None
        while True:
            page = mine if after is None else mine.where(tuple_(post.c.created_at, post.c.id) < after)
            with self._database.reading() as connection:
                rows = connection.execute(page).all()
            for created_at, id, remote_id, gone_at in rows:
                after = (created_at, id)
                if gone_at is None:
                    yield after, remote_id
            if len(rows) < _PAGE:
                return


def mentions_of(connection: Connection, ids: Sequence[int]) -> list[Mention]:
    """Mentions by number, in that order; unknown ones are left out."""
    if not ids:
        return []
    wanted = {"ids": sqlite.as_list(ids)}
    queries: dict[int, list[str]] = {}
    for id, query in connection.execute(_QUERIES, wanted):
        queries.setdefault(id, []).append(query)
    found = {
        row[0]: mention_of(tuple(row), tuple(sorted(queries.get(row[0], ()))))
        for row in connection.execute(_BY_IDS, wanted)
    }
    return [found[id] for id in ids if id in found]


def _place(after: str) -> Place:
    created_at, dash, id = after.rpartition("-")
    if not dash:
        raise ValueError("bad-cursor")
    return int(created_at), int(id)


def _widened(where: Filter, size: Millis) -> Filter:
    since = where.since if where.since is None else where.since - where.since % size
    until = where.until if where.until is None else where.until + -where.until % size
    return Filter(where.queries, where.networks, where.langs, where.author, since, until, where.text, where.kept)


def _from_counters(connection: Connection, where: Filter, size: Millis) -> Sequence[tuple[str, Millis, int]]:
    total = func.sum(volume.c.count)
    chosen = select(volume.c.query, volume.c.start, total).where(volume.c.step == size)
    queries = where.queries or connection.execute(_COUNTED_QUERIES).scalars().all()
    chosen = chosen.where(volume.c.query.in_(queries))
    if where.networks:
        chosen = chosen.where(volume.c.network.in_(where.networks))
    if where.langs:
        chosen = chosen.where(volume.c.lang.in_(where.langs))
    if where.since is not None:
        chosen = chosen.where(volume.c.start >= where.since)
    if where.until is not None:
        chosen = chosen.where(volume.c.start < where.until)
    chosen = chosen.group_by(volume.c.query, volume.c.start).order_by(volume.c.query, volume.c.start)
    return [(query, start, count) for query, start, count in connection.execute(chosen)]


def _by_query(connection: Connection, where: Filter, size: Millis) -> Sequence[tuple[str, Millis, int]]:
    every = Choice(connection, where).every()
    if every is None:
        return []
    start = (every.c.created_at - every.c.created_at % size).label("start")
    chosen = select(match.c.query, start, func.count()).select_from(every).join(match, match.c.post == every.c.id)
    if where.queries:
        chosen = chosen.where(match.c.query.in_(where.queries))
    chosen = chosen.group_by(match.c.query, start).order_by(match.c.query, start)
    return [(query, at, count) for query, at, count in connection.execute(chosen)]


def _together(connection: Connection, where: Filter, size: Millis) -> Sequence[tuple[str, Millis, int]]:
    every = Choice(connection, where).every()
    if every is None:
        return []
    start = (every.c.created_at - every.c.created_at % size).label("start")
    chosen = select(start, func.count()).group_by(start).order_by(start)
    return [(ANY, at, count) for at, count in connection.execute(chosen)]


def _thread_ids(connection: Connection, id: int, limit: int) -> list[int]:
    columns = (post.c.id, post.c.remote_id, post.c.root, post.c.reply_to)
    first = connection.execute(select(*columns, post.c.network).where(post.c.id == id)).first()
    if first is None:
        return []
    network = first.network
    found = {id}
    asked: set[str] = set()
    names = {first.remote_id, first.root, first.reply_to} - {""}
    for _ in range(_ROUNDS):
        ask = {"names": sqlite.as_list(sorted(names - asked))}
        asked |= names
        among = sqlite.among(bindparam("names"))
        for key in (post.c.remote_id, post.c.root):
            near = select(*columns).where(post.c.network == network, key.in_(among), sqlite.is_said(key)).limit(limit)
            for row in connection.execute(near, ask):
                found.add(row.id)
                names |= {row.remote_id, row.root, row.reply_to} - {""}
        if names <= asked or len(found) >= limit:
            break
    return [id, *sorted(found - {id})[: limit - 1]]
