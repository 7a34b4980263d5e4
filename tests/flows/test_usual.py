"""What earlier weeks make us expect of a count."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.flows.usual import Expected, Tally, capped, dispersion, expected, usual_of
from vigie.flows.volume import DAY, HOUR, MINUTE, WEEK

STEP = 10 * MINUTE


def chance(mean, count, seed="usual"):
    """So many counts as chance alone makes them."""
    dice = random.Random(seed)
    return [sum(dice.expovariate(1) > 0 for _ in iter(_until(dice, mean), None)) for _ in range(count)]


def _until(dice, mean):
    left = [mean]

    def arrive():
        left[0] -= dice.expovariate(1)
        return True if left[0] > 0 else None

    return arrive


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)), max_size=30), st.integers(0, 50), st.integers(0, 50))
def test_a_tally_adds_up(counts, one, two):
    counts = list(dict(counts).items())
    since, until = sorted((one, two))
    assert Tally(counts).between(since, until) == sum(count for start, count in counts if since <= start < until)


def test_half_a_mention_is_expected_where_half_a_mention_is_usual():
    every_other = Tally((at, 1) for at in range(0, 9 * WEEK, 2 * STEP))
    spans = [(8 * WEEK - week * WEEK + 3 * HOUR, 8 * WEEK - week * WEEK + 3 * HOUR + STEP) for week in range(1, 6)]
    assert expected(every_other, spans, 30 * MINUTE).mean == pytest.approx(0.5, abs=0.1)


def test_neither_a_storm_nor_silence_long_ago_moves_what_is_expected_much():
    def mean(last):
        counts = [(week * WEEK, 10) for week in range(1, 6)] + [(6 * WEEK, last)]
        return expected(Tally(counts), [(week * WEEK, week * WEEK + STEP) for week in range(1, 7)], 0).mean

    assert mean(10) == 10
    assert mean(500) < 12
    assert mean(0) > 8


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=8))
def test_caps_only_take_away(counts):
    for count, kept in zip(counts, capped(counts), strict=True):
        assert kept <= count
        assert kept == count or kept > sorted(counts)[(len(counts) - 1) // 2]


@pytest.mark.parametrize("mean", [0.3, 4.0, 40.0])
def test_chance_alone_scatters_once_as_wide(mean):
    counts = chance(mean, 36 * 5)
    stretches = [(Expected(mean, 0.07), counts[at : at + 5]) for at in range(0, len(counts), 5)]
    assert 1.0 <= dispersion(stretches) < 1.5


def test_bursts_scatter_wider_and_one_storm_does_not():
    calm = [4, 5, 3, 4, 4]
    bursts = [0, 12, 0, 9, 0]
    one_storm = [90, 4, 3, 5, 4]
    assert dispersion([(Expected(4, 0.07), calm)] * 36) == 1
    assert dispersion([(Expected(4, 0.07), bursts)] * 36) > 3
    assert dispersion([(Expected(4, 0.07), one_storm)] * 36) == 1
    assert dispersion([]) == 1


def test_clear_is_three_spreads_and_eight_posts():
    rare, busy = Expected(0.2, 0.1), Expected(100, 0.0)
    assert not rare.is_clearly_exceeded_by(8, 1)
    assert rare.is_clearly_exceeded_by(9, 1)
    assert not busy.is_clearly_exceeded_by(129, 1)
    assert busy.is_clearly_exceeded_by(130, 1)
    assert not busy.is_clearly_exceeded_by(150, 4)


@given(st.floats(0, 10_000), st.floats(0, 1), st.floats(1, 100))
def test_the_band_of_a_bar_holds_its_middle(mean, known, wider):
    band = Expected(mean, known).usual(wider)
    assert 0 <= band.low <= band.middle < band.high
    assert band.high - band.middle >= 1.999


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=60))
def test_the_band_of_a_window_holds_its_middle(totals):
    band = usual_of(totals)
    assert 0 <= band.low <= band.middle < band.high
    assert min(totals) <= band.middle <= max(totals)


def test_few_weeks_are_trusted_less():
    day = [(week * WEEK, week * WEEK + DAY) for week in range(1, 9)]
    tally = Tally((since, 20) for since, _ in day)
    assert expected(tally, day[:2], 0).spread(1) > expected(tally, day, 0).spread(1)
