"""The rolling sample: the latest posts that nobody asked for, to try new queries on."""

from collections.abc import Callable, Sequence

import msgspec
from sqlalchemy import Connection, delete, func, select

from vigie.model import Millis, Post
from vigie.store import sqlite
from vigie.store.rows import key_of
from vigie.store.schema import sample

SAMPLE_SIZE = 10_000
SAMPLE_AGE: Millis = 24 * 3_600_000

_encode = msgspec.json.Encoder().encode
decode_post: Callable[[bytes], Post] = msgspec.json.Decoder(Post).decode

_insert = sqlite.INSERT_MANY(sample).values(
    dict.fromkeys(("network", "remote_id", "author", "handle_key", "added_at", "post"), "")
)
_ADD = sqlite.positional(
    _insert.on_conflict_do_update(
        index_elements=[sample.c.network, sample.c.remote_id], set_={"post": _insert.excluded.post}
    )
)
_OLDEST = select(sample.c.id).order_by(sample.c.id.desc()).limit(1).offset(SAMPLE_SIZE)
_TRIM = delete(sample).where(sample.c.id <= _OLDEST.scalar_subquery())


def add_to_sample(tx: Connection, posts: Sequence[Post], now: Millis) -> None:
    """Adds, or replaces by a later version, then makes room."""
    rows = [
        (said.network, said.remote_id, said.author.id, key_of(said.author.handle), now, _encode(said))
        for said in posts[-SAMPLE_SIZE:]
    ]
    if rows:
        tx.exec_driver_sql(_ADD, rows)
    tx.execute(_TRIM)
    drop_sample(tx, now - SAMPLE_AGE)


def drop_sample(tx: Connection, before: Millis) -> int:
    """Forgets what was added before; returns how many."""
    return tx.execute(delete(sample).where(sample.c.added_at < before)).rowcount


SIZE = select(func.count(), func.min(sample.c.added_at)).select_from(sample)
