"""Carry a pasted tree over into the listening language, with a note on each part that is not quite the same."""

from typing import assert_never

from msgspec import Struct

from vigie.query.leaves import DISTANCE_CAP
from vigie.query.problems import Problem
from vigie.query.translate.clauses import (
    Beside,
    Clause,
    Denied,
    Piece,
    Times,
    group,
    line,
    phrase,
    refusal,
    word,
)
from vigie.query.translate.dialect import Dialect, Meaning
from vigie.query.translate.nearness import SPREAD_CAP, beside, size
from vigie.query.translate.notes import Effect, Note, turned
from vigie.query.translate.tree import Both, Close, Either, Facet, Leaf, Often, Pasted, Without


class _Lost(Struct, frozen=True):
    """A part that was left out; whether the query finds more or less by it shows only further up."""

    note: Note
    idle: bool = False


class _Carried(Struct, frozen=True):
    """What became of a part. Without a piece, all of it was left out."""

    piece: Piece | None
    lost: tuple[_Lost, ...] = ()


class Carrier:
    """Carries one query.

    Attributes:
        notes: in the order in which they were made.
    """

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text = text
        self.dialect = dialect
        self.notes: list[Note] = []

    def whole(self, tree: Pasted) -> Piece | None:
        """The translated query; None when nothing of it can be carried over."""
        carried = self._carry(tree, positive=True)
        self._settle(carried.lost, "different")
        if carried.piece is None:
            self._note("translate.lost.everything", tree, "different")
        return carried.piece

    def _note(self, code: str, part: Pasted, effect: Effect = "same", becomes: str = "", **values: str | int) -> None:
        self.notes.append(self._made(code, part, effect, becomes, None, **values))

    def _made(
        self,
        code: str,
        part: Pasted,
        effect: Effect = "same",
        becomes: str = "",
        problem: Problem | None = None,
        **values: str | int,
    ) -> Note:
        shown = " ".join(self.text[part.start : part.end].split())
        return Note(code, part.start, part.end, effect, becomes, {"part": shown, "becomes": becomes, **values}, problem)

    def _settle(self, lost: tuple[_Lost, ...], effect: Effect) -> None:
        for one in lost:
            note = one.note
            known: Effect = "same" if one.idle else effect
            self.notes.append(Note(note.code, note.start, note.end, known, note.becomes, note.values, note.problem))

    def _carry(self, part: Pasted, *, positive: bool) -> _Carried:  # noqa: PLR0911 (one return for each kind of part)
        match part:
            case Leaf():
                return self._leaf(part, positive=positive)
            case Facet():
                return self._facet(part, positive=positive)
            case Both() | Either():
                return self._joined(part, positive=positive)
            case Without(part=inner):
                carried = self._carry(inner, positive=not positive)
                if carried.piece is None:
                    return _Carried(None, self._exclusion(part, carried.lost))
                return _Carried(_deny(carried.piece, part.start))
            case Close():
                return self._close(part, positive=positive)
            case Often():
                return self._often(part, positive=positive)
            case _:
                assert_never(part)

    def _exclusion(self, part: Without, lost: tuple[_Lost, ...]) -> tuple[_Lost, ...]:
        if all(one.idle for one in lost):
            return lost
        return (*lost, _Lost(self._made("translate.lost.exclusion", part)))

    def _joined(self, part: Both | Either, *, positive: bool) -> _Carried:
        """What is left of an AND or OR. Leaving out a part of an AND finds more; of an OR, less."""
        every = [self._carry(one, positive=positive) for one in part.parts]
        pieces = [one.piece for one in every if one.piece is not None]
        lost = tuple(gone for one in every for gone in one.lost)
        if not pieces:
            return _Carried(None, lost)
        both = isinstance(part, Both)
        self._settle(lost, turned("wider" if both else "narrower", positive))
        return _Carried(group("AND" if both else "OR", pieces))

    # Words, phrases and fields

    def _leaf(self, leaf: Leaf, *, positive: bool) -> _Carried:
        if self.dialect.question_mark and leaf.text == "?" and leaf.kind == "word":
            return _Carried(Clause("has:question", leaf.start))
        if leaf.kind == "word" and leaf.text.lower().startswith(("http://", "https://")):
            return self._facet(Facet("url", ":", leaf, leaf.start, leaf.end), positive=positive)
        if leaf.kind == "phrase" and " * " in f" {leaf.text} ":
            return self._gap(leaf, positive=positive)
        text = self._written(leaf)
        if problem := refusal(text):
            return _Carried(None, (_Lost(self._made("translate.left_out.refused", leaf, problem=problem)),))
        if not self.dialect.stars_in_words and leaf.kind == "word" and ("*" in leaf.text or "?" in leaf.text):
            self._note("translate.read.stars", leaf, becomes=text)
        if leaf.only == "accents":
            self._note("translate.became.accents", leaf, turned("wider", positive), text)
        elif leaf.kind != "raw" and leaf.slop > DISTANCE_CAP:
            self._note("translate.became.near_cap", leaf, turned("narrower", positive), text, limit=DISTANCE_CAP)
        return _Carried(Clause(text, leaf.start))

    def _written(self, leaf: Leaf) -> str:
        if leaf.kind == "raw" and not leaf.only:
            return f"raw:{phrase(leaf.text)}"
        if leaf.slop > 0 and len(leaf.text.split()) > 1:
            return f"{phrase(leaf.text)}~{min(leaf.slop, DISTANCE_CAP)}"
        return word(leaf.text, self.dialect.stars_in_words) if " " not in leaf.text.strip() else phrase(leaf.text)

    def _gap(self, leaf: Leaf, *, positive: bool) -> _Carried:
        """``"the * time"``: a word of any kind in between, here one or none."""
        sides = [
            side for side in (" ".join(side.split()) for side in f" {leaf.text} ".split(" * ")) if side.strip(" *?")
        ]
        clauses = [self._written(Leaf("phrase", side, leaf.start, leaf.end)) for side in sides]
        text = " ONEAR/1 ".join(clauses)
        if not sides or (problem := refusal(text)):
            problem = refusal(text or '""')
            return _Carried(None, (_Lost(self._made("translate.left_out.refused", leaf, problem=problem)),))
        self._note("translate.became.gap", leaf, turned("wider", positive), text)
        piece: Piece = Clause(clauses[0], leaf.start)
        for clause in clauses[1:]:
            piece = Beside("ONEAR/1", piece, Clause(clause, leaf.start), leaf.start)
        return _Carried(piece)

    def _facet(self, facet: Facet, *, positive: bool) -> _Carried:
        reading = self.dialect.fields.get(facet.name)
        if reading is None:
            unknown = self._made("translate.left_out.unknown", facet, name=facet.name)
            return _Carried(None, (_Lost(unknown),))
        meaning = reading(facet.sign, facet.value.text)
        if meaning.as_words:
            carried = self._leaf(facet.value, positive=positive)
            if meaning.code and carried.piece is not None:
                self._note(meaning.code, facet, turned(meaning.effect, positive), line(carried.piece))
            return carried
        clauses = [clause for clause in meaning.any_of if refusal(clause) is None]
        if not clauses:
            return _Carried(None, (_Lost(self._gone(facet, meaning), meaning.idle),))
        piece = group("OR", [Clause(clause, facet.start) for clause in clauses])
        if meaning.negated:
            piece = _deny(piece, facet.start)
        if meaning.code:
            self._note(meaning.code, facet, turned(meaning.effect, positive), line(piece))
        return _Carried(piece)

    def _gone(self, facet: Facet, meaning: Meaning) -> Note:
        if not meaning.any_of:
            return self._made(meaning.code, facet, name=facet.name)
        return self._made("translate.left_out.refused", facet, problem=refusal(meaning.any_of[0]), name=facet.name)

    # Nearness and frequency

    def _close(self, close: Close, *, positive: bool) -> _Carried:
        left = self._carry(close.left, positive=positive)
        right = self._carry(close.right, positive=positive != close.apart)
        if close.apart:
            return self._apart(close, left, right, positive=positive)
        if left.piece is None or right.piece is None:
            lost = (*left.lost, *right.lost)
            if left.piece is None and right.piece is None:
                return _Carried(None, lost)
            self._settle(lost, turned("wider", positive))
            return _Carried(left.piece or right.piece)
        return _Carried(self._beside(close, left.piece, right.piece, positive=positive))

    def _apart(self, close: Close, left: _Carried, right: _Carried, *, positive: bool) -> _Carried:
        """``a NOT NEAR/5 b``: here, a where no a is near b."""
        if left.piece is None or right.piece is None or size(left.piece) > SPREAD_CAP:
            lost = (*left.lost, *right.lost, _Lost(self._made("translate.lost.exclusion", close)))
            if left.piece is None:
                return _Carried(None, lost)
            self._settle(lost, turned("wider", positive))
            return _Carried(left.piece)
        near = self._beside(close, left.piece, right.piece, positive=not positive)
        piece = group("AND", [left.piece, Denied(near, close.start)])
        self._note("translate.became.apart", close, turned("narrower", positive), line(piece))
        return _Carried(piece)

    def _beside(self, close: Close, left: Piece, right: Piece, *, positive: bool) -> Piece:
        if close.operator == "PARAGRAPH":
            piece = group("AND", [left, right])
            self._note("translate.became.paragraph", close, turned("wider", positive), line(piece))
            return piece
        operator = (
            close.operator if close.operator == "SENTENCE" else f"{close.operator}/{min(close.words, DISTANCE_CAP)}"
        )
        piece, spread = beside(operator, left, right, close.start)
        if spread:
            self._note(spread[0], close, turned(spread[1], positive), line(piece))
        elif close.words > DISTANCE_CAP:
            narrower = turned("narrower", positive)
            self._note("translate.became.near_cap", close, narrower, line(piece), limit=DISTANCE_CAP)
        return piece

    def _often(self, often: Often, *, positive: bool) -> _Carried:
        every = [self._carry(part, positive=positive) for part in often.parts]
        pieces = [one.piece for one in every if one.piece is not None]
        lost = tuple(gone for one in every for gone in one.lost)
        if not pieces:
            return _Carried(None, lost)
        self._settle(lost, turned("narrower", positive))
        if often.times <= 1:
            return _Carried(group("OR", pieces))
        times = Times(often.times, (group("OR", pieces),), often.start)
        if refusal(line(times)) is None:
            return _Carried(times)
        piece = group("OR", pieces)
        self._note("translate.became.once", often, turned("wider", positive), line(piece))
        return _Carried(piece)


def _deny(piece: Piece, start: int) -> Piece:
    return piece.part if isinstance(piece, Denied) else Denied(piece, start)
