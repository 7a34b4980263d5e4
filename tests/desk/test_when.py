"""Wall clocks and instants: change nights, repeats, slots. Checked against the zones' own rules, written out here."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigie.charter import Hours, Slot
from vigie.desk.when import following, free_slots, instant, wall_of

HOUR = 3_600_000
PARIS, MONTREAL = "Europe/Paris", "America/Montreal"
ZONES = st.sampled_from(sorted(available_timezones()))
FIRST, LAST = datetime(1973, 1, 1), datetime(2050, 12, 31)  # noqa: DTZ001 - walls have no zone; before, some had seconds
WALLS = st.datetimes(FIRST, LAST).map(lambda d: f"{d:%Y-%m-%dT%H:%M}")


def utc(written: str) -> int:
    return int(datetime.fromisoformat(written).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("zone", "wall", "at", "shown", "turned"),
    [
        # Europe/Paris: 29 March 2026, 02:00 becomes 03:00; 25 October 2026, 03:00 becomes 02:00
        (PARIS, "2026-03-29T01:59", "2026-03-29T00:59", "2026-03-29T01:59", ""),
        (PARIS, "2026-03-29T02:00", "2026-03-29T01:00", "2026-03-29T03:00", "skipped"),
        (PARIS, "2026-03-29T02:30", "2026-03-29T01:30", "2026-03-29T03:30", "skipped"),
        (PARIS, "2026-03-29T03:00", "2026-03-29T01:00", "2026-03-29T03:00", ""),
        (PARIS, "2026-10-25T01:59", "2026-10-24T23:59", "2026-10-25T01:59", ""),
        (PARIS, "2026-10-25T02:30", "2026-10-25T00:30", "2026-10-25T02:30", "twice"),
        (PARIS, "2026-10-25T03:00", "2026-10-25T02:00", "2026-10-25T03:00", ""),
        # America/Montreal: 8 March 2026, 02:00 becomes 03:00; 1 November 2026, 02:00 becomes 01:00
        (MONTREAL, "2026-03-08T02:30", "2026-03-08T07:30", "2026-03-08T03:30", "skipped"),
        (MONTREAL, "2026-11-01T00:59", "2026-11-01T04:59", "2026-11-01T00:59", ""),
        (MONTREAL, "2026-11-01T01:30", "2026-11-01T05:30", "2026-11-01T01:30", "twice"),
        (MONTREAL, "2026-11-01T02:30", "2026-11-01T07:30", "2026-11-01T02:30", ""),
        # half an hour is missing, and a whole day was
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45", "2026-10-04T02:45", "skipped"),
        ("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T22:00", "2011-12-31T12:00", "skipped"),
    ],
)
def test_change_nights(zone: str, wall: str, at: str, shown: str, turned: str) -> None:
    moment = instant(wall, zone)
    assert (moment.at, moment.wall, moment.turned) == (utc(at), shown, turned)


@settings(max_examples=300)
@given(WALLS, ZONES)
def test_the_clock_shows_what_was_asked_unless_it_skips_it(wall: str, zone: str) -> None:
    moment = instant(wall, zone)
    assert (moment.wall == wall) == (moment.turned != "skipped")
    assert wall_of(moment.at, zone) == moment.wall
    there = [at for at in range(moment.at - 30 * HOUR, moment.at + 30 * HOUR, 60_000 * 15)
             if wall_of(at, zone) == wall] if moment.at % (15 * 60_000) == 0 else None  # fmt: skip
    if there is not None:
        assert len(there) == {"": 1, "skipped": 0, "twice": 2}[moment.turned]
        assert not there or there[0] == moment.at, "the first of the two"


@settings(max_examples=300)
@given(st.integers(10**8, 25 * 10**8), ZONES)
def test_an_instant_comes_back_or_is_the_second_of_two(seconds: int, zone: str) -> None:
    at = seconds // 60 * 60_000
    wall = wall_of(at, zone)
    back = instant(wall, zone)
    assert back.at <= at
    assert back.at == at or (back.turned == "twice" and wall_of(back.at, zone) == wall)
    assert back.turned != "skipped", "a clock never shows what it skips"


@pytest.mark.parametrize(
    "wrong",
    ["", "soon", "2026-03-29", "2026-03-29 02:30", "2026-03-29T02:30:15", "2026-03-29T02:30Z", "2026-02-30T10:00",
     "2026-03-29T24:00", "1969-12-31T23:59", "9999-01-01T00:00", "2026-03-29T02:30+02:00"],
)  # fmt: skip
def test_what_is_no_wall_time_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - by strptime, or by our bounds
        instant(wrong, PARIS)


def test_a_zone_that_does_not_exist() -> None:
    with pytest.raises((KeyError, ValueError)):
        instant("2026-03-29T02:30", "Europe/Nowhere")


def test_repeats_live_on_the_wall() -> None:
    wall, instants = "2026-03-28T02:30", []
    for _ in range(3):
        instants.append(instant(wall, PARIS).at)
        wall = following(wall, "day")
    assert wall == "2026-03-31T02:30", "the wall time asked for is kept over the night that skips it"
    assert [later - sooner for sooner, later in pairwise(instants)] == [24 * HOUR, 23 * HOUR]
    assert following("2026-10-24T09:00", "week") == "2026-10-31T09:00"


def test_months_that_are_too_short_and_the_day_that_comes_back() -> None:
    wall, walls = "2025-12-31T09:00", []
    for _ in range(6):
        wall = following(wall, "month", "2025-12-31T09:00")
        walls.append(wall[:10])
    assert walls == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"]
    assert following("2028-01-30T09:00", "month") == "2028-02-29T09:00"
    with pytest.raises(ValueError, match=r"^$"):
        following("2026-01-31T09:00", "")
    with pytest.raises(ValueError, match="9999"):
        following("9998-12-31T09:00", "day")


@given(WALLS, st.sampled_from(["day", "week", "month"]))
def test_the_time_of_day_never_drifts(wall: str, repeat) -> None:
    after = following(wall, repeat, wall)
    assert after[10:] == wall[10:]
    gap = datetime.fromisoformat(after) - datetime.fromisoformat(wall)
    assert timedelta(days=1) <= gap <= timedelta(days=31)


SLOTS = (Slot(1, 11 * 60 + 30), Slot(3, 18 * 60), Slot(None, 9 * 60))


def test_free_slots_come_in_order_and_leave_out_what_is_taken() -> None:
    now = instant("2026-11-17T10:00", PARIS).at  # a Tuesday
    assert free_slots(SLOTS, [], PARIS, now, 4) == [
        "2026-11-17T11:30", "2026-11-18T09:00", "2026-11-19T09:00", "2026-11-19T18:00",
    ]  # fmt: skip
    taken = [instant("2026-11-18T09:00", PARIS).at + 12_000]
    assert free_slots(SLOTS, taken, PARIS, now, 2) == ["2026-11-17T11:30", "2026-11-19T09:00"]
    assert free_slots(SLOTS, taken, PARIS, now, 2, [Hours(11 * 60, 12 * 60)])[0] == "2026-11-19T09:00"
    assert free_slots((), [], PARIS, now, 3) == []
    assert free_slots(SLOTS, [], PARIS, now, 0) == []
    assert free_slots((Slot(0, 600),), [], PARIS, now, 99)[-1] < "2028"
    at_the_slot = instant("2026-11-17T11:30", PARIS).at
    assert free_slots(SLOTS, [], PARIS, at_the_slot, 1) == ["2026-11-18T09:00"], "now is too late"


def test_slots_on_change_nights() -> None:
    nightly = (Slot(None, 150),)
    spring = instant("2026-03-28T12:00", PARIS).at
    assert free_slots(nightly, [], PARIS, spring, 2) == ["2026-03-30T02:30", "2026-03-31T02:30"]
    autumn = instant("2026-10-24T12:00", PARIS).at
    assert free_slots(nightly, [], PARIS, autumn, 2) == ["2026-10-25T02:30", "2026-10-26T02:30"]
    between = instant("2026-10-25T02:30", PARIS).at + 1  # the first 02:30 is over: the second is none of its own
    assert free_slots(nightly, [], PARIS, between, 1) == ["2026-10-26T02:30"]


@settings(max_examples=100)
@given(
    st.lists(st.builds(Slot, st.none() | st.integers(0, 6), st.integers(0, 1439)), max_size=6),
    st.lists(st.builds(Hours, st.integers(0, 1439), st.integers(0, 1439)), max_size=2),
    st.integers(10**12, 2 * 10**12),
    ZONES,
)
def test_free_slots_are_slots_to_come(slots: list[Slot], quiet: list[Hours], now: int, zone: str) -> None:
    quiet = [hours for hours in quiet if hours.start != hours.end]
    walls = free_slots(slots, [], zone, now, 5, quiet)
    moments = [instant(wall, zone) for wall in walls]
    assert walls == sorted(set(walls))
    assert all(moment.at > now and moment.turned != "skipped" for moment in moments)
    for wall in walls:
        then = datetime.fromisoformat(wall)
        minute = then.hour * 60 + then.minute
        assert any(slot.minute == minute and slot.day in (None, then.weekday()) for slot in slots)
        assert not any(hours.hold(minute) for hours in quiet)
    taken = [moment.at for moment in moments]
    assert not set(walls) & set(free_slots(slots, taken, zone, now, 5, quiet))
