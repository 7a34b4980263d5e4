"""What earlier weeks make us expect of a count, and when a count is clearly above it.

The method is the one that public health has used for its weekly counts since 1996 (Farrington, Andrews, Beale and
Catchpole, "A statistical algorithm for the early detection of outbreaks of infectious disease", J. R. Statist. Soc. A
159): the same time of earlier rounds and its neighbourhood say what to expect, counts scatter as by chance or wider
(quasi-Poisson), earlier outbreaks weigh less, and few cases are no outbreak. A round is a week here.

Why the mean and not the median: of ten minutes in which half a mention is usual, the median says none.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import sqrt
from statistics import fmean, median
from typing import TypeAlias

from msgspec import Struct

from vigie.model import Millis

WEEKS = 8
"""How many earlier weeks are looked at."""

ENOUGH_WEEKS = 2
"""One earlier week says what happened once; from two on one may speak of what is usual."""

BAND = 2.0
"""Spreads around what is expected within which a count is as usual."""

CLEAR = 3.0
"""Spreads above what is expected from which a count is clearly unusual; chance alone does it once in a thousand."""

NOTICEABLE = 8
"""So many more than expected are news; three instead of one are none, however rare."""

Interval: TypeAlias = tuple[Millis, Millis]
"""From a moment to before another."""


class Usual(Struct, frozen=True):
    """What earlier weeks make us expect: the middle, and a band of two spreads around it."""

    middle: float
    low: float
    high: float


class Tally:
    """How many there were between any two moments, from counts by the start of their step."""

    def __init__(self, counts: Iterable[tuple[Millis, int]]) -> None:
        ordered = sorted(counts)
        self._starts = [start for start, _ in ordered]
        self._sums = [0, *accumulate(count for _, count in ordered)]

    def between(self, since: Millis, until: Millis) -> int:
        """Counts of steps that begin in [since, until).

        >>> Tally([(0, 2), (10, 1), (20, 4)]).between(10, 30)
        5
        """
        return self._sums[bisect_left(self._starts, until)] - self._sums[bisect_left(self._starts, since)]


class Expected(Struct, frozen=True):
    """What is usual in some stretch of time.

    Attributes:
        mean: over the earlier weeks, of the stretch and its neighbourhood, brought to the length of the stretch.
        known: the share of one count's scatter that the mean itself is uncertain by: less with more weeks.
    """

    mean: float
    known: float

    def spread(self, dispersion: float) -> float:
        """The standard deviation of one count, never less than one post."""
        return sqrt(max(1.0, dispersion * self.mean * (1 + self.known)))

    def usual(self, dispersion: float) -> Usual:
        """The band."""
        reach = BAND * self.spread(dispersion)
        return Usual(self.mean, max(0.0, self.mean - reach), self.mean + reach)

    def is_clearly_exceeded_by(self, count: int, dispersion: float) -> bool:
        """Whether a count is clearly more than was expected."""
        return count - self.mean >= max(NOTICEABLE, CLEAR * self.spread(dispersion))


def expected(tally: Tally, weeks: Sequence[Interval], around: Millis) -> Expected:
    """What to expect of a stretch, from the same stretch of earlier weeks and so much on either side of it.

    A week that was a storm itself counts no more than what would have been called clear: it does not hide the next.

    >>> expected(Tally([(0, 4), (100, 6), (200, 90)]), [(0, 10), (100, 110), (200, 210)], 0)
    Expected(mean=7.979084644397925, known=0.3333333333333333)
    """
    lengths = [until - since for since, until in weeks]
    near = capped([tally.between(since - around, until + around) for since, until in weeks])
    share = fmean(length / (length + 2 * around) for length in lengths)
    return Expected(fmean(near) * share, share / len(weeks))


def dispersion(stretches: Sequence[tuple[Expected, Sequence[int]]]) -> float:
    """How many times wider than by chance alone counts scatter around what was expected of them; at least once.

    Pearson's statistic over the stretches of a week; of several weeks the median, so that people who always talk in
    bursts count and one storm does not. ``stretches``: what was expected, and the counts of the latest week, the one
    before…, which made it: that is made up for.
    """
    off: dict[int, float] = defaultdict(float)
    by_chance: dict[int, float] = defaultdict(float)
    for stretch, counts in stretches:
        for week, count in enumerate(counts):
            off[week] += (count - stretch.mean) ** 2 / max(0.1, 1 - stretch.known)
            by_chance[week] += stretch.mean
    return max(1.0, median([off[week] / by_chance[week] for week in off if by_chance[week]] or [1.0]))


def capped(counts: Sequence[int]) -> list[float]:
    """Counts of several weeks with those that were clearly unusual among them brought down.

    >>> [round(count, 1) for count in capped([4, 6, 5, 90])]
    [4, 6, 5, 13.1]
    """
    middle = float(median(counts))
    most = middle + CLEAR * sqrt(middle + 1)
    return [min(count, most) for count in counts]


def usual_of(totals: Sequence[int]) -> Usual:
    """Of a whole window: the median of what earlier weeks saw, and two spreads around it.

    The spread is the median absolute deviation brought to the scale of a standard deviation (x 1.4826), and at least
    the square root of the median plus one: what chance alone does to a count (Poisson).

    >>> usual_of([4, 6, 5, 7, 40])
    Usual(middle=6.0, low=0.7084973778708186, high=11.291502622129181)
    """
    middle = float(median(totals))
    spread = max(1.4826 * float(median(abs(one - middle) for one in totals)), sqrt(middle + 1))
    return Usual(middle, max(0.0, middle - BAND * spread), middle + BAND * spread)
