"""Matching many queries without compiled code: for small previews, and where numba cannot be had."""

import threading
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from vigie.model import Post
from vigie.query.anchors import Anchors, anchors
from vigie.query.glance import Glance, Test, tester
from vigie.query.nodes import And, Field, Node, Or, Query

_HEAD = 3
"""Letters by which words that begin so are looked up; the rest is compared then."""
_Candidate: TypeAlias = tuple[str, Test | None]
"""A query and what remains to be tested; None where the word alone proves it."""


class _Index(NamedTuple):
    """What to try when a post has a word, a word that begins so, or a value of a field; and what to try always.

    ``heads`` are by length, then by letters.
    """

    words: dict[str, list[_Candidate]]
    heads: dict[int, dict[str, list[tuple[str, _Candidate]]]]
    fields: dict[str, dict[str, list[_Candidate]]]
    always: list[_Candidate]


class PlainMatcher:
    """A set of stored queries; the same answers as `vigie.query.Matcher`, some thirty times slower."""

    def __init__(self, queries: Mapping[str, Query]) -> None:
        self._queries = dict(queries)
        self._index = _indexed(self._queries)
        self._changing = threading.Lock()

    def match(self, posts: Sequence[Post]) -> list[tuple[int, tuple[str, ...]]]:
        """(index into posts, ids of matching queries, sorted) of the posts that match at all, by index."""
        found, index = [], self._index
        for place, post in enumerate(posts):
            glance = Glance(post)
            ids = {id for id, test in _candidates(index, glance) if test is None or test(glance)}
            if ids:
                found.append((place, tuple(sorted(ids))))
        return found

    def change(self, put: Mapping[str, Query], gone: Collection[str] = ()) -> None:
        """As `vigie.query.Matcher.change`, but all is made anew: calls that run meanwhile answer as before."""
        with self._changing:
            kept = {id: query for id, query in self._queries.items() if id not in gone}
            self._queries = kept | dict(put)
            self._index = _indexed(self._queries)


def _candidates(index: _Index, glance: Glance) -> list[_Candidate]:
    found = list(index.always)
    for word in index.words.keys() & glance.words:
        found += index.words[word]
    for size, heads in index.heads.items():
        for word in glance.words:
            for beginning, candidate in heads.get(word[:size], ()):
                if word.startswith(beginning):
                    found.append(candidate)
    for name, values in index.fields.items():
        for value in values.keys() & glance.values(name):
            found += values[value]
    return found


def _indexed(queries: Mapping[str, Query]) -> _Index:
    index = _Index({}, {}, {}, [])
    for id, query in queries.items():
        found = anchors(query.root)
        if found is None:
            index.always.append((id, _later(query.root)))
            continue
        whole, rest, proving = (id, _later(query.root)), *_rest(id, query.root, found)
        for leaf in found.leaves:
            candidate = rest if leaf in proving else whole
            if isinstance(leaf, Field):
                index.fields.setdefault(leaf.name, {}).setdefault(leaf.value, []).append(candidate)
            elif leaf.prefix:
                head = leaf.key[:_HEAD]
                index.heads.setdefault(len(head), {}).setdefault(head, []).append((leaf.key, candidate))
            else:
                index.words.setdefault(leaf.key, []).append(candidate)
    return index


def _rest(id: str, root: Node, found: Anchors) -> tuple[_Candidate, frozenset[Node]]:
    """What remains to be tested once the group that the anchors stand for holds, and which of them prove that."""
    group = found.group
    proving = frozenset(group.parts if isinstance(group, Or) else (group,))
    if group is root:
        return (id, None), proving
    if isinstance(root, And) and any(part is group for part in root.parts):
        parts = tuple(part for part in root.parts if part is not group)
        return (id, _later(parts[0] if len(parts) == 1 else And(parts))), proving
    return (id, None), frozenset()


def _later(node: Node) -> Test:
    """As `tester`, made when a post first needs it: of thousands of queries most are never asked."""
    made: list[Test] = []

    def test(glance: Glance) -> bool:
        if not made:
            made.append(tester(node))
        return made[0](glance)

    return test
