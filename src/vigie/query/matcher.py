"""Stored queries against posts as they arrive, in compiled code; queries come and go while it runs."""

import threading
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from vigie.model import Post
from vigie.query.columns import Columns
from vigie.query.nodes import Query
from vigie.query.segment import Segment, Several, segment

Matches: TypeAlias = list[tuple[int, tuple[str, ...]]]

OPEN = 16
"""Queries that are compiled together anew with each change: some 3 ms."""
SHARE = 16
"""A segment is joined with the later ones once they hold a sixteenth of its queries, or as many of its own are gone. So
of 100,000 queries there are four at most, and a query is compiled again some fifty times in all."""


class LaidOut(NamedTuple):
    """Posts as the kernel reads them, for the queries of one moment."""

    posts: Sequence[Post]
    segments: tuple[Segment, ...]
    columns: tuple[Columns, ...]


class Matcher:
    """A set of stored queries, used from as many threads as one likes; they run at the same time.

    What is asked at a given moment is a tuple of segments that nobody changes: a large one, and small ones with what
    came since. A change makes a new tuple and puts it in place at once, so each call answers for the queries of
    one moment, and no call ever waits. A thread of its own joins the segments when they have become many.

    The first use compiles for some seconds; later processes read the result from where ``NUMBA_CACHE_DIR`` points.
    """

    def __init__(self, queries: Mapping[str, Query] | Segment) -> None:
        """From queries, or from what `vigie.query.stored.unpack` gave."""
        compiled = queries if isinstance(queries, Segment) else segment(queries) if queries else None
        self._segments: tuple[Segment, ...] = () if compiled is None else (compiled,)
        self._changing = threading.Lock()
        self._joining: threading.Thread | None = None
        self._held = 0  # how many segments, from the first on, are not to be replaced while some of them are joined
        self._since: set[str] = set()  # ids that changed meanwhile

    def match(self, posts: Sequence[Post]) -> Matches:
        """(index into posts, ids of matching queries, sorted) of the posts that match at all, by index."""
        return self.match_laid_out(self.lay_out(posts)) if posts else []

    def lay_out(self, posts: Sequence[Post]) -> LaidOut:
        """At least one post, made ready for the queries of this moment."""
        segments = self._segments
        return LaidOut(posts, segments, tuple(one.lay_out(posts) for one in segments))

    @staticmethod
    def match_laid_out(batch: LaidOut) -> Matches:
        """As `match`."""
        found = [one.pairs(laid, batch.posts) for one, laid in zip(batch.segments, batch.columns, strict=True)]
        found = [pairs for pairs in found if len(pairs.ids)]
        if not found:
            return []
        if len(found) == 1:
            return _grouped(*found[0])
        indexes, ids = (np.concatenate(both) for both in zip(*found, strict=True))
        order = np.lexsort((ids, indexes))
        return _grouped(indexes[order], ids[order])

    def change(self, put: Mapping[str, Query], gone: Collection[str] = ()) -> None:
        """Adds or replaces some queries and takes others away, all at the same moment; unknown ids are passed over."""
        with self._changing:
            segments = [one.without((*put, *gone)) for one in self._segments]
            self._since.update(put, gone)
            if put and len(segments) > self._held and len(segments[-1].queries) + len(put) <= OPEN:
                segments[-1] = segment(Several(segments[-1].asked() | dict.fromkeys(put, put)))
            elif put:
                segments.append(segment(put))
            self._segments = tuple(segments)
            if self._joining is None and _to_join(segments) is not None:
                self._joining = threading.Thread(target=self._join, name="joining queries", daemon=True)
                self._joining.start()

    @property
    def segments(self) -> tuple[Segment, ...]:
        """What is asked at this moment."""
        return self._segments

    def settle(self) -> None:
        """Waits until nothing is left to join."""
        if joining := self._joining:
            joining.join()

    def _join(self) -> None:
        try:
            while True:
                with self._changing:
                    segments = self._segments
                    first = _to_join(segments)
                    if first is None:
                        self._joining = None
                        return
                    self._held = len(segments)
                    self._since.clear()
                asked = {id: where for one in segments[first:] for id, where in one.asked().items()}
                joined = (segment(Several(asked)),) if asked else ()
                with self._changing:
                    kept, fresh = self._segments[:first], self._segments[self._held :]
                    self._segments = (*kept, *(one.without(self._since) for one in joined), *fresh)
                    self._held = 0
        except BaseException:
            self._joining, self._held = None, 0
            raise


def _to_join(segments: Sequence[Segment]) -> int | None:
    """From which part on they are to be made one; None when all is well."""
    later = sum(len(one.queries) for one in segments)
    for number, one in enumerate(segments):
        own = len(one.queries)
        later -= own
        if one.gone * SHARE >= own or (later and later * SHARE >= own):
            return number
    return None


def _grouped(indexes: npt.NDArray[np.int64], ids: npt.NDArray[np.object_]) -> Matches:
    """From pairs in order."""
    starts = np.flatnonzero(np.diff(indexes, prepend=-1))
    names = tuple(ids.tolist())
    bounds = [*starts.tolist(), len(names)]
    return [
        (index, names[start:end])
        for index, start, end in zip(indexes[starts].tolist(), bounds, bounds[1:], strict=False)
    ]
