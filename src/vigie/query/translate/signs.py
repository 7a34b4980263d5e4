"""Cut a pasted query into signs: as people paste them, with smart quotes, no-break spaces, comments and line breaks."""

import re
from typing import Literal, TypeAlias

from msgspec import Struct

from vigie.query.problems import Problem, QueryError
from vigie.query.scan import NESTING_CAP
from vigie.query.translate.dialect import Dialect

Kind: TypeAlias = Literal[
    "open", "close", "comma", "and", "or", "not", "near", "often", "slop", "field", "word", "phrase", "raw", "comment"
]

_QUOTES = '"“”„‟«»＂″'
_SPACES = re.compile(r"[ \u00a0\u202f]{1,3}(?=\S)(?!(?:AND|OR|NOT)\b|\))")
_SKIPPED = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]+")
_COMMENT = re.compile(r"<<<(.*?)(?:>>>|\Z)", re.DOTALL)
_DOUBLED = re.compile(r'""(?=\S)([^"]*[^"\s])""')
_PHRASE = re.compile(f"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]")
_SLOP = re.compile(r"~\s*(\d{1,6})")
_BOOST = re.compile(r"\^\d+(?:\.\d+)?")
_BOOST_AT_END = re.compile(r"\^\d+(?:\.\d+)?$")
_MINUS = re.compile(r"-(?=[^\s-])")
_PLUS = re.compile(r"\+{1,2}(?=[^\s+])")
_BRACES = re.compile(r"\{([^{}]*)\}")
_BRACKETS = re.compile(r"\[[^\]]*\]|\{[^}]*\}")
_NEAR = re.compile(r"(O?NEAR)(?:/(\d{0,6})([a-z]?))?(?![^\s()\"“”])", re.IGNORECASE)
_SENTENCE = re.compile(r"SENTENCE(?![^\s()\"“”])")
_OFTEN = re.compile(r"at ?least\s*/?\s*(\d{1,6})\s*(?=\()", re.IGNORECASE)
_FIELD = re.compile(r"([A-Za-z][\w.]*)(:(?:>=|<=|>|<|=)?|>=|<=|>|<|=)")
_CALL = re.compile(r"(startword|startswith|matchexact|exact|title|ingress)\s*(?=\()", re.IGNORECASE)
_WORD = re.compile(rf"[^\s(){_QUOTES}]+")
_EMOTICON = re.compile(r"[:;=]'?-?[()DPp|/](?!\w)")
_VALUE_STARTS = re.compile(rf"[\w({_QUOTES}@#$\[*]")
_OPERATORS: dict[str, Kind] = {"AND": "and", "OR": "or", "NOT": "not"}
_EXACT = ("raw", "matchexact", "exact")


class Sign(Struct, frozen=True):
    """A sign and its place.

    Attributes:
        text: what it holds: a phrase without quotes, a field's name in lower case.
        extra: the sign after a field's name, or the unit of nearness.
        number: of NEAR, of a slop, of atleast; -1 where none is written.
    """

    kind: Kind
    text: str
    start: int
    end: int
    extra: str = ""
    number: int = -1


