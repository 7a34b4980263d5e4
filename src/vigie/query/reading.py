"""From a post's bytes to the known words in it: fold, hash, look up.

The first part of the compiled matcher's inner loop (`vigie.query.kernel`). Each step is a loop of its own over the
post, so that the processor waits for many places of memory at once rather than for one after the other. Arrays come in
as bare pointers.
"""

# ruff: noqa: C901, PLR0912, PLR0915, PLR1714, SIM109 (loops that are one machine each; compiled, not interpreted)

from typing import Any, TypeAlias

import numpy as np

from vigie.query.native import (
    SPREAD,
    Bytes,
    Hash,
    Hashes,
    Ints,
    Long,
    Longs,
    compiled,
    eight,
    fetch,
    lowest,
    mixed,
)
from vigie.text.chars import LONGEST_FOLD
from vigie.text.table import EMOJI, EXPANDED, FLAG, GAP, KIND_BITS, MARK, QUESTION, SIGN, SYMBOL, WORD

Post: TypeAlias = tuple[Bytes, Ints, Ints, Ints, Longs, Ints]  # as `vigie.query.kernel` says
List: TypeAlias = tuple[Bytes, Hash, Hashes, Ints]  # sieve, its size in bits less one, hashes, places

LETTER, ASKS = 0x100, 0x200
"""In the table of bytes, beside the folded byte: part of a word, question mark."""
MARGIN = 8
"""Bytes free before the first folded word, and behind the last."""
SEES_MENTION, SEES_HASHTAG, SEES_EMOJI, SEES_QUESTION = 1, 2, 4, 8
"""Facts seen while reading: the order of `vigie.query.program.SEEN_FACTS`."""

_KIND = (1 << KIND_BITS) - 1
_WIDTH = LONGEST_FOLD + 1
# Unsigned, because compiled code then need not look at signs.
_0, _1, _2, _3, _4, _6, _7, _8, _12, _18, _24, _32, _56, _64 = map(
    np.uint64, (0, 1, 2, 3, 4, 6, 7, 8, 12, 18, 24, 32, 56, 64)
)
_07, _0F, _1F, _3F, _80, _C0, _E0, _F0, _FF = map(np.uint64, (0x07, 0x0F, 0x1F, 0x3F, 0x80, 0xC0, 0xE0, 0xF0, 0xFF))
_SPACE, _HASH, _AT, _DOLLAR = map(np.uint8, b" #@$")
STEM = 3  # bytes that `_stem` looks at

_SPREAD = np.uint64(SPREAD)
_PAIR = np.uint64(0xD1342543DE82EF95)  # a good multiplier of Steele and Vigna's tables
_SIGNED = np.uint64(0xA4093822299F31D0)  # digits of pi


def _signed(value: Hash, sign: Hash) -> Hash:
    """The hash of ``#word`` from that of ``word``."""
    return mixed(value ^ (_SIGNED * np.uint64(sign)))


def _paired(first: Hash, second: Hash) -> Hash:
    """The hash of two words that follow each other."""
    return mixed((first * _PAIR) ^ second)


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


def _write(text: Bytes, to: Hash, code: Long) -> Hash:
    """Puts a character down as UTF-8; returns the place behind it."""
    value = np.uint64(code)
    if value < _80:
        text[to] = value
        return to + _1
    if value < np.uint64(0x800):
        text[to] = _C0 | value >> _6
    else:
        if value < np.uint64(0x10000):
            text[to] = _E0 | value >> _12
        else:
            text[to] = _F0 | value >> _18
            to += _1
            text[to] = _80 | value >> _12 & _3F
        to += _1
        text[to] = _80 | value >> _6 & _3F
    text[to + _1] = _80 | value & _3F
    return to + _2


