"""The conditions of rules: CEL over a draft and what is around it, typed when read, bounded when run."""

import re
from collections.abc import Mapping
from datetime import datetime
from difflib import get_close_matches
from functools import cache, cached_property
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from cel_expr_python import cel

from vigie.model import Draft, Facts, Millis
from vigie.text.signs import emoji, hashtags, links, mentions

_TEXT = cel.Type.STRING
_TEXTS = cel.Type.List(_TEXT)
_RECORDS = cel.Type.List(cel.Type.Map(_TEXT, cel.Type.DYN))

VARIABLES: Mapping[str, cel.Type] = {
    "draft.text": _TEXT,
    "draft.length": cel.Type.INT,
    "draft.language": _TEXT,
    "draft.network": _TEXT,
    "draft.channel": _TEXT,
    "draft.objective": _TEXT,
    "draft.links": _TEXTS,
    "draft.hashtags": _TEXTS,
    "draft.mentions": _TEXTS,
    "draft.emoji": cel.Type.INT,
    "draft.media": _RECORDS,
    "draft.ai": cel.Type.BOOL,
    "draft.day": _TEXT,
    "draft.hour": cel.Type.INT,
    "draft.minute": cel.Type.INT,
    "draft.weekday": _TEXT,
    "draft.is_reply": cel.Type.BOOL,
    "draft.answers": _TEXT,
    "author.id": _TEXT,
    "author.roles": _TEXTS,
    "author.certified": cel.Type.BOOL,
    "recent": _RECORDS,
    "incidents": _TEXTS,
}
"""What a condition may ask, with its type. Hours and days are those of the company's clock at the planned moment."""

MEDIA_KEYS = ("kind", "alt", "type", "bytes", "ai", "retouched")
RECENT_KEYS = ("text", "hours_ago", "is_reply")

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

LONGEST = 600
"""Characters of a condition. The longest thought of so far has 300."""
LOOPS = frozenset(("all", "exists", "exists_one", "map", "filter"))
MOST_LOOPS = 4
DEEPEST_LOOPS = 2
"""``recent`` with ``recent``: 400 turns. The library itself stops at 10,000, which may take seconds."""
MOST_PATTERNS = 4
MOST_REPEATS = 50
"""In a regular expression, ``{n}`` multiplies what is before it."""
LIST_CAP = 20
"""Items of a list, handed in or written out. Loops go over such lists alone, and put no lists together."""
TEXT_CAP = 2_000
"""Characters of a text that a condition is handed."""

_PIECE = re.compile(r"[rR]?\"(?:\\.|[^\"\\])*\"|[rR]?'(?:\\.|[^'\\])*'|(?:\.\s*)?[A-Za-z_]\w*|[()\[\],+]|//[^\n]*")
_SPACE = re.compile(r"^\.\s+")
_TOLD = re.compile(r"ERROR: <input>:(-?\d+):(-?\d+): (.*)")
_UNKNOWN = re.compile(r"undeclared reference to '([^']*)'")
_TYPES = re.compile(r"found no matching overload for '([^']*)' applied to '\((.*)\)'")
_REPEATS = re.compile(r"(?<=[{,])\d+")
_HOUR = 3_600_000
_LAST_MOMENT = 253_400_000_000_000  # late in the year 9999, the last that a date can be in
_SIGNS = {
    "_==_": "==", "_!=_": "!=", "_<_": "<", "_<=_": "<=", "_>_": ">", "_>=_": ">=", "@in": "in", "_&&_": "&&",
    "_||_": "||", "!_": "!", "_+_": "+", "_-_": "-", "_*_": "*", "_/_": "/", "_%_": "%", "_[_]": "[ ]", "_?_:_": "? :",
}  # fmt: skip
_FUNCTIONS = ("contains", "startsWith", "endsWith", "matches", "size", "exists", "all", "filter", "map", "exists_one",
              "int", "double", "string", "has")  # fmt: skip


