"""Write the translated query as a person would: one line where it fits, else a line for each part, and comments."""

import re
from collections.abc import Sequence

from vigie.query.translate.clauses import Beside, Clause, Denied, Group, Piece, Times, binds_looser, gathered, line

WIDTH = 88
_STEP = "  "
_VALUES = re.compile(r"([a-z]+:)\((.*)\)")


def lay_out(piece: Piece, comments: Sequence[tuple[int, str]]) -> str:
    """The query as text; each comment on a line of its own before the part that it stood before.

    >>> print(lay_out(Clause("café", 9), [(0, "the drink")]))
    # the drink
    café
    """
    piece = gathered(piece)
    waiting = [(at, text) for at, text in comments if text]
    lines: list[str] = []
    if waiting and isinstance(piece, Group):
        for part in piece.parts:
            start = _start(part)
            while waiting and waiting[0][0] < start:
                lines.append(f"# {waiting.pop(0)[1]}")
            lines += _hung(part, piece.joined, first=part is piece.parts[0])
    else:
        lines = [f"# {text}" for _, text in waiting] + _lines(piece)
        waiting = []
    return "\n".join(lines + [f"# {text}" for _, text in waiting])


def _start(piece: Piece) -> int:
    match piece:
        case Group(parts=parts) | Times(parts=parts):
            return min(_start(part) for part in parts)
        case Beside(left=left, right=right):
            return min(_start(left), _start(right))
        case Clause() | Denied():
            return piece.start


def _lines(piece: Piece) -> list[str]:  # noqa: PLR0911 (one return for each kind of piece)
    whole = line(piece)
    if len(whole) <= WIDTH:
        return [whole]
    match piece:
        case Clause(text=text) if found := _VALUES.fullmatch(text):
            rows = _filled(found[2].split(" OR "), "OR")
            return [f"{found[1]}(", *(_STEP + row for row in rows), ")"]
        case Group(joined=joined, parts=parts) if not all(isinstance(part, Clause) for part in parts):
            return [row for part in parts for row in _hung(part, joined, first=part is parts[0])]
        case Group(joined=joined, parts=parts):
            return _filled([line(part) for part in parts], joined)
        case Denied(part=part):
            return _prefixed("NOT ", _enclosed(part, "NOT"))
        case Beside(operator=operator, left=left, right=right):
            return [*_enclosed(left, operator), *_prefixed(f"{operator} ", _enclosed(right, operator))]
        case _:
            return [whole]


def _hung(part: Piece, joined: str, *, first: bool) -> list[str]:
    """A part on lines of its own, its operator before it."""
    rows = _enclosed(part, joined)
    return rows if first else _prefixed(f"{joined} ", rows)


def _enclosed(part: Piece, within: str) -> list[str]:
    rows = _lines(part)
    if not binds_looser(part, within):
        return rows
    if len(rows) == 1:
        return [f"({rows[0]})"]
    return ["(", *(_STEP + row for row in rows), ")"]


def _prefixed(operator: str, rows: list[str]) -> list[str]:
    return [operator + rows[0], *rows[1:]]


def _filled(clauses: list[str], joined: str) -> list[str]:
    """Clauses of one group, as many on a line as fit."""
    rows = [clauses[0]]
    for clause in clauses[1:]:
        addition = f" {joined} {clause}"
        if len(rows[-1]) + len(addition) <= WIDTH:
            rows[-1] += addition
        else:
            rows.append(addition[1:])
    return rows
