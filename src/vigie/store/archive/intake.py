"""What a batch leaves besides its posts: how far its source was read, and what nobody could read."""

from collections import Counter

from sqlalchemy import Connection, case, delete, insert, select

from vigie.model import Batch, Millis
from vigie.store import sqlite
from vigie.store.schema import progress, quarantine, reject

KEPT_REJECTS = 200
"""Rejected events kept a source; the others are counted only."""

MAX_RAW = 2048

_insert = sqlite.INSERT_MANY(progress)
_new = _insert.excluded
_ADVANCE = _insert.on_conflict_do_update(
    index_elements=[progress.c.source],
    set_={
        "cursor": case((_new.cursor == "", progress.c.cursor), else_=_new.cursor),
        "latest": sqlite.later(_new.latest, progress.c.latest),
        "last_post_at": sqlite.later(_new.last_post_at, progress.c.last_post_at),
        "events": progress.c.events + _new.events,
        "posts": progress.c.posts + _new.posts,
        "kept": progress.c.kept + _new.kept,
    },
)
_insert_reject = sqlite.INSERT_MANY(reject)
_COUNT_REJECT = _insert_reject.on_conflict_do_update(
    index_elements=list(reject.primary_key), set_={"count": reject.c.count + _insert_reject.excluded.count}
)


def advance(tx: Connection, source: str, batch: Batch, kept: int) -> None:
    """The cursor and the totals. An empty cursor leaves the stored one: its source cannot resume from there."""
    posts = batch.posts
    row = {
        "source": source,
        "cursor": batch.cursor,
        "latest": batch.latest,
        "last_post_at": max(said.created_at for said in posts) if posts else None,
        "events": batch.events,
        "posts": len(posts),
        "kept": kept,
    }
    tx.execute(_ADVANCE, row)


def set_aside(tx: Connection, source: str, batch: Batch, now: Millis) -> None:
    """Counts what nobody could read and keeps the latest of it."""
    if not batch.rejected:
        return
    reasons = Counter(one.reason for one in batch.rejected)
    counts = [{"source": source, "reason": reason, "count": count} for reason, count in reasons.items()]
    tx.execute(_COUNT_REJECT, counts)
    rows = [
        {"source": source, "at": now, "reason": one.reason, "detail": one.detail, "raw": one.raw[:MAX_RAW]}
        for one in batch.rejected[-KEPT_REJECTS:]
    ]
    tx.execute(insert(quarantine), rows)
    mine = quarantine.c.source == source
    oldest = select(quarantine.c.id).where(mine).order_by(quarantine.c.id.desc()).limit(1).offset(KEPT_REJECTS)
    tx.execute(delete(quarantine).where(mine, quarantine.c.id <= oldest.scalar_subquery()))
