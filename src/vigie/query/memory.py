"""What the kernel writes to while it works, kept from call to call."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from vigie.query.leaves import PHRASE_CAP

LAST_NUMBER = 2**30
"""Posts are numbered until here; then a new memory begins."""


class Memory(NamedTuple):
    """One running call's memory. The order is the kernel's.

    Attributes:
        number, matched: which post was numbered last, and which one each query matched last.
        candidates: query, test to begin with, and that test's size: what is to be tried on the current post.
        hashes, places: what the current post's words may be known by, twice the room, and where they stand.
        seen, ends: one bit per id that the current post has, and its first and last occurrence there.
        spots, met: the occurrences of known words, and each known word once.
        used: how many of ``spots`` and ``met`` are in use.
        cursors: how far each word of a phrase was followed.
    """

    number: npt.NDArray[np.int64]
    matched: npt.NDArray[np.int32]
    candidates: npt.NDArray[np.int32]
    hashes: npt.NDArray[np.uint64]
    places: npt.NDArray[np.int32]
    seen: npt.NDArray[np.uint8]
    ends: npt.NDArray[np.int32]
    spots: npt.NDArray[np.int32]
    met: npt.NDArray[np.int32]
    used: npt.NDArray[np.int64]
    cursors: npt.NDArray[np.int32]


def memory(queries: int, ids: int, postings: int, longest: int) -> Memory:
    """Memory for a program and posts of so many bytes at most."""
    # A byte gives at most two letters, each of which may end one beginning with and one without sign, and half a word.
    # Then come the ids of fields: a post has at most as many as there are.
    few = 6 * longest + 16
    more = few + ids
    return Memory(
        number=np.zeros(1, np.int64),
        matched=np.zeros(queries, np.int32),
        candidates=np.empty(3 * postings, np.int32),
        hashes=np.empty(2 * few, np.uint64),
        places=np.empty(few, np.int32),
        seen=np.zeros(ids // 8 + 1, np.uint8),
        ends=np.empty(2 * ids, np.int32),
        spots=np.empty(2 * more, np.int32),
        met=np.empty(more, np.int32),
        used=np.zeros(2, np.int64),
        cursors=np.empty(PHRASE_CAP, np.int32),
    )


def room(of: Memory) -> int:
    """The longest post, in bytes, that a memory has room for."""
    return (len(of.places) - 16) // 6
