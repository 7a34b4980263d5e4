"""Some queries, compiled once and never changed: a matcher is a few of these segments."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from vigie.model import Post
from vigie.query.columns import Columns, columns
from vigie.query.glance import Glance, Test, tester
from vigie.query.kernel import match
from vigie.query.memory import LAST_NUMBER, Memory, memory, room
from vigie.query.nodes import Query
from vigie.query.program import Compiled, compile_queries

_USUAL_POST = 2_000  # bytes
_DOUBTFUL, _GONE = 1, 2
Numbers: TypeAlias = npt.NDArray[np.int32]
Answers: TypeAlias = npt.NDArray[np.bool_]


class Pairs(NamedTuple):
    """Indexes of posts and ids of the queries that they match, by post, then by id."""

    indexes: npt.NDArray[np.int64]
    ids: npt.NDArray[np.object_]


class Segment(NamedTuple):
    """A compiled set, and which of its queries are no longer asked. Used from several threads at the same time.

    Attributes:
        names: ids of the queries by number, as an array of objects.
        marks: per number, 0 for an answer that stands, `_DOUBTFUL` when the reference must confirm it, or `_GONE`.
        marked: whether any of them is not 0.
        gone: how many are no longer asked.
        idle: memories that no call uses now.
        tests: how the reference confirms a doubtful query, by number; each is made when it is first asked for.
    """

    queries: Mapping[str, Query]
    compiled: Compiled
    names: npt.NDArray[np.object_]
    marks: npt.NDArray[np.uint8]
    marked: bool
    gone: int
    idle: list[Memory]
    tests: dict[int, Test]

    def lay_out(self, posts: Sequence[Post]) -> Columns:
        """Posts as this segment's kernel reads them."""
        return columns(posts, self.compiled.fields)

    def pairs(self, batch: Columns, posts: Sequence[Post]) -> Pairs:
        """Every post with every query that it matches."""
        mine = self._memory(int(np.diff(batch.offsets).max()))
        where, which = match(*batch, tuple(self.compiled.program), tuple(mine))
        if mine.number[0] < LAST_NUMBER:
            self.idle.append(mine)
        if self.marked and (marks := self.marks[which]).any():
            stands = marks == 0
            self._confirm(np.flatnonzero(marks == _DOUBTFUL).tolist(), where, which, posts, stands)
            where, which = where[stands], which[stands]
        count = len(self.names)
        both = where * np.int64(count) + which
        both.sort()
        return Pairs(both // count, self.names[both % count])

    def _confirm(
        self, pairs: list[int], where: Numbers, which: Numbers, posts: Sequence[Post], stands: Answers
    ) -> None:
        """Asks of the doubtful pairs whether they stand. A post is read once, those of a post stand together."""
        glance = None
        for pair in pairs:
            post, number = posts[where[pair]], int(which[pair])
            if glance is None or glance.post is not post:
                glance = Glance(post)
            test = self.tests.get(number)
            if test is None:
                test = self.tests[number] = tester(self.queries[self.names[number]].root)
            stands[pair] = test(glance)

    def without(self, ids: Collection[str]) -> "Segment":
        """The same with some queries no longer asked; those of other segments are passed over."""
        names = self.compiled.ids
        numbers = [bisect_left(names, id) for id in ids if id in self.queries]
        fresh = [number for number in numbers if not self.marks[number] & _GONE]
        if not fresh:
            return self
        marks = self.marks.copy()
        marks[fresh] |= _GONE
        return self._replace(marks=marks, marked=True, gone=self.gone + len(fresh))

    def asked(self) -> dict[str, Mapping[str, Query]]:
        """The ids that are still asked, and where each query is."""
        ids = self.compiled.ids
        if self.gone:
            ids = tuple(id for id, mark in zip(ids, self.marks.tolist(), strict=True) if not mark & _GONE)
        where = self.queries
        return {id: where.held[id] for id in ids} if isinstance(where, Several) else dict.fromkeys(ids, where)

    def _memory(self, longest: int) -> Memory:
        """Memory that nobody else uses now, with room for a post of so many bytes."""
        try:
            idle = self.idle.pop()
        except IndexError:
            pass
        else:
            if room(idle) >= longest:
                return idle
        compiled = self.compiled
        return memory(compiled, max(longest, _USUAL_POST))


class Several(Mapping[str, Query]):
    """Queries of several mappings, left where they are."""

    def __init__(self, held: Mapping[str, Mapping[str, Query]]) -> None:
        self.held = held

    def __getitem__(self, id: str) -> Query:
        return self.held[id][id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.held)

    def __len__(self) -> int:
        return len(self.held)


def segment(queries: Mapping[str, Query]) -> Segment:
    """Compiles some queries."""
    return segment_of(queries, compile_queries(queries))


def segment_of(queries: Mapping[str, Query], compiled: Compiled) -> Segment:
    """Of queries that were compiled before."""
    marks = np.zeros(len(compiled.ids), np.uint8)
    marks[list(compiled.inexact)] = _DOUBTFUL
    names = np.empty(len(compiled.ids), object)
    names[:] = compiled.ids
    return Segment(queries, compiled, names, marks, bool(compiled.inexact), 0, [], {})
