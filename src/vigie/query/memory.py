"""What the kernel writes to while it works, kept from call to call."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from vigie.query.leaves import PHRASE_CAP
from vigie.query.program import Compiled
from vigie.query.reading import MARGIN

LAST_NUMBER = 2**30
"""Posts are numbered until here; then a new memory begins."""

_GROWTH = 3
"""Folding makes a text at most so many times longer: the Arabic ligatures, three bytes for eight."""


class Memory(NamedTuple):
    """One running call's memory. The order is the kernel's.

    Attributes:
        number, matched: which post was numbered last, and which one each query matched last.
        left: queries that passed their first test, and where to go on.
        text, bounds: the current post folded, and where each of its words begins and ends in it.
        hashes, places: what the current post's words may be known by, and where they stand.
        ranges: from where to where the queries stand that are filed under each id met.
        seen, ends: per id, 1 while the current post has it, and its first and last occurrence there.
        spots, met: the occurrences of known words, and each known word once.
        used: how many of ``spots`` and ``met`` are in use, and whether ``ends`` is.
        cursors: how far each part of a phrase was followed.
    """

    number: npt.NDArray[np.int64]
    matched: npt.NDArray[np.int32]
    left: npt.NDArray[np.int32]
    text: npt.NDArray[np.uint8]
    bounds: npt.NDArray[np.int32]
    hashes: npt.NDArray[np.uint64]
    places: npt.NDArray[np.int32]
    ranges: npt.NDArray[np.int32]
    seen: npt.NDArray[np.uint8]
    ends: npt.NDArray[np.int32]
    spots: npt.NDArray[np.int32]
    met: npt.NDArray[np.int32]
    used: npt.NDArray[np.int64]
    cursors: npt.NDArray[np.int32]


def memory(compiled: Compiled, longest: int) -> Memory:
    """Memory for a set of queries and posts of so many bytes at most."""
    # Each byte of the folded text may end a beginning with and one without sign; a word of one letter and its sign
    # give two hashes more and one of a pair. Then come the ids of fields: a post has at most as many as there are.
    text = _GROWTH * longest + 2 * MARGIN
    few = 3 * text
    more = few + compiled.known
    return Memory(
        number=np.zeros(1, np.int64),
        matched=np.zeros(len(compiled.ids), np.int32),
        left=np.empty(2 * compiled.filed + 2, np.int32),
        text=np.full(text, ord(" "), np.uint8),
        bounds=np.empty(2 * longest + 4, np.int32),
        hashes=np.empty(few, np.uint64),
        places=np.empty(few, np.int32),
        ranges=np.empty(2 * more, np.int32),
        seen=np.zeros(compiled.known, np.uint8),
        ends=np.empty(2 * compiled.known, np.int32),
        spots=np.empty(3 * more, np.int32),
        met=np.empty(more + 1, np.int32),
        used=np.zeros(3, np.int64),
        cursors=np.empty(PHRASE_CAP, np.int32),
    )


def room(of: Memory) -> int:
    """The longest post, in bytes, that a memory has room for."""
    return (len(of.text) - 2 * MARGIN) // _GROWTH
