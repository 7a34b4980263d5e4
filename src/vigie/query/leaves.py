"""Read one word, phrase or field of a query: its node, or what is wrong with it."""

import difflib
import re
import unicodedata
from typing import TypeAlias

from lark import Token

from vigie.query.fields import ALIASES, CHOICES, ELSEWHERE, NAMES, NUMBERS, read
from vigie.query.nodes import Field, Loose, Pattern, Phrase, Range, Raw, Word
from vigie.query.problems import Problem
from vigie.query.scan import place
from vigie.query.wildcards import letters
from vigie.text import Token as TextToken
from vigie.text import kind, tokenise

PHRASE_CAP = 50
LOOSE_CAP = 10
PREFIX_MIN = 3
PATTERN_MIN = 2
PATTERN_CAP = 64
DISTANCE_CAP = 100
"""Words in between that NEAR, ONEAR and a loose phrase allow at most."""

_IDEOGRAPHS = "\u2e80"  # from here on one character may be a word
_LAST_STARS = re.compile(r"\*+\Z")
_STARS = re.compile(r"\*+")
_FINAL_MARKS = re.compile(r"\?+\Z")
_ADDRESS = frozenset({"http", "https", "at"})
_TILDE = re.compile(r"(?:.*[^~])?~[\d.]*", re.DOTALL)
_OPERATORS = {"&": "AND", "&&": "AND", "+": "AND", "|": "OR", "||": "OR", "!": "NOT"}
_RANGE = re.compile(r"(?P<sign>>=|<=|>|<|)(?P<one>[^.<>=]*)|(?P<from>[^.<>=]*)\.\.(?P<to>[^.<>=]*)")
_NUMBER = re.compile(r"(\d{1,15})([kKmM]?)")
_THOUSANDS = {"": 1, "k": 1_000, "m": 1_000_000}

_Words: TypeAlias = list[Word | Pattern]


def read_word(token: Token) -> Word | Pattern | Phrase | Problem:
    """A bare word. One that is written with signs inside (``aujourd'hui``) is the phrase of its parts."""
    text = str(token)
    span = place(token)
    if meant := _OPERATORS.get(text):
        return Problem("query.error.foreign_operator", *span, {"operator": text, "meant": meant}, meant)
    if _TILDE.fullmatch(text):
        return Problem("query.error.tilde", *span, {"text": text})
    found = _words(text, span)
    return found if isinstance(found, Problem) else _phrase(found, text, span)


def read_phrase(token: Token) -> Word | Pattern | Phrase | Problem:
    """What stands between quotes. One word alone is just that word."""
    found = _words(token[1:-1], place(token))
    return found if isinstance(found, Problem) else _phrase(found, _spaced(token[1:-1]), place(token))


def read_loose(token: Token) -> Loose | Problem:
    """A phrase in quotes, then ``~`` and a number."""
    quoted, _, number = token.rpartition("~")
    span = place(token)
    found = _words(quoted[1:-1], (span[0], span[0] + len(quoted)))
    if isinstance(found, Problem):
        return found
    words = read_distance(number)
    if words is None:
        suggestion = f"{quoted}~{DISTANCE_CAP if number.isdigit() else 5}"
        return Problem("query.error.loose_number", *span, {"number": number, "limit": DISTANCE_CAP}, suggestion)
    if len(found) == 1:
        return Problem("query.error.loose_single", *span, {"text": _spaced(quoted[1:-1])}, quoted)
    if len(found) > LOOSE_CAP:
        return Problem("query.error.long_phrase", *span, {"limit": LOOSE_CAP, "count": len(found)})
    return Loose(tuple(map(_inside, found)), words, _spaced(quoted[1:-1]))


def read_distance(number: str) -> int | None:
    """How many words may stand in between; None when this is no such number."""
    whole = number.isascii() and number.isdigit() and len(number) <= len(str(DISTANCE_CAP))
    return int(number) if whole and int(number) <= DISTANCE_CAP else None


def _spaced(text: str) -> str:
    return " ".join(text.replace('"', " ").split())


def _words(text: str, span: tuple[int, int]) -> _Words | Problem:
    """The words of a text, those with open letters too. One at least."""
    parts: _Words = []
    for token in tokenise(text, wild=True):
        found = _word(token, text[token.start : token.end], span)
        if isinstance(found, Problem):
            return found
        if found is not None:
            parts.append(found)
    return parts or Problem("query.error.no_word", *span, {"text": _spaced(text)})


