"""Queries kept between two runs: the words that each needs, and its tree, read only when a post has one of them.

A command that looks at one draft has no time to read thousands of phrases: with a shelf it reads the few that the
draft's own words call for.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType

import msgspec
from msgspec import Struct

from vigie.model import Post
from vigie.query.anchors import anchors
from vigie.query.document import Document
from vigie.query.evaluate import holds
from vigie.query.nodes import Field, Query
from vigie.query.parse import parse

_NO_NAMES: Mapping[str, str] = MappingProxyType({})
_REMEMBERED = 4096
"""Texts whose trees are kept for the next set that holds them: those of all built-in checks, and a house's rules."""
_SHORT = 5_000
"""Characters up to which a text is remembered: what is longer is rare, and its tree large."""


class Texts(Mapping[str, Query]):
    """Queries by id, each read from its text when it is first asked for.

    Asking raises `vigie.query.QueryError` where a text is no query.
    """

    def __init__(self, texts: Mapping[str, str], named: Mapping[str, str] = _NO_NAMES) -> None:
        self._texts = texts
        self._named = named
        self._read: dict[str, Query] = {}
        self._kept: _Kept | None = None

    def __getitem__(self, id: str) -> Query:
        found = self._read.get(id)
        if found is None:
            found = self._kept.tree(id) if self._kept else _read(self._texts[id], self._named)
            self._read[id] = found
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def digest(self) -> str:
        """The same for the same ids and texts."""
        return sha256(msgspec.json.encode((sorted(self._texts.items()), sorted(self._named.items())))).hexdigest()

    def take(self, kept: "_Kept") -> None:
        """Reads from what was kept, from now on."""
        self._kept = kept


def _read(text: str, named: Mapping[str, str]) -> Query:
    """As `parse`: a text that names no other query always means the same."""
    return parse(text, named) if "{" in text or len(text) > _SHORT else _remembered(text)


@lru_cache(maxsize=_REMEMBERED)
def _remembered(text: str) -> Query:
    return parse(text)


class _Kept(Struct):
    """What is written.

    Attributes:
        made: digest of the texts, and which code read them.
        numbers: each query's place in ``ends``, by id.
        words, heads: ids by the words, and beginnings of words, of which a post must have one.
        always: ids of those that may match without.
        ends: where each tree ends in ``trees``.
    """

    made: tuple[str, str]
    numbers: dict[str, int]
    words: dict[str, list[str]]
    heads: dict[str, list[str]]
    always: list[str]
    ends: list[int]
    trees: bytes

    def tree(self, id: str) -> Query:
        """The query of an id."""
        number = self.numbers[id]
        return _query.decode(self.trees[self.ends[number - 1] if number else 0 : self.ends[number]])


_query = msgspec.msgpack.Decoder(Query)
_kept = msgspec.msgpack.Decoder(_Kept)


class Shelf:
    """Where queries are kept.

    Attributes:
        fresh: what to give to the next run as ``saved``; empty when that is what was given to this one.
    """

    def __init__(self, saved: bytes = b"", code: str = "") -> None:
        """``code`` names the version of the code: what another one wrote is of no use."""
        self.fresh = b""
        self._code = code
        try:
            self._kept = _kept.decode(saved) if saved else None
        except msgspec.MsgspecError:
            self._kept = None

    def matcher(self, queries: Mapping[str, Query]) -> "ShelfMatcher":
        """A matcher for a few posts; in the place of `vigie.query.PlainMatcher`, which has to be given time first."""
        if not isinstance(queries, Texts):
            return ShelfMatcher(queries, _made(queries, ("", "")))
        made = (queries.digest(), self._code)
        if self._kept is None or self._kept.made != made:
            self._kept = _made(queries, made)
            self.fresh = msgspec.msgpack.encode(self._kept)
        queries.take(self._kept)
        return ShelfMatcher(queries, self._kept)


class ShelfMatcher:
    """A set of queries; the same answers as `vigie.query.PlainMatcher`."""

    def __init__(self, queries: Mapping[str, Query], kept: _Kept) -> None:
        self._queries = queries
        self._kept = kept
        self._sizes = sorted({len(head) for head in kept.heads})

    def match(self, posts: Sequence[Post]) -> list[tuple[int, tuple[str, ...]]]:
        """(index into posts, ids of matching queries, sorted) of the posts that match at all, by index."""
        found = []
        for index, post in enumerate(posts):
            document = Document(post)
            ids = sorted(id for id in self._candidates(document) if holds(self._queries[id].root, document))
            if ids:
                found.append((index, tuple(ids)))
        return found

    def _candidates(self, document: Document) -> set[str]:
        kept = self._kept
        ids = set(kept.always)
        for word in document.places:
            ids.update(kept.words.get(word, ()))
            for size in self._sizes:
                if size > len(word):
                    break
                ids.update(kept.heads.get(word[:size], ()))
        return ids


def _made(queries: Mapping[str, Query], made: tuple[str, str]) -> _Kept:
    words: dict[str, list[str]] = {}
    heads: dict[str, list[str]] = {}
    always: list[str] = []
    trees: list[bytes] = []
    ends: list[int] = []
    for id, query in queries.items():
        found = anchors(query.root)
        if found is None or any(isinstance(leaf, Field) for leaf in found.leaves):
            always.append(id)
        else:
            for leaf in found.leaves:
                if not isinstance(leaf, Field):
                    (heads if leaf.prefix else words).setdefault(leaf.key, []).append(id)
        trees.append(msgspec.msgpack.encode(query))
        ends.append((ends[-1] if ends else 0) + len(trees[-1]))
    return _Kept(made, {id: number for number, id in enumerate(queries)}, words, heads, always, ends, b"".join(trees))
