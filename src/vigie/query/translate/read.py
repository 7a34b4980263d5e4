"""Read a pasted query: from its signs to the tree that says what joins what."""

from collections.abc import Sequence
from typing import Literal

from msgspec.structs import replace

from vigie.query.parse import CLAUSE_CAP, LENGTH_CAP
from vigie.query.problems import Problem, QueryError
from vigie.query.scan import NESTING_CAP
from vigie.query.translate.dialect import Dialect
from vigie.query.translate.notes import Note
from vigie.query.translate.signs import Lexer, Sign, check_nesting
from vigie.query.translate.tree import Both, Close, Either, Facet, Leaf, Often, Pasted, Without

_UNITS = {"s": "SENTENCE", "p": "PARAGRAPH"}
_LEAVES = frozenset({"word", "phrase", "raw"})
_STARTS = _LEAVES | {"open", "not", "often", "field"}
_NEAR_UNSAID = 5
"""Words in between when neither the query nor the product's manual says."""
_EXACT = frozenset({"raw", "matchexact", "exact"})


def read(text: str, dialect: Dialect) -> tuple[Pasted, list[Note], list[tuple[int, str]]]:
    """(tree, notes on how it was read, comments with their places) of a pasted query.

    Raises:
        QueryError: with the place of what cannot be read, in the codes of the listening language.
    """
    if len(text) > LENGTH_CAP:
        raise QueryError([Problem("query.error.too_long", LENGTH_CAP, len(text), {"limit": LENGTH_CAP})])
    lexer = Lexer(text, dialect)
    signs = lexer.read()
    check_nesting(signs, len(text))
    if sum(sign.kind in _LEAVES for sign in signs) > CLAUSE_CAP:
        raise QueryError([Problem("query.error.too_many_clauses", 0, len(text), {"limit": CLAUSE_CAP})])
    reader = _Reader(signs, dialect, len(text))
    tree = reader.whole()
    notes = reader.notes
    notes += [Note("translate.read.boost", *place, values={"part": text[slice(*place)]}) for place in lexer.boosts]
    notes += [Note("translate.read.lowercase", *place, values={"part": text[slice(*place)]}) for place in lexer.lower]
    return tree, notes, lexer.comments