def _word(token: TextToken, written: str, span: tuple[int, int]) -> Word | Pattern | Problem | None:
    """A word as it stands in a query. A ``?`` after it is punctuation, and so is one that stands alone: None."""
    bare = _FINAL_MARKS.sub("", token.word)
    written = _FINAL_MARKS.sub("", written)
    stem = _LAST_STARS.sub("", bare)
    if not bare:
        return None
    if "*" in stem or "?" in stem or not stem:
        return _pattern(Pattern(_STARS.sub("*", bare), token.sign, written), span)
    prefix = len(stem) < len(bare) and kind(stem[-1]) != "s"
    if prefix and not _long_enough(stem):
        values: dict[str, str | int] = {"prefix": _LAST_STARS.sub("", written), "least": PREFIX_MIN}
        return Problem("query.error.short_prefix", *span, values)
    return Word(stem + token.tone, token.sign, prefix, _LAST_STARS.sub("", written))


def _pattern(found: Pattern, span: tuple[int, int]) -> Pattern | Problem:
    given = letters(found.pattern)
    if not given:
        return Problem("query.error.lone_wildcard", *span, {"text": found.written})
    if given < PATTERN_MIN:
        return Problem("query.error.short_pattern", *span, {"pattern": found.written, "least": PATTERN_MIN})
    if len(found.pattern) > PATTERN_CAP:
        return Problem("query.error.long_pattern", *span, {"limit": PATTERN_CAP})
    return found


def _long_enough(stem: str) -> bool:
    return len(stem) >= PREFIX_MIN or any(char >= _IDEOGRAPHS for char in stem)


def _phrase(parts: _Words, written: str, span: tuple[int, int]) -> Word | Pattern | Phrase | Problem:
    if len(parts) == 1:
        return parts[0]
    if len(parts) > PHRASE_CAP:
        return Problem("query.error.long_phrase", *span, {"limit": PHRASE_CAP, "count": len(parts)})
    return Phrase(tuple(map(_inside, parts)), written)


def _inside(part: Word | Pattern) -> Word | Pattern:
    """A word of a phrase: the phrase remembers how it was written."""
    return Word(part.word, part.sign, part.prefix) if isinstance(part, Word) else Pattern(part.pattern, part.sign)


def read_pair(token: Token) -> Field | Range | Raw | Problem:
    """``name:value`` in one piece."""
    name, _, value = token.partition(":")
    start, end = place(token)
    if name.lower() in _ADDRESS and value.startswith("//"):
        return Problem(
            "query.error.address", start, end, {"address": str(token)}, f"site:{read('site', token) or token}"
        )
    field = read_name(name, start)
    return field if isinstance(field, Problem) else read_value(field, value, (start + len(name) + 1, end))


def read_name(name: str, start: int) -> str | Problem:
    """A field's own name, from the one that was written."""
    lower = name.lower()
    if lower not in NAMES:
        close = [ELSEWHERE[lower]] if lower in ELSEWHERE else difflib.get_close_matches(lower, NAMES, 1, 0.6)
        suggestion = f"{close[0]}:" if close else ""
        return Problem("query.error.unknown_field", start, start + len(name) + 1, {"field": name}, suggestion)
    return ALIASES.get(lower, lower)


def read_value(field: str, value: str, span: tuple[int, int]) -> Field | Range | Raw | Problem:
    """A field with a value that it can have."""
    if field == "raw":
        return _raw(value, span)
    if field in NUMBERS:
        return _range(field, value, span)
    known = read(field, value)
    if known is not None:
        return Field(field, known)
    choices = CHOICES.get(field, ())
    close = difflib.get_close_matches(value.lower(), choices, 1, 0.5)
    values: dict[str, str | int] = {"field": field, "value": value, "choices": ", ".join(choices)}
    code = "query.error.unknown_value" if choices else "query.error.bad_value"
    return Problem(code, *span, values, close[0] if close else "")


def _raw(value: str, span: tuple[int, int]) -> Raw | Problem:
    text = unicodedata.normalize("NFC", value.strip())
    return Raw(text) if text else Problem("query.error.raw_empty", *span)


def _range(field: str, value: str, span: tuple[int, int]) -> Range | Problem:
    """``>1000``, ``>=1000``, ``<500``, ``<=500``, ``10..500``, ``10..``, ``..500`` or one number; ``10k`` is 10,000."""
    found = _RANGE.fullmatch(value.replace(" ", ""))
    one, low, high = (_number(found[name]) if found and found[name] else None for name in ("one", "from", "to"))
    least, most = low, high
    if one is not None and found is not None:
        sign = found["sign"]
        least = None if sign.startswith("<") else one + (sign == ">")
        most = None if sign.startswith(">") else one - (sign == "<")
    if (
        not found
        or (found["from"] and low is None)
        or (found["to"] and high is None)
        or (least is None and most is None)
    ):
        return Problem("query.error.bad_range", *span, {"field": field, "value": value})
    if most is not None and most < (least or 0):
        suggestion = "0" if most < 0 else f"{most}..{least}"
        return Problem("query.error.empty_range", *span, {"field": field, "value": value}, suggestion)
    return Range(field, least, most)


def _number(text: str) -> int | None:
    found = _NUMBER.fullmatch(text)
    return int(found[1]) * _THOUSANDS[found[2].lower()] if found and found[0].isascii() else None