def _fold(buffer: Bytes, at: Hash, end: Hash, tables: Any, text: Bytes, bounds: Ints) -> tuple[Long, Long]:
    """Writes a post folded into ``text`` and where each word begins and ends there into ``bounds``.

    Between words stands a space or a sign, marks are left out, a gap is an empty word. Returns how many words, and the
    facts seen on the way, as bits.
    """
    characters, expansions, table = tables
    to: Hash = np.uint64(MARGIN)
    begun, ended, inside, facts = _0, _1, _0, np.uint64(0)
    while at < end:
        entry = np.uint64(table[np.uint64(buffer[at])])
        if entry != _0:
            letter = entry >> _8 & _1
            text[to] = entry & _FF
            bounds[begun] = to
            bounds[ended] = to
            begun += (letter & ~inside) << _1
            ended += (inside & ~letter) << _1
            inside = letter
            facts |= entry
            to += _1
            at += _1
            continue
        code, after = read(buffer, at, characters)
        kind = code & _KIND
        code >>= KIND_BITS
        at = after
        if kind == MARK:
            continue
        if kind == WORD:
            bounds[begun] = to
            begun += (_1 - inside) << _1
            inside = _1
            if code < EXPANDED:
                to = write(text, to, code)
            else:
                row = (code - EXPANDED) * _WIDTH
                while expansions[row] != 0:
                    to = write(text, to, np.int64(expansions[row]))
                    row += 1
            continue
        bounds[ended] = to
        ended += inside << _1
        inside = _0
        text[to] = code if kind == SIGN else _SPACE
        to += _1
        if kind == EMOJI or kind == SYMBOL or kind == FLAG:
            bounds[begun] = to
            to = write(text, to, code)
            if kind == FLAG:
                facts |= _1 << _32
                code, after = read(buffer, at, characters)
                if code & _KIND == FLAG:
                    at = after
                    to = write(text, to, code >> KIND_BITS)
            elif kind == EMOJI:
                facts |= _1 << _32
            bounds[ended] = to
            begun += _2
            ended += _2
        elif kind == GAP:
            bounds[begun] = bounds[ended] = to
            begun += _2
            ended += _2
        elif kind == QUESTION:
            facts |= np.uint64(ASKS)
    text[to] = _SPACE
    bounds[ended] = to
    seen = 0
    if facts >> _32 != _0:
        seen |= SEES_EMOJI
    if facts & np.uint64(ASKS) != _0:
        seen |= SEES_QUESTION
    return np.int64(begun >> _1), seen


def _mark(value: Hash, place: Long, count: Long, listed: List) -> Long:
    """Puts a hash on the list when some query may know it; whether it stays is counted, not branched on."""
    sieve, mask, hashes, places = listed
    bit = (value >> _24) & mask
    hashes[count] = value
    places[count] = place
    return count + np.int64(np.uint64(sieve[bit >> _3]) >> (bit & _7) & _1)


def _stem(block: Hash, sign: Hash, mask: Hash) -> Hash:
    """Where the lengths of prefixes with the same sign and the same first three bytes are listed."""
    return ((block << _8 | sign) << _32) * _SPREAD >> np.uint64(44) & mask


def _list_long(
    text: Bytes, at: Hash, left: Hash, place: Long, lengths: Hash, count: Long, listed: List
) -> tuple[Hash, Long]:
    """(hash of a word of more than eight bytes, how many are listed): lists its beginnings of more than eight bytes."""
    state = _0
    while left > _8:
        state = mixed(state ^ eight(text, at))
        lengths = lengths >> _8 | (lengths & _FF) << _8
        at += _8
        left -= _8
        bits = lengths & (_FF >> (_8 - min(left, _8)))
        while bits != _0:
            value = mixed(state ^ (eight(text, at) << (_56 - (lowest(bits) << _3))))
            count = mark(~value, place, count, listed)
            bits &= bits - _1
    return mixed(state ^ (eight(text, at) << (_64 - (left << _3)))), count


