"""Days of a month or a week, with what goes out on each: the calendar as values."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal, TypeAlias

from msgspec import Struct

from vigie.charter import Charter
from vigie.checks.builtin.timing import holidays
from vigie.desk.when import instant, wall_of
from vigie.flows.scheduling import turns
from vigie.model import Millis, Publication, SavedDraft

View: TypeAlias = Literal["month", "week"]


class Turn(Struct, frozen=True):
    """A turn to come of a repetition: its publication is made when the one before goes out."""

    of: Publication
    wall: str


class Day(Struct, frozen=True):
    """One day of the company's calendar.

    Attributes:
        inside: of the month that is shown, not of its neighbours.
        why: the name of a holiday, or what one mourns; ``mourning`` tells them apart.
        drafts: what is being written for that day.
    """

    date: date
    inside: bool
    today: bool
    why: str
    mourning: bool
    publications: tuple[Publication, ...]
    turns: tuple[Turn, ...]
    drafts: tuple[SavedDraft, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is planned."""
        return not (self.publications or self.turns or self.drafts)


class Shown(Struct, frozen=True):
    """The days that are shown, and where the pages before and after begin."""

    view: View
    at: date
    days: tuple[date, ...]
    before: date
    after: date


def shown(view: View, at: date) -> Shown:
    """Whole weeks, from Monday.

    >>> found = shown("month", date(2026, 11, 20))
    >>> found.days[0].isoformat(), found.days[-1].isoformat(), found.after.isoformat()
    ('2026-10-26', '2026-12-06', '2026-12-01')
    """
    if view == "week":
        monday = at - timedelta(days=at.weekday())
        days = tuple(monday + timedelta(days=n) for n in range(7))
        return Shown(view, at, days, monday - timedelta(days=7), monday + timedelta(days=7))
    days = tuple(Calendar().itermonthdates(at.year, at.month))
    first = at.replace(day=1)
    return Shown(
        view, at, days, (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=31)).replace(day=1)
    )


def edges(found: Shown, zone: str) -> tuple[Millis, Millis]:
    """The instants between which those days lie."""
    first, last = found.days[0], found.days[-1] + timedelta(days=1)
    return instant(f"{first}T00:00", zone).at, instant(f"{last}T00:00", zone).at


def days(
    found: Shown, planned: Sequence[Publication], drafts: Sequence[SavedDraft], charter: Charter | None, now: Millis
) -> tuple[Day, ...]:
    """Each day with what goes out on it, in order. ``planned`` may hold others: those that repeat reach into it."""
    zone = charter.company.timezone if charter else "UTC"
    out: dict[str, list[Publication]] = defaultdict(list)
    for one in sorted(planned, key=lambda one: (one.due, one.id)):
        out[wall_of(one.due, zone)[:10]].append(one)
    begun: dict[str, list[SavedDraft]] = defaultdict(list)
    for draft in drafts:
        if draft.content.when is not None:
            begun[wall_of(draft.content.when, zone)[:10]].append(draft)
    coming: dict[str, list[Turn]] = defaultdict(list)
    for one in planned:
        for wall in turns(one, found.days[-1].isoformat()):
            coming[wall[:10]].append(Turn(one, wall))
    today = wall_of(now, zone)[:10]
    made = []
    for day in found.days:
        key = day.isoformat()
        why, mourning = _special(day, charter)
        inside = found.view == "week" or day.month == found.at.month
        made.append(
            Day(day, inside, key == today, why, mourning, tuple(out[key]), tuple(coming[key]), tuple(begun[key]))
        )
    return tuple(made)


def _special(day: date, charter: Charter | None) -> tuple[str, bool]:
    if charter is None:
        return "", False
    for one in charter.calendar.mourning:
        if one.day == day or (one.every_year and (one.day.month, one.day.day) == (day.month, day.day)):
            return one.why, True
    if not charter.company.country:
        return "", False
    return holidays(charter.company.country, day.year, charter.company.languages[0]).get(day, ""), False
