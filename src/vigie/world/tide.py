"""How much people write: by hour of the day and day of the week, on the town's clock."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from vigie.model import Millis
from vigie.world.chance import Chance
from vigie.world.house import TIMEZONE

HOUR: Millis = 3_600_000
DAY: Millis = 24 * HOUR
_ZONE = ZoneInfo(TIMEZONE)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# Shares of an average hour, from midnight on: breakfast, lunch, and the long evening; few people at night.
_BY_HOUR = (
    0.45, 0.25, 0.18, 0.15, 0.18, 0.35, 0.7, 1.15, 1.3, 1.15, 1.05, 1.1,
    1.45, 1.3, 1.0, 1.0, 1.1, 1.35, 1.5, 1.45, 1.6, 1.75, 1.4, 0.85,
)  # fmt: skip
_BY_WEEKDAY = (1.0, 0.97, 1.02, 1.04, 1.06, 0.94, 0.97)  # Monday first


def local(at: Millis) -> datetime:
    """An instant on the town's clock."""
    return (_EPOCH + timedelta(milliseconds=at)).astimezone(_ZONE)


def instant(moment: datetime) -> Millis:
    """The inverse of `local`."""
    return round(moment.timestamp() * 1000)


def height(at: Millis) -> float:
    """How much is written at an instant, as a share of the average."""
    moment = local(at)
    hour = moment.hour
    now, then = _BY_HOUR[hour], _BY_HOUR[(hour + 1) % 24]
    return (now + (then - now) * moment.minute / 60) * _BY_WEEKDAY[moment.weekday()]


def moments(chance: Chance, start: Millis, until: Millis, a_day: float) -> Iterator[Millis]:
    """Instants at which somebody writes, ``a_day`` of them on an average day, rising and falling with the tide."""
    hour = start
    while hour < until:
        end = min(hour + HOUR, until)
        gap = HOUR / max(a_day / 24 * height(hour + HOUR // 2), 1e-6)
        at = hour + chance.expovariate(1 / gap)
        while at < end:
            yield int(at)
            at += chance.expovariate(1 / gap)
        hour = end
