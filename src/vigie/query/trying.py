"""Deciding which of the queries filed under the words of a post it matches: tests, phrases, nearness.

The last part of the compiled matcher's inner loop (`vigie.query.kernel`). Arrays come in as bare pointers.
"""

from typing import Any

import numpy as np

from vigie.query.native import Bytes, Ints, Long, compiled, fetch
from vigie.query.reading import Post

ACCEPT, REJECT = -1, -2
"""Where a test may go beside to another one."""
A_PHRASE, A_NEARNESS = 0, 1
"""What a shape can be."""

_ROOM = 32  # stretches that a phrase usually has, at most
_1, _2, _3, _4 = map(np.uint64, (1, 2, 3, 4))


def _has(seen: Bytes, id: Long) -> Any:
    """Whether the current post has an id."""
    return seen[id] != np.uint8(0)


def _wider(array: Ints) -> Ints:
    """The same numbers with as much room again."""
    longer = np.empty(2 * array.shape[0], np.int32)
    for index in range(array.shape[0]):
        longer[index] = array[index]
    return longer


def _chain(post: Post) -> None:
    """Links the occurrences of each id, once for a post that asks where its words stand."""
    _, ends, spots, met, used, _ = post
    used[2] = 1
    for word in range(used[1]):
        ends[2 * met[word]] = -1
    for spot in range(used[0]):
        id = np.int64(spots[3 * spot])
        spots[3 * spot + 2] = -1
        if ends[2 * id] < 0:
            ends[2 * id] = spot
        else:
            spots[3 * np.int64(ends[2 * id + 1]) + 2] = spot
        ends[2 * id + 1] = spot


def _begin(at: Long, shapes: Ints, post: Post) -> Long:
    """Gets ready to follow a phrase; returns the first occurrence of its rarest part, or -1 when a part is missing."""
    seen, ends, _, _, used, cursors = post
    parts = np.int64(shapes[at + 2])
    for part in range(parts):
        if not has(seen, np.int64(shapes[at + 3 + 2 * part])):
            return -1
    if used[2] == 0:
        chain(post)
    for part in range(parts):
        cursors[part] = ends[2 * np.int64(shapes[at + 3 + 2 * part])]
    return np.int64(cursors[0])


def _follow(at: Long, spot: Long, shapes: Ints, post: Post) -> tuple[Long, Long]:
    """(start of the phrase, -1 when it stands nowhere from an occurrence of its rarest part on; the next of these)."""
    _, _, spots, _, _, cursors = post
    parts = np.int64(shapes[at + 2])
    while spot >= 0:
        start, whole = np.int64(spots[3 * spot + 1]) - shapes[at + 4], True
        spot = np.int64(spots[3 * spot + 2])
        for part in range(1, parts):
            cursor, place = np.int64(cursors[part]), start + shapes[at + 4 + 2 * part]
            while cursor >= 0 and spots[3 * cursor + 1] < place:
                cursor = np.int64(spots[3 * cursor + 2])
            cursors[part] = cursor
            if cursor < 0 or spots[3 * cursor + 1] != place:
                whole = False
                break
        if whole:
            return start, spot
    return np.int64(-1), spot


def _stretches(at: Long, shapes: Ints, post: Post, found: Ints, count: Long) -> tuple[Ints, Long]:
    """Adds to ``found`` the (start, end) of each occurrence of the phrase that lies at a place of ``shapes``."""
    start, spot = follow(at, begin(at, shapes, post), shapes, post)
    while start >= 0:
        if 2 * count == found.shape[0]:
            found = wider(found)
        found[2 * count] = start
        found[2 * count + 1] = start + shapes[at + 1]
        count += 1
        start, spot = follow(at, spot, shapes, post)
    return found, count


def _first_from(found: Ints, low: Long, high: Long, place: Long) -> Long:
    """The first of the stretches ``low`` to ``high`` that starts at a place or later; they ascend."""
    while low < high:
        middle = (low + high) >> 1
        if found[2 * middle] < place:
            low = middle + 1
        else:
            high = middle
    return low


