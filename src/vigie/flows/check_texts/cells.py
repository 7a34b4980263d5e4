"""The cells of a CSV text, each with where its characters stand in it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from vigie.flows.check_texts.document import Mistake, Trace, UnreadableError

_DELIMITERS = (",", ";", "\t")
_END = re.compile(r"\r\n|\n|\r")
_QUOTE = '"'


class Cell(NamedTuple):
    """What a cell says; ``at`` is where its words begin."""

    text: str
    at: int
    trace: Trace


def delimiter_of(text: str) -> str:
    """What parts the cells: of comma, semicolon and tab the most frequent in the first line."""
    first = text[: found.start()] if (found := _END.search(text)) else text
    return max(_DELIMITERS, key=first.count)


def rows(text: str, delimiter: str) -> Iterator[list[Cell]]:
    """The rows of RFC 4180.

    Raises:
        UnreadableError: a quotation mark is never closed.
    """
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
    at = 0
    row: list[Cell] = []
    while at < len(text) or row:
        if text.startswith(_QUOTE, at):
            cell, at = _quoted(text, at)
            at = _end(plain, text, at)
        else:
            end = _end(plain, text, at)
            cell, at = Cell(text[at:end], at, Trace((0,), (at,))), end
        row.append(cell)
        if text.startswith(delimiter, at):
            at += 1
            if at < len(text):
                continue
            row.append(Cell("", at, Trace((0,), (at,))))
        elif found := _END.match(text, at):
            at = found.end()
        yield row
        row = []


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _quoted(text: str, at: int) -> tuple[Cell, int]:
    """A cell in quotation marks, and the place after it. A doubled mark is one, and stands where its second half is."""
    start = at + 1
    pieces: list[str] = []
    starts, places, size = [0], [start], 0
    while True:
        end = text.find(_QUOTE, start)
        if end < 0:
            before = text[:at]
            line = before.count("\n") + 1
            raise UnreadableError(Mistake(line, at - before.rfind("\n"), "check.error.open-quote"))
        pieces.append(text[start:end])
        size += end - start
        if not text.startswith(_QUOTE, end + 1):
            return Cell("".join(pieces), at + 1, Trace(tuple(starts), tuple(places))), end + 1
        starts.append(size)
        places.append(end + 1)
        start = end + 1
        pieces.append(_QUOTE)
        size += 1
        start = end + 2
