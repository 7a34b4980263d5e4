"""How much is said beside what is usual: counted on the house's clock, silent where it cannot know."""

from zoneinfo import ZoneInfo

import pytest

from flows.counted import Counted
from vigie.flows.ports.archive import Filter
from vigie.flows.today import so_far
from vigie.flows.volume import DAY, HOUR, MINUTE, WEEK, WINDOWS, day, volumes
from vigie.store import open_store
from web.listening.talk import lay, post

PARIS = ZoneInfo("Europe/Paris")
NOW = 1_794_501_720_000  # Thursday 12 November 2026, 17:42 in Paris
DAYLIGHT = 1_792_918_800_000  # Sunday 25 October 2026, 10:00 in Paris: the clocks went back that night


def steady(query="brand", weeks=6, a_bar=3, until=NOW):
    """So many posts in each ten minutes, for some weeks."""
    return [
        (query, at + k) for at in range(until - weeks * WEEK, until, 10 * MINUTE) for k in range(a_bar)
    ]  # fmt: skip


@pytest.mark.parametrize("name", WINDOWS)
def test_bars_reach_from_then_to_the_present_one(name):
    found = volumes(Counted([]), Filter(), WINDOWS[name], NOW, PARIS).together
    assert found.bars[-1].start <= NOW < found.bars[-1].end
    assert all(one.end == two.start for one, two in zip(found.bars, found.bars[1:], strict=False))
    assert NOW - found.bars[0].start <= WINDOWS[name].length + DAY
    assert (found.total, found.unusual, found.since) == (0, "young", None)


def test_nothing_is_expected_before_two_weeks():
    young = volumes(Counted(steady(weeks=1)), Filter(), WINDOWS["6h"], NOW, PARIS).together
    grown = volumes(Counted(steady(weeks=4)), Filter(), WINDOWS["6h"], NOW, PARIS).together
    assert (young.unusual, young.expected) == ("young", None)
    assert grown.unusual == ""
    assert {round(bar.usual.middle, 6) for bar in grown.bars} == {3.0}
    assert grown.expected == 36 * 3


def test_a_search_expects_nothing():
    found = volumes(Counted(steady()), Filter(text="café"), WINDOWS["6h"], NOW, PARIS).together
    assert (found.unusual, found.expected) == ("search", None)


