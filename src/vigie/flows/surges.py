"""Surges: each query that the charter's tripwires name, held against its own past every five minutes."""

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from vigie.charter import Charter, Tripwire
from vigie.flows.alarm import Alarm, Watchtower, sound
from vigie.flows.ports.archive import Filter
from vigie.flows.ports.signals import Signals
from vigie.flows.remembered import remember, remembered
from vigie.model import Incident, Millis
from vigie.signals.surge import LAG, MEMORY, STEP, Reading, Surge

LATE: Millis = 30_000
"""What was written in five minutes is counted this long after their end: some of it arrives late."""
NEWS: Millis = 30 * 60_000
"""A surge seen later than this, after a pause of Vigie's, is history and calls nobody."""
_PAGE = 500
_TEN: Millis = 600_000
_PAST: Millis = (MEMORY + LAG) * STEP


class _Kept(Struct):
    """A query's state: its version, the end of the last five minutes counted, and what they were."""

    version: int
    until: Millis
    surge: bytes


class _Following(Struct):
    version: int
    until: Millis
    surge: Surge


def learning(signals: Signals, charter: Charter) -> dict[str, Millis]:
    """The queries of surge tripwires whose past is still too short to say anything, and how much longer it takes."""
    found = {}
    for wire in charter.crisis.pause_when:
        if wire.on == "surge":
            kept = remembered(signals, f"query:{wire.query}", _Kept)
            surge = (kept and Surge.from_bytes(kept.surge)) or Surge()
            if surge.cold_for:
                found[wire.query] = surge.cold_for * STEP
    return found


class Surges:
    """One caller at a time."""

    def __init__(self, tower: Watchtower) -> None:
        self._tower = tower
        self._charter: Charter | None = None
        self._wires: tuple[Tripwire, ...] = ()
        self._followed: dict[str, _Following] = {}

    def follow(self, charter: Charter) -> None:
        """Takes a charter over."""
        self._charter = charter
        self._wires = tuple(wire for wire in charter.crisis.pause_when if wire.on == "surge")

    def step(self, now: Millis) -> list[Incident]:
        """Counts all the five minutes that have ended meanwhile."""
        end = (now - LATE) // STEP * STEP
        queries = sorted({wire.query for wire in self._wires})
        due = [one for one in self._due(queries, end) if one[1].until < end]
        if not due:
            return []
        found: list[Incident] = []
        for start in range(min(one.until for _, one in due), end, STEP):
            counts = self._counts([id for id, _ in due], start)
            for id, one in due:
                if one.until == start:
                    reading = one.surge.update(counts[id])
                    one.until = start + STEP
                    if now - one.until <= NEWS:
                        found += self._judge(id, one, reading, now)
        kept = {f"query:{id}": _Kept(one.version, one.until, one.surge.to_bytes()) for id, one in due}
        remember(self._tower.signals, kept)
        return found

    def _due(self, queries: list[str], end: Millis) -> Iterator[tuple[str, _Following]]:
        versions = {one.id: one.number for one in self._tower.archive.queries()}
        for id in queries:
            version = versions.get(id, 0)
            one = self._followed.get(id)
            if one is None or one.version != version:
                one = self._followed[id] = self._begun(id, version, end)
            yield id, one

    def _begun(self, id: str, version: int, end: Millis) -> _Following:
        """As it was left; else with a past made of the counters. A query that asks something else now has none."""
        kept = remembered(self._tower.signals, f"query:{id}", _Kept)
        before = Surge.from_bytes(kept.surge) if kept else None
        if kept and before and kept.version == version and end - kept.until <= _PAST:
            return _Following(version, kept.until, before)
        surge = Surge()
        if not before and version <= 1:
            for count in self._past(id, end):
                surge.update(count)
        return _Following(version, end, surge)

    def _past(self, id: str, end: Millis) -> Iterator[int]:
        """Counts of five minutes, from those of ten: each is cut in half."""
        since = end - _PAST
        buckets = self._tower.archive.volume(Filter(queries=(id,), since=since, until=end), "10min")
        counts = {bucket.start: bucket.count for bucket in buckets if bucket.query == id}
        if not counts:
            return
        for start in range(min(counts), end, STEP):
            count = counts.get(start // _TEN * _TEN, 0)
            yield count // 2 + (count % 2 if start % _TEN else 0)

    def _counts(self, queries: list[str], start: Millis) -> Counter[str]:
        found: Counter[str] = Counter()
        where, after = Filter(queries=tuple(queries), since=start, until=start + STEP), ""
        while True:
            page = self._tower.archive.mentions(where, after, _PAGE)
            for mention in page.mentions:
                found.update(mention.queries)
            if not page.next:
                return found
            after = page.next

    def _judge(self, id: str, one: _Following, reading: Reading, now: Millis) -> Iterator[Incident]:
        """A past shorter than a day says nothing yet."""
        fired = [wire for wire in self._wires if wire.query == id and reading.score >= wire.at_least]
        if not fired or not reading.fresh or not reading.warm:
            return
        one.surge.tell(reading.score)
        wire = next((wire for wire in fired if wire.then == "pause"), fired[0])
        values: dict[str, str | int | float] = {
            "query": id,
            "tripwire": wire.id,
            "score": round(reading.score, 1),
            "count": round(reading.recent),
            "usual": round(reading.usual),
        }
        alarm = Alarm(
            origin="surge",
            reason="surge",
            key=f"surge:{id}",
            channels=wire.channels,
            values=values,
            query=id,
            facts={"surge": {"until": one.until, **values}},
            then=wire.then,
        )
        yield sound(alarm, self._tower, self._charter, now)
