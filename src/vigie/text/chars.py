"""What one character is to a reader who searches: part of a word, an emoji, a mark to ignore, or a gap."""

import unicodedata
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["w", "e", "s", "f", "m", "g", "q", " "]
"""What a character can be.

``w`` part of a word, ``e`` emoji and ``s`` other symbol (each a token by itself), ``f`` half a flag, ``m`` mark
(ignored), ``g`` sign that may open a tag (``# @ $``), ``q`` question mark, a space for everything else. The last two
end a word.
"""

_SIGNS = {"#": "#", "@": "@", "$": "$", "＃": "#", "＠": "@", "＄": "$"}
_QUESTION_MARKS = frozenset("?？؟⁇⁈⁉")

# Letters that Unicode does not decompose although readers type them without their stroke.
_STROKES = {
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "ŋ": "n",
    "ŧ": "t",
    "þ": "th",
}

# Zero-width joiners, soft hyphen and direction marks: invisible, so they neither end a word nor count in it. The
# zero-width space is not one of them: Thai and Khmer writers put it between words.
_INVISIBLE = frozenset(map(chr, (0xAD, *range(0x200C, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)))

LONGEST_FOLD = 4
"""Characters at most that one character folds to."""
_FIRST_FLAG, _LAST_FLAG = "\U0001f1e6", "\U0001f1ff"
_FIRST_PICTURE, _LAST_PICTURE = "\U0001f300", "\U0001faff"
_EMOJI_BLOCKS = (("\u231a", "\u23ff"), ("\u2600", "\u27bf"), ("\u2b05", "\u2b55"), ("\U0001f000", "\U0001faff"))


def kind(char: str) -> Kind:  # noqa: PLR0911 (one case for each kind)
    """What a character is.

    >>> [kind(c) for c in "é#☕ ?"]
    ['w', 'g', 'e', ' ', 'q']
    """
    if char in _SIGNS:
        return "g"
    if char in _QUESTION_MARKS:
        return "q"
    if char == "_":
        return "w"
    if char in _INVISIBLE:
        return "m"
    if _FIRST_FLAG <= char <= _LAST_FLAG:
        return "f"
    match unicodedata.category(char):
        case "Lu" | "Ll" | "Lt" | "Lm" | "Lo" | "Nd" | "Mc":
            return "w"
        case "So":
            return "e" if any(first <= char <= last for first, last in _EMOJI_BLOCKS) else "s"
        case "Mn" | "Me":
            return "m"
        case "Cn" if _FIRST_PICTURE <= char <= _LAST_PICTURE:
            return "e"  # an emoji younger than this Python's Unicode tables
        case _:
            return " "


def folded(char: str) -> str:
    """One character without its case and accents; empty for a mark. Never longer than four characters.

    >>> [folded(c) for c in "ÉœßΆй"]
    ['e', 'oe', 'ss', 'α', 'и']
    """
    match kind(char):
        case "m":
            return ""
        case "g":
            return _SIGNS[char]
        case "w":
            return _folded_letter(char)
        case _:
            return char


def _folded_letter(char: str) -> str:
    if char < "\x80":
        return char.lower()
    if "ぁ" <= char <= "ヿ" or "가" <= char <= "힣":
        return char  # the marks of kana and the parts of Hangul make another letter, not an accent
    plain = _bare(_bare(char).casefold())
    whole = "".join(_STROKES.get(c, c) for c in plain)
    # A few ligatures stand for a sentence or for signs: those stay as they are.
    return whole if 0 < len(whole) <= LONGEST_FOLD and all(kind(c) == "w" for c in whole) else char


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) != "Mn")


class _Fold(dict[int, str]):
    """Folded characters by code point, filled as they are met: a company's posts use a few hundred."""

    def __missing__(self, code: int) -> str:
        value = self[code] = folded(chr(code))
        return value


_FOLD = _Fold()


def fold(text: str) -> str:
    """Text without case and accents, marks dropped; its characters no longer stand where they stood.

    >>> fold("GRÈVE à l’Œuvre")
    'greve a l’oeuvre'
    """
    return text.lower() if text.isascii() else text.translate(_FOLD)
