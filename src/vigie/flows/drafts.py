"""What people do with drafts: begin, save, compare, decide about findings, take up again, set aside."""

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from msgspec import Struct, structs

from vigie.desk.drafting import may_move
from vigie.flows.check_draft import Checked, Remark
from vigie.flows.ports.drafts import Drafts
from vigie.model import Act, Content, Decision, DraftState, Millis, Raised, SavedDraft, Verdict
from vigie.text.threads import cut

_WORD = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)
_MOST_WORDS = 6_000
"""Pieces of a text that are compared word by word; a longer one is shown as replaced."""

CLOSED: tuple[DraftState, ...] = ("scheduled", "rejected", "discarded")
"""States in which nothing is written."""

Change: TypeAlias = Literal["same", "cut", "new"]


class StoppedError(Exception):
    """The draft may not go on: ``stopping`` are the findings for which it stops."""

    def __init__(self, stopping: tuple[Remark, ...]) -> None:
        super().__init__(f"{len(stopping)} findings stop it")
        self.stopping = stopping


class StateError(Exception):
    """A draft does not do that in its ``state``; nothing was stored."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class Found(Struct, frozen=True):
    """What a decision is about: a rule, and one finding of it."""

    rule: str
    fingerprint: str


class Doing(Struct, frozen=True):
    """Who does something, when, and under which charter."""

    who: str
    now: Millis
    charter: str = ""

    def act(self, verb: str, id: int | None, why: str = "", **details: str | int) -> Act:
        """For the ledger."""
        what = f"draft:{id}" if id is not None else "draft"
        return Act(self.now, self.who, verb, what, why, self.charter, dict(details))


def save(drafts: Drafts, id: int | None, revision: int, content: Content, by: Doing) -> SavedDraft:
    """Keeps what a draft says, a new one without ``id``. What was approved is a draft again: every approval is void.

    Raises:
        StateError: it is scheduled, rejected or set aside: it is taken up again first.
        OutdatedError: somebody saved meanwhile.
    """
    if id is None:
        return drafts.begin(content, by.who, by.now, by.act("draft.begun", None))
    before = drafts.get(id)
    if before is not None and before.state in CLOSED and content != before.content:
        raise StateError(before.state)
    return drafts.save(id, revision, content, by.who, by.now)


def count(drafts: Drafts, id: int, checked: Checked, now: Millis) -> None:
    """Counts the findings of a saved draft, so that the house learns which rules speak."""
    found = [one.finding for one in checked.remarks]
    drafts.raise_findings([Raised(id, f.rule, f.fingerprint, f.severity, f.trial, now) for f in found])


def discard(drafts: Drafts, draft: SavedDraft, by: Doing) -> SavedDraft:
    """Sets it aside. Raises StateError, OutdatedError."""
    return moved(drafts, draft, "discarded", by, "draft.discarded")


def moved(drafts: Drafts, draft: SavedDraft, state: DraftState, by: Doing, verb: str, why: str = "") -> SavedDraft:
    """Puts a draft into another state, when the desk lets it. Raises StateError, OutdatedError."""
    if not may_move(draft.state, state):
        raise StateError(draft.state)
    return drafts.move(draft.id, draft.revision, state, by.who, by.now, by.act(verb, draft.id, why, to=state))


def decide(
    drafts: Drafts, id: int, of: Found, verdict: Verdict, by: Doing, why: str = "", until: Millis | None = None
) -> None:
    """Keeps what somebody decided about a finding. To take it back, let it pass until now."""
    made = Decision(id, of.rule, of.fingerprint, verdict, by.who, why, by.now, until, by.charter)
    drafts.decide(made, by.act(f"finding.{verdict}", id, why, rule=of.rule))


def replaced(content: Content, remark: Remark) -> Content:
    """The content with what a finding proposes put in place of its words; unchanged when it proposes nothing."""
    finding = remark.finding
    if finding.replacement is None or not finding.spans:
        return content
    span = finding.spans[0]
    text = content.variants.get(remark.sheet, content.text)
    new = text[: span.start] + finding.replacement + text[span.end :]
    if remark.sheet:
        return structs.replace(content, variants=content.variants | {remark.sheet: new})
    return structs.replace(content, text=new)


def split(content: Content, sheet: str, fits: Callable[[str], bool]) -> Content:
    """The content with the text of a sheet (a channel's own, or ``""``) cut into a thread whose posts fit."""
    if sheet and sheet not in content.variants:
        return content
    text = cut(content.variants.get(sheet, content.text), fits)
    if sheet:
        return structs.replace(content, variants=content.variants | {sheet: text})
    return structs.replace(content, text=text)


def compared(before: str, after: str) -> list[tuple[Change, str]]:
    """What stayed, went and came, word by word.

    >>> compared("ouvert à nos clients", "ouvert au public")
    [('same', 'ouvert '), ('cut', 'à nos clients'), ('new', 'au public')]
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > _MOST_WORDS:
        return [("cut", before), ("new", after)] if before != after else [("same", before)]
    return list(_joined(_pieces(old, new)))


def _pieces(old: list[str], new: list[str]) -> Iterator[tuple[Change, str]]:
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(old[i:j])
        else:
            yield "cut", "".join(old[i:j])
            yield "new", "".join(new[k:m])


def _joined(pieces: Iterator[tuple[Change, str]]) -> Iterator[tuple[Change, str]]:
    """Changes with nothing but a space between them are one: whole phrases read better than single words."""
    cut = new = ""
    for kind, words in pieces:
        if kind == "same" and (words.strip() or not (cut or new)):
            yield from _told(cut, new)
            cut = new = ""
            yield "same", words
        else:
            cut += words if kind != "new" else ""
            new += words if kind != "cut" else ""
    yield from _told(cut, new)


def _told(cut: str, new: str) -> Iterator[tuple[Change, str]]:
    if cut:
        yield "cut", cut
    if new:
        yield "new", new
