"""Having a draft approved: who has to, asking them, what they answer, and what that makes of the draft."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from vigie.charter import Charter, Signing, allows
from vigie.desk import approving, drafting
from vigie.desk.approving import Standing
from vigie.desk.moves import MoveError
from vigie.flows.check_draft import Checked
from vigie.flows.drafts import Doing, StoppedError, moved
from vigie.flows.ports.drafts import Drafts, OutdatedError
from vigie.flows.ports.notices import Notices
from vigie.flows.ports.publications import Publications
from vigie.flows.tell import tell
from vigie.model import Act, Approval, Content, DraftState, Millis, Notice, Opinion, Remark, SavedDraft, Span

_STATE: dict[Opinion, DraftState] = {"changes-requested": "changes_requested", "rejected": "rejected"}
_WHY_NOT = ("own-words", "not-your-turn", "already-answered", "not-asked")
"""Why somebody may not answer, the weightiest first."""


class AnswerError(Exception):
    """This person does not answer now. ``code``: ``own-words``, ``not-asked``, ``not-your-turn``, ``already-answered``
    (`vigie.desk.approving.may_answer`); ``not-in-review``; ``no-words``: what has to change was not said."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Rooms(Struct, frozen=True):
    """Where approving reads and writes."""

    drafts: Drafts
    publications: Publications
    notices: Notices


class Review(Struct, frozen=True):
    """What people said about a draft as it stands, and who has still to speak.

    Attributes:
        needed: the charter's approvals that concern it; none: whoever may schedule it may.
        all: every answer it ever had, oldest first; ``round`` those to this very text.
        asked: the revision from which answers count.
        wrote: ids of all who wrote words of it.
        people: roles by id of a person.
    """

    draft: SavedDraft
    needed: tuple[Signing, ...]
    standing: Standing
    all: tuple[Approval, ...]
    asked: int
    wrote: frozenset[str]
    people: Mapping[str, tuple[str, ...]]
    now: Millis

    @property
    def granted(self) -> bool:
        """Whether nobody has to approve it any more."""
        return not self.needed or self.standing.granted

    @property
    def round(self) -> tuple[Approval, ...]:
        """The answers to this very text."""
        return tuple(one for one in self.all if one.version == self.draft.version and one.revision >= self.asked)

    @property
    def waits_for(self) -> tuple[str, ...]:
        """Ids of those who may answer next, each once."""
        return tuple(dict.fromkeys(id for one in self.standing.missing for id in one.who))

    @property
    def asked_changes(self) -> Approval | None:
        """The last answer, when it asks for changes: while it is written again, its author works on them."""
        last = self.all[-1] if self.all else None
        working = self.draft.state in ("draft", "changes_requested")
        return last if last and working and last.opinion == "changes-requested" else None

    def steps_for(self, who: str) -> tuple[tuple[Signing, ...], str]:
        """The steps for which somebody may answer now, and why not when there is none."""
        if self.draft.state not in ("in_review", "approved") or not self.needed:
            return (), "not-in-review"
        version, asked = self.draft.version, self.asked
        codes = {
            one: approving.may_answer(who, one, self.all, version, asked, self.wrote, self.people, self.now)
            for one in self.needed
        }
        mine = tuple(one for one, code in codes.items() if not code)
        return mine, "" if mine else next(code for code in _WHY_NOT if code in codes.values())


def review(rooms: Rooms, saved: SavedDraft, charter: Charter | None, checked: Checked, now: Millis) -> Review:
    """Where a saved draft stands. ``checked`` is what the charter says of it."""
    findings = tuple(one.finding for one in checked.remarks)
    needed = approving.needed(charter.approvals if charter else (), checked.drafts, findings)
    answers = tuple(rooms.publications.approvals(saved.id))
    wrote = approving.writers(saved.author, rooms.drafts.versions(saved.id))
    people = {person.id: tuple(person.roles) for person in charter.people} if charter else {}
    asked = _asked_at(saved, answers)
    standing = approving.standing(needed, answers, saved.version, asked, wrote, people, now)
    return Review(saved, needed, standing, answers, asked, wrote, people, now)


def _asked_at(saved: SavedDraft, answers: Sequence[Approval]) -> int:
    try:
        return drafting.asked_at(saved)
    except MoveError:  # scheduled: what was answered is shown; being written: nothing counts yet
        last = max((one.revision for one in answers if one.version == saved.version), default=saved.revision)
        return last if saved.state in ("scheduled", "rejected", "expired") else saved.revision + 1


