"""A batch of posts as bytes and columns of field values, ready for the kernel."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from vigie.model import Post
from vigie.query import fields
from vigie.query.document import searched
from vigie.query.kernel import NOTHING
from vigie.text import TEXT_CAP

_ENCODING, _LONE_SURROGATES = "utf-8", "surrogatepass"
_GAP = b"\xff"


class Columns(NamedTuple):
    """One batch.

    Attributes:
        buffer, offsets: UTF-8 of what is searched in each post, one after the other. The byte 0xFF stands between
            title, text and tags, and ends each post.
        values: per field and post, the id of its value, `NOTHING`, or a place in ``sets`` for several.
        sets: each set as its size and its ids.
    """

    buffer: npt.NDArray[np.uint8]
    offsets: npt.NDArray[np.int64]
    values: npt.NDArray[np.int32]
    sets: npt.NDArray[np.int32]


def columns(posts: Sequence[Post], known: Mapping[str, Mapping[str, int]]) -> Columns:
    """Lays out posts; ``known`` are the ids of the field values that queries ask for: others are not computed."""
    encoded = [
        post.text.encode(_ENCODING, _LONE_SURROGATES) if not (post.title or post.tags) else _parts(post)
        for post in posts
    ]
    sizes = list(map(len, encoded))
    if max(sizes) > TEXT_CAP:
        encoded = [one if len(one) <= TEXT_CAP else _parts(post) for one, post in zip(encoded, posts, strict=True)]
        sizes = list(map(len, encoded))
    offsets = np.zeros(len(posts) + 1, np.int64)
    np.cumsum(sizes, out=offsets[1:])
    offsets += np.arange(len(posts) + 1)
    sets = _Sets()
    values = [column for name, ids in known.items() for column in _COLUMNS[name](posts, ids, sets)]
    return Columns(
        np.frombuffer(_GAP.join((*encoded, b"")), np.uint8),
        offsets,
        np.array(values, np.int32) if values else np.empty((0, len(posts)), np.int32),
        np.array(sets.items, np.int32),
    )


def _parts(post: Post) -> bytes:
    return _GAP.join(text[:TEXT_CAP].encode(_ENCODING, _LONE_SURROGATES) for text in searched(post))


class _Sets:
    """Sets of ids met in one batch, each laid out once."""

    def __init__(self) -> None:
        self.items: list[int] = []
        self.known: dict[frozenset[int], int] = {}

    def number(self, ids: frozenset[int]) -> int:
        """What stands in a column for these ids."""
        if len(ids) <= 1:
            return next(iter(ids), NOTHING)
        if ids not in self.known:
            self.known[ids] = NOTHING - 1 - len(self.items)
            self.items += (len(ids), *ids)
        return self.known[ids]


_Column: TypeAlias = list[int]
_Posts: TypeAlias = Sequence[Post]
_Ids: TypeAlias = Mapping[str, int]


def _networks(posts: _Posts, ids: _Ids, _sets: _Sets) -> list[_Column]:
    return [[ids.get(post.network, NOTHING) for post in posts]]


def _authors(posts: _Posts, ids: _Ids, _sets: _Sets) -> list[_Column]:
    return [
        [ids.get(post.author.id.lower(), NOTHING) for post in posts],
        [ids.get(post.author.handle.lower(), NOTHING) for post in posts],
    ]


def _langs(posts: _Posts, ids: _Ids, sets: _Sets) -> list[_Column]:
    met: dict[tuple[str, ...], int] = {(): NOTHING}
    for post in posts:
        if post.langs not in met:
            met[post.langs] = sets.number(frozenset(ids[lang] for lang in fields.langs(post) if lang in ids))
    return [[met[post.langs] for post in posts]]


def _several(asked: Callable[[Post], object], of: Callable[[Post], set[str]]) -> Callable[..., list[_Column]]:
    def column(posts: _Posts, ids: _Ids, sets: _Sets) -> list[_Column]:
        return [
            [
                sets.number(frozenset(ids[value] for value in of(post) if value in ids)) if asked(post) else NOTHING
                for post in posts
            ]
        ]

    return column


def _facts(name: str) -> Callable[..., list[_Column]]:
    def column(posts: _Posts, ids: _Ids, _sets: _Sets) -> list[_Column]:
        told = [(id, fields.FACTS[name, value]) for value, id in ids.items() if (name, value) in fields.FACTS]
        rows = [[id if holds(post) else NOTHING for post in posts] for id, holds in told]
        if name == "has" and "mention" in ids:
            rows.append([ids["mention"] if post.mentions else NOTHING for post in posts])
        return rows

    return column


_COLUMNS: dict[str, Callable[[_Posts, _Ids, _Sets], list[_Column]]] = {
    "author": _authors,
    "to": _several(lambda post: post.mentions or post.reply_to, fields.addressees),
    "lang": _langs,
    "network": _networks,
    "site": _several(lambda post: post.links, fields.sites),
    "url": _several(lambda post: post.links, fields.url_words),
    "country": _several(lambda post: post.author.country, fields.countries),
    "has": _facts("has"),
    "is": _facts("is"),
}
