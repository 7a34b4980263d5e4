"""A query that leaves its past behind opens an incident once, after restarts too; a short past says nothing."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.tower import HOUR, MINUTE, NOW, House, batch, charter, somebody
from vigie.charter import Charter
from vigie.flows.surges import LATE, Surges, learning
from vigie.model import Incident, Millis, Post, Sighting
from vigie.signals.surge import LAG, WARM

WIRE = {"id": "wave", "on": "surge", "query": "brand", "at_least": 1.5}
STEP = 5 * MINUTE
WEEK = 7 * 24 * HOUR


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    made.store.archive.set_queries([("brand", "maison"), ("storm", "tempête")], NOW - 2 * WEEK)
    yield made
    made.store.close()


def say(house: House, count: int, since: Millis, until: Millis, query: str = "brand") -> None:
    """So many mentions, spread by chance."""
    chance = random.Random(count)
    at = sorted(chance.randrange(since, until) for _ in range(count))
    posts = [Post("bluesky", f"at://p/{query}{since}/{n}", somebody(n), "Maison", when) for n, when in enumerate(at)]
    for start in range(0, count, 1000):
        some = posts[start : start + 1000]
        house.store.archive.append("jetstream", batch(*some), [Sighting(one, (query,), "match") for one in some], until)


def surges(house: House, written: Charter) -> Surges:
    made = Surges(house.tower)
    made.follow(written)
    return made


def run(watch: Surges, since: Millis, until: Millis) -> list[Incident]:
    """The steps of a while."""
    return [one for at in range(since + LATE, until + LATE + 1, STEP) for one in watch.step(at)]


def test_a_wave_opens_one_incident_with_the_past_taken_from_the_counters(house: House) -> None:
    say(house, 3_000, NOW - WEEK, NOW)
    watch = surges(house, charter(WIRE))
    assert run(watch, NOW, NOW + HOUR) == []
    assert learning(house.store.signals, charter(WIRE)) == {}
    say(house, 400, NOW + HOUR, NOW + 2 * HOUR)
    found = run(watch, NOW + HOUR, NOW + 2 * HOUR)
    assert len({one.id for one in found}) == 1
    assert (found[0].origin, found[0].query, found[0].channels) == ("surge", "brand", ())
    (pause,) = house.store.publications.pauses()
    assert pause.channels == ()  # whatever it is about, nothing goes out before somebody has looked


def test_a_short_past_says_nothing(house: House) -> None:
    watch = surges(house, charter(WIRE))
    say(house, 20, NOW, NOW + 2 * HOUR)
    say(house, 500, NOW + 2 * HOUR, NOW + 3 * HOUR)
    assert run(watch, NOW, NOW + 3 * HOUR) == []
    assert learning(house.store.signals, charter(WIRE)) == {"brand": (LAG + WARM + 1) * STEP - 3 * HOUR}


def test_a_restart_counts_what_came_meanwhile_and_tells_nothing_twice(house: House) -> None:
    say(house, 3_000, NOW - WEEK, NOW)
    say(house, 400, NOW, NOW + HOUR)
    told = run(surges(house, charter(WIRE)), NOW, NOW + HOUR)
    assert told != []
    again = run(surges(house, charter(WIRE)), NOW, NOW + HOUR)
    assert again == []
    say(house, 3, NOW + HOUR, NOW + 5 * HOUR)
    assert run(surges(house, charter(WIRE)), NOW + 5 * HOUR, NOW + 5 * HOUR + STEP) == []


def test_a_query_that_asks_something_else_has_no_past(house: House) -> None:
    say(house, 3_000, NOW - WEEK, NOW)
    watch = surges(house, charter(WIRE))
    run(watch, NOW, NOW + STEP)
    house.store.archive.set_queries([("brand", "maison OR boutique"), ("storm", "tempête")], NOW + STEP)
    say(house, 400, NOW + STEP, NOW + HOUR)
    assert run(watch, NOW + STEP, NOW + HOUR) == []


def test_each_query_has_a_past_of_its_own(house: House) -> None:
    say(house, 2_000, NOW - WEEK, NOW)
    say(house, 2_000, NOW - WEEK, NOW, "storm")
    say(house, 400, NOW, NOW + HOUR, "storm")
    wires = [WIRE | {"then": "alert"}, WIRE | {"id": "other", "query": "storm", "then": "alert"}]
    found = run(surges(house, charter(*wires)), NOW, NOW + HOUR)
    assert {one.query for one in found} == {"storm"}
    assert house.store.publications.pauses() == []