class _Reader:
    """Recursive descent: OR, then AND written or not, then NOT, then nearness.

    ``field`` is the sign of the field whose group is being read: each leaf in it is one of its values.
    """

    def __init__(self, signs: Sequence[Sign], dialect: Dialect, length: int) -> None:
        self.signs = signs
        self.dialect = dialect
        self.length = length
        self.at = 0
        self.notes: list[Note] = []

    def whole(self) -> Pasted:
        """The tree of all signs."""
        tree = self._either(None)
        if sign := self._next():
            raise QueryError([Problem("query.error.unexpected", sign.start, sign.end)])
        return tree

    def _next(self) -> Sign | None:
        return self.signs[self.at] if self.at < len(self.signs) else None

    def _take(self, *kinds: str) -> Sign | None:
        sign = self._next()
        if sign is None or sign.kind not in kinds:
            return None
        self.at += 1
        return sign

    def _either(self, field: Sign | None) -> Pasted:
        part, mixed = self._both(field)
        parts = [part]
        while sign := self._take("or"):
            if (following := self._next()) is None or following.kind not in _STARTS:
                raise self._missing("query.error.nothing_after", sign)
            part, loose = self._both(field)
            parts.append(part)
            mixed = mixed or loose
        if len(parts) == 1:
            return parts[0]
        whole = Either(tuple(parts), parts[0].start, parts[-1].end)
        if mixed and self.dialect.mixing_unsure:
            self.notes.append(Note("translate.read.and_first", whole.start, whole.end))
        return whole

    def _both(self, field: Sign | None) -> tuple[Pasted, bool]:
        """All that AND joins, and whether there was any."""
        parts = [self._denied(field)]
        while True:
            written = self._take("and")
            sign = self._next()
            if sign is None or sign.kind not in _STARTS:
                if written:
                    raise self._missing("query.error.nothing_after", written)
                break
            part = self._denied(field)
            if written is None and self._alternatives(parts[-1], part):
                parts[-1] = _or(parts[-1], part)
                continue
            if written is None and self.dialect.side_by_side_unsure and _plain(parts[-1]) and _plain(part):
                self.notes.append(Note("translate.read.side_by_side", parts[-1].start, part.end))
            parts.append(part)
        if len(parts) == 1:
            return parts[0], False
        return Both(tuple(parts), parts[0].start, parts[-1].end), True

    def _alternatives(self, one: Pasted, other: Pasted) -> bool:
        last = one.parts[-1] if isinstance(one, Either) else one
        return (
            isinstance(last, Facet)
            and isinstance(other, Facet)
            and last.name == other.name
            and other.name in self.dialect.repeated_are_or
        )

    def _denied(self, field: Sign | None) -> Pasted:
        first = last = None
        odd = False
        while sign := self._take("not"):
            first, last, odd = first or sign, sign, not odd
        if last is not None and (self._next() is None or self.signs[self.at].kind not in _STARTS):
            raise self._missing("query.error.nothing_after", last)
        part = self._near(field)
        return Without(part, first.start, part.end) if first is not None and odd else part

    def _near(self, field: Sign | None) -> Pasted:
        left = self._atom(field)
        links = 0
        while sign := self._near_sign():
            denied = sign.kind == "not"
            operator = self._take("near") if denied else sign
            following = self._next()
            if operator is None or following is None or following.kind not in _STARTS:
                raise self._missing("query.error.nothing_after", operator or sign)
            links += 1
            if links > NESTING_CAP:
                raise QueryError([Problem("query.error.too_deep", left.start, operator.end, {"limit": NESTING_CAP})])
            if following.kind == "not":
                self.at += 1
                denied = not denied
            right = self._atom(field)
            left = Close(*self._nearness(operator), left, right, left.start, right.end, apart=denied)
        return left

    def _near_sign(self) -> Sign | None:
        """The next sign when it says near, or NOT right before it."""
        sign = self._next()
        if sign is not None and sign.kind == "not" and self.at + 1 < len(self.signs):
            return self._take("not") if self.signs[self.at + 1].kind == "near" else None
        return self._take("near")

    def _nearness(self, sign: Sign) -> tuple[str, int]:
        """(operator, words) of NEAR and its suffix: ``f`` forwards, ``s`` in one sentence, ``p`` in one paragraph."""
        if sign.extra in _UNITS:
            return _UNITS[sign.extra], 0
        if sign.number < 0 and self.dialect.near == 0:
            self.notes.append(Note("translate.read.near", sign.start, sign.end, values={"words": _NEAR_UNSAID}))
        words = sign.number if sign.number >= 0 else self.dialect.near or _NEAR_UNSAID
        return ("ONEAR" if sign.extra == "f" else sign.text), words

    def _atom(self, field: Sign | None) -> Pasted:
        sign = self._take(*_STARTS)
        if sign is None:
            raise self._missing("query.error.nothing_before", self._next())
        match sign.kind:
            case "open":
                return self._group(sign, field)
            case "often":
                return self._often(sign, field)
            case "field":
                return self._field(sign)
            case _:
                return self._leaf(sign, field)

    def _group(self, opening: Sign, field: Sign | None) -> Pasted:
        part = self._either(field)
        closing = self._take("close")
        if closing is None:
            raise self._missing("query.error.unexpected", self._next())
        slop = self._take("slop")
        if slop is None or not isinstance(part, Both):
            return replace(part, start=opening.start, end=closing.end)
        close = part.parts[0]
        for other in part.parts[1:]:
            close = Close("NEAR", slop.number, close, other, opening.start, slop.end)
        return close

    def _often(self, sign: Sign, field: Sign | None) -> Pasted:
        self._take("open")
        parts = [self._either(field)]
        while self._take("comma"):
            parts.append(self._either(field))
        closing = self._take("close")
        if closing is None:
            raise self._missing("query.error.unexpected", self._next())
        return Often(sign.number, tuple(parts), sign.start, closing.end)

    def _field(self, sign: Sign) -> Pasted:
        following = self._next()
        if following is None or following.start != sign.end or following.kind not in _LEAVES | {"open"}:
            values: dict[str, str | int] = {"field": sign.text}
            raise QueryError([Problem("query.error.missing_value", sign.start, sign.end, values)])
        return replace(self._atom(sign), start=sign.start)

    def _leaf(self, sign: Sign, field: Sign | None) -> Pasted:
        slop = self._take("slop")
        end = slop.end if slop else sign.end
        kind: Literal["word", "phrase", "raw"] = "word"
        if sign.kind == "raw" or (field is not None and field.text in _EXACT):
            kind = "raw"
        elif sign.kind == "phrase":
            kind = "phrase"
        leaf = Leaf(kind, sign.text, sign.start, end, slop.number if slop else -1, sign.extra)
        if field is None or field.text in _EXACT:
            return leaf
        return Facet(field.text, field.extra, leaf, sign.start, end)

    def _missing(self, code: str, sign: Sign | None) -> QueryError:
        start, end = (sign.start, sign.end) if sign else (self.length, self.length)
        return QueryError([Problem(code, start, end, {"operator": sign.text if sign else ""})])


def _or(one: Pasted, other: Pasted) -> Either:
    parts = one.parts if isinstance(one, Either) else (one,)
    return Either((*parts, other), one.start, other.end)


def _plain(part: Pasted) -> bool:
    return isinstance(part, Leaf) and part.kind == "word"
