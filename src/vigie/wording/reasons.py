"""What an explanation says in words: the same sentences on pages, in the API and on a terminal."""

from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct

from vigie.model import Post
from vigie.query.explain import Clause, Explanation
from vigie.query.miss import Miss
from vigie.wording.voice import Wording

INSTEAD = 6
"""Conditions named of those that would have done as well; the rest is a number."""
OF_A_GROUP = 10
"""Conditions shown of those that are joined; the rest is a number."""
_LONGEST = 120  # characters of one
_WORDS = 5


class Line(Struct, frozen=True):
    """One condition, those that it joins under it.

    Attributes:
        holds: whether it is met, as the query wants it; None for the line that stands for conditions left out.
        decides: whether the answer hangs on it: of several that may stand for each other, those that are met.
        label: what joins the lines under it (“All of these”), or “without” before what must not be there.
        text: the condition as a query says it.
        words: as the post has them, where it writes them otherwise.
        notes: where they are, how far apart.
    """

    depth: int
    holds: bool | None
    decides: bool
    label: str = ""
    text: str = ""
    words: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def answer(said: Explanation, label: str, w: Wording) -> str:
    """Whether a query finds a post, in a sentence. ``label`` is what people call the query; empty for a typed one."""
    called = "named" if label else "typed"
    if said.matches:
        return w(f"why.matches.{called}", query=label)
    if not said.misses:
        return w(f"why.never.{called}", query=label)
    return w.count(f"why.misses.{called}", len(said.misses), query=label)


def missed(miss: Miss, w: Wording) -> str:
    """What was missed, and by how much."""
    return w(miss.code, **miss.values)


def instead(miss: Miss, w: Wording) -> str:
    """What would have done as well; empty where nothing would."""
    if not miss.instead:
        return ""
    named = list(map(_short, miss.instead[:INSTEAD]))
    if rest := len(miss.instead) - len(named):
        named.append(w.count("why.others", rest))
    return w("why.instead.one" if len(miss.instead) == 1 else "why.instead", clauses=", ".join(named))


def lines(said: Explanation, post: Post, w: Wording) -> Iterator[Line]:
    """Every condition with what it joins, in the query's order; of many, those first on which the answer hangs."""
    return _Lines(post, w).of(said.clause, 0, wanted=True, decides=True)


class _Lines:
    """Writes out conditions beside one post."""

    def __init__(self, post: Post, w: Wording) -> None:
        self.post, self.w = post, w

    def of(self, clause: Clause, depth: int, *, wanted: bool, decides: bool, inside: bool = False) -> Iterator[Line]:
        """``wanted``: no NOT turns it round; ``inside``: the line above has said already whether one does."""
        if clause.kind == "not":
            yield from self.of(clause.parts[0], depth, wanted=not wanted, decides=decides)
            return
        joins = not clause.text
        yield Line(
            depth=depth,
            holds=clause.holds == wanted,
            decides=decides,
            label=self._joint(clause, wanted=wanted)
            if joins
            else ""
            if wanted or inside
            else self.w("why.kind.without"),
            text=_short(clause.text),
            words=tuple(self._words(clause)),
            notes=tuple(self._notes(clause)),
        )
        shown = _telling(clause)
        for part in shown:
            counts = decides and (not joins or part.holds == clause.holds)
            yield from self.of(part, depth + 1, wanted=wanted, decides=counts, inside=not wanted)
        if rest := len(clause.parts) - len(shown):
            yield Line(depth + 1, None, decides=False, text=self.w.count("why.others", rest))

    def _joint(self, clause: Clause, *, wanted: bool) -> str:
        return self.w(f"why.kind.{'' if wanted else 'not_'}{clause.kind}", count=clause.count)

    def _words(self, clause: Clause) -> Iterator[str]:
        """The words that are there, each way of writing them once."""
        if not clause.text or clause.parts:
            return
        spans = [(self.post.text, span) for span in clause.found.text]
        spans += [(self.post.title, span) for span in clause.found.title]
        each = dict.fromkeys(text[span.start : span.end] for text, span in spans)
        written = clause.text.strip('"').casefold()
        yield from islice((word for word in each if word.casefold() != written), _WORDS)

    def _notes(self, clause: Clause) -> Iterator[str]:
        if clause.distance is not None:
            yield self.w.count("why.between", clause.distance)
        if clause.found.title and not clause.found.text:
            yield self.w("why.in_title")
        if clause.found.tags:
            yield self.w("why.in_tags", tags=", ".join(clause.found.tags[:_WORDS]))


def _telling(clause: Clause) -> Sequence[Clause]:
    """The parts that are shown: of many, first those that decided."""
    if len(clause.parts) <= OF_A_GROUP:
        return clause.parts
    return sorted(clause.parts, key=lambda part: part.holds != clause.holds)[:OF_A_GROUP]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
