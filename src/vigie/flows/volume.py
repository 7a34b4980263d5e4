"""How much is said, over time, beside what is usual for the same hours of the week."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from math import sqrt
from statistics import median
from typing import Literal, TypeAlias

from msgspec import Struct, structs

from vigie.flows.ports.archive import Archive, Filter, Step
from vigie.model import Millis

MINUTE: Millis = 60_000
HOUR: Millis = 60 * MINUTE
DAY: Millis = 24 * HOUR
WEEK: Millis = 7 * DAY

_WIDTHS: dict[Step, Millis] = {"10min": 10 * MINUTE, "hour": HOUR, "day": DAY}

_PAUSES: dict[Step, int] = {"10min": 2, "hour": 1, "day": 0}
"""Bars in which a surge may draw breath."""

WEEKS = 8
"""How many earlier weeks are looked at."""

ENOUGH_WEEKS = 2
"""One earlier week says what happened once; from two on one may speak of what is usual."""

NOTICEABLE = 5
"""Below this many posts in one bar nothing is called unusual: three instead of one is no news."""

Unusual: TypeAlias = Literal["", "young", "search"]
"""Why nothing is expected: the archive is younger than two weeks and a bar, or the posts are searched by words."""


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


class Usual(Struct, frozen=True):
    """What the same hours of earlier weeks make us expect: their median and a band around it."""

    middle: float
    low: float
    high: float


class Bar(Struct, frozen=True):
    """Posts written in [start, end)."""

    start: Millis
    end: Millis
    count: int
    usual: Usual | None = None

    @property
    def above(self) -> bool:
        """More than the band, and enough to be noticed."""
        return self.usual is not None and self.count >= NOTICEABLE and self.count > self.usual.high


class Run(Struct, frozen=True):
    """Bars above the band, from ``start`` to the end of the last one; ``over`` when things are as usual again."""

    start: Millis
    end: Millis
    over: bool


class Volume(Struct, frozen=True):
    """Bars from the oldest to the one that holds the present moment, which is not over yet.

    Attributes:
        unusual: why bars expect nothing; empty when they do.
        run: the latest run of bars above the band; None when there was none.
    """

    window: Window
    bars: tuple[Bar, ...]
    unusual: Unusual = ""
    run: Run | None = None

    @property
    def total(self) -> int:
        """Posts in all bars."""
        return sum(bar.count for bar in self.bars)

    @property
    def expected(self) -> int | None:
        """Posts expected over all bars, the present one's share taken as whole; None where nothing is."""
        return None if self.unusual else round(sum(bar.usual.middle for bar in self.bars if bar.usual))

    @property
    def since(self) -> Millis | None:
        """When the run that goes on began; None when things are as usual."""
        return self.run.start if self.run and not self.run.over else None

    @property
    def in_run(self) -> tuple[Bar, ...]:
        """The bars of the latest run, pauses included."""
        run = self.run
        return tuple(bar for bar in self.bars if run.start <= bar.start < run.end) if run else ()

    @property
    def excess(self) -> float:
        """How far the latest run is above the band, in posts."""
        return sum(bar.count - bar.usual.high for bar in self.in_run if bar.above and bar.usual)


class Volumes(Struct, frozen=True):
    """All the chosen queries together, and each by itself (only those that matched anything lately)."""

    together: Volume
    each: Mapping[str, Volume]

    @property
    def above(self) -> tuple[str, ...]:
        """Queries that now find more than usual, the most unusual first."""
        return self._by_excess(over=False)

    @property
    def were_above(self) -> tuple[str, ...]:
        """Queries that found more than usual for a while, and no longer do."""
        return self._by_excess(over=True)

    def _by_excess(self, *, over: bool) -> tuple[str, ...]:
        found = [
            (volume.excess, query) for query, volume in self.each.items() if volume.run and volume.run.over is over
        ]
        return tuple(query for _, query in sorted(found, reverse=True))


def volumes(archive: Archive, where: Filter, window: Window, now: Millis, zone: tzinfo) -> Volumes:
    """The posts that a filter lets through, bar by bar, up to now. The filter's own period is not looked at."""
    return _volumes(archive, where, window, _edges(window, now, zone), zone)


def day(archive: Archive, where: Filter, now: Millis, zone: tzinfo) -> Volumes:
    """The present day in the house's zone, hour by hour from midnight to midnight; hours to come count nothing."""
    midnight = _local(_midnight(now, zone), zone)
    edges = _steps(_millis(midnight), _millis(_wall(midnight, days=1)), HOUR)
    return _volumes(archive, where, Window("day", edges[-1] - edges[0], "hour"), edges, zone, now)


def usual_of(samples: Sequence[int]) -> Usual:
    """Median of what earlier weeks saw, and two spreads around it.

    The spread is the median absolute deviation brought to the scale of a standard deviation (x 1.4826), and at least
    the square root of the median plus one: what chance alone does to a count (Poisson).

    >>> usual_of([4, 6, 5, 7, 40])
    Usual(middle=6.0, low=0.7084973778708186, high=11.291502622129181)
    """
    middle = float(median(samples))
    spread = max(1.4826 * float(median(abs(one - middle) for one in samples)), sqrt(middle + 1))
    return Usual(middle, max(0.0, middle - 2 * spread), middle + 2 * spread)


