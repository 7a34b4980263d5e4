"""What asks for somebody now: queries above their usual level, sources in trouble, queries to look at again."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from msgspec import Struct, structs

from vigie.charter import Charter
from vigie.flows.mentions import Row, Watched, listing
from vigie.flows.ports.archive import Archive, Filter
from vigie.flows.sources import health
from vigie.flows.volume import DAY, WEEK, WINDOWS, Volume, Volumes, day, volumes
from vigie.model import Millis, SourceState

MONTH: Millis = 30 * DAY

TOO_MANY = 500
"""Mentions a day beyond which nobody reads a query's mentions: at ten seconds each they take more than an hour."""

SETTLED: Millis = 3 * DAY
"""An archive younger than this says nothing about a query that has found nothing."""

LATEST = 2
"""Mentions shown of each query; one that several match is shown once."""


class Surge(Struct, frozen=True):
    """A query above its usual level: ``count`` posts since ``since``, ``expected`` in the same time.

    ``until`` is when things were as usual again; None while they are not.
    """

    query: str
    since: Millis
    until: Millis | None
    count: int
    expected: int


class Flood(Struct, frozen=True):
    """A query that finds more than anybody reads."""

    query: str
    a_day: int


class Lately(Struct, frozen=True):
    """A query's latest mentions, and how many there are since midnight."""

    query: str
    rows: tuple[Row, ...]
    today: int


class Today(Struct, frozen=True):
    """The day so far. ``tide`` runs from midnight to midnight in the house's zone."""

    tide: Volume
    surges: tuple[Surge, ...]
    troubled: tuple[SourceState, ...]
    silent: tuple[str, ...]
    floods: tuple[Flood, ...]
    lately: tuple[Lately, ...]
    latest: Millis | None

    @property
    def calm(self) -> bool:
        """Nobody is needed."""
        return not (self.surges or self.troubled or self.silent or self.floods)


def today(archive: Archive, charter: Charter, watch: Watched, now: Millis, zone: tzinfo) -> Today:
    """Reads what the page shows; surges are those of the last six hours, also when they are over. Queries above their
    usual level come first, then those heard last."""
    ids = [query.id for query in charter.queries]
    hours = volumes(archive, Filter(), WINDOWS["6h"], now, zone)
    tide = day(archive, Filter(), now, zone)
    month = _by_query(archive, now - MONTH)
    silent, floods = _to_look_at(ids, month, now)
    heard = [one for one in (_lately(archive, id, watch, tide) for id in ids) if one.rows]
    heard.sort(key=lambda one: (one.query not in hours.above, -_written(one)))
    latest = max((_written(one) for one in heard), default=None)
    return Today(
        tide=tide.together,
        surges=tuple(_surge(id, hours.each[id]) for id in (*hours.above, *hours.were_above) if id in ids),
        troubled=tuple(state for state in archive.sources() if health(state, now) in {"down", "slow"}),
        silent=silent,
        floods=floods,
        lately=_once(heard),
        latest=latest,
    )


def so_far(tide: Volume, now: Millis) -> tuple[int, int | None]:
    """Posts since midnight, and how many a usual day would have had by now."""
    return tide.total, tide.expected_by(now)


def _surge(query: str, volume: Volume) -> Surge:
    bars, run = volume.in_run, volume.run
    expected = round(sum(bar.usual.middle for bar in bars if bar.usual))
    until = run.end if run and run.over else None
    return Surge(query, bars[0].start, until, sum(bar.count for bar in bars), expected)


def _by_query(archive: Archive, since: Millis) -> Mapping[str, Mapping[Millis, int]]:
    found: dict[str, dict[Millis, int]] = {}
    for bucket in archive.volume(Filter(since=since), "day"):
        found.setdefault(bucket.query, {})[bucket.start] = bucket.count
    return found


def _to_look_at(
    ids: Sequence[str], month: Mapping[str, Mapping[Millis, int]], now: Millis
) -> tuple[tuple[str, ...], tuple[Flood, ...]]:
    first = min((start for days in month.values() for start in days), default=now)
    silent = tuple(id for id in ids if not month.get(id)) if now - first >= SETTLED else ()
    floods = []
    for id in ids:
        week = {start: n for start, n in month.get(id, {}).items() if start > now - WEEK - DAY}
        a_day = sum(week.values()) // max(1, len(week))
        if a_day > TOO_MANY:
            floods.append(Flood(id, a_day))
    return silent, tuple(floods)


def _lately(archive: Archive, query: str, watch: Watched, tide: Volumes) -> Lately:
    found = listing(archive, Filter(queries=(query,)), watch, "", 4 * LATEST)
    mine = tide.each.get(query)
    return Lately(query, found.rows, mine.total if mine else 0)


def _once(heard: Sequence[Lately]) -> tuple[Lately, ...]:
    """Each mention under the first query that matched it."""
    seen: set[int] = set()
    out = []
    for one in heard:
        rows = tuple(row for row in one.rows if row.mention.id not in seen)[:LATEST]
        seen |= {row.mention.id for row in rows}
        out.append(structs.replace(one, rows=rows))
    return tuple(one for one in out if one.rows)


def _written(one: Lately) -> Millis:
    return one.rows[0].mention.post.created_at
