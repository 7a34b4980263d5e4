"""Five weeks of the demo world: ordinary weeks are called ordinary, and the crisis is seen at once."""

import random
from collections import defaultdict
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from flows.counted import Counted
from vigie.flows.ports.archive import Filter
from vigie.flows.volume import DAY, HOUR, MINUTE, WEEK, WINDOWS, volumes
from vigie.model import Post
from vigie.networks.demo.options import Options
from vigie.world import generate

PARIS = ZoneInfo("Europe/Paris")
NOW = 1_795_161_600_000  # Friday 20 November 2026, 08:00 UTC
CRISIS = NOW + 2 * MINUTE
QUERIES = ("marque", "livraison", "tempete", "concurrents", "metier", "presse")
SINCE = dict.fromkeys(QUERIES, NOW)


def mentions(since, until, crisis=None):
    """(queries, written at) of what the demo's queries find, with the options that a demo has by itself."""
    plain = Options()
    lines = generate(
        lambda name: random.Random(f"{plain.seed}:{name}"),
        since,
        until,
        crisis_at=crisis,
        pace=plain.crisis_minutes / 50,
        rate=plain.rate / 100,
    )
    return [
        (line.truth.expected_queries, line.at)
        for line in lines
        if isinstance(line.event, Post)
        and line.event.edited_at is None
        and line.truth.expected_queries
        and line.truth.kind != "own"
    ]


@cache
def ordinary():
    """Five weeks and a day, and a week more, in which nothing happens."""
    return mentions(NOW - Options().days * DAY, NOW + WEEK)


@cache
def eventful():
    """The same five weeks up to the first hour of the crisis. It casts its shadow ten days before."""
    parting = NOW - 10 * DAY
    return [one for one in ordinary() if one[1] < parting] + mentions(parting, NOW + HOUR, CRISIS)


def by_name(found):
    return {"": found.together, **found.each}


@pytest.mark.parametrize(("name", "every"), [("6h", HOUR), ("24h", 4 * HOUR), ("7d", DAY)])
def test_an_ordinary_week_is_ordinary(name, every):
    """Fewer than two false alarms a week, for each query and for all together."""
    archive = Counted(ordinary(), SINCE)
    runs = defaultdict(set)
    for now in range(NOW, NOW + WEEK, every):
        for query, volume in by_name(volumes(archive, Filter(), WINDOWS[name], now, PARIS)).items():
            if volume.run and volume.run.start >= NOW:
                runs[query].add(volume.run.start)
    assert {query: len(starts) for query, starts in runs.items() if len(starts) >= 2} == {}


@pytest.mark.parametrize("name", ["6h", "24h"])
def test_what_is_expected_is_what_comes(name):
    """Over a week the expected totals are the real ones within a tenth, where sums of medians were a third."""
    archive = Counted(ordinary(), SINCE)
    windows = [
        volumes(archive, Filter(), WINDOWS[name], now, PARIS).together
        for now in range(NOW, NOW + WEEK, WINDOWS[name].length)
    ]
    real, foreseen = sum(one.total for one in windows), sum(one.expected for one in windows)
    assert foreseen == pytest.approx(real, rel=0.1)
    assert sum(bar.usual.middle for one in windows for bar in one.bars) == pytest.approx(real, rel=0.1)


def test_the_crisis_is_marked_within_minutes():
    posts = eventful()
    for minutes in range(1, 21):
        now = CRISIS + minutes * MINUTE
        heard = Counted([(queries, at) for queries, at in posts if at < now], SINCE)
        found = volumes(heard, Filter(), WINDOWS["6h"], now, PARIS)
        if {"marque", "tempete"} <= {*found.above}:
            break
    assert minutes <= 10
    assert found.together.since is not None
    assert CRISIS - found.each["tempete"].since < 10 * MINUTE


def test_the_crisis_is_over_when_it_is():
    found = volumes(Counted(eventful(), SINCE), Filter(), WINDOWS["6h"], NOW + HOUR, PARIS)
    run = found.each["tempete"].run
    assert run is not None
    assert sum(bar.count for bar in found.each["tempete"].in_run) > 300