class Lexer:
    """Reads the signs of one text in one dialect.

    Attributes:
        boosts: places of ``^9``, which only orders results.
        lower: places of operators in lower case that this product reads as words.
    """

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text = text
        self.dialect = dialect
        self.signs: list[Sign] = []
        self.comments: list[tuple[int, str]] = []
        self.boosts: list[tuple[int, int]] = []
        self.lower: list[tuple[int, int]] = []
        self._lists = [False]

    def read(self) -> list[Sign]:
        """All signs in order.

        Raises:
            QueryError: a quote that is not closed.
        """
        at = 0
        while at < len(self.text):
            if skipped := _SKIPPED.match(self.text, at):
                at = skipped.end()
            elif comment := _COMMENT.match(self.text, at):
                self.comments.append((at, " ".join(comment[1].split())))
                at = comment.end()
            else:
                at = self._one(at)
        return self.signs

    def _add(self, kind: Kind, text: str, start: int, end: int, extra: str = "", number: int = -1) -> int:
        self.signs.append(Sign(kind, text, start, end, extra, number))
        return end

    def _one(self, at: int) -> int:
        """Reads the sign at a place; gives where it ends."""
        if self.text[at] in "(),":
            return self._bracket(self.text[at], at)
        if self.text[at] in _QUOTES:
            return self._quoted(at)
        if _PLUS.match(self.text, at):
            return self._plus(at)
        return self._mark(at) or self._suffix(at) or self._operator(at) or self._field(at) or self._word(at)

    def _mark(self, at: int) -> int:
        """Braces around a word, an emoticon, or a minus before something."""
        if self.dialect.braces_raw and (found := _BRACES.match(self.text, at)):
            return self._add("raw", found[1], at, found.end())
        if self.dialect.question_mark and (found := _EMOTICON.match(self.text, at)):
            return self._add("word", found[0], at, found.end())
        return self._add("not", "-", at, at + 1) if _MINUS.match(self.text, at) else 0

    def _bracket(self, char: str, at: int) -> int:
        if char == "(":
            self._lists.append(bool(self.signs) and self.signs[-1].kind == "often")
            return self._add("open", char, at, at + 1)
        if char == ")":
            self._lists = self._lists[:-1] or [False]
            return self._add("close", char, at, at + 1)
        return self._add("comma", char, at, at + 1) if self._lists[-1] else at + 1

    def _suffix(self, at: int) -> int:
        """``~5`` and ``^9`` right after what they are about."""
        if not self._after_operand(at):
            return 0
        if found := _SLOP.match(self.text, at):
            return self._add("slop", found[0], at, found.end(), number=int(found[1]))
        if found := _BOOST.match(self.text, at):
            self.boosts.append((at, found.end()))
            return found.end()
        return 0

    def _after_operand(self, at: int) -> bool:
        return (
            bool(self.signs) and self.signs[-1].end == at and self.signs[-1].kind in {"close", "phrase", "word", "raw"}
        )

    def _quoted(self, at: int) -> int:
        found = _DOUBLED.match(self.text, at) or _PHRASE.match(self.text, at)
        if found is None:
            raise QueryError([Problem("query.error.unclosed_quote", at, min(len(self.text), at + 20))])
        return self._add("phrase", found[1], at, found.end())

    def _plus(self, at: int) -> int:
        """``+word`` asks for its accents, ``++word`` for its capitals too; elsewhere ``+`` changes nothing."""
        marks = 2 if self.text[at + 1] == "+" else 1
        start = at + marks
        before = len(self.signs)
        end = self._quoted(start) if self.text[start] in _QUOTES else self._word(start)
        if self.dialect.plus_exact and len(self.signs) > before:
            last = self.signs.pop()
            self._add("raw", last.text, at, last.end, "accents" if marks == 1 else "")
        return end

    def _operator(self, at: int) -> int:
        flags = self.dialect.any_case
        if (found := _OFTEN.match(self.text, at)) and (flags or self.text[at : at + 7].islower()):
            return self._add("often", found[0], at, found.end(), number=int(found[1]))
        if (found := _NEAR.match(self.text, at)) and (flags or found[1].isupper()):
            words = int(found[2]) if found[2] else -1
            return self._add("near", found[1].upper(), at, found.end(), (found[3] or "").lower(), words)
        if found := _SENTENCE.match(self.text, at):
            return self._add("near", "SENTENCE", at, found.end(), "s", 0)
        found = _WORD.match(self.text, at)
        if found is None or (kind := _OPERATORS.get(found[0].upper())) is None:
            return 0
        if found[0].isupper() or flags:
            return self._add(kind, found[0], at, found.end())
        self.lower.append((at, found.end()))
        return 0

    def _field(self, at: int) -> int:
        call = _CALL.match(self.text, at)
        if call and (call[1].lower() in self.dialect.fields or call[1].lower() in _EXACT):
            return self._add("field", call[1].lower(), at, call.end(), ":")
        found = _FIELD.match(self.text, at)
        if found is None:
            return 0
        name, sign, end = found[1].lower(), found[2], found.end()
        known = name in self.dialect.fields or name in _EXACT
        if (sign[0] != ":" and name not in self.dialect.numeric) or (sign == ":" and self.text.startswith("//", end)):
            return 0
        if known and (spaces := _SPACES.match(self.text, end)):
            end = spaces.end()
        if not known and not _VALUE_STARTS.match(self.text, end):
            return 0
        self._add("field", name, at, end, sign.removeprefix(":") or ":")
        if (brackets := _BRACKETS.match(self.text, end)) and name not in _EXACT:
            return self._add("word", brackets[0], end, brackets.end())
        return self._word(end) if _WORD.match(self.text, end) else end

    def _word(self, at: int) -> int:
        found = _WORD.match(self.text, at)
        if found is None:
            return at + 1
        text = found[0].partition(",")[0] if self._lists[-1] else found[0]
        end = at + len(text)
        if (tail := _BOOST_AT_END.search(text)) and tail.start():
            self.boosts.append((at + tail.start(), end))
            text = text[: tail.start()]
        bare = text.rstrip(",;") or text
        self._add("word", bare, at, at + len(bare))
        return end


def check_nesting(signs: list[Sign], length: int) -> None:
    """Refuses parentheses that do not pair, that hold nothing, or too many inside each other.

    Raises:
        QueryError: with every such place.
    """
    problems: list[Problem] = []
    unclosed: list[Sign] = []
    for before, sign in zip([None, *signs], signs, strict=False):
        if sign.kind == "open":
            unclosed.append(sign)
            if len(unclosed) == NESTING_CAP + 1:
                problems.append(Problem("query.error.too_deep", sign.start, sign.end, {"limit": NESTING_CAP}))
        elif sign.kind == "close" and not unclosed:
            problems.append(Problem("query.error.unopened_paren", sign.start, sign.end))
        elif sign.kind == "close":
            opening = unclosed.pop()
            if before is not None and before.kind == "open":
                problems.append(Problem("query.error.empty_group", opening.start, sign.end))
    problems += [Problem("query.error.unclosed_paren", sign.start, sign.end) for sign in unclosed[:20]]
    if not signs:
        problems.append(Problem("query.error.empty", 0, length))
    if problems:
        raise QueryError(problems)
