"""Posts and authors as rows, and back."""

from collections.abc import Callable
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct

from vigie.model import Author, Kept, Media, Mention, Millis, Post
from vigie.store.schema import author, post

Values: TypeAlias = tuple[Any, ...]
"""One row, in the order of its table's columns."""


class Rest(Struct, frozen=True, gc=False, omit_defaults=True):
    """What a post has besides its columns, as JSON in ``post.rest``. The view `words_source` reads ``tags`` there."""

    langs: tuple[str, ...] = ()
    quote_of: str = ""
    mentions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()


_encode = msgspec.json.Encoder().encode
_rest: Callable[[str], Rest] = msgspec.json.Decoder(Rest).decode
_EMPTY = Rest()

AUTHOR_COLUMNS = [
    author.c.remote_id,
    author.c.handle,
    author.c.name,
    author.c.avatar,
    author.c.followers,
    author.c.following,
    author.c.posts,
    author.c.created_at.label("author_since"),
    author.c.verified,
    author.c.country,
]


POST_COLUMNS = [
    post.c.network,
    post.c.remote_id,
    post.c.text,
    post.c.created_at,
    post.c.edited_at,
    post.c.url,
    post.c.title,
    post.c.reply_to,
    post.c.thread,
    post.c.repost_of,
    post.c.rest,
]
_WHO = len(POST_COLUMNS)


def rest_of(said: Post) -> str:
    """The JSON of ``post.rest``."""
    rest = Rest(said.langs, said.quote_of, said.mentions, said.tags, said.links, said.media)
    return _encode(rest).decode()


def lang_of(said: Post) -> str:
    """The one language that a post is counted under: the first that it declares."""
    return said.langs[0] if said.langs else ""


def post_row(id: int, said: Post, written_by: int, kept: Kept, seen_at: Millis) -> Values:
    """A new post, in the order of the table's columns."""
    return (
        id,
        said.network,
        said.remote_id,
        written_by,
        kept,
        said.created_at,
        said.edited_at,
        seen_at,
        None,
        1,
        lang_of(said),
        said.thread or said.reply_to,
        said.reply_to,
        said.thread,
        said.repost_of,
        said.url,
        said.title,
        said.text,
        rest_of(said),
    )


def mention_of(row: Values, queries: tuple[str, ...]) -> Mention:
    """From the columns of `post` followed by `AUTHOR_COLUMNS` (all None for a tombstone)."""
    (
        (id, network, remote_id, _, kept, created_at, edited_at, seen_at, gone_at, version),
        (_, _, reply_to, thread, repost_of, url, title, text, rest),
        who,
    ) = row[:10], row[10:19], row[19:]
    words = (network, remote_id, text, created_at, edited_at, url, title, reply_to, thread, repost_of, rest)
    said = post_of((*words, *who))
    return Mention(id, said, queries, kept, seen_at, version, gone_at)


def post_of(row: Values) -> Post:
    """From `POST_COLUMNS` followed by `AUTHOR_COLUMNS`. By position: a look back reads a million of them."""
    network, remote_id, text, created_at, edited_at, url, title, reply_to, thread, repost_of, rest = row[:_WHO]
    more = _rest(rest) if rest != "{}" else _EMPTY
    return Post(
        network,
        remote_id,
        author_of(row[_WHO : _WHO + len(AUTHOR_COLUMNS)]),
        text,
        created_at,
        edited_at,
        url,
        title,
        more.langs,
        reply_to,
        thread,
        repost_of,
        more.quote_of,
        more.mentions,
        more.tags,
        more.links,
        more.media,
    )


def author_of(row: Values) -> Author:
    """From `AUTHOR_COLUMNS`."""
    return Author(*row) if row[0] is not None else Author("")


def author_fields(who: Author) -> Values:
    """The columns of `author` that may change, in order, after its number, network and remote_id."""
    return (
        who.handle,
        key_of(who.handle),
        who.name,
        who.avatar,
        who.followers,
        who.following,
        who.posts,
        who.created_at,
        who.verified,
        who.country,
    )


def key_of(handle: str) -> str:
    """A handle or id as it is looked up: no ``@`` before it, capitals ignored."""
    return handle.strip().lstrip("@").casefold()
