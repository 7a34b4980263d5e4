"""How much is said, over time, beside what is usual for the same hours of the week.

What is usual is defined in `vigie.flows.usual`. A run of unusual bars begins with one above its band when the half hour
up to its end (in longer windows: the bar itself) is clearly above what was expected, by three spreads and by eight
posts. It goes on while bars are above their band, and is over when they are back within it. A single bar of five where
two are usual is not marked.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import tzinfo
from itertools import pairwise
from typing import Literal, TypeAlias

from msgspec import Struct, structs

from vigie.flows.bars import DAY, HOUR, MINUTE, WEEK, WINDOWS, Window, edges_of_day, edges_of_window, weeks_before
from vigie.flows.ports.archive import Archive, Filter, Step
from vigie.flows.usual import ENOUGH_WEEKS, WEEKS, Expected, Interval, Tally, Usual, dispersion, expected, usual_of
from vigie.model import Millis

__all__ = ["DAY", "HOUR", "MINUTE", "WEEK", "WINDOWS", "Bar", "Run", "Volume", "Volumes", "Window", "day", "volumes"]


class Grain(Struct, frozen=True):
    """How bars of one width are judged.

    Attributes:
        width: of a bar.
        around: how much on either side of a bar helps to say what is usual in it.
        lately: the stretch up to a bar's end that must be clearly above for a run to begin there.
        pauses: bars in which a run may draw breath.
    """

    width: Millis
    around: Millis
    lately: Millis
    pauses: int


_GRAINS: dict[Step, Grain] = {
    "10min": Grain(10 * MINUTE, around=30 * MINUTE, lately=30 * MINUTE, pauses=2),
    "hour": Grain(HOUR, around=HOUR, lately=HOUR, pauses=1),
    "day": Grain(DAY, around=0, lately=DAY, pauses=0),
}

Unusual: TypeAlias = Literal["", "young", "search"]
"""Why nothing is expected: the archive is younger than two weeks and a bar, or the posts are searched by words."""


class Bar(Struct, frozen=True):
    """Posts written in [start, end). ``above``: over its band, in a run of unusual bars."""

    start: Millis
    end: Millis
    count: int
    usual: Usual | None = None
    above: bool = False

    @property
    def over_band(self) -> bool:
        """More than the band, which now and then happens by chance."""
        return self.usual is not None and self.count > self.usual.high


class Run(Struct, frozen=True):
    """Unusual bars, from ``start`` to the end of the last one; ``over`` when things are as usual again."""

    start: Millis
    end: Millis
    over: bool


class Volume(Struct, frozen=True):
    """Bars from the oldest to the one that holds the present moment, which is not over yet.

    Attributes:
        unusual: why bars expect nothing; empty when they do.
        run: the latest run of unusual bars; None when there was none.
        weeks: the counts of the same bars in each earlier week that the archive knows whole.
    """

    window: Window
    bars: tuple[Bar, ...]
    unusual: Unusual = ""
    run: Run | None = None
    weeks: tuple[tuple[int, ...], ...] = ()

    @property
    def total(self) -> int:
        """Posts in all bars."""
        return sum(bar.count for bar in self.bars)

    @property
    def usual(self) -> Usual | None:
        """Of all bars together, the present one taken as whole; None before two weeks can be compared."""
        return usual_of([sum(week) for week in self.weeks]) if len(self.weeks) >= ENOUGH_WEEKS else None

    @property
    def expected(self) -> int | None:
        """Posts expected over all bars: the median of what they held in earlier weeks."""
        return round(self.usual.middle) if self.usual else None

    def expected_by(self, now: Millis) -> int | None:
        """The same up to a moment; the bar that holds it counts in part."""
        if len(self.weeks) < ENOUGH_WEEKS:
            return None
        parts = [min(1.0, max(0.0, (now - bar.start) / (bar.end - bar.start))) for bar in self.bars]
        by_now = [round(sum(n * part for n, part in zip(week, parts, strict=True))) for week in self.weeks]
        return round(usual_of(by_now).middle)

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
    """All the chosen queries together, each post once, and each by itself (only those that matched anything lately)."""

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
    return _volumes(archive, where, window, edges_of_window(window, now, zone), zone, now)


def day(archive: Archive, where: Filter, now: Millis, zone: tzinfo) -> Volumes:
    """The present day in the house's zone, hour by hour from midnight to midnight; hours to come count nothing."""
    edges = edges_of_day(now, zone)
    return _volumes(archive, where, Window("day", edges[-1] - edges[0], "hour"), edges, zone, now)


def _volumes(
    archive: Archive, where: Filter, window: Window, edges: Sequence[Millis], zone: tzinfo, now: Millis
) -> Volumes:
    searched = bool(where.text or where.author)
    weeks = [] if searched else weeks_before(edges, zone, WEEKS)
    first = _first(archive, where, weeks[-1][0], edges[-1]) if weeks else {}
    weeks = [week for week in weeks if first and week[-2] >= min(first.values())]
    tallies = _tallies(archive, where, window.step, [edges, *weeks])

    def one(query: str) -> Volume:
        found = _volume(window, edges, now, tallies.get(query, Tally(())), weeks, first.get(query, now))
        return structs.replace(found, unusual="search") if searched else found

    each = {query: one(query) for query in sorted({*tallies, *first} - {""})}
    only = each.get(where.queries[0]) if len(where.queries) == 1 else None
    return Volumes(only or one(""), each)


