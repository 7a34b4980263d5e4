"""The tables by which a post's words are recognised: hashes, a sieve for them, a hash table, lengths of prefixes."""

from typing import Any

import numpy as np

from vigie.query.native import Bytes, Hashes, Ints, Long, Longs, compiled, eight, mixed, pointers
from vigie.query.reading import STEM, paired, signed, stem

_0, _1, _3, _7, _8, _24, _64 = map(np.uint64, (0, 1, 3, 7, 8, 24, 64))


def _hash_words(text: Bytes, offsets: Longs, signs: Bytes, prefixes: Any) -> Hashes:
    """Hashes of folded words, with their signs; they lie behind each other, with `MARGIN` bytes free after the last."""
    found, (letters,) = np.empty(signs.shape[0], np.uint64), pointers((text,))
    for word in range(found.shape[0]):
        at, left, state = np.uint64(offsets[word]), np.uint64(offsets[word + 1] - offsets[word]), _0
        while left > _8:
            state = mixed(state ^ eight(letters, at))
            at += _8
            left -= _8
        value = mixed(state ^ (eight(letters, at) << (_64 - (left << _3))))
        if signs[word] != 0:
            value = signed(value, signs[word])
        found[word] = ~value if prefixes[word] else value
    return found


def _hash_pairs(firsts: Hashes, seconds: Hashes) -> Hashes:
    """Hashes of pairs of neighbours, from those of the words."""
    found = np.empty(firsts.shape[0], np.uint64)
    for place in range(found.shape[0]):
        found[place] = paired(firsts[place], seconds[place])
    return found


def _stems(text: Bytes, offsets: Longs, signs: Bytes, prefixes: Any, size: Long) -> Any:
    """A table of which lengths prefixes have, by their sign and first three bytes."""
    table, mask, (letters,) = np.zeros(size, np.uint16), np.uint64(size - 1), pointers((text,))
    for word in range(prefixes.shape[0]):
        if prefixes[word]:
            at, length = np.uint64(offsets[word]), offsets[word + 1] - offsets[word]
            bit = np.uint16(1) << np.uint16((length - 1) & 15)
            if length < STEM:
                table |= bit
            else:
                table[stem(eight(letters, at), np.uint64(signs[word]), mask)] |= bit
    return table


def _slots(hashes: Hashes, numbers: Ints, size: Any, bits: Any) -> Hashes:
    """A hash table of numbers: each in the low bits, the hash above them; 0 where free."""
    slots, low = np.zeros(size, np.uint64), np.uint64((1 << bits) - 1)
    for place in range(hashes.shape[0]):
        slot = hashes[place] & np.uint64(size - 1)
        while slots[slot] != _0:
            slot = (slot + _1) & np.uint64(size - 1)
        slots[slot] = hashes[place] & ~low | np.uint64(numbers[place])
    return slots


def _sieve(hashes: Hashes, size: Any) -> Any:
    """A bit for each hash, so many in all."""
    bits = np.zeros(size >> 3, np.uint8)
    for value in hashes:
        bit = (value >> _24) & np.uint64(size - 1)
        bits[bit >> _3] |= np.uint8(1) << np.uint8(bit & _7)
    return bits


hash_words, hash_pairs, stems, slots, sieve = (
    compiled(function, inside=False) for function in (_hash_words, _hash_pairs, _stems, _slots, _sieve)
)
