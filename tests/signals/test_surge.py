"""The detector agrees with its own definition written down slowly, forgets nothing over a restart, and stays small."""

import random
from math import sqrt

import pytest

from vigie.signals.surge import CHANCE, DAY, LAG, MEMORY, RECENT, TAIL, WARM, Reading, Surge


def slowly(counts: list[int], at: int) -> float:
    """The score of one step, from the definition."""
    halves = [sum(counts[max(0, n - RECENT + 1) : n + 1]) / min(n + 1, RECENT) for n in range(at + 1)]
    past = sorted(halves[max(0, at - LAG - MEMORY) : max(0, at - LAG)])
    if not past:
        return 0.0
    median, tail = past[len(past) // 2], past[min(len(past) - 1, int(TAIL * len(past)))]
    return (halves[at] - median) / (tail - median + CHANCE * sqrt(median + 1))


def counts(length: int, seed: int = 7) -> list[int]:
    chance = random.Random(seed)
    return [int(chance.expovariate(0.1)) + (300 if step % 997 > 990 else 0) for step in range(length)]


def run(stream: list[int]) -> list[Reading]:
    surge = Surge()
    return [surge.update(count) for count in stream]


def test_it_says_what_its_definition_says_over_more_than_its_memory() -> None:
    stream = counts(MEMORY + LAG + 600)
    readings = run(stream)
    for at in (0, 1, LAG, LAG + 1, LAG + 20, WARM, MEMORY, *range(MEMORY + LAG - 2, MEMORY + LAG + 600, 7)):
        assert readings[at].score == pytest.approx(slowly(stream, at), rel=0.02)


def test_it_never_looks_ahead() -> None:
    stream = counts(900)
    assert run(stream)[:500] == run(stream[:500])


def test_a_cold_start_is_said() -> None:
    readings = run(counts(LAG + WARM + 2))
    assert [reading.warm for reading in readings] == [False] * (LAG + WARM) + [True, True]
    surge, left = Surge(), []
    for count in counts(LAG + WARM + 2):
        left.append(surge.cold_for)
        surge.update(count)
    assert left == [*range(LAG + WARM + 1, -1, -1)]


def test_silence_and_then_one_post_is_no_surge() -> None:
    assert max(reading.score for reading in run([0] * 1000 + [1])) < 1


def test_what_was_told_is_told_again_within_a_day_only_when_it_is_far_higher() -> None:
    surge = Surge()
    for count in counts(1000):
        surge.update(min(count, 50))
    first = surge.update(3_000)
    assert first.fresh
    surge.tell(first.score)
    assert not surge.update(2_000).fresh
    assert surge.update(40_000).fresh
    surge.tell(10 * first.score)
    for _ in range(DAY - 1):
        last = surge.update(5)
    assert not last.fresh
    assert surge.update(5).fresh


def test_it_goes_on_from_its_bytes_as_if_nothing_had_happened() -> None:
    stream = counts(MEMORY + 200)
    for cut in (0, 3, 300, MEMORY, MEMORY + LAG + 1, MEMORY + 190):
        surge = Surge()
        for count in stream[:cut]:
            surge.update(count)
        surge.tell(1.5)
        again = Surge.from_bytes(surge.to_bytes())
        assert again is not None
        assert [again.update(count) for count in stream[cut:]] == [surge.update(count) for count in stream[cut:]]
        assert len(again.to_bytes()) < 4 * (MEMORY + LAG) + 200


@pytest.mark.parametrize("broken", [b"", b"\x90", Surge().to_bytes()[:-1], b"{}"])
def test_bytes_that_are_none_of_its_own_are_passed_over(broken: bytes) -> None:
    assert Surge.from_bytes(broken) is None