def _volume(
    window: Window, edges: Sequence[Millis], now: Millis, tally: Tally, weeks: Sequence[Sequence[Millis]], first: Millis
) -> Volume:
    """``weeks`` are the same edges in earlier weeks; before ``first`` silence proves nothing."""
    grain = _GRAINS[window.step]
    spans = list(pairwise(edges))
    before = [[(week[i], week[i + 1]) for week in weeks if week[i] >= first] for i in range(len(spans))]
    ahead = [_lately_expected(tally, bar, grain) if len(bar) >= ENOUGH_WEEKS else None for bar in before]
    scatter = dispersion(
        [
            (one, [tally.between(*_lately(span, grain)) for span in bar])
            for one, bar in zip(ahead, before, strict=True)
            if one
        ]
    )
    bars = [
        Bar(*span, tally.between(*span), expected(tally, bar, grain.around).usual(scatter) if one else None)
        for span, bar, one in zip(spans, before, ahead, strict=True)
    ]
    clear = [
        one is not None and one.is_clearly_exceeded_by(tally.between(*_lately(span, grain)), scatter)
        for span, one in zip(spans, ahead, strict=True)
    ]
    runs = _runs([bar for bar in bars if bar.start <= now], clear, grain.pauses)
    return Volume(
        window=window,
        bars=tuple(_marked(bar, runs) for bar in bars),
        unusual="" if any(ahead) else "young",
        run=runs[-1] if runs else None,
        weeks=tuple(tuple(tally.between(*span) for span in pairwise(week)) for week in weeks if week[0] >= first),
    )


def _lately_expected(tally: Tally, before: Sequence[Interval], grain: Grain) -> Expected:
    return expected(tally, [_lately(bar, grain) for bar in before], grain.around)


def _lately(bar: Interval, grain: Grain) -> Interval:
    """The half hour up to a bar's end; the bar itself where that is longer, as a day of twenty-five hours is."""
    start, end = bar
    return min(start, end - grain.lately), end


def _runs(bars: Sequence[Bar], clear: Sequence[bool], pauses: int) -> list[Run]:
    """A pause or two does not end a run, and neither does the last bar, which is not over yet."""
    found: list[tuple[int, int]] = []
    for index, bar in enumerate(bars):
        if not bar.over_band:
            continue
        if found and index - found[-1][1] - 1 <= pauses:
            found[-1] = found[-1][0], index
        elif clear[index]:
            first = index
            while first > 0 and bars[first - 1].over_band:
                first -= 1
            found.append((first, index))
    return [Run(bars[first].start, bars[last].end, over=len(bars) - 2 - last > pauses) for first, last in found]


def _marked(bar: Bar, runs: Sequence[Run]) -> Bar:
    inside = any(run.start <= bar.start < run.end for run in runs)
    return structs.replace(bar, above=True) if inside and bar.over_band else bar


def _first(archive: Archive, where: Filter, since: Millis, until: Millis) -> dict[str, Millis]:
    """From when on each query's silence proves something: from the day after its first match, or from when it came into
    force. A query as old as the archive's first ones was asked of everything in it."""
    found: dict[str, Millis] = {}
    for bucket in archive.volume(structs.replace(where, since=since, until=until), "day"):
        found[bucket.query] = min(bucket.start + DAY, found.get(bucket.query, until))
    began = archive.queries_since()
    start_of_all = min([*found.values(), *began.values()], default=until)
    for query in found.keys() & began.keys():
        asked_since = start_of_all if began[query] == min(began.values()) else began[query]
        found[query] = min(found[query], asked_since)
    return found


def _tallies(archive: Archive, where: Filter, step: Step, stretches: Sequence[Sequence[Millis]]) -> dict[str, Tally]:
    """Each query's counts in these stretches of time and a little around them. Days are the house's, so they are put
    together from hours; hours of a zone whose hours are not everybody's, from ten minutes."""
    grain = _GRAINS[step]
    uneven = step == "hour" and any(stretch[0] % HOUR for stretch in stretches)
    fine: Step = "10min" if step == "10min" or uneven else "hour"
    counted: dict[str, list[tuple[Millis, int]]] = defaultdict(list)
    reach = grain.around + grain.lately
    for since, until in _merged([(one[0] - reach, one[-1] + reach) for one in stretches]):
        for bucket in archive.volume(structs.replace(where, since=since, until=until), fine):
            counted[bucket.query].append((bucket.start, bucket.count))
    return {query: Tally(counts) for query, counts in counted.items()}


def _merged(intervals: Sequence[Interval]) -> list[Interval]:
    """Those that overlap as one.

    >>> _merged([(20, 30), (0, 10), (5, 12)])
    [(0, 12), (20, 30)]
    """
    merged: list[Interval] = []
    for since, until in sorted(intervals):
        if merged and since <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], until)
        else:
            merged.append((since, until))
    return merged
