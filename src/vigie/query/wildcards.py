"""Words with letters left open: ``*`` stands for any letters or none, ``?`` for exactly one."""

import re
from collections.abc import Callable
from functools import lru_cache

_STARS = re.compile(r"\*+")


@lru_cache(4096)
def finder(pattern: str) -> Callable[[str], object]:
    """Tells whether a folded word is what a folded pattern stands for.

    >>> [bool(finder("gr?v*s")(word)) for word in ("greves", "grves", "greviste s", "gravitons")]
    [True, False, True, True]

    Time grows with the word's length times the pattern's, whatever the pattern: each piece between two stars is taken
    at the first place where it fits, and never sought again (the atomic groups below).
    """
    first, *others = (re.escape(piece).replace(r"\?", ".") for piece in _STARS.split(pattern))
    middle = "".join(f"(?>.*?{piece})" for piece in others[:-1])
    last = f".*{others[-1]}" if others else ""
    return re.compile(first + middle + last, re.DOTALL).fullmatch


def letters(pattern: str) -> int:
    """How many letters of a pattern are given.

    >>> letters("w*f?")
    2
    """
    return sum(char not in "*?" for char in pattern)
