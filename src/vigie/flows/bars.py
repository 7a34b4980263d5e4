"""Where a chart's bars begin and end: on the house's clock, also on the nights when clocks change."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from msgspec import Struct

from vigie.flows.ports.archive import Step
from vigie.model import Millis

MINUTE: Millis = 60_000
HOUR: Millis = 60 * MINUTE
DAY: Millis = 24 * HOUR
WEEK: Millis = 7 * DAY

_WIDTHS: dict[Step, Millis] = {"10min": 10 * MINUTE, "hour": HOUR}


class Window(Struct, frozen=True):
    """How far back a chart looks, and how wide its bars are."""

    name: str
    length: Millis
    step: Step


WINDOWS = {
    window.name: window
    for window in (
        Window("6h", 6 * HOUR, "10min"),
        Window("24h", DAY, "hour"),
        Window("7d", WEEK, "hour"),
        Window("30d", 30 * DAY, "day"),
        Window("90d", 90 * DAY, "day"),
    )
}


def edges_of_window(window: Window, now: Millis, zone: tzinfo) -> list[Millis]:
    """Starts of the bars up to the one that holds the present moment, and the end of that one."""
    if window.step == "day":
        today = _midnight(now, zone)
        days = window.length // DAY
        return [_millis(_wall(today, days=back)) for back in range(1 - days, 2)]
    width = _WIDTHS[window.step]
    end = now - now % width + width
    return list(range(end - window.length, end + 1, width))


def edges_of_day(now: Millis, zone: tzinfo) -> list[Millis]:
    """The hours of the present day from midnight to midnight: 24, or 23 or 25 of them."""
    midnight = _midnight(now, zone)
    return list(range(_millis(midnight), _millis(_wall(midnight, days=1)) + 1, HOUR))


def weeks_before(edges: Sequence[Millis], zone: tzinfo, count: int) -> list[list[Millis]]:
    """The same edges a week earlier, two weeks earlier…: counted on the wall clock, so that 8 h stays 8 h."""
    return [[_millis(_wall(_local(edge, zone), days=-7 * week)) for edge in edges] for week in range(1, count + 1)]


def _midnight(at: Millis, zone: tzinfo) -> datetime:
    return _local(at, zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def _local(at: Millis, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at / 1000, zone)


def _wall(at: datetime, *, days: int) -> datetime:
    return (at + timedelta(days=days)).replace(fold=0)


def _millis(at: datetime) -> Millis:
    return round(at.timestamp() * 1000)
