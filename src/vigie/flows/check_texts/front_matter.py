"""What stands between ``---`` lines at the top of a Markdown file: where and when its text is to be said."""

import re
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from vigie.charter import CharterError, Problem
from vigie.charter.nouns import Day, Identifier, Language, Text
from vigie.charter.read import Reader
from vigie.charter.scalars import positions
from vigie.charter.tree import grow, keyed
from vigie.flows.check_texts.allowances import Allowance
from vigie.flows.check_texts.document import Mistake, Trace, UnreadableError

Words = Annotated[str, Meta(extra={"form": "example"})]
Moment = Annotated[str, Meta(extra={"form": "moment"})]
_EMPTY = re.compile(r"---\s*(?:#[^\n]*(?:\n\s*|\Z))*")
_UNKNOWN_KEY = "charter.error.unknown-key"


class Medium(Struct, frozen=True, forbid_unknown_fields=True):
    """Something to show with a draft; `vigie.model.Attachment` says what each is."""

    kind: Literal["image", "gif", "video"] = "image"
    alt: Words = ""
    type: Text = ""
    bytes: int | None = None
    ai: bool = False
    retouched: bool = False


class Allowed(Struct, frozen=True, forbid_unknown_fields=True):
    """What is let pass in the draft."""

    rule: Text
    why: Text
    until: Day | None = None


class FrontMatter(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that it may say.

    Attributes:
        text: the draft's words, when the file has none below.
        when: planned for, on the company's clock.
        answers: the words of the post answered.
    """

    text: Words = ""
    network: Text = ""
    channel: Identifier = ""
    language: Language = ""
    author: Identifier = ""
    objective: Identifier = ""
    when: Moment = ""
    media: tuple[Medium, ...] = ()
    answers: Words = ""
    ai: bool = False
    allow: tuple[Allowed, ...] = ()

    def allowances(self) -> tuple[Allowance, ...]:
        """What is let pass."""
        return tuple(Allowance(one.rule, one.why, one.until) for one in self.allow)


def read_front_matter(text: str) -> tuple[FrontMatter, Trace, int]:
    """What it says, where the words of its ``text`` stand, and where they begin. Keys that look like none of ours are
    somebody else's business.

    Args:
        text: a file's beginning as far as its second line ``---``.

    Raises:
        UnreadableError: with all that is wrong.
    """
    if _EMPTY.fullmatch(text):
        return FrontMatter(), Trace(), 0
    try:
        root = grow(text)
    except CharterError as error:
        raise UnreadableError(*(_mistake(one) for one in error.problems)) from None
    reader = Reader(text)
    found = reader.noun(root, FrontMatter)
    wrong = [one for one in reader.problems if one.hint or one.code != _UNKNOWN_KEY]
    if wrong:
        raise UnreadableError(*(_mistake(one) for one in sorted(wrong)))
    return found, *_stands(keyed(root).get("text"), text)


def _stands(entry: tuple[Any, Any] | None, text: str) -> tuple[Trace, int]:
    if entry is None:
        return Trace(), 0
    places = positions(text, entry[1])
    jumps = [n for n, place in enumerate(places) if n == 0 or place != places[n - 1] + 1]
    return Trace(tuple(jumps), tuple(places[n] for n in jumps)), places[0]


def _mistake(problem: Problem) -> Mistake:
    if problem.code == "charter.error.not-a-charter":
        return Mistake(problem.line, problem.column, "check.error.front-matter-shape", hint="channel: …")
    return Mistake(problem.line, problem.column, problem.code, problem.values, problem.hint)
