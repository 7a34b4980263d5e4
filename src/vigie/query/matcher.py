"""Stored queries against posts as they arrive, in compiled code."""

from collections.abc import Mapping, Sequence

import numpy as np

from vigie.model import Post
from vigie.query.columns import columns
from vigie.query.evaluate import evaluate
from vigie.query.kernel import match
from vigie.query.memory import LAST_NUMBER, Memory, memory, room
from vigie.query.nodes import Query
from vigie.query.program import compile_queries

_USUAL_POST = 2_000  # bytes


class Matcher:
    """A set of stored queries. Made once, used from as many threads as one likes; they run at the same time.

    The first use compiles for some seconds; later processes read the result from where ``NUMBA_CACHE_DIR`` points.
    """

    def __init__(self, queries: Mapping[str, Query]) -> None:
        self._queries = dict(queries)
        self._program, self._ids, self._known, self._fields, self._inexact = compile_queries(queries)
        self._idle: list[Memory] = []

    def match(self, posts: Sequence[Post]) -> list[tuple[int, tuple[str, ...]]]:
        """(index into posts, ids of matching queries, sorted) of the posts that match at all, by index."""
        if not posts or not self._ids:
            return []
        batch = columns(posts, self._fields)
        mine = self._memory(int(np.diff(batch.offsets).max()))
        where, which = match(*batch, tuple(self._program), tuple(mine))
        if mine.number[0] < LAST_NUMBER:
            self._idle.append(mine)
        found: dict[int, list[int]] = {}
        for index, number in zip(where.tolist(), which.tolist(), strict=True):
            if number not in self._inexact or evaluate(self._queries[self._ids[number]], posts[index]):
                found.setdefault(index, []).append(number)
        return [(index, tuple(self._ids[number] for number in sorted(numbers))) for index, numbers in found.items()]

    def _memory(self, longest: int) -> Memory:
        """Memory that nobody else uses now, with room for a post of so many bytes."""
        idle = self._idle.pop() if self._idle else None
        if idle is not None and room(idle) >= longest:
            return idle
        return memory(len(self._ids), self._known, len(self._program.postings) // 2, max(longest, _USUAL_POST))
