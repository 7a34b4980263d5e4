"""Nearness of whole groups: written straight where the listening language can, else pair by pair."""

from typing import assert_never

from vigie.query.translate.clauses import Beside, Clause, Denied, Group, Piece, Times, group, has_place, line, refusal
from vigie.query.translate.notes import Effect

SPREAD_CAP = 64
"""Nearness is written out for up to so many pairs, and pieces of up to so many clauses."""


def beside(operator: str, left: Piece, right: Piece, start: int) -> tuple[Piece, tuple[str, Effect] | None]:
    """Two pieces near each other; and the note's code and effect where that had to be written differently."""
    straight = Beside(operator, left, right, start)
    if _placed(left) and _placed(right) and refusal(line(straight)) is None:
        return straight, None
    if _pairs(left) * _pairs(right) <= SPREAD_CAP and size(left) + size(right) <= SPREAD_CAP:
        spread = _spread(operator, left, right, start)
        if _has_beside(spread) and refusal(line(spread)) is None:
            effect: Effect = "different" if _denies(left) or _denies(right) else "wider"
            return spread, ("translate.became.near_spread", effect)
    return group("AND", [left, right]), ("translate.became.near_and", "wider")


def size(piece: Piece) -> int:
    """Clauses in a piece."""
    match piece:
        case Clause():
            return 1
        case Group(parts=parts) | Times(parts=parts):
            return sum(size(part) for part in parts)
        case Beside(left=left, right=right):
            return size(left) + size(right)
        case Denied(part=part):
            return size(part)
        case _:
            assert_never(piece)


def _placed(piece: Piece) -> bool:
    """True for what stands somewhere in the text."""
    match piece:
        case Clause(text=text):
            return has_place(text)
        case Group(joined="OR", parts=parts):
            return all(_placed(part) for part in parts)
        case Beside(operator=operator):
            return operator != "SENTENCE"
        case _:
            return False


def _pairs(piece: Piece) -> int:
    """How many pairs a side makes when its nearness is written out."""
    return sum(_pairs(part) for part in piece.parts) if isinstance(piece, Group) and not _placed(piece) else 1


def _denies(piece: Piece) -> bool:
    return isinstance(piece, Denied) or (isinstance(piece, Group) and any(_denies(part) for part in piece.parts))


def _has_beside(piece: Piece) -> bool:
    return isinstance(piece, Beside) or (isinstance(piece, Group) and any(_has_beside(part) for part in piece.parts))


def _spread(operator: str, left: Piece, right: Piece, start: int) -> Piece:
    """``(a AND b) NEAR c`` as ``a NEAR c AND b NEAR c``; what has no place is asked of the whole post."""
    side = left if not _placed(left) else right
    if _placed(side):
        return Beside(operator, left, right, start)
    if not isinstance(side, Group):
        return group("AND", [left, right])
    spread: list[Piece] = []
    for part in side.parts:
        if not isinstance(part, Denied):
            one, other = (part, right) if side is left else (left, part)
            spread.append(_spread(operator, one, other, start))
        elif side.joined == "AND":
            spread.append(part)
    whole = group(side.joined, spread) if spread else side
    return whole if _has_beside(whole) else group("AND", [left, right])
