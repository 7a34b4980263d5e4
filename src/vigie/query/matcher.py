"""Stored queries against posts as they arrive, in compiled code."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from vigie.model import Post
from vigie.query.columns import columns
from vigie.query.evaluate import evaluate
from vigie.query.kernel import match
from vigie.query.nodes import Query
from vigie.query.program import compile_queries


_LAST_NUMBER = 2**30


class _Memory(NamedTuple):
    """What the kernel remembers from call to call; each running call has its own."""

    seen: npt.NDArray[np.uint8]
    ends: npt.NDArray[np.int32]
    tried: npt.NDArray[np.int32]
    number: npt.NDArray[np.int64]


class Matcher:
    """A set of stored queries. Made once, used from as many threads as one likes; they run at the same time.

    The first use compiles for some seconds; later processes read the result from where ``NUMBA_CACHE_DIR`` points.
    """

    def __init__(self, queries: Mapping[str, Query]) -> None:
        self._queries = dict(queries)
        self._program, self._ids, self._fields, self._inexact = compile_queries(queries)
        self._idle: list[_Memory] = []

    def match(self, posts: Sequence[Post]) -> list[tuple[int, tuple[str, ...]]]:
        """(index into posts, ids of matching queries, sorted) of the posts that match at all, by index."""
        if not posts or not self._ids:
            return []
        batch = columns(posts, self._fields)
        memory = self._idle.pop() if self._idle else self._memory()
        where, which = match(*batch, self._program, *memory)
        if memory.number[0] < _LAST_NUMBER:
            self._idle.append(memory)
        found: dict[int, list[int]] = {}
        for index, number in zip(where.tolist(), which.tolist(), strict=True):
            if number not in self._inexact or evaluate(self._queries[self._ids[number]], posts[index]):
                found.setdefault(index, []).append(number)
        return [(index, tuple(self._ids[number] for number in sorted(numbers))) for index, numbers in found.items()]

    def _memory(self) -> "_Memory":
        return _Memory(
            np.zeros(len(self._program.firsts) // 8 + 1, np.uint8),
            np.zeros(2 * len(self._program.firsts), np.int32),
            np.zeros(len(self._ids), np.int32),
            np.zeros(1, np.int64),
        )
