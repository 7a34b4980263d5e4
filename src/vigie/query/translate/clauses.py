"""Pieces of the translated query, and what the listening language says of each of them."""

import re
from functools import lru_cache
from typing import Literal, TypeAlias, Union

from msgspec import Struct

from vigie.query.parse import parse
from vigie.query.problems import Problem, QueryError
from vigie.query.scan import is_plain_word

_BROAD = frozenset({"query.error.only_not", "query.error.too_broad"})
"""What is said of a query as a whole: a part of one may well be that."""

_WILD = "*?"
_SIMPLE = re.compile(r"(?=.*[a-zà-ÿ])[^\W_]{1,40}")
"""Letters with a small one among them: always a word, no need to ask."""

_FIELD = re.compile(r"(author|to|lang|network|site|country|has|is):")


class Clause(Struct, frozen=True):
    """A word, phrase or field, in the listening language. ``start`` is its place in the pasted text."""

    text: str
    start: int


class Group(Struct, frozen=True):
    """Parts joined by AND or OR; two at least, none of them joined the same way."""

    joined: Literal["AND", "OR"]
    parts: tuple["Piece", ...]
    start: int


class Denied(Struct, frozen=True):
    """What must not be."""

    part: "Piece"
    start: int


class Beside(Struct, frozen=True):
    """Two pieces near each other: ``operator`` is ``NEAR/5``, ``ONEAR/5`` or ``SENTENCE``."""

    operator: str
    left: "Piece"
    right: "Piece"
    start: int


class Times(Struct, frozen=True):
    """``atleast/3(…)``."""

    count: int
    parts: tuple["Piece", ...]
    start: int


Piece: TypeAlias = Union[Clause, Group, Denied, Beside, Times]  # noqa: UP007 (the names in quotes need it)


def group(joined: Literal["AND", "OR"], parts: list[Piece]) -> Piece:
    """Parts joined, those joined the same way taken apart, twice the same clause written once."""
    flat: dict[Piece, None] = {}
    for part in parts:
        inner = part.parts if isinstance(part, Group) and part.joined == joined else (part,)
        flat.update(dict.fromkeys(inner))
    once = {(part.text if isinstance(part, Clause) else part): part for part in flat}
    found = tuple(once.values())
    return found[0] if len(found) == 1 else Group(joined, found, found[0].start)


def gathered(piece: Piece) -> Piece:
    """The same with values of one field put together: ``country:fr OR country:be`` is ``country:(fr OR be)``."""
    match piece:
        case Group(joined=joined, parts=parts):
            inner = [gathered(part) for part in parts]
            return group(joined, _by_field(inner) if joined == "OR" else inner)
        case Denied(part=part):
            return Denied(gathered(part), piece.start)
        case _:
            return piece


def _by_field(parts: list[Piece]) -> list[Piece]:
    same: dict[str, list[Clause]] = {}
    for part in parts:
        if isinstance(part, Clause) and (field := _FIELD.match(part.text)):
            same.setdefault(field[1], []).append(part)
    found = list(parts)
    for name, clauses in same.items():
        values = " OR ".join(clause.text.removeprefix(f"{name}:") for clause in clauses)
        together = Clause(f"{name}:({values})", clauses[0].start)
        if len(clauses) > 1 and refusal(together.text) is None:
            found[found.index(clauses[0])] = together
            found = [part for part in found if part not in clauses]
    return found


def line(piece: Piece) -> str:
    """A piece on one line."""
    match piece:
        case Clause(text=text):
            return text
        case Group(joined=joined, parts=parts):
            return f" {joined} ".join(enclosed(part, joined) for part in parts)
        case Denied(part=part):
            return f"NOT {enclosed(part, 'NOT')}"
        case Beside(operator=operator, left=left, right=right):
            return f"{enclosed(left, operator)} {operator} {enclosed(right, operator)}"
        case Times(count=count, parts=parts):
            return f"atleast/{count}({', '.join(line(part) for part in parts)})"


def enclosed(part: Piece, within: str) -> str:
    """A piece on one line, in parentheses where it could be misread under an operator."""
    return f"({line(part)})" if binds_looser(part, within) else line(part)


def binds_looser(part: Piece, within: str) -> bool:
    """True when a piece needs parentheses under an operator."""
    match part:
        case Group(joined=joined):
            return within not in {"AND", "OR"} or joined != within
        case Denied():
            return within not in {"AND", "OR"}
        case Beside():
            return within not in {"AND", "OR"}
        case _:
            return False


@lru_cache(maxsize=4096)
def refusal(text: str) -> Problem | None:
    """Why the listening language cannot hold this as a part of a query; None when it can."""
    if _SIMPLE.fullmatch(text):
        return None
    try:
        parse(text)
    except QueryError as error:
        return next((problem for problem in error.problems if problem.code not in _BROAD), None)
    return None


@lru_cache(maxsize=4096)
def has_place(text: str) -> bool:
    """True for a clause that stands somewhere in the text, so that something can be near it."""
    return _SIMPLE.fullmatch(text) is not None or refusal(f"vigie NEAR/1 {text}") is None


def word(text: str, stars: bool) -> str:  # noqa: FBT001 (whether * and ? stand for letters)
    """A bare word, quoted where bare it would be something else. Without ``stars``, ``*`` and ``?`` are mere signs."""
    clean = text if stars else text.translate(dict.fromkeys(map(ord, _WILD)))
    return clean if _SIMPLE.fullmatch(clean) or is_plain_word(clean) else phrase(clean)


def phrase(text: str) -> str:
    """A phrase between quotes, its white space made plain."""
    return '"' + " ".join(re.sub(r'["“”«»{}]', " ", text).split()) + '"'
