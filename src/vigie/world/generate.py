"""The demo world's line of time, from any instant to any other."""

from collections.abc import Iterator

from vigie.model import Deleted, Millis
from vigie.world.chance import Dice
from vigie.world.day import Days
from vigie.world.line import Line
from vigie.world.people import Town
from vigie.world.storm import storm
from vigie.world.tales import attack, slip
from vigie.world.tide import DAY, instant, local

_LONGEST_ECHO = 2
"""Days after which nothing answers, edits or takes back a post any more."""


def generate(
    dice: Dice,
    start: Millis,
    until: Millis,
    *,
    crisis_at: Millis | None = None,
    pace: float = 1.0,
    rate: float = 1.0,
) -> Iterator[Line]:
    """Everything that happens from ``start`` on and before ``until``, in order of time.

    The same dice tell the same story however it is cut: each day has its own luck, so telling may begin anywhere.

    Args:
        dice: gives a chance by name, ``lambda name: random.Random(f"{seed}:{name}")``.
        start: the first instant told.
        until: the first instant no longer told.
        crisis_at: when the promotion goes out. Nine days earlier somebody uses the wrong account, five days earlier
            comes the coordinated attack, and parcels pile up in the two days before. None for an uneventful life.
        pace: length of the crisis, 1.0 for fifty minutes to its height, 0.2 for ten.
        rate: 1.0 for about 3,000 posts a day.
    """
    town = Town(dice)
    days = Days(dice, town, rate, crisis_at)
    waiting = _stories(dice, town, crisis_at, pace)
    for number in range(start // DAY - _LONGEST_ECHO, -(-until // DAY)):
        waiting += days.day(number)
        end = (number + 1) * DAY
        now = sorted((line for line in waiting if line.at < end), key=_order)
        waiting = [line for line in waiting if line.at >= end]
        yield from (line for line in now if start <= line.at < until)


def _stories(dice: Dice, town: Town, crisis_at: Millis | None, pace: float) -> list[Line]:
    if crisis_at is None:
        return []
    return [
        *storm(dice, town, crisis_at, pace),
        *attack(dice, town, _evening(crisis_at - 5 * DAY, 20, 41)),
        *slip(dice, town, _evening(crisis_at - 9 * DAY, 21, 14)),
    ]


def _evening(at: Millis, hour: int, minute: int) -> Millis:
    return instant(local(at).replace(hour=hour, minute=minute, second=7, microsecond=0))


def _order(line: Line) -> tuple[Millis, bool, str]:
    return line.at, isinstance(line.event, Deleted), line.event.remote_id