def _near(at: Long, shapes: Ints, post: Post) -> Any:
    """Whether a stretch of the left side has one of the right side at most so many words away, after or before it."""
    words, ordered = np.int64(shapes[at + 1]), shapes[at + 2] != 0
    lefts, rights = np.int64(shapes[at + 3]), np.int64(shapes[at + 4])
    left, right, ones, others = np.empty(_ROOM, np.int32), np.empty(_ROOM, np.int32), np.int64(0), np.int64(0)
    for side in range(at + 5, at + 5 + lefts):
        left, ones = stretches(np.int64(shapes[side]), shapes, post, left, ones)
    if ones == 0:
        return False
    for side in range(at + 5 + lefts, at + 5 + lefts + rights):
        low = others
        right, others = stretches(np.int64(shapes[side]), shapes, post, right, others)
        if low == others:
            continue
        length = np.int64(right[2 * low + 1]) - right[2 * low]
        for one in range(ones):
            start, end = np.int64(left[2 * one]), np.int64(left[2 * one + 1])
            after = first_from(right, low, others, end)
            if after < others and right[2 * after] - end <= words:
                return True
            if ordered:
                continue
            before = first_from(right, low, others, start - length - words)
            if before < others and right[2 * before] <= start - length:
                return True
    return False


def _shape_holds(at: Long, shapes: Ints, post: Post) -> Any:
    """Whether a phrase or a nearness stands anywhere in the post."""
    if shapes[at] != A_PHRASE:
        return bool(near(at, shapes, post))
    start, _ = follow(at, begin(at, shapes, post), shapes, post)
    return bool(start >= 0)


def _passes(pc: Long, code: Ints, shapes: Ints, post: Post) -> Any:
    """Runs a query's tests from one of them on, each saying where to go next."""
    seen = post[0]
    while pc >= 0:
        size = np.int64(code[pc])
        holds = False
        if size > 0:
            for item in range(pc + 3, pc + 3 + size):
                if has(seen, np.int64(code[item])):
                    holds = True
                    break
        else:
            holds = shape_holds(np.int64(code[pc + 3]), shapes, post)
        pc = np.int64(code[pc + 1]) if holds else np.int64(code[pc + 2])
    return pc == ACCEPT


def _visit(firsts: Ints, anchored: Long, filed: Ints, met: Ints, words: Long, ranges: Ints) -> Long:
    """Lists from where to where the queries stand that are filed under the ids met, and fetches them."""
    count = 0
    for word in range(words):
        id = np.int64(met[word])
        ranges[2 * count] = id
        fetch(firsts, id)
        count += id < anchored
    for range_ in range(count):
        id = np.int64(ranges[2 * range_])
        first = np.int64(firsts[id])
        fetch(filed, first)
        ranges[2 * range_], ranges[2 * range_ + 1] = first, firsts[id + 1]
    return count


def _try_first(filed: Ints, ranges: Ints, count: Long, code: Ints, seen: Bytes, left: Ints) -> Long:
    """Runs the test that each query filed there begins with; lists those left with where to go on, and fetches that."""
    size = 0
    for range_ in range(count):
        at, stop = np.uint64(ranges[2 * range_]), np.uint64(ranges[2 * range_ + 1])
        while at < stop:
            behind, holds = at + _4 + (np.uint64(filed[at + _3]) << _2), np.uint8(0)
            left[2 * size] = filed[at]
            yes, no = filed[at + _1], filed[at + _2]
            at += _4
            while at < behind:
                holds |= seen[np.int64(filed[at])] | seen[np.int64(filed[at + _1])]
                holds |= seen[np.int64(filed[at + _2])] | seen[np.int64(filed[at + _3])]
                at += _4
            pc = yes if holds else no
            left[2 * size + 1] = pc
            fetch(code, np.int64(pc))
            size += pc != REJECT
    return size


has, wider, chain, begin, follow = map(compiled, (_has, _wider, _chain, _begin, _follow))
stretches, first_from, near, shape_holds = map(compiled, (_stretches, _first_from, _near, _shape_holds))
passes, visit, try_first = map(compiled, (_passes, _visit, _try_first))
