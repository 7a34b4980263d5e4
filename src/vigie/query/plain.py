"""Matching many queries without compiled code: for small previews, and where numba cannot be had."""

from collections.abc import Mapping, Sequence

from vigie.model import Post
from vigie.query.anchors import anchors
from vigie.query.document import Document
from vigie.query.evaluate import holds
from vigie.query.nodes import Field, Query


class PlainMatcher:
    """A set of stored queries; the same answers as `vigie.query.Matcher`, some thirty times slower."""

    def __init__(self, queries: Mapping[str, Query]) -> None:
        self._roots = {id: query.root for id, query in queries.items()}
        self._words: dict[str, list[str]] = {}
        self._prefixes: dict[str, list[str]] = {}
        self._fields: dict[str, dict[str, list[str]]] = {}
        self._always: list[str] = []
        for id, root in self._roots.items():
            found = anchors(root)
            if found is None:
                self._always.append(id)
                continue
            for leaf in found.leaves:
                if isinstance(leaf, Field):
                    self._fields.setdefault(leaf.name, {}).setdefault(leaf.value, []).append(id)
                else:
                    (self._prefixes if leaf.prefix else self._words).setdefault(leaf.key, []).append(id)
        self._lengths = sorted({len(prefix) for prefix in self._prefixes})

    def match(self, posts: Sequence[Post]) -> list[tuple[int, tuple[str, ...]]]:
        """(index into posts, ids of matching queries, sorted) of the posts that match at all, by index."""
        found = []
        for index, post in enumerate(posts):
            document = Document(post)
            ids = sorted(id for id in self._candidates(document) if holds(self._roots[id], document))
            if ids:
                found.append((index, tuple(ids)))
        return found

    def _candidates(self, document: Document) -> set[str]:
        ids = set(self._always)
        for word in document.places:
            ids.update(self._words.get(word, ()))
            for length in self._lengths:
                if length > len(word):
                    break
                ids.update(self._prefixes.get(word[:length], ()))
        for name, values in self._fields.items():
            for value in document.fields[name]:
                ids.update(values.get(value, ()))
        return ids
