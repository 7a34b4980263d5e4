"""Tell apart the words that a hashtag runs together, by a list of everyday ones: silent rather than wrong."""

from collections.abc import Sequence
from functools import cache, lru_cache

from vigie.checks.tables import table
from vigie.text import fold

_LANGUAGES = ("fr", "en")
_LONGEST = 40
"""Letters of a tag that are looked at."""
_LONGEST_WORD = 20
_SHORT = 3
"""Letters up to which a piece is trusted only beside a longer one."""
_TINY = 2
_ROOM_FOR_TINY = 11
"""Letters of a tag from which a piece of one or two letters is believed: "awesome" is not "a we some"."""
_ENDINGS = ("s", "x", "es")
_CLEARLY_LONG = 19
"""Letters from which one word alone is improbable, unless it ends as long words do."""
_LONG_WORDS = (
    "tion",
    "tions",
    "ment",
    "ments",
    "ness",
    "ity",
    "ite",
    "ites",
    "isme",
    "ism",
    "ique",
    "iques",
    "ality",
    "ization",
)


@lru_cache(8192)
def split(tag: str, language: str) -> tuple[str, ...]:
    """The words of a tag (without its sign), as it is written; empty where it is one word, or nobody can say.

    >>> split("bonneannee", "fr"), split("explorelocalhistory", "en"), split("merci", "fr")
    (('bonne', 'annee'), ('explore', 'local', 'history'), ())
    """
    folded = fold(tag)
    if len(folded) != len(tag) or len(tag) > _LONGEST or not tag.isalnum():
        return ()
    own, other = ("en", "fr") if language == "en" else ("fr", "en")
    if folded in _whole() or any(_known(folded, one) for one in _LANGUAGES):
        return ()
    return _pieces(tag, folded, own, least=2) or _pieces(tag, folded, other, least=_SHORT + 1)


def certain(pieces: Sequence[str]) -> bool:
    """Whether a split can be put in place unseen: known words of three letters and more, and no other way to cut.

    >>> certain(("bonne", "annee")), certain(("back", "to", "school"))
    (True, False)
    """
    folded = fold("".join(pieces))
    return all(len(piece) >= _SHORT and piece.isalpha() for piece in pieces) and _ways(folded) == 1


def _ways(folded: str) -> int:
    """In how many ways known words of any language, three letters and more, make these letters."""
    ways = [1] + [0] * len(folded)
    for end in range(_SHORT, len(folded) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end - _SHORT + 1):
            if ways[start] and any(_known(folded[start:end], one) for one in _LANGUAGES):
                ways[end] += ways[start]
    return ways[-1]


def is_long(tag: str) -> bool:
    """Whether a tag is longer than single words are, whatever it is made of."""
    folded = fold(tag)
    return tag.isalpha() and len(folded) >= _CLEARLY_LONG and not folded.endswith(_LONG_WORDS)


def known(word: str, language: str) -> bool:
    """Whether a word, in any case, is an everyday one of a language (of any when it is neither of ours)."""
    folded = fold(word)
    return any(_known(folded, one) for one in _LANGUAGES if one == language or language not in _LANGUAGES)


def _pieces(tag: str, folded: str, language: str, *, least: int) -> tuple[str, ...]:
    """The fewest known words that make the tag; among as few, those whose shortest is longest."""
    size = len(folded)
    words_known = _words(language)
    best: list[tuple[int, int, int] | None] = [None] * (size + 1)  # (words, -squares, where the last begins)
    best[0] = (0, 0, 0)
    for end in range(1, size + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            before = best[start]
            piece = folded[start:end]
            if before is None or not (piece in words_known or (piece.isdigit() and end - start > 1)):
                continue
            found = (before[0] + 1, before[1] - (end - start) ** 2, start)
            if best[end] is None or found < best[end]:  # type: ignore[operator]
                best[end] = found
    pieces: list[str] = []
    end = size
    while end and (found_here := best[end]) is not None:
        pieces.append(tag[found_here[2] : end])
        end = found_here[2]
    pieces.reverse()
    words = [piece for piece in pieces if not piece.isdigit()]
    if end or len(words) < 2 or not _sound(words, least):  # noqa: PLR2004 - one word is no compound
        return ()
    return tuple(pieces)


def _sound(words: list[str], least: int) -> bool:
    """Whether the pieces look like words put together rather than a word cut up."""
    long = [word for word in words if len(word) > _SHORT]
    letters = sum(map(len, words))
    if letters < _ROOM_FOR_TINY and any(len(word) <= _TINY for word in words):
        return False
    return (
        bool(long)
        and min(map(len, words)) >= (1 if least == 2 else least)  # noqa: PLR2004 - the language's own
        and sum(map(len, long)) * 2 >= letters
        and letters > 2 * _SHORT
    )


def _known(folded: str, language: str) -> bool:
    return folded in _words(language)


@cache
def _whole() -> frozenset[str]:
    """Words and names that two others seem to make."""
    words = fold(table("hashtags")["whole"]).split()
    return frozenset((*words, *(word + "s" for word in words)))


@cache
def _words(language: str) -> frozenset[str]:
    """The list, with the usual plurals of what is long enough to have one."""
    words = fold(table("hashtags")[language]).split()
    return frozenset((*words, *(word + ending for word in words if len(word) > _SHORT for ending in _ENDINGS)))
