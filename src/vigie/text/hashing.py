"""One 64-bit number for a word, grown letter by letter so that its prefixes' numbers come for free."""

MULTIPLIER = 0x9E3779B97F4A7C15
"""2^64 divided by the golden ratio: spreads neighbouring letters over all 64 bits."""

SEEDS = {"": 0x243F6A8885A308D3, "#": 0x13198A2E03707344, "@": 0xA4093822299F31D0, "$": 0x082EFA98EC4E6C89}
"""Where a word starts by its sign: digits of pi, far apart, so that ``#bus`` and ``bus`` are strangers."""

_BITS = 0xFFFFFFFFFFFFFFFF


def word_hash(word: str, sign: str = "") -> int:
    """The number of a folded word.

    >>> word_hash("bus") == word_hash("bus", "#")
    False
    """
    value = SEEDS[sign]
    for char in word:
        value = ((value ^ ord(char)) * MULTIPLIER) & _BITS
    return value
