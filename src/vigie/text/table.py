"""Every character's kind and folded form in one array, for compiled code."""

import sys
import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt

from vigie.text.chars import LONGEST_FOLD, folded, kind

# The compiled matcher has these numbers too: `vigie.query.kernel` says why it keeps its own.
SPACE, WORD, EMOJI, SYMBOL, FLAG, MARK, SIGN, QUESTION, GAP = range(9)
KIND_BITS = 4
EXPANDED = 0x200000
"""Folded values from here on are not a code point but, less this, the row of a table of several."""

_CODES = {" ": SPACE, "w": WORD, "e": EMOJI, "s": SYMBOL, "f": FLAG, "m": MARK, "g": SIGN, "q": QUESTION}
_CODES["t"] = SPACE
# Scripts of thousands of signs without case or accents, each block of one kind: ideographs, Yi, Hangul, Tangut.
_UNIFORM = (
    range(0x3400, 0x4DC0),
    range(0x4E00, 0xA000),
    range(0xA000, 0xA48D),
    range(0xAC00, 0xD7A4),
    range(0x17000, 0x18D00),
    range(0x20000, 0x2F800),
    range(0x30000, 0x33480),
)
_OTHERS = (
    range(0x3400),
    range(0x4DC0, 0x4E00),
    range(0xA48D, 0xAC00),
    range(0xD7A4, 0xD800),
    range(0xF900, 0x17000),
    range(0x18D00, 0x20000),
    range(0x2F800, 0x30000),
    range(0xE0000, 0xE01F0),
)


@cache
def char_table() -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """(characters, expansions).

    ``characters[code]`` is the kind in its low `KIND_BITS` bits and the folded code point above them. Where folding
    gives several (``œ``), that value is `EXPANDED` plus a row of ``expansions``, which ends with zeros. 4 MB of address
    space, of which only the parts in use are ever touched.
    """
    characters = np.zeros(sys.maxunicode + 1, np.int32)
    rows: list[list[int]] = []
    for block in _UNIFORM:
        letters = [unicodedata.category(chr(code))[0] == "L" for code in block]
        codes = np.arange(block.start, block.stop, dtype=np.int32)
        kind_of_all = _CODES[kind(chr(block.start))]
        characters[block.start : block.stop] = np.where(letters, codes << KIND_BITS | kind_of_all, SPACE)
    for block in _OTHERS:
        characters[block.start : block.stop] = [_entry(chr(code), rows) for code in block]
    expansions = np.zeros((max(1, len(rows)), LONGEST_FOLD + 1), np.int32)
    for index, row in enumerate(rows):
        expansions[index, : len(row)] = row
    return characters, expansions


def _entry(char: str, rows: list[list[int]]) -> int:
    code = _CODES[kind(char)]
    if code in {SPACE, MARK, QUESTION}:
        return code
    value = [ord(part) for part in folded(char)]
    if len(value) == 1:
        return code | value[0] << KIND_BITS
    rows.append(value)
    return code | (EXPANDED + len(rows) - 1) << KIND_BITS
