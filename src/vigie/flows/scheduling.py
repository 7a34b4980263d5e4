"""What people do with publications: schedule an approved draft, move, drop, try again, look again, take back."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct, structs

from vigie.charter import Charter
from vigie.desk import publishing
from vigie.desk.moves import MoveError
from vigie.desk.when import following, free_slots, instant, wall_of
from vigie.flows.approving import Review, Rooms, expire
from vigie.flows.check_draft import Checked
from vigie.flows.drafts import Doing, StateError, StoppedError, moved
from vigie.flows.ports.publications import Publications
from vigie.model import Act, Draft, DraftState, Millis, Outgoing, Piece, Publication, Repeat, SavedDraft
from vigie.text.threads import parted

_WAY: Mapping[DraftState, tuple[DraftState, ...]] = {
    "draft": ("scheduled",),
    "in_review": ("approved", "scheduled"),  # the charter that asked for approvals has changed meanwhile
    "approved": ("scheduled",),
    "scheduled": ("draft", "scheduled"),  # Vigie stopped before its publications were there
}
WAITING = ("scheduled", "failed", "missed")
"""States of a publication that is not out and that nobody is sending."""
_AHEAD: Millis = 60 * 86_400_000
"""How far ahead free slots are looked for."""
_TURNS = 400
"""Turns of a repetition that are worked out at most: a year of days."""
_LATE: Millis = 60_000
"""A form is a minute old by the time it is sent: that is not the past yet."""


class ScheduleError(Exception):
    """It cannot be scheduled so. ``code``: ``no-channel``, ``unknown-channel``, ``answers-elsewhere`` (both with the
    channel), ``not-approved``, ``lapsed`` (what was approved has to be asked for again), ``past``, ``no-moment``."""

    def __init__(self, code: str, channel: str = "") -> None:
        super().__init__(code)
        self.code, self.channel = code, channel


class Plan(Struct, frozen=True):
    """When a draft goes out: ``wall`` on the company's clock (``2026-03-29T02:30``), empty for now."""

    wall: str = ""
    repeat: Repeat = ""


class Timed(Struct, frozen=True):
    """A plan as the clock makes it. ``wall`` is what was chosen; ``turned`` is ``skipped`` or ``twice`` on a night when
    clocks change."""

    due: Millis
    wall: str
    turned: str = ""


class Offer(Struct, frozen=True):
    """A free slot, with the channels whose good moment it is."""

    wall: str
    due: Millis
    channels: tuple[str, ...]


def timed(plan: Plan, zone: str, now: Millis) -> Timed:
    """The instant of a plan. Raises ScheduleError: ``past``, ``no-moment``."""
    if not plan.wall:
        return Timed(now, wall_of(now, zone))
    try:
        moment = instant(plan.wall, zone)
    except ValueError as error:
        raise ScheduleError("no-moment") from error
    if moment.at < now - _LATE:
        raise ScheduleError("past")
    return Timed(max(moment.at, now), plan.wall, moment.turned)


class Ready(Struct, frozen=True):
    """A draft with all that scheduling it looks at. ``checked`` with the planned moment."""

    saved: SavedDraft
    review: Review
    checked: Checked
    charter: Charter


def schedule(rooms: Rooms, ready: Ready, at: Timed, by: Doing, repeat: Repeat = "") -> list[Publication]:
    """One publication for each of the draft's channels.

    The draft is moved first: whoever loses that race schedules nothing, so that nothing goes out twice.

    Raises:
        ScheduleError: it may not go out, or not there.
        StoppedError: the charter stops it, maybe only at that moment.
        StateError: it is being decided about, or has publications already.
        OutdatedError: somebody changed it meanwhile.
    """
    saved, review = ready.saved, ready.review
    wanted = [_wanted(ready, draft, at, by, repeat) for draft in ready.checked.drafts]
    if saved.state not in _WAY or (saved.state == "scheduled" and rooms.publications.of_draft(saved.id)):
        raise StateError(saved.state)
    if not review.granted:
        if saved.state == "approved" and review.standing.lapsed:
            expire(rooms, review, by)
            raise ScheduleError("lapsed")
        raise ScheduleError("not-approved")
    if ready.checked.stopping:
        raise StoppedError(ready.checked.stopping)
    for state in _WAY[saved.state]:
        saved = moved(rooms.drafts, saved, state, by, f"draft.{state}")
    act = Act(by.now, by.who, "publication.scheduled", "publication", "", by.charter, {"draft": saved.id})
    return rooms.publications.schedule(wanted, act)


