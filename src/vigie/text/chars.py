"""What one character is to a reader who searches: part of a word, an emoji, a mark to ignore, or a gap."""

import unicodedata
from bisect import bisect_right
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["w", "e", "s", "f", "m", "g", "q", "t", " "]
"""What a character can be.

``w`` part of a word, ``e`` emoji and ``s`` other symbol (each a token by itself), ``f`` half a flag, ``m`` mark
(ignored), ``g`` sign that may open a tag (``# @ $``), ``q`` question mark, ``t`` skin tone of the emoji before it, a
space for everything else. The last three end a word.

In scripts that put no space between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) each character is an ``s``:
what a reader calls a word there is the phrase of its characters, found wherever these follow each other. For compiled
code (`vigie.text.table`) nothing is new in that; a skin tone is a space to it, since only the reference tells tones
apart.
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
_FIRST_TONE, _LAST_TONE = "\U0001f3fb", "\U0001f3ff"
_FIRST_FLAG, _LAST_FLAG = "\U0001f1e6", "\U0001f1ff"
_FIRST_PICTURE, _LAST_PICTURE = "\U0001f300", "\U0001faff"
_EMOJI_BLOCKS = (("\u231a", "\u23ff"), ("\u2600", "\u27bf"), ("\u2b05", "\u2b55"), ("\U0001f000", "\U0001faff"))

# Thai and Lao; Burmese; Khmer; Japanese repetition signs; kana, whole, small and half as wide; Chinese characters.
# Their vowel and tone signs are no accents that one may leave out: they count as characters too.
# Each pair is the first of a block and the first after it.
_UNSPACED = (
    *("\u0e00", "\u0f00"),
    *("\u1000", "\u10a0"),
    *("\u1780", "\u1800"),
    *("\u3005", "\u3008"),
    *("\u3040", "\u3100"),
    *("\u31f0", "\u3200"),
    *("\u3400", "\u4dc0"),
    *("\u4e00", "\ua000"),
    *("\uf900", "\ufb00"),
    *("\uff66", "\uffa0"),
    *("\U00020000", "\U00040000"),
)

_LETTERS_AND_MARKS = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nl"))


def kind(char: str) -> Kind:  # noqa: C901, PLR0911 (one case for each kind)
    """What a character is.

    >>> [kind(c) for c in "é#☕ ?咖"]
    ['w', 'g', 'e', ' ', 'q', 's']
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
    if _FIRST_TONE <= char <= _LAST_TONE:
        return "t"
    category = unicodedata.category(char)
    if category in _LETTERS_AND_MARKS and is_unspaced(char):
        return "s"
    match category:
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


def is_unspaced(char: str) -> bool:
    """True for characters of the scripts that put no space between words.

    >>> [is_unspaced(c) for c in "咖カไ서"]
    [True, True, True, False]
    """
    return bisect_right(_UNSPACED, char) % 2 == 1


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
        case "s" if is_unspaced(char):
            whole = _bare(char)
            return whole if len(whole) == 1 and kind(whole) == "s" else char
        case _:
            return char


def _folded_letter(char: str) -> str:
    if char < "\x80":
        return char.lower()
    if "가" <= char <= "힣":
        return char  # its parts are letters, not accents
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
