"""Posts taken back on their network: their words go, a tombstone stays."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, literal_column, null, select, union_all, update

from vigie.model import AuthorGone, Deleted, Millis
from vigie.store import sqlite
from vigie.store.archive.people import drop_authors
from vigie.store.changes import note_changes
from vigie.store.copies import forget_authors, forget_posts
from vigie.store.schema import author, post, sample, version

_IDS = sqlite.among(bindparam("ids"))
_STANDING = union_all(
    select(literal_column("'post'"), post.c.remote_id, post.c.id, post.c.author).where(
        post.c.network == bindparam("network"), post.c.remote_id.in_(_IDS), post.c.gone_at.is_(None)
    ),
    select(literal_column("'repost'"), post.c.repost_of, post.c.id, post.c.author).where(
        post.c.network == bindparam("network"),
        post.c.repost_of.in_(_IDS),
        sqlite.is_said(post.c.repost_of),
        post.c.gone_at.is_(None),
    ),
    select(literal_column("'sample'"), sample.c.remote_id, sample.c.id, null()).where(
        sample.c.network == bindparam("network"), sample.c.remote_id.in_(_IDS)
    ),
)
_BY_AUTHOR = (
    select(author.c.remote_id, post.c.id, post.c.author)
    .join_from(author, post, post.c.author == author.c.id)
    .where(author.c.network == bindparam("network"), author.c.remote_id.in_(_IDS))
)
_EMPTY = {"author": None, "edited_at": None, "repost_of": "", "url": "", "title": "", "text": "", "rest": "{}"}
_BURY = update(post).where(post.c.id == bindparam("of")).values(**_EMPTY, gone_at=bindparam("at"))
_DROP_VERSIONS = delete(version).where(version.c.post.in_(_IDS))
_UNSAMPLE = delete(sample).where(sample.c.id.in_(_IDS))
_UNSAMPLE_AUTHOR = delete(sample).where(sample.c.network == bindparam("network"), sample.c.author.in_(_IDS))


def bury_posts(tx: Connection, deleted: Sequence[Deleted]) -> int:
    """Makes tombstones of the posts that we hold, takes the others out of the sample; returns how many we held.

    Most deletions on a network are of posts that nobody here ever kept, so one select looks for all of them.
    Who passed a post on without a word of theirs repeats its words: those posts go with it.
    """
    gone = 0
    for network, at in _by_network((one.network, one.remote_id, one.at) for one in deleted).items():
        names = {"network": network, "ids": sqlite.as_list(at)}
        standing = tx.execute(_STANDING, names).all()
        if sampled := [id for where, _, id, _ in standing if where == "sample"]:
            tx.execute(_UNSAMPLE, {"ids": sqlite.as_list(sampled)})
        gone += _bury(tx, [(id, by, at[remote_id]) for where, remote_id, id, by in standing if where != "sample"])
        forget_posts(tx, network, at)
    return gone


def bury_authors(tx: Connection, left: Sequence[AuthorGone]) -> int:
    """The same for all posts of authors whose account is gone."""
    gone = 0
    for network, at in _by_network((one.network, one.author_id, one.at) for one in left).items():
        names = {"network": network, "ids": sqlite.as_list(at)}
        tx.execute(_UNSAMPLE_AUTHOR, names)
        standing = tx.execute(_BY_AUTHOR, names).all()
        forget_authors(tx, network, at)
        gone += _bury(tx, [(id, written_by, at[author_id]) for author_id, id, written_by in standing])
    return gone


def _bury(tx: Connection, graves: Sequence[tuple[int, int, Millis]]) -> int:
    if graves:
        ids = [id for id, _, _ in graves]
        sqlite.unindex_posts(tx, ids)
        tx.execute(_DROP_VERSIONS, {"ids": sqlite.as_list(ids)})
        tx.execute(_BURY, [{"of": id, "at": at} for id, _, at in graves])
        drop_authors(tx, {written_by for _, written_by, _ in graves})
        note_changes(tx, [("gone", str(id)) for id in ids])
    return len(graves)


def _by_network(names: Iterable[tuple[str, str, Millis]]) -> dict[str, dict[str, Millis]]:
    found: dict[str, dict[str, Millis]] = {}
    for network, id, at in names:
        found.setdefault(network, {})[id] = at
    return found