def ask(rooms: Rooms, saved: SavedDraft, charter: Charter | None, checked: Checked, by: Doing) -> SavedDraft:
    """Asks those whom the charter names; where it names nobody, asks who may schedule to do it.

    Raises:
        StoppedError: the charter stops it: nobody is asked to approve that.
        StateError, OutdatedError: it is not being written any more.
    """
    if checked.stopping:
        raise StoppedError(checked.stopping)
    saved = moved(rooms.drafts, saved, "in_review", by, "draft.review-asked")
    found = review(rooms, saved, charter, checked, by.now)
    if found.needed:
        _tell(rooms, charter, "draft.review-asked", found.waits_for, saved, by)
        return saved
    saved = moved(rooms.drafts, saved, "approved", by, "draft.approved")
    _tell(rooms, charter, "draft.to-schedule", _who_may_schedule(charter), saved, by)
    return saved


def answer(
    rooms: Rooms, found: Review, charter: Charter, opinion: Opinion, by: Doing, remarks: Sequence[Remark] = ()
) -> SavedDraft:
    """Keeps somebody's answer for each step where they are asked, and moves the draft when that settles it.

    Raises:
        AnswerError: they may not, or say nothing of what should change.
        OutdatedError: it was changed meanwhile; the answer is to what was there before.
    """
    saved = found.draft
    steps, why_not = found.steps_for(by.who)
    if why_not:
        raise AnswerError(why_not)
    if opinion == "changes-requested" and not any(one.words.strip() for one in remarks):
        raise AnswerError("no-words")
    kept = tuple(remarks) if opinion != "approved" else ()
    for step in steps if opinion == "approved" else steps[:1]:
        given = Approval(saved.id, saved.version, found.asked, step.id, by.who, opinion, by.now, kept, by.charter)
        details: dict[str, str | int | bool | None] = {"version": saved.version, "step": step.id}
        act = Act(by.now, by.who, f"draft.{opinion}", f"draft:{saved.id}", "", by.charter, details)
        rooms.publications.approve(given, act)
    if opinion != "approved":
        saved = _settled(rooms, saved, _STATE[opinion], by)
        _tell(rooms, charter, f"draft.{opinion}", sorted(found.wrote), saved, by)
        return saved
    answers = tuple(rooms.publications.approvals(saved.id))
    version, wrote = saved.version, found.wrote
    standing = approving.standing(found.needed, answers, version, found.asked, wrote, found.people, by.now)
    if not standing.granted:
        _tell(rooms, charter, "draft.review-asked", _new(standing, found), saved, by)
        return saved
    if saved.state == "in_review":
        saved = _settled(rooms, saved, "approved", by)
        _tell(rooms, charter, "draft.to-schedule", _who_may_schedule(charter), saved, by)
    return saved


def expire(rooms: Rooms, found: Review, by: Doing) -> SavedDraft:
    """What was approved too long ago, or not answered in time, has to be asked for again. Raises OutdatedError."""
    return moved(rooms.drafts, found.draft, "expired", by, "draft.expired")


def _settled(rooms: Rooms, saved: SavedDraft, state: DraftState, by: Doing) -> SavedDraft:
    """The draft where an answer puts it. Two who answer at the same moment both get there."""
    try:
        return moved(rooms.drafts, saved, state, by, "draft.moved")
    except OutdatedError as error:
        if error.current.state == state and error.current.content == saved.content:
            return error.current
        raise


def _new(standing: Standing, before: Review) -> tuple[str, ...]:
    """Whose turn it has become."""
    return tuple(id for one in standing.missing for id in one.who if id not in before.waits_for)


def _who_may_schedule(charter: Charter | None) -> tuple[str, ...]:
    return tuple(one.id for one in (charter.people if charter else ()) if allows(one.roles, "schedule"))


def _tell(rooms: Rooms, charter: Charter | None, kind: str, to: Sequence[str], saved: SavedDraft, by: Doing) -> None:
    """To people of the house other than the one who does it; nobody is told about nothing."""
    others = tuple(dict.fromkeys(id for id in to if id != by.who))
    person = charter.person(by.who) if charter else None
    if others:
        values: dict[str, str | int | float] = {"name": person.name if person else by.who, "draft": saved.id}
        path = f"/drafts/{saved.id}"
        tell(
            rooms.notices,
            charter,
            Notice(id=0, at=by.now, kind=kind, urgency="soon", to=others, values=values, path=path),
        )


def placed(remark: Remark, content: Content) -> Span | None:
    """Where the words that somebody wants changed stand now: as near to their old place as they are; None when they
    were changed, or the remark is about the whole."""
    text = content.variants.get(remark.sheet, content.text)
    if remark.span is None or not remark.quote:
        return None
    found = [at for at in range(len(text)) if text.startswith(remark.quote, at)]
    if not found:
        return None
    start = min(found, key=lambda at: abs(at - remark.span.start))  # type: ignore[union-attr]  # it is there
    return Span(start, start + len(remark.quote))
