"""The demo world watched over as `listen` does it: what its tripwires call, and how often they are wrong.

The house of the story sends all of its posts with Vigie but the slip (`vigie.world.sent_by_the_house`). Told once with
the crisis, then as months in which nothing goes wrong, each with another seed.
"""

import random
import tempfile
from collections import Counter, deque
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from msgspec import Struct, structs

from vigie.app.vocabulary import vocabulary
from vigie.app.watching import Known, build_watch, own_accounts
from vigie.charter import parse
from vigie.flows.alarm import Watchtower
from vigie.flows.own_words import OwnWords
from vigie.flows.surges import Surges
from vigie.flows.tripwire import Tripwires
from vigie.judge import screen
from vigie.model import Act, Batch, Deleted, Incident, Millis, Post
from vigie.store import open_store
from vigie.world import Chance, Line, charter, generate, sent_by_the_house

DAY: Millis = 86_400_000
MINUTE: Millis = 60_000
START: Millis = 1_792_569_600_000
"""2026-10-21, 08:00 UTC."""
BATCH: Millis = MINUTE
LEARNING: Millis = 7 * DAY
RATE = 0.45
"""The demo's own."""


class Called(Struct, frozen=True):
    """An incident.

    Attributes:
        story: what goes wrong in the world: that of the post, or of most posts of a surge; empty for a false alarm.
        late: from the post, or from the first post of that story that the query found, to the incident.
    """

    at: Millis
    reason: str
    query: str
    story: str
    late: Millis


class Truths:
    """What the world says of its posts, kept apart from everything that judges them."""

    def __init__(self) -> None:
        self._stories: dict[str, tuple[str, Millis]] = {}
        self._lately: deque[tuple[Millis, str, tuple[str, ...]]] = deque()
        self._first: dict[tuple[str, str], Millis] = {}

    def hear(self, lines: list[Line]) -> None:
        """What happened in the meantime."""
        for line in lines:
            story, queries = line.truth.story, line.truth.expected_queries
            self._stories.setdefault(line.event.remote_id, (story, line.at))
            if isinstance(line.event, Post):
                self._lately.append((line.at, story, queries))
                for query in queries:
                    self._first.setdefault((query, story), line.at)

    def of(self, incident: Incident, now: Millis) -> Called:
        """What an incident really is about."""
        if incident.origin != "surge":
            story, at = self._stories[incident.remote_id]
            return Called(now, incident.reason, incident.query, story, now - at)
        while self._lately and self._lately[0][0] < now - 30 * MINUTE:
            self._lately.popleft()
        found = Counter(story for _, story, queries in self._lately if incident.query in queries)
        story, count = next(((s, n) for s, n in found.most_common() if s), ("", 0))
        story = story if 2 * count > sum(found.values()) else ""
        return Called(now, incident.reason, incident.query, story, now - self._first.get((incident.query, story), now))


def watched(
    since: Millis, until: Millis, seed: int = 7, *, crisis_at: Millis | None = None, learning: Millis = LEARNING
) -> list[Called]:
    """Everything that opens an incident in that time, but for the first days: they teach what is usual."""

    def dice(name: str) -> Chance:
        return random.Random(f"{seed}:{name}")

    lines = generate(dice, since, until, crisis_at=crisis_at, rate=RATE)
    with tempfile.TemporaryDirectory() as folder:
        return [called for called in _watched(lines, since, Path(folder)) if called.at >= since + learning]


def _watched(lines: Iterator[Line], since: Millis, folder: Path) -> Iterator[Called]:
    written = parse(charter(), vocabulary())
    store = open_store(folder / "vigie.db", role="listen")
    store.archive.set_queries([(query.id, query.match) for query in written.queries], since)
    tower = Watchtower(store.archive, store.publications, store.incidents, store.notices, store.signals)
    accounts = own_accounts(written, {})
    known = Known(store.archive, (), since)
    watch = build_watch(written, known, {})
    words, wires, surges = OwnWords(tower, sent_by_the_house), Tripwires(tower), Surges(tower)
    words.follow(written, accounts, (), since)
    wires.follow(written, accounts)
    surges.follow(written)
    truths = Truths()
    for slot, some in groupby(lines, lambda line: line.at // BATCH):
        now, told = (slot + 1) * BATCH, [*some]
        truths.hear(told)
        batch = _batch(told, now)
        found = words.look(batch, now)
        sightings = screen(batch.posts, watch)
        store.archive.append("demo", batch, sightings, now)
        found += wires.look([one for one in sightings if one.post.remote_id not in known], now)
        known.add(one.post.remote_id for one in sightings)
        found += surges.step(now)
        for one in found:
            now_it_is = store.incidents.get(one.id)
            if now_it_is is not None and not now_it_is.ended:
                yield truths.of(one, now)
                act = Act(now, "odile", "incident.resolved", f"incident:{one.id}")  # so that the next one is counted
                store.incidents.change(structs.replace(now_it_is, state="resolved", resolved_at=now), [], act)
    store.close()


def _batch(lines: list[Line], now: Millis) -> Batch:
    posts = tuple(line.event for line in lines if isinstance(line.event, Post))
    gone = tuple(line.event for line in lines if isinstance(line.event, Deleted))
    return Batch(posts, gone, latest=now, events=len(lines))
