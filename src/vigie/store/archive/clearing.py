"""Takes posts out of every table, without a trace but in the counters; copies of them are emptied."""

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import Connection, bindparam, delete, select

from vigie.store import sqlite
from vigie.store.archive.people import drop_authors
from vigie.store.changes import note_changes
from vigie.store.copies import forget_posts
from vigie.store.schema import match, post, version

_IDS = sqlite.among(bindparam("ids"))
_STANDING = select(post.c.id).where(post.c.id.in_(_IDS), post.c.gone_at.is_(None))
_AUTHORS = select(post.c.author).where(post.c.id.in_(_IDS), post.c.author.is_not(None)).distinct()
_NAMES = select(post.c.network, post.c.remote_id).where(post.c.id.in_(_IDS)).order_by(post.c.network)
_DROPS = (
    delete(version).where(version.c.post.in_(_IDS)),
    delete(match).where(match.c.post.in_(_IDS)),
    delete(post).where(post.c.id.in_(_IDS)),
)


def clear_posts(tx: Connection, ids: Sequence[int]) -> None:
    """Clears posts and tombstones by number, and their authors when that was all they wrote."""
    if not ids:
        return
    wanted = {"ids": sqlite.as_list(ids)}
    authors = [number for number in tx.execute(_AUTHORS, wanted).scalars() if number is not None]
    standing = tx.execute(_STANDING, wanted).scalars().all()
    if standing:
        sqlite.unindex_posts(tx, standing)
    for network, names in groupby(tx.execute(_NAMES, wanted), key=lambda row: row.network):
        forget_posts(tx, network, [name.remote_id for name in names])
    for drop in _DROPS:
        tx.execute(drop, wanted)
    drop_authors(tx, authors)
    note_changes(tx, [("gone", str(id)) for id in ids])
