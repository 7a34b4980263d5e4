"""A query as a Python function of a post seen at a glance: its words without their places, unless these matter."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TypeAlias

from vigie.model import Post
from vigie.query import fields
from vigie.query.document import Document, searched
from vigie.query.evaluate import holds
from vigie.query.frequency import likely
from vigie.query.nodes import (
    And,
    AtLeast,
    Field,
    Loose,
    Named,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Raw,
    Sentence,
    Word,
)
from vigie.text import TEXT_CAP, fold, kind, tokenise

_ASCII_WORDS = re.compile(r"[#@$]?[0-9a-z_]+").findall
_PAIRED = "\ue000"  # stands for what only `tokenise` can tell: halves of flags, skin tones
_SIGNS = frozenset("#@$")

_VALUES: dict[str, Callable[[Post], set[str]]] = {
    "author": fields.authors,
    "to": fields.addressees,
    "lang": fields.langs,
    "network": lambda post: {post.network},
    "site": fields.sites,
    "country": fields.countries,
    "url": fields.url_words,
}
"""Fields that queries are looked up by, or that are known without reading the text."""


class _Cut(dict[int, str]):
    """By code point: its folded letters, between spaces where it is a token by itself; filled as they are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        match kind(char):
            case "w":
                value = fold(char) or char
            case "m":
                value = ""
            case "g":
                value = " " + fold(char)
            case "e" | "s":
                value = f" {fold(char)} "
            case "f" | "t":
                value = _PAIRED
            case _:
                value = " "
        self[code] = value
        return value


_CUT = _Cut()


class Glance:
    """A post's words and fields, and all the rest (`document`) only when somebody asks.

    Attributes:
        words: as `Document.places` has them.
    """

    def __init__(self, post: Post) -> None:
        self.post = post
        if post.title or post.tags:
            self.words = {word for text in searched(post) for word in _words(text)}
        else:
            self.words = _words(post.text)

    @cached_property
    def row(self) -> str:
        """The words one after the other, a space before each."""
        return " " + " ".join(self.words)

    @cached_property
    def document(self) -> Document:
        """The post in full."""
        return Document(self.post)

    def values(self, name: str) -> set[str]:
        """The values of a field of `_VALUES`, put together once."""
        found = self._values.get(name)
        if found is None:
            found = self._values[name] = _VALUES[name](self.post)
        return found

    @cached_property
    def _values(self) -> dict[str, set[str]]:
        return {}


def _words(text: str) -> set[str]:
    text = text[:TEXT_CAP]
    if text.isascii():
        words = set(_ASCII_WORDS(text.lower()))
    else:
        cut = text.translate(_CUT)
        if _PAIRED in cut:
            return {
                form
                for token in tokenise(text)
                for form in (token.word, token.sign + token.word, token.word + token.tone)
            }
        words = set(cut.split(" "))
    words |= {word[1:] for word in words if word[:1] in _SIGNS}
    words.discard("")
    return words


Test: TypeAlias = Callable[[Glance], bool]


def tester(node: Node) -> Test:  # noqa: C901, PLR0911, PLR0912 (one case for each kind of node)
    """A function with the answers of `vigie.query.evaluate.holds`. What is rare is asked first."""
    match node:
        case Word(key=key, prefix=False):
            return lambda glance: key in glance.words
        case Word(key=key):
            start = " " + key
            return lambda glance: start in glance.row
        case And(parts=parts):
            return _all([tester(part) for part in sorted(parts, key=likely)])
        case Or(parts=parts):
            return _any(parts)
        case Not(part=part):
            test = tester(part)
            return lambda glance: not test(glance)
        case Named(part=part):
            return tester(part)
        case Field(name=name, value=value) if name in _VALUES and name != "url":
            return lambda glance: value in glance.values(name)
        case Phrase(parts=parts) | Loose(parts=parts) | Sentence(parts=parts) | AtLeast(parts=(_,) as parts):
            return _all([*map(tester, sorted(parts, key=likely)), _in_full(node)])
        case AtLeast(count=count, parts=parts):
            return _several([tester(part) for part in parts], count)
        case Pattern(sign=sign, head=head):
            start, full = f" {sign}{head}", _in_full(node)
            return lambda glance: start in glance.row and full(glance)
        case Raw(text=text):
            return _all([_written(text), _in_full(node)])
        case Near(left=left, right=right):
            return _all([*map(tester, sorted((left, right), key=likely)), _in_full(node)])
        case _:
            return _in_full(node)


def _in_full(node: Node) -> Test:
    return lambda glance: holds(node, glance.document)


def _written(raw: str) -> Test:
    """Whether characters stand in a text at all."""
    forms = {unicodedata.normalize("NFC", raw), unicodedata.normalize("NFD", raw)}
    return lambda glance: any(form in text for text in searched(glance.post) for form in forms)


def _several(tests: list[Test], count: int) -> Test:
    def enough(glance: Glance) -> bool:
        left = count
        for test in tests:
            left -= test(glance)
            if not left:
                return True
        return False

    return enough


def _all(tests: Iterable[Test]) -> Test:
    tests = tuple(tests)

    def every(glance: Glance) -> bool:
        for test in tests:  # noqa: SIM110 (a generator costs more than most tests)
            if not test(glance):
                return False
        return True

    return every


def _any(parts: Iterable[Node]) -> Test:
    words = frozenset(part.key for part in parts if isinstance(part, Word) and not part.prefix)
    others = tuple(tester(part) for part in parts if not isinstance(part, Word) or part.prefix)
    if not others:
        return lambda glance: not words.isdisjoint(glance.words)

    def some(glance: Glance) -> bool:
        if not words.isdisjoint(glance.words):
            return True
        for test in others:  # noqa: SIM110 (a generator costs more than most tests)
            if test(glance):
                return True
        return False

    return some