def _list_tagged(text: Bytes, at: Hash, left: Hash, place: Long, lengths: Hash, count: Long, listed: List) -> Long:
    """Lists the beginnings of ``#word``; returns how many are listed."""
    sign, state = text[at - _1], _0
    while lengths != _0:
        bits = lengths & (_FF >> (_8 - min(left, _8)))
        while bits != _0:
            value = mixed(state ^ (eight(text, at) << (_56 - (lowest(bits) << _3))))
            count = mark(~signed(value, sign), place, count, listed)
            bits &= bits - _1
        if left <= _8:
            break
        state = mixed(state ^ eight(text, at))
        lengths = lengths >> _8 | (lengths & _FF) << _8
        at += _8
        left -= _8
    return count


def _list_hashes(
    text: Bytes, bounds: Ints, words: Long, facts: Long, prefixes: Any, gap: Long, begun: Ints, listed: List
) -> tuple[Long, Long]:
    """Lists the hashes of words, of their beginnings (as complements) and of pairs of neighbours, with their places."""
    stems, mask = prefixes
    count, place, before, size = np.int64(0), np.int64(0), _0, _0
    for word in range(words):
        at, left = np.uint64(bounds[2 * word]), np.uint64(bounds[2 * word + 1])
        if at == left:
            place += gap
            before = _0
            continue
        left -= at
        block = eight(text, at)
        lengths = np.uint64(stems[stem(block, _0, mask)])
        # Beginnings of up to eight bytes are only put down here. How many lengths a word has, nobody can foresee.
        within = lengths & (_FF >> (_8 - min(left, _8)))
        begun[size] = at
        begun[size + _1] = place << 8 | np.int64(within)
        size += np.uint64(within != _0) << _1
        if left > _8:
            value, count = list_long(text, at, left, place, lengths, count, listed)
        else:
            value = mixed(block << (_64 - (left << _3)))
        count = mark(value, place, count, listed)
        sign = text[at - _1]
        if sign == _HASH or sign == _AT or sign == _DOLLAR:
            facts |= SEES_HASHTAG if sign == _HASH else SEES_MENTION if sign == _AT else 0
            lengths = np.uint64(stems[stem(block, np.uint64(sign), mask)])
            count = list_tagged(text, at, left, place, lengths, count, listed)
            count = mark(signed(value, sign), place, count, listed)
        if before != _0:
            count = mark(paired(before, value), place - 1, count, listed)
        before = value
        place += 1
    index, bits = _0, np.uint64(begun[_1]) & _FF
    while index < size:
        value = mixed(eight(text, np.uint64(begun[index])) << (_56 - (lowest(bits) << _3)))
        count = mark(~value, np.int64(begun[index + _1]) >> 8, count, listed)
        bits &= bits - _1
        index += np.uint64(bits == _0) << _1
        bits = bits if bits != _0 else np.uint64(begun[index + _1]) & _FF
    return count, facts


def _note(id: Long, place: Long, post: Post) -> None:
    """A known word stands here."""
    seen, _, spots, met, used, _ = post
    spot = used[0]
    used[0] = spot + 1
    spots[3 * spot] = id
    spots[3 * spot + 1] = place
    met[used[1]] = id
    used[1] += 1 - np.int64(seen[np.uint64(id)])
    seen[np.uint64(id)] = 1


def _look_up(hashes: Hashes, places: Ints, count: Long, known: Any, post: Post) -> None:
    """Notes those of the listed hashes that some query knows."""
    slots, mask, shift = known
    number = (_1 << shift) - _1
    for index in range(count):
        fetch(slots, hashes[index] & mask)
    for index in range(count):
        value = hashes[index]
        slot = value & mask
        held = slots[slot]
        while held != _0 and (held ^ value) >> shift != _0:
            slot = (slot + _1) & mask
            held = slots[slot]
        if held != _0:
            note(np.int64(held & number), np.int64(places[index]), post)


signed, paired, read, write, mark, stem = map(compiled, (_signed, _paired, _read, _write, _mark, _stem))
list_long, list_tagged, note = map(compiled, (_list_long, _list_tagged, _note))
fold, list_hashes, look_up = map(compiled, (_fold, _list_hashes, _look_up))
