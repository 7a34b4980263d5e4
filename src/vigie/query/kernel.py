"""The compiled matcher's inner loop: from UTF-8 bytes to (post, query) pairs in one pass, without the interpreter.

For each post: fold and hash its words as they are read, note those that some query knows, then try only the queries
that are looked up by a word that was met. What the arrays hold is told in `vigie.query.program` and
`vigie.query.memory`.

``post`` is what is known of the post being read, the last six members of the memory:

* ``seen`` has one bit per id, set when the current post has it: small enough to stay near the processor, and most tests
  end there. ``ends``, the first and last occurrence of each id, is read only when the bit is set.
* ``spots`` has the occurrences in reading order, in pairs: place, next occurrence of the same id or -1. ``met`` has
  each id once, to visit and to clear. ``used``: how many of both. ``cursors`` is room for following a phrase.

The machine code is kept on disk until this file changes. So all that it is made of stands here, also the numbers of
`vigie.text.table` (a test holds them equal), and no type of our own goes in: an older version could not be read back.
"""

# ruff: noqa: C901, PLR0912, PLR0915, PLR1714, SIM109 (loops that are one machine each; compiled, not interpreted)

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from numba import njit, types
from numba.extending import intrinsic

Bytes: TypeAlias = npt.NDArray[np.uint8]
Ints: TypeAlias = npt.NDArray[np.int32]
Longs: TypeAlias = npt.NDArray[np.int64]
Hashes: TypeAlias = npt.NDArray[np.uint64]
Long: TypeAlias = Any  # 64 bits, signed
Hash: TypeAlias = Any  # 64 bits, unsigned
Post: TypeAlias = tuple[Bytes, Ints, Ints, Ints, Longs, Ints]  # seen, ends, spots, met, used, cursors

ACCEPT, REJECT = -1, -2
PHRASE, NEAR = 0, 1
NOTHING = -1
"""In a column of field values: none that a query knows. Below it, ``-2 - place`` of a set in the array of sets."""

WORD, EMOJI, SYMBOL, FLAG, MARK, SIGN, QUESTION, GAP = range(1, 9)
KIND_BITS, EXPANDED = 4, 0x200000

_KIND = (1 << KIND_BITS) - 1
# Unsigned, because compiled code need not look whether an unsigned index counts from the end.
_0, _1, _2, _3, _4, _6, _7, _12, _18, _24, _32 = map(np.uint64, (0, 1, 2, 3, 4, 6, 7, 12, 18, 24, 32))
_07, _0F, _1F, _3F, _80, _E0, _F0, _FF = map(np.uint64, (0x07, 0x0F, 0x1F, 0x3F, 0x80, 0xE0, 0xF0, 0xFF))
_HASH, _AT = 0x23, 0x40
_SEES_MENTION, _SEES_HASHTAG, _SEES_EMOJI, _SEES_QUESTION = 1, 2, 4, 8  # the order of `program.SEEN_FACTS`
_ROOM = 32  # stretches that a phrase usually has, at most


def compiled(function: Any, *, inside: bool = True) -> Any:
    """Machine code of a function, kept on disk; ``inside`` when only compiled code calls it."""
    options: dict[str, Any] = {"no_cpython_wrapper": inside, "no_cfunc_wrapper": inside}
    return njit(cache=True, nogil=True, error_model="numpy", **options)(function)