Counts: TypeAlias = dict[str, Counter[Millis]]
"""Posts by query, then by the start of their bar. The empty name stands for all of them together."""


def _volumes(
    archive: Archive, where: Filter, window: Window, edges: Sequence[Millis], zone: tzinfo, now: Millis | None = None
) -> Volumes:
    """``now``: where the bars go on into the future, the moment after which silence proves nothing."""
    counted = _counts(archive, where, window.step, (edges[0], edges[-1]), zone)
    searched = bool(where.text or where.author)
    usual = {} if searched else _usual(archive, where, window, edges, zone)

    def one(query: str) -> Volume:
        expected = usual.get(query, [None] * (len(edges) - 1))
        spans = zip(edges[:-1], edges[1:], expected, strict=True)
        bars = tuple(Bar(start, end, counted[query][start], band) for start, end, band in spans)
        unusual: Unusual = "search" if searched else "" if any(expected) else "young"
        past = [bar for bar in bars if now is None or bar.start <= now]
        return Volume(window, bars, unusual, _latest_run(past, window.step))

    return Volumes(one(""), {query: one(query) for query in sorted({*counted, *usual}) if query})


def _latest_run(bars: Sequence[Bar], step: Step) -> Run | None:
    """A pause or two does not end a run, and neither does the last bar, which is not over yet."""
    above = [index for index, bar in enumerate(bars) if bar.above]
    if not above:
        return None
    first = last = above.pop()
    while above and first - above[-1] - 1 <= _PAUSES[step]:
        first = above.pop()
    low = len(bars) - 2 - last  # bars that are over and no longer above
    return Run(bars[first].start, bars[last].end, over=low > _PAUSES[step])


def _usual(
    archive: Archive, where: Filter, window: Window, edges: Sequence[Millis], zone: tzinfo
) -> dict[str, list[Usual | None]]:
    """What each bar may expect. Bars shorter than a day look half an hour or an hour around as well, so that the
    band is calm; weeks are counted on the wall clock, so that 8 h stays 8 h when the clocks change."""
    width = _WIDTHS[window.step]
    around = {"10min": 3 * width, "hour": width, "day": 0}[window.step]
    first = _first(archive, where, edges[-1])
    samples = {query: [[] for _ in edges[:-1]] for query in first}  # type: dict[str, list[list[int]]]
    weeks = {query: [0] * (len(edges) - 1) for query in first}
    for week in range(1, WEEKS + 1):
        then = [_millis(_wall(_local(edge, zone), days=-7 * week)) for edge in edges]
        if not first or then[-2] < min(first.values()):
            break
        counted = _counts(archive, where, window.step, (then[0] - around, then[-1] + around), zone)
        for query, start_of_all in first.items():
            for index, start in enumerate(then[:-1]):
                if start >= start_of_all:
                    weeks[query][index] += 1
                    near = range(start - around, start + around + 1, width)
                    samples[query][index] += [counted[query][at] for at in near]
    return {
        query: [
            usual_of(one) if seen >= ENOUGH_WEEKS else None
            for one, seen in zip(samples[query], weeks[query], strict=True)
        ]
        for query in first
    }


def _first(archive: Archive, where: Filter, until: Millis) -> dict[str, Millis]:
    """The first day on which each query matched anything: before it, its silence proves nothing."""
    counted = _counts(archive, where, "day", (until - (WEEKS + 1) * WEEK - 31 * DAY, until), UTC)
    return {query: min(days) for query, days in counted.items() if days}


def _counts(archive: Archive, where: Filter, step: Step, between: tuple[Millis, Millis], zone: tzinfo) -> Counts:
    """Days are the house's, so they are put together from hours."""
    counted: Counts = defaultdict(Counter)
    narrow = structs.replace(where, since=between[0], until=between[1])
    whole = step == "day" and zone is UTC
    for bucket in archive.volume(narrow, "hour" if step == "day" and not whole else step):
        start = _midnight(bucket.start, zone) if step == "day" else bucket.start
        counted[bucket.query][start] += bucket.count
        counted[""][start] += bucket.count
    return counted


def _edges(window: Window, now: Millis, zone: tzinfo) -> list[Millis]:
    """Starts of the bars, and the end of the last one."""
    if window.step == "day":
        today = _local(_midnight(now, zone), zone)
        days = window.length // DAY
        return [_millis(_wall(today, days=back)) for back in range(1 - days, 2)]
    width = _WIDTHS[window.step]
    end = now - now % width + width
    return _steps(end - window.length, end, width)


def _steps(start: Millis, end: Millis, width: Millis) -> list[Millis]:
    return list(range(start, end + 1, width))


def _midnight(at: Millis, zone: tzinfo) -> Millis:
    return _millis(_local(at, zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0))


def _local(at: Millis, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at / 1000, zone)


def _wall(at: datetime, *, days: int) -> datetime:
    return (at + timedelta(days=days)).replace(fold=0)


def _millis(at: datetime) -> Millis:
    return round(at.timestamp() * 1000)