def test_a_surge_begins_where_the_bars_leave_the_band():
    begins = NOW - NOW % (10 * MINUTE) - 40 * MINUTE
    posts = steady() + [("storm", at) for at in range(NOW - 5 * WEEK, NOW, DAY)]
    posts += [("storm", begins + k * 20_000) for k in range((NOW - begins) // 20_000)]
    found = volumes(Counted(posts), Filter(), WINDOWS["6h"], NOW, PARIS)
    assert found.each["storm"].since == begins
    assert found.each["brand"].since is None
    assert found.above == ("storm",)


def test_the_present_bar_may_be_low_without_ending_a_surge():
    last = NOW - NOW % (10 * MINUTE)
    posts = steady(until=last - 20 * MINUTE) + [("brand", last - 20 * MINUTE + k * 10_000) for k in range(120)]
    found = volumes(Counted(posts), Filter(), WINDOWS["6h"], NOW, PARIS).together
    assert found.bars[-1].count == 0
    assert found.since == last - 20 * MINUTE


def test_a_surge_that_is_over_says_when_it_was():
    begins = NOW - NOW % (10 * MINUTE) - 120 * MINUTE
    posts = steady() + [("brand", begins + k * 20_000) for k in range(60)]
    found = volumes(Counted(posts), Filter(), WINDOWS["6h"], NOW, PARIS)
    run = found.each["brand"].run
    assert (run.start, run.end, run.over) == (begins, begins + 20 * MINUTE, True)
    assert found.each["brand"].since is None
    assert (found.above, found.were_above) == ((), ("brand",))
    assert sum(bar.count for bar in found.each["brand"].in_run) == 60 + 6


def test_a_pause_does_not_end_a_surge():
    begins = NOW - NOW % (10 * MINUTE) - 60 * MINUTE
    bursts = [begins, begins + 30 * MINUTE]
    posts = steady() + [("brand", burst + k * 10_000) for burst in bursts for k in range(59)]
    run = volumes(Counted(posts), Filter(), WINDOWS["6h"], NOW, PARIS).together.run
    assert (run.start, run.end, run.over) == (begins, begins + 40 * MINUTE, False)


def test_three_instead_of_one_is_no_news():
    posts = [("rare", NOW - week * WEEK) for week in range(1, 6)] + [("rare", NOW - k) for k in range(4)]
    found = volumes(Counted(posts), Filter(), WINDOWS["6h"], NOW, PARIS)
    assert found.above == ()


def test_a_bar_of_seven_where_two_are_usual_is_not_marked():
    begins = NOW - NOW % (10 * MINUTE)
    posts = steady(a_bar=2, until=begins) + [("brand", begins - HOUR - k * MINUTE) for k in range(1, 6)]
    found = volumes(Counted(posts), Filter(), WINDOWS["6h"], NOW, PARIS).together
    assert max(bar.count for bar in found.bars) == 7
    assert any(bar.over_band for bar in found.bars)
    assert (found.run, [bar for bar in found.bars if bar.above]) == (None, [])


def test_a_surge_may_come_on_slowly():
    """Bars of ten where three are usual: none of them is clear by itself, half an hour of them is."""
    begins = NOW - NOW % (10 * MINUTE) - 50 * MINUTE
    posts = steady() + [("brand", begins + k * 85_000) for k in range(35)]
    found = volumes(Counted(posts), Filter(), WINDOWS["6h"], NOW, PARIS).together
    assert found.since == begins
    assert all(bar.above for bar in found.in_run)


def test_little_is_expected_of_what_is_rare_but_not_nothing():
    """A mention every two hours: no ten minutes usually hold one, six hours usually hold three."""
    posts = [("brand", at) for at in range(NOW - 6 * WEEK, NOW, 2 * HOUR)]
    found = volumes(Counted(posts), Filter(), WINDOWS["6h"], NOW, PARIS).together
    assert found.expected == 3
    assert sum(bar.usual.middle for bar in found.bars) == pytest.approx(3, abs=0.5)


def test_the_silence_of_a_query_proves_something_since_it_came_into_force():
    talk = [("storm", NOW - k * 20_000) for k in range(30)]
    for since, sees in [
        ({}, False),
        ({"brand": NOW - 6 * WEEK, "storm": NOW - DAY}, False),
        ({"brand": NOW - 6 * WEEK, "storm": NOW - 3 * WEEK}, True),
        ({"brand": NOW - MINUTE, "storm": NOW - MINUTE}, True),  # both asked of a history told a minute ago
    ]:
        found = volumes(Counted(steady() + talk, since), Filter(), WINDOWS["6h"], NOW, PARIS)
        assert (found.above == ("storm",)) is sees, since


def test_weeks_are_counted_on_the_wall_clock():
    """What happened from 8 h to 11 h is expected from 8 h to 11 h, although one of the nights had twenty-five hours."""
    eight = DAYLIGHT - 3 * HOUR  # on those Sundays: an hour earlier than today on every other clock
    talk = [
        ("brand", eight - week * WEEK + hour * HOUR + k) for week in range(1, 6) for hour in range(3) for k in range(12)
    ]
    found = volumes(Counted(talk), Filter(), WINDOWS["24h"], DAYLIGHT, PARIS).together
    expected = {(bar.start - DAYLIGHT) // HOUR + 10: bar.usual.middle for bar in found.bars[-6:]}
    assert [round(expected[hour], 6) for hour in (6, 7, 8, 9, 10)] == [0, 4, 8, 12, 8]  # an hour helps its neighbours
    assert found.expected == 36


def test_days_are_the_houses_own():
    evening = NOW - NOW % DAY + 23 * HOUR + 30 * MINUTE - DAY  # 00:30 in Paris, the day before in UTC
    found = volumes(Counted([("brand", evening)]), Filter(), WINDOWS["30d"], NOW, PARIS).together
    assert [bar.count for bar in found.bars[-2:]] == [0, 1]
    assert len(day(Counted([]), Filter(), DAYLIGHT, PARIS).together.bars) == 25


def test_hours_are_the_houses_own_where_they_begin_at_half_past():
    kolkata = ZoneInfo("Asia/Kolkata")
    found = day(Counted(steady(a_bar=1)), Filter(), NOW, kolkata).together
    assert [bar.count for bar in found.bars[:22]] == [6] * 22
    assert found.expected_by(NOW) == found.total


def test_so_far_compares_with_the_same_part_of_a_usual_day():
    found = day(Counted(steady()), Filter(), NOW, PARIS).together
    total, expected = so_far(found, NOW)
    assert total == 3 * (17 * 6 + 4)
    assert expected == pytest.approx(total, abs=2)
    assert found.bars[-1].count == 0


def test_it_agrees_with_a_real_archive(tmp_path):
    store = open_store(tmp_path / "vigie.db", role="web")
    said = [(post(n, "café", NOW - n * 7 * MINUTE), ("brand", "coffee")[: n % 3]) for n in range(1, 40) if n % 3]
    lay(store.archive, said, NOW)
    found = volumes(store.archive, Filter(queries=("brand",)), WINDOWS["6h"], NOW, PARIS)
    listed = [m.post.created_at for m in store.archive.mentions(Filter(queries=("brand",))).mentions]
    for bar in found.together.bars:
        assert bar.count == sum(bar.start <= at < bar.end for at in listed)
    assert found.together.total == found.each["brand"].total == 26
    for filtered in (Filter(), Filter(text="café"), Filter(queries=("brand", "coffee"))):
        both = volumes(store.archive, filtered, WINDOWS["6h"], NOW, PARIS)
        assert (both.together.total, both.each["brand"].total, both.each["coffee"].total) == (26, 26, 13)
    store.close()