def _borrowed(_typing: Any, arrays: Any) -> Any:
    """The same tuple, its arrays without a count of users (the caller keeps them): counting costs more than a word."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        (lent,) = arguments
        for place, kind in enumerate(signature.args[0]):
            if isinstance(kind, types.Array):
                array = context.make_array(kind)(context, builder, value=builder.extract_value(lent, place))
                array.meminfo, array.parent = array.meminfo.type(None), array.parent.type(None)
                lent = builder.insert_value(lent, array._getvalue(), place)  # noqa: SLF001 (numba's way to read it)
        return lent

    return arrays(arrays), generate


def _read(buffer: Bytes, at: Hash, characters: Ints) -> tuple[Long, Hash]:
    """(entry of the character table, place of the next character)."""
    first = np.uint64(buffer[at])
    if first < _80:
        return np.int64(characters[first]), at + _1
    second = np.uint64(buffer[at + _1]) & _3F
    if first < _E0:
        return np.int64(characters[(first & _1F) << _6 | second]), at + _2
    third = np.uint64(buffer[at + _2]) & _3F
    if first < _F0:
        return np.int64(characters[(first & _0F) << _12 | second << _6 | third]), at + _3
    if first == _FF:
        return GAP, at + _1
    fourth = np.uint64(buffer[at + _3]) & _3F
    return np.int64(characters[(first & _07) << _18 | second << _12 | third << _6 | fourth]), at + _4


def _has(seen: Bytes, id: Long) -> Any:
    """Whether the current post has an id."""
    return (seen[id >> 3] >> np.uint8(id & 7)) & np.uint8(1) != np.uint8(0)


def _note(id: Long, place: Long, post: Post) -> None:
    """A known word stands here."""
    seen, ends, spots, met, used, _ = post
    spot = used[0]
    used[0] = spot + 1
    spots[2 * spot] = place
    spots[2 * spot + 1] = -1
    if has(seen, id):
        spots[2 * ends[2 * id + 1] + 1] = spot
    else:
        seen[id >> 3] |= np.uint8(1) << np.uint8(id & 7)
        ends[2 * id] = spot
        met[used[1]] = id
        used[1] += 1
    ends[2 * id + 1] = spot


def _mark(value: Hash, place: Long, sieve: Bytes, hashes: Hashes, places: Ints, count: Long) -> Long:
    """Puts a hash on the list when some query may know it; whether it stays is counted, not branched on."""
    bit = (value >> _24) & np.uint64(sieve.shape[0] * 8 - 1)
    hashes[count] = value
    places[count] = place
    return count + np.int64((sieve[bit >> _3] >> np.uint8(bit & _7)) & np.uint8(1))


def _scan(buffer: Bytes, at: Hash, end: Hash, program: Any, hashes: Hashes, places: Ints) -> tuple[Long, Long]:
    """Lists the hashes of a post's words and their beginnings (as complements) in order, with their places.

    The byte at ``end`` is there and is 0xFF. Returns how many hashes, and the facts seen on the way, as bits.
    """
    characters, expansions, plain_letters, seeds, sieve, lengths, gap = program[:7]
    multiplier, bare = seeds[0], seeds[1]
    zero: Long = np.int64(0)
    count, place, sign, facts = zero, zero, zero, zero
    while at < end:
        after = at
        entry = np.int64(WORD)
        if plain_letters[buffer[at]] == 0:
            entry, after = read(buffer, at, characters)
        kind = entry & _KIND
        if kind == WORD:
            plain, signed, length = bare, bare, _0
            if sign != 0:
                signed = seeds[2 if sign == _HASH else 3 if sign == _AT else 4]
            while True:
                letter = plain_letters[buffer[at]]
                while letter != 0:
                    at += _1
                    length += _1
                    plain = (plain ^ np.uint64(letter)) * multiplier
                    signed = (signed ^ np.uint64(letter)) * multiplier
                    if lengths >> (length & _3F) & _1 != _0:
                        count = mark(~plain, place, sieve, hashes, places, count)
                        if sign != 0:
                            count = mark(~signed, place, sieve, hashes, places, count)
                    letter = plain_letters[buffer[at]]
                if buffer[at] < _80 or at >= end:
                    break
                entry, after = read(buffer, at, characters)
                kind = entry & _KIND
                if kind == WORD:
                    code = entry >> KIND_BITS
                    row, column = code - EXPANDED, 0
                    if row >= 0:
                        code = np.int64(expansions[row, 0])
                    while code != 0:
                        length += _1
                        plain = (plain ^ np.uint64(code)) * multiplier
                        signed = (signed ^ np.uint64(code)) * multiplier
                        if lengths >> (length & _3F) & _1 != _0:
                            count = mark(~plain, place, sieve, hashes, places, count)
                            if sign != 0:
                                count = mark(~signed, place, sieve, hashes, places, count)
                        column += 1
                        code = np.int64(expansions[row, column]) if row >= 0 else 0
                elif kind != MARK:
                    break
                at = after
            count = mark(plain, place, sieve, hashes, places, count)
            if sign != 0:
                count = mark(signed, place, sieve, hashes, places, count)
                facts |= _SEES_HASHTAG if sign == _HASH else _SEES_MENTION if sign == _AT else 0
                sign = 0
            place += 1
            continue
        at = after
        if kind == SIGN:
            sign = entry >> KIND_BITS
        elif kind != MARK:
            sign = 0
            if kind == EMOJI or kind == SYMBOL or kind == FLAG:
                plain = (bare ^ np.uint64(entry >> KIND_BITS)) * multiplier
                count = mark(~plain, place, sieve, hashes, places, count)
                if kind == FLAG:
                    entry, after = read(buffer, at, characters)
                    if entry & _KIND == FLAG:
                        at = after
                        plain = (plain ^ np.uint64(entry >> KIND_BITS)) * multiplier
                        count = mark(~plain, place, sieve, hashes, places, count)
                count = mark(plain, place, sieve, hashes, places, count)
                facts |= 0 if kind == SYMBOL else _SEES_EMOJI
                place += 1
            elif kind == GAP:
                place += gap
            elif kind == QUESTION:
                facts |= _SEES_QUESTION
    return count, facts


def _look_up(hashes: Hashes, places: Ints, count: Long, slots: Hashes, post: Post) -> None:
    """Notes those of the listed hashes that some query knows."""
    mask = np.uint64(slots.shape[0] - 1)
    for index in range(count):
        # First a pass that only fetches: the processor waits for all these places of memory at once, not for one after
        # the other. What was fetched is kept behind the hashes.
        value = hashes[index]
        hashes[count + index] = slots[((value ^ (value >> _32)) << _1) & mask]
    for index in range(count):
        value = hashes[index]
        slot = ((value ^ (value >> _32)) << _1) & mask
        held = hashes[count + index]
        while held != value and held != _0:
            slot = (slot + _2) & mask
            held = slots[slot]
        if held != _0:
            note(np.int64(slots[slot | _1]), np.int64(places[index]), post)


def _wider(array: Ints) -> Ints:
    """The same numbers with as much room again."""
    longer = np.empty(2 * array.shape[0], np.int32)
    for index in range(array.shape[0]):
        longer[index] = array[index]
    return longer


def _stretches(at: Long, shapes: Ints, post: Post, found: Ints, count: Long) -> tuple[Ints, Long]:
    """Adds to ``found`` the (start, end) of each occurrence of the phrase that lies at a place of ``shapes``."""
    seen, ends, spots, _, _, cursors = post
    length, rarest = np.int64(shapes[at + 1]), np.int64(shapes[at + 2])
    ids = shapes[at + 3 : at + 3 + length]
    for offset in range(length):
        if not has(seen, np.int64(ids[offset])):
            return found, count
        cursors[offset] = ends[2 * ids[offset]]
    spot = np.int64(ends[2 * ids[rarest]])
    while spot >= 0:
        start = np.int64(spots[2 * spot]) - rarest
        whole = True
        for offset in range(length):
            cursor = np.int64(cursors[offset])
            while cursor >= 0 and spots[2 * cursor] < start + offset:
                cursor = np.int64(spots[2 * cursor + 1])
            cursors[offset] = cursor
            if cursor < 0 or spots[2 * cursor] != start + offset:
                whole = False
                break
        if whole:
            if 2 * count == found.shape[0]:
                found = wider(found)
            found[2 * count] = start
            found[2 * count + 1] = start + length
            count += 1
        spot = np.int64(spots[2 * spot + 1])
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
    """Whether a stretch of the left side has one of the right side at most so many words away, before or after it."""
    words, lefts, rights = np.int64(shapes[at + 1]), np.int64(shapes[at + 2]), np.int64(shapes[at + 3])
    left, right, ones, others = np.empty(_ROOM, np.int32), np.empty(_ROOM, np.int32), np.int64(0), np.int64(0)
    for side in range(at + 4, at + 4 + lefts):
        left, ones = stretches(np.int64(shapes[side]), shapes, post, left, ones)
    if ones == 0:
        return False
    for side in range(at + 4 + lefts, at + 4 + lefts + rights):
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
            before = first_from(right, low, others, start - length - words)
            if before < others and right[2 * before] <= start - length:
                return True
    return False


def _shape_holds(at: Long, shapes: Ints, post: Post) -> Any:
    """Whether a phrase or a nearness stands anywhere in the post."""
    if shapes[at] != PHRASE:
        return bool(near(at, shapes, post))
    _, count = stretches(at, shapes, post, np.empty(_ROOM, np.int32), np.int64(0))
    return bool(count > 0)


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


def _gather(firsts: Ints, postings: Ints, code: Ints, met: Ints, words: Long, candidates: Ints) -> Long:
    """Lists the pairs (query, test to begin with) that the words met ask to be tried; returns how many.

    Each test is fetched, and put down as a third: they lie far apart, and here the processor waits for all at once.
    """
    anchored, count = firsts.shape[0] - 1, 0
    for word in range(words):
        id = np.int64(met[word])
        if id < anchored:
            for posting in range(firsts[id], firsts[id + 1]):
                entry = postings[2 * posting + 1]
                candidates[3 * count] = postings[2 * posting]
                candidates[3 * count + 1] = entry
                candidates[3 * count + 2] = code[max(entry, 0)]
                count += 1
    return count


def _note_fields(index: Long, facts: Long, asked: Ints, columns: Ints, sets: Ints, post: Post) -> None:
    """What the network says of a post, as known words without a place of their own."""
    for bit in range(asked.shape[0]):
        if facts >> bit & 1 and asked[bit] >= 0:
            note(np.int64(asked[bit]), np.int64(0), post)
    for row in range(columns.shape[0]):
        value = np.int64(columns[row, index])
        if value >= 0:
            note(value, np.int64(0), post)
        elif value < NOTHING:
            at = NOTHING - 1 - value
            for item in range(at + 1, at + 1 + sets[at]):
                note(np.int64(sets[item]), np.int64(0), post)


def _match(buffer: Bytes, offsets: Longs, columns: Ints, sets: Ints, program: Any, memory: Any) -> tuple[Ints, Ints]:
    """(posts, queries) of every match, posts ascending.

    ``program`` and ``memory`` are the members of `vigie.query.program.Program` and `vigie.query.memory.Memory`, in
    their order. The memory goes from call to call: ``number`` is the last post that was numbered, ``matched`` the last
    one that each query matched; numbers only grow, so ``matched`` is never cleared.
    """
    program, memory, arrays = borrowed(program), borrowed(memory), borrowed((buffer, columns, sets))
    buffer, columns, sets = arrays
    slots, firsts, postings, code, shapes, asked = program[7:]
    number, matched, candidates, hashes, places = memory[:5]
    post = memory[5:]
    seen, _, _, met, used, _ = post
    posts, queries, count = np.empty(1024, np.int32), np.empty(1024, np.int32), 0
    latest = number[0]
    for index in range(offsets.shape[0] - 1):
        latest += 1
        used[0] = used[1] = 0
        note(np.int64(0), np.int64(0), post)
        start, end = np.uint64(offsets[index]), np.uint64(offsets[index + 1] - 1)
        listed, facts = scan(buffer, start, end, program, hashes, places)
        look_up(hashes, places, listed, slots, post)
        note_fields(index, facts, asked, columns, sets, post)
        for candidate in range(gather(firsts, postings, code, met, used[1], candidates)):
            if passes(np.int64(candidates[3 * candidate + 1]), code, shapes, post):
                query = np.int64(candidates[3 * candidate])
                if matched[query] == latest:  # looked up by two of its words
                    continue
                matched[query] = latest
                if count == posts.shape[0]:
                    posts, queries = wider(posts), wider(queries)
                posts[count] = index
                queries[count] = query
                count += 1
        for word in range(used[1]):
            seen[met[word] >> 3] = 0
    number[0] = latest
    return posts[:count], queries[:count]


borrowed: Any = intrinsic(_borrowed)
read, mark, has, note, wider, first_from = map(compiled, (_read, _mark, _has, _note, _wider, _first_from))
stretches, near, shape_holds, passes = map(compiled, (_stretches, _near, _shape_holds, _passes))
scan, look_up, gather, note_fields = map(compiled, (_scan, _look_up, _gather, _note_fields))
match = compiled(_match, inside=False)