class ConditionError(Exception):
    """A condition that cannot be taken. ``code`` is of `wording`; ``start`` the character it is about."""

    def __init__(self, code: str, start: int = 0, hint: str = "", **values: str | int) -> None:
        super().__init__(f"{code} at {start}")
        self.code = code
        self.start = start
        self.hint = hint
        self.values = values


class Answer(NamedTuple):
    """``error`` tells, in the library's words, why there is no answer: a key that is not there, an odd type."""

    holds: bool
    error: str = ""


class Condition:
    """One condition, read and found good. May be asked from several threads."""

    def __init__(self, source: str, expression: cel.Expression) -> None:
        self.source = source
        self._expression = expression

    def ask(self, situation: "Situation") -> Answer:
        """Whether it holds of a draft; never raises."""
        found = self._expression.eval(situation.activation)
        if found.type() == cel.Type.BOOL:
            return Answer(holds=bool(found.value()))
        return Answer(holds=False, error=str(found.value()).partition(": ")[2][:200])


def read_condition(text: str) -> Condition:
    """Reads a condition.

    Raises:
        ConditionError: a name, a type or a sign is wrong, or it could take too long.
    """
    _refuse_costly(text)
    try:
        expression = _environment().compile(text)
    except RuntimeError as error:
        raise _explained(text, str(error)) from None
    if expression.return_type() != cel.Type.BOOL:
        raise ConditionError("charter.error.when-no-answer", type=expression.return_type().name())
    return Condition(text, expression)


class Situation:
    """A draft and what is around it, as conditions see it. Laid out when the first one asks.

    Text handed in is cut at `TEXT_CAP`, lists at `LIST_CAP`, so that no condition takes long.
    """

    def __init__(self, draft: Draft, facts: Facts, timezone: str) -> None:
        self._draft = draft
        self._facts = facts
        self._timezone = timezone

    @cached_property
    def activation(self) -> cel.Activation:
        """The values of `VARIABLES`."""
        return _environment().Activation(self._values())

    def _values(self) -> dict[str, Any]:
        draft, facts = self._draft, self._facts
        text = _plain(draft.text)
        at = facts.now if draft.when is None else draft.when
        moment = local_time(at, self._timezone)
        before = [post for post in facts.recent if post.created_at <= at]  # what is planned for later is not recent
        return {
            "draft.text": text,
            "draft.length": len(draft.text),
            "draft.language": draft.language,
            "draft.network": draft.network,
            "draft.channel": draft.channel,
            "draft.objective": draft.objective,
            "draft.links": [text[one.start : one.end] for one in links(text)[:LIST_CAP]],
            "draft.hashtags": [text[one.start + 1 : one.end] for one in hashtags(text)[:LIST_CAP]],
            "draft.mentions": [text[one.start + 1 : one.end] for one in mentions(text)[:LIST_CAP]],
            "draft.emoji": len(emoji(text)),
            "draft.media": [
                {"kind": one.kind, "alt": _plain(one.alt), "type": one.type, "bytes": one.size or 0, "ai": one.ai,
                 "retouched": one.retouched}
                for one in draft.media[:LIST_CAP]
            ],
            "draft.ai": draft.ai,
            "draft.day": moment.date().isoformat(),
            "draft.hour": moment.hour,
            "draft.minute": moment.minute,
            "draft.weekday": WEEKDAYS[moment.weekday()],
            "draft.is_reply": draft.answers is not None,
            "draft.answers": _plain(draft.answers.text) if draft.answers else "",
            "author.id": draft.author,
            "author.roles": list(facts.roles),
            "author.certified": facts.certified_until is not None and facts.certified_until > facts.now,
            "recent": [
                {"text": _plain(post.text), "hours_ago": (at - post.created_at) / _HOUR,
                 "is_reply": bool(post.reply_to)}
                for post in before[:LIST_CAP]
            ],
            "incidents": list(facts.incidents[:LIST_CAP]),
        }  # fmt: skip


