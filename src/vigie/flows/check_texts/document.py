"""A file with drafts in it, and where each draft's words stand in the file."""

import re
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

import msgspec
from msgspec import Struct

from vigie.model import Draft, Span, Suppression

_LINE_END = re.compile(r"\r\n|\n")


class Trace(NamedTuple):
    """Where each character of a draft stands in its file: stretches that are the same in both.

    >>> trace = Trace((0, 3), (10, 20))
    >>> trace(1), trace(3), trace.span(Span(2, 4))
    (11, 20, Span(start=12, end=21))
    """

    starts: tuple[int, ...] = (0,)
    places: tuple[int, ...] = (0,)

    def __call__(self, index: int) -> int:
        stretch = max(bisect_right(self.starts, index) - 1, 0)
        return self.places[stretch] + index - self.starts[stretch]

    def span(self, span: Span) -> Span:
        """The same words in the file, with what stands between them."""
        start = self(span.start)
        return Span(start, self(span.end - 1) + 1 if span.end > span.start else start)


class Writing(Struct, frozen=True):
    """One draft of a file.

    Attributes:
        at: where in the file a finding stands that is about no words.
        name: what people call it within its file: a row; empty when the file is one draft.
        allowed: what people let pass in it, by a rule's id or a finding's fingerprint.
    """

    draft: Draft
    trace: Trace = Trace()
    at: int = 0
    name: str = ""
    allowed: dict[str, Suppression] = {}

    def places(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """Where some of the draft's words stand in the file."""
        return tuple(self.trace.span(span) for span in spans)


class Document(Struct, frozen=True, dict=True):
    """A file, or words given by hand.

    Attributes:
        name: as it was asked for, or found in a folder asked for; empty for words given by hand.
    """

    name: str
    text: str
    writings: tuple[Writing, ...] = ()

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    def place(self, index: int) -> tuple[int, int]:
        """(line, column) of a character, both from 1; columns count characters."""
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """A line (from 1) without its end."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


class Mistake(Struct, frozen=True):
    """Why something cannot be read, and where; ``code`` is the id of its sentence, to be filled with ``values``.

    Attributes:
        hint: what to write instead, ready to paste; empty when nobody can guess.
    """

    line: int
    column: int
    code: str
    values: dict[str, str | int] = msgspec.field(default_factory=dict)
    hint: str = ""


class UnreadableError(Exception):
    """A file that cannot be read as drafts. ``mistakes``: all that were seen."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__("; ".join(f"{one.line}:{one.column} {one.code}" for one in mistakes))
        self.mistakes = mistakes
