"""Looks for what should never be: for `vigie doctor`, after a restore, and in tests."""

from contextlib import closing

from sqlalchemy import Connection, and_, func, literal, or_, select

from vigie.store import sqlite
from vigie.store.archive.counting import ANY, STEPS
from vigie.store.copies import unnoted
from vigie.store.database import Database
from vigie.store.driver import SQLITE
from vigie.store.schema import expiry, match, publication, sent, volume

_SENT = select(func.count()).where(sent.c.publication == publication.c.id)
_KEYS, _ADDRESSES = _SENT.scalar_subquery(), _SENT.where(sqlite.is_said(sent.c.remote_id)).scalar_subquery()
_PIECES = sqlite.length_of(publication.c.outgoing, "pieces")
_TRACELESS = select(publication.c.id).where(
    or_(
        and_(publication.c.state.in_(("publishing", "unconfirmed", "published")), _KEYS < _PIECES),
        and_(publication.c.state == "published", _ADDRESSES < _PIECES),
    )
)


def problems(database: Database, *, deep: bool) -> list[str]:
    """Codes of `wording` (``store.check.CODE``); empty when all is well.

    Reads the whole file: three seconds for a million posts. A deep check compares every index, row and counter with one
    another as well: forty.

    ``damaged``, ``dangling``, ``counters-differ``, ``queue-differs``, ``copies-differ``, ``index-differs``.
    """
    found: list[str] = []
    # On a connection of its own: one that has searched before takes the index's newer pages for damage.
    with closing(SQLITE.connect(database.path)) as fresh:
        if fresh.execute(f"PRAGMA {'integrity_check' if deep else 'quick_check'}(1)").fetchone()[0] != "ok":
            found.append("damaged")
    if not deep:
        return found
    with database.reading() as connection:
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            found.append("dangling")
        if _miscounted(connection):
            found.append("counters-differ")
        if connection.execute(_TRACELESS).first() is not None:
            found.append("queue-differs")
        if unnoted(connection):
            found.append("copies-differ")
    with database.writing(durable=False) as tx:  # FTS5 takes its own check for a write
        if not sqlite.index_is_sound(tx):
            found.append("index-differs")
    return found


def _miscounted(connection: Connection) -> bool:
    """Compares each counter whose posts have not been forgotten by retention with a recount."""
    before = {row.query: row.before for row in connection.execute(select(expiry).where(expiry.c.query != ANY))}
    before[ANY] = max(before.values(), default=0)
    for step in STEPS.values():
        start = match.c.created_at - match.c.created_at % step
        key = (start, match.c.network, match.c.lang)
        matches = select(match.c.query, *key, func.count()).group_by(match.c.query, *key)
        posts = select(literal(ANY), *key, func.count(match.c.post.distinct())).group_by(*key)
        counters = select(volume.c.query, volume.c.start, volume.c.network, volume.c.lang, volume.c.count)
        recounts = [one.where(match.c.kept == "match") for one in (matches, posts)]
        recounted = {tuple(row) for recount in recounts for row in connection.execute(recount)}
        counted = {tuple(row) for row in connection.execute(counters.where(volume.c.step == step))}
        if any(start >= before.get(query, 0) for query, start, *_ in recounted ^ counted):
            return True
    return False