def local_time(moment: Millis, timezone: str) -> datetime:
    """An instant on the company's clock."""
    return datetime.fromtimestamp(min(max(moment, 0), _LAST_MOMENT) / 1000, ZoneInfo(timezone))


@cache
def _environment() -> cel.Env:
    return cel.NewEnv(variables=dict(VARIABLES))


def _plain(text: str) -> str:
    """Cut, and without the half characters that the library cannot take."""
    return text[:TEXT_CAP].encode("utf-8", "replace").decode()


def _refuse_costly(text: str) -> None:
    """What the library does not bound itself: loops in loops, long lists, regular expressions that multiply."""
    if len(text) > LONGEST:
        raise ConditionError("charter.error.when-too-long", LONGEST, limit=LONGEST)
    bounds = _Bounds()
    for found in _PIECE.finditer(text):
        if not bounds.take(_SPACE.sub(".", found[0])):
            raise ConditionError("charter.error.when-too-costly", found.start())


class _Bounds:
    """Goes through the pieces of a condition and counts what multiplies."""

    def __init__(self) -> None:
        self._open: list[str] = []  # for each open bracket what it is: a loop's body, a list, anything else
        self._last = ""
        self._loops = self._patterns = self._items = 0

    def take(self, piece: str) -> bool:
        """Whether the condition is still within bounds."""
        last, self._last = self._last, piece
        match piece:
            case "(":
                return self._call(last.removeprefix("."))
            case "[":
                self._open.append("list")
                self._items = 0
            case ")" | "]":
                closed = self._open.pop() if self._open else ""
                self._last = closed if closed == "loop" else piece
            case ",":
                self._items += self._open[-1:] == ["list"]
                return self._items < LIST_CAP
            case "+":
                return not self._depth()
            case _ if piece[0] in "rR\"'" and piece[-1] in "\"'":
                return not self._patterns or all(int(one) <= MOST_REPEATS for one in _REPEATS.findall(piece))
            case _ if piece.removeprefix(".") in LOOPS and piece[0] == ".":
                return last == "loop" or last.removeprefix(".").isidentifier()
        return True

    def _call(self, name: str) -> bool:
        self._open.append("loop" if name in LOOPS else "call")
        self._loops += name in LOOPS
        if name == "matches":
            self._patterns += 1
            return not self._depth() and self._patterns <= MOST_PATTERNS
        return self._loops <= MOST_LOOPS and self._depth() <= DEEPEST_LOOPS

    def _depth(self) -> int:
        return self._open.count("loop")


def _explained(text: str, said: str) -> ConditionError:
    """The first thing that the library says, in our terms and at its place."""
    told = _TOLD.search(said)
    if told is None or int(told[1]) < 1:
        return ConditionError("charter.error.when-too-costly")
    lines = text.split("\n")
    line = min(int(told[1]), len(lines))
    at = min(sum(len(one) + 1 for one in lines[: line - 1]) + int(told[2]) - 1, len(text))
    if unknown := _UNKNOWN.search(told[3]):
        return _unknown(text, unknown[1], at)
    if types := _TYPES.search(told[3]):
        sign = _SIGNS.get(types[1], types[1])
        return ConditionError("charter.error.when-types", at, sign=sign, types=types[2])
    return ConditionError("charter.error.when-syntax", at)


def _unknown(text: str, name: str, at: int) -> ConditionError:
    """A name is told at its last dot, a function at its bracket."""
    start = text.rfind(name, 0, at + len(name) + 1)
    start = at if start < 0 else start
    if text[at : at + 1] == "(":
        close = get_close_matches(name.lower(), {one.lower(): one for one in _FUNCTIONS}, 1, 0.6)
        hint = next((one for one in _FUNCTIONS if close and one.lower() == close[0]), "")
        return ConditionError("charter.error.when-unknown-function", start, hint, name=name[:100])
    hint = next(iter(get_close_matches(name, VARIABLES, 1, 0.6)), "")
    return ConditionError("charter.error.when-unknown-name", start, hint, name=name[:100])