def _wanted(ready: Ready, draft: Draft, at: Timed, by: Doing, repeat: Repeat) -> Publication:
    channel = ready.charter.channel(draft.channel)
    if channel is None:
        raise ScheduleError("unknown-channel" if draft.channel else "no-channel", draft.channel)
    if draft.answers is not None and draft.answers.network != channel.network:
        raise ScheduleError("answers-elsewhere", channel.id)
    return Publication(
        id=0,
        revision=0,
        draft=ready.saved.id,
        version=ready.saved.version,
        channel=channel.id,
        network=channel.network,
        outgoing=outgoing(draft),
        due=at.due,
        wall=at.wall,
        zone=ready.charter.company.timezone,
        scheduled_by=by.who,
        scheduled_at=by.now,
        charter=by.charter,
        repeat=repeat,
    )


def outgoing(draft: Draft) -> Outgoing:
    """What a draft sends on its channel: the posts of its thread, all pictures with the first."""
    first, *rest = parted(draft.text)
    pieces = (Piece(first, draft.media), *(Piece(text) for text in rest))
    return Outgoing(pieces, draft.language, draft.answers)


def offers(
    charter: Charter, channels: Sequence[str], publications: Publications, now: Millis, count: int = 4
) -> list[Offer]:
    """The next free slots of some channels, the earliest first."""
    zone = charter.company.timezone
    found: dict[str, list[str]] = {}
    for channel in (one for id in channels if (one := charter.channel(id)) and one.slots):
        planned = publications.between(now, now + _AHEAD, (channel.id,))
        taken = {one.due for one in planned if one.state != "dropped"}
        until = wall_of(now + _AHEAD, zone)[:10]
        taken |= {instant(turn, zone).at for one in planned for turn in turns(one, until)}
        for wall in free_slots(channel.slots, taken, zone, now, count, channel.quiet):
            found.setdefault(wall, []).append(channel.id)
    return [Offer(wall, instant(wall, zone).at, tuple(found[wall])) for wall in islice(sorted(found), count)]


def turns(one: Publication, until: str) -> Iterator[str]:
    """Wall times of the turns that follow a publication that waits and repeats, up to a day, included: each becomes a
    publication of its own when the one before goes out."""
    if one.state != "scheduled" or not one.repeat:
        return
    wall = one.wall
    for _ in range(_TURNS):
        wall = following(wall, one.repeat, one.wall)
        if wall[:10] > until:
            return
        yield wall


def move(publications: Publications, one: Publication, at: Timed, by: Doing) -> Publication:
    """Puts it at another moment; one that was missed or failed is tried again then. Raises MoveError, MovedError."""
    changed = publishing.rescheduled(one, at.due, at.wall)
    return publications.settle(changed, _act(one, by, "moved", since=one.wall, to=at.wall))


def skip(publications: Publications, one: Publication, by: Doing) -> Publication:
    """Leaves out one turn of a repetition. Raises MoveError, MovedError."""
    first = publications.get(one.series) if one.series else None
    wall, moment = one.wall, instant(one.wall, one.zone)
    while moment.at <= max(one.due, by.now):
        wall = following(wall, one.repeat, first.wall if first else "")
        moment = instant(wall, one.zone)
    return move(publications, one, Timed(moment.at, wall, moment.turned), by)


def drop(publications: Publications, one: Publication, by: Doing, why: str = "") -> Publication:
    """It does not go out. Raises MoveError, MovedError."""
    return publications.settle(publishing.dropped(one), _act(one, by, "dropped", why))


def look_again(publications: Publications, one: Publication, by: Doing) -> Publication:
    """Has the network read back now instead of at the next round. Raises MoveError ``not-in-doubt``, MovedError."""
    if "unconfirmed" not in (one.state, one.recall):
        raise MoveError("not-in-doubt")
    return publications.settle(structs.replace(one, try_at=by.now))


def recall(publications: Publications, one: Publication, by: Doing, why: str) -> Publication:
    """Asks for it to be taken back from its network. Raises MoveError, MovedError."""
    return publications.settle(publishing.recall_asked(one, by.now), _act(one, by, "recall-asked", why))


def take_up(rooms: Rooms, saved: SavedDraft, by: Doing) -> SavedDraft:
    """A draft is written again, and what was approved is void. Of a scheduled one, what waits is dropped.

    Raises StateError while one of its publications is being sent: whether that one is out is not known yet.
    """
    mine = rooms.publications.of_draft(saved.id) if saved.state == "scheduled" else []
    if any(one.state in ("publishing", "unconfirmed") for one in mine):
        raise StateError("publishing")
    for one in mine:
        if one.state in WAITING and not publishing.standing(one):
            drop(rooms.publications, one, by)
    return moved(rooms.drafts, saved, "draft", by, "draft.reopened")


def _act(one: Publication, by: Doing, verb: str, why: str = "", **details: str | int) -> Act:
    return Act(by.now, by.who, f"publication.{verb}", f"publication:{one.id}", why, by.charter, dict(details))
