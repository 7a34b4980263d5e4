"""Read one word, phrase or field of a query: its node, or what is wrong with it."""

import difflib
import re

from lark import Token

from vigie.query.fields import ALIASES, CHOICES, NAMES, read
from vigie.query.nodes import Field, Phrase, Word
from vigie.query.problems import Problem
from vigie.query.scan import place
from vigie.text import Token as TextToken
from vigie.text import tokenise

PHRASE_CAP = 50
PREFIX_MIN = 3

_IDEOGRAPHS = "\u2e80"  # from here on one character may be a word
_INNER_WILDCARD = re.compile(r"\*+(?!\*|$)|\?+(?=\w)")
_ADDRESS = frozenset({"http", "https", "at"})


def read_word(token: Token) -> Word | Phrase | Problem:
    """A bare word. One that is written with signs inside (``aujourd'hui``) is the phrase of its parts."""
    text = str(token)
    if wild := _INNER_WILDCARD.search(text):
        start = place(token)[0] + wild.start()
        return Problem("query.error.wildcard", start, start + len(wild[0]), {"word": text})
    return _read_words(text, text, place(token))


def read_phrase(token: Token) -> Word | Phrase | Problem:
    """What stands between quotes. One word alone is just that word."""
    inner = token[1:-1]
    return _read_words(inner, " ".join(inner.replace('"', " ").split()), place(token))


def _read_words(text: str, written: str, span: tuple[int, int]) -> Word | Phrase | Problem:
    parts: list[Word] = []
    for token in tokenise(text):
        prefix = text[token.end : token.end + 1] == "*"
        if prefix and not _long_enough(token):
            values: dict[str, str | int] = {"prefix": text[token.start : token.end], "least": PREFIX_MIN}
            return Problem("query.error.short_prefix", *span, values)
        parts.append(Word(token.word, token.sign, prefix, text[token.start : token.end]))
    if not parts:
        return Problem("query.error.no_word", *span, {"text": written})
    if len(parts) == 1:
        return parts[0]
    if len(parts) > PHRASE_CAP:
        return Problem("query.error.long_phrase", *span, {"limit": PHRASE_CAP, "count": len(parts)})
    return Phrase(tuple(Word(part.word, part.sign, part.prefix) for part in parts), written)


def _long_enough(token: TextToken) -> bool:
    return len(token.word) >= PREFIX_MIN or any(char >= _IDEOGRAPHS for char in token.word)


def read_pair(token: Token) -> Field | Problem:
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
        close = difflib.get_close_matches(lower, NAMES, 1, 0.6)
        suggestion = f"{close[0]}:" if close else ""
        return Problem("query.error.unknown_field", start, start + len(name) + 1, {"field": name}, suggestion)
    return ALIASES.get(lower, lower)


def read_value(field: str, value: str, span: tuple[int, int]) -> Field | Problem:
    """A field with a value that it can have."""
    known = read(field, value)
    if known is not None:
        return Field(field, known)
    choices = CHOICES.get(field, ())
    close = difflib.get_close_matches(value.lower(), choices, 1, 0.5)
    values: dict[str, str | int] = {"field": field, "value": value, "choices": ", ".join(choices)}
    code = "query.error.unknown_value" if choices else "query.error.bad_value"
    return Problem(code, *span, values, close[0] if close else "")
