"""When a post goes out: from the clock on the wall to an instant and back, across change nights; repeats and slots."""

from calendar import monthrange
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Literal, TypeAlias, assert_never
from zoneinfo import ZoneInfo

from msgspec import Struct

from vigie.charter import Hours, Slot
from vigie.model import Millis, Repeat

Turned: TypeAlias = Literal["", "skipped", "twice"]

_FIRST, _LAST = 1970, 9998
"""Years that have a whole instant in every zone."""
_FARTHEST = 400
"""Days in which a free slot is looked for: more than a year of full queues is no queue."""


class Moment(Struct, frozen=True):
    """An instant, found from a wall clock.

    Attributes:
        wall: what the clock shows at that instant: not what was asked for when that hour is skipped.
        turned: ``skipped``: the clock never shows the time asked for, being put forward over it; ``twice``: it shows it
            twice, and this is the first.
    """

    at: Millis
    wall: str
    turned: Turned = ""


def instant(wall: str, zone: str) -> Moment:
    """The instant at which a zone's clock shows ``2026-03-29T02:30``.

    In the hour that is skipped in spring, the moment goes on by what is missing; in the hour that comes twice in
    autumn, it is the first of the two.

    Raises:
        ValueError: not a minute of the years 1970 to 9998, written so; or no such zone (`KeyError` for some).

    >>> instant("2026-03-29T02:30", "Europe/Paris")
    Moment(at=1774747800000, wall='2026-03-29T03:30', turned='skipped')
    >>> instant("2026-10-25T02:30", "Europe/Paris")
    Moment(at=1792888200000, wall='2026-10-25T02:30', turned='twice')
    """
    there = _read(wall).replace(tzinfo=ZoneInfo(zone))
    # Python's rule (PEP 495): fold=0 counts with the clock as it went before the change. Over the hour that is missing
    # this lands as much later, in the hour that comes twice on the first: both as we promise.
    at = _millis(there)
    before, after = there.utcoffset(), there.replace(fold=1).utcoffset()
    assert before is not None  # noqa: S101 - for the type checker
    assert after is not None  # noqa: S101
    turned: Turned = "" if before == after else "skipped" if before < after else "twice"
    return Moment(at, wall_of(at, zone), turned)


def wall_of(at: Millis, zone: str) -> str:
    """What a zone's clock shows at an instant, to the minute."""
    shown = datetime.fromtimestamp(at // 1000, UTC).astimezone(ZoneInfo(zone))
    return _written(shown)


def following(wall: str, repeat: Repeat, first: str = "") -> str:
    """The next wall time of what repeats: the same time of day, whatever the clock does meanwhile.

    A month that has no 31st takes its last day. ``first`` is the wall time of the series' first one, whose day later
    months go back to; without it, it is ``wall``'s own.

    Raises:
        ValueError: a wall time is not one, or nothing repeats.

    >>> following("2026-01-31T09:00", "month")
    '2026-02-28T09:00'
    >>> following("2026-02-28T09:00", "month", "2026-01-31T09:00")
    '2026-03-31T09:00'
    """
    now = _read(wall)
    match repeat:
        case "day":
            return _bounded(now + timedelta(days=1))
        case "week":
            return _bounded(now + timedelta(days=7))
        case "month":
            wanted = _read(first).day if first else now.day
            year, month = (now.year + 1, 1) if now.month == 12 else (now.year, now.month + 1)  # noqa: PLR2004
            return _bounded(now.replace(year=year, month=month, day=min(wanted, monthrange(year, month)[1])))
        case "":
            raise ValueError(repeat)
        case _:
            assert_never(repeat)


def free_slots(
    slots: Sequence[Slot], taken: Collection[Millis], zone: str, now: Millis, count: int, quiet: Sequence[Hours] = ()
) -> list[str]:
    """Wall times of the next free slots after ``now``, the soonest first; none in quiet hours, nor where the clock
    skips the time. Fewer than ``count`` when the next 400 days have no more.

    ``taken`` are instants at which something of the channel is due: a slot in the same minute is not free.
    """
    full = {at // 60_000 for at in taken}
    found: list[str] = []
    for wall in _coming(slots, quiet, date.fromisoformat(wall_of(now, zone)[:10])) if count > 0 else ():
        moment = instant(wall, zone)
        if moment.at > now and moment.turned != "skipped" and moment.at // 60_000 not in full:
            found.append(wall)
            if len(found) == count:
                break
    return found


def _coming(slots: Sequence[Slot], quiet: Sequence[Hours], today: date) -> Iterator[str]:
    for ahead in range(_FARTHEST):
        day = today + timedelta(days=ahead)
        minutes = {slot.minute for slot in slots if slot.day in (None, day.weekday())}
        for minute in sorted(minutes):
            if not any(hours.hold(minute) for hours in quiet):
                yield f"{day.isoformat()}T{minute // 60:02}:{minute % 60:02}"


def _read(wall: str) -> datetime:
    """Minutes alone: what a person chooses, and nothing that says a zone of its own."""
    return _checked(datetime.strptime(wall, "%Y-%m-%dT%H:%M"))  # noqa: DTZ007 - it is a wall time


def _bounded(then: datetime) -> str:
    return _written(_checked(then))


def _checked(then: datetime) -> datetime:
    if not _FIRST <= then.year <= _LAST:
        raise ValueError(then.year)
    return then


def _written(then: datetime) -> str:
    return f"{then:%Y-%m-%dT%H:%M}"


def _millis(then: datetime) -> Millis:
    return round(then.timestamp() * 1000)
