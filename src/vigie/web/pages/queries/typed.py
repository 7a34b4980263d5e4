"""A query's text as the editor shows it: positions as browsers count them, each fault with its line and caret."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from vigie.flows.queries import Examined
from vigie.query import Problem
from vigie.web.units import Units
from vigie.wording import Wording

_SIGNED = re.compile(r"""(?<![^\s("“«])[#@$][^\s()"“”«»{}]+""")

WIDEST = 160
"""A line longer than this is cut around its fault; nobody reads a caret at column 4,000."""


class Fault(Struct, frozen=True):
    """What is wrong, where, and what to write instead.

    Attributes:
        line, column: counted from 1, in characters.
        start16, end16: the same place as JavaScript counts it, in UTF-16 units of the whole text.
        before, wrong, after: its line in three pieces; ``pad`` and ``caret`` go under them.
    """

    sentence: str
    hint: str
    warning: bool
    line: int
    column: int
    start16: int
    end16: int
    before: str
    wrong: str
    after: str
    suggestion: str

    @property
    def pad(self) -> str:
        """As wide as what stands before the fault."""
        return "".join(sign if sign == "\t" else " " for sign in self.before)

    @property
    def caret(self) -> str:
        """One sign for each wrong character, one at least."""
        return "^" * max(1, len(self.wrong))


def faults(examined: Examined, w: Wording) -> list[Fault]:
    """Mistakes when the text cannot be read, else what its author may not have meant."""
    problems = examined.problems or (examined.query.warnings if examined.query else ())
    starts = _line_starts(examined.text)
    units = Units(examined.text)
    return [_fault(examined.text, starts, units, problem, w, warning=not examined.problems) for problem in problems]


def painted(examined: Examined) -> dict[str, Any]:
    """Tokens and faults as the browser paints them: ``[start, end, class]`` in UTF-16 units."""
    units = Units(examined.text)
    kind = "here" if examined.problems else "hint"
    problems = examined.problems or (examined.query.warnings if examined.query else ())
    tokens = [*examined.tokens, *_signed(examined)]
    return {
        "tokens": [[units[start], units[end], kind] for start, end, kind in sorted(tokens)],
        "faults": [[units[problem.start], units[problem.end], kind] for problem in problems],
    }


def _signed(examined: Examined) -> Iterator[tuple[int, int, str]]:
    """Words with a sign, ``#tag @handle $TICKER``, where nothing else has a colour."""
    taken = {index for start, end, _ in examined.tokens for index in range(start, end)}
    for found in _SIGNED.finditer(examined.text):
        if found.start() not in taken:
            yield found.start(), found.end(), "fl"


def _fault(text: str, starts: Sequence[int], units: Units, problem: Problem, w: Wording, *, warning: bool) -> Fault:
    line = bisect_right(starts, problem.start) - 1
    first = starts[line]
    last = text.find("\n", first)
    row = text[first : last if last >= 0 else len(text)]
    at, until = problem.start - first, max(problem.start, min(problem.end, first + len(row))) - first
    cut = max(0, min(at - WIDEST // 2, len(row) - WIDEST))
    return Fault(
        sentence=w(problem.code, **problem.values),
        hint=w(problem.hint, **problem.values) if w.has(problem.hint) else "",
        warning=warning,
        line=line + 1,
        column=at + 1,
        start16=units[problem.start],
        end16=units[problem.end],
        before=("…" if cut else "") + row[cut:at],
        wrong=row[at:until][:WIDEST],
        after=row[until : cut + WIDEST],
        suggestion=problem.suggestion,
    )


def _line_starts(text: str) -> list[int]:
    return [0, *(index + 1 for index, sign in enumerate(text) if sign == "\n")]
