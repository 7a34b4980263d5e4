"""Does what is counted leave its own past behind? Causal, of constant memory, and open about a cold start.

The score of a step is where the last half hour stands between what is usual and what is rare::

    (last half hour - median) / (99 % quantile - median + sqrt(median + 1) / 2)

of the half hours (as means of six counts of five minutes) of a week that ended twelve hours ago: 1 is the edge of what
that past has seen, and a slow rise does not hide itself. The square root is what chance alone does to a count
(Poisson), so that a past that never moved does not make every post a surge. Constants: chosen on the Twitter series of
the Numenta Anomaly Benchmark (Lavin and Ahmad 2015), see ``docs/explanation/surge.md``.
"""

from array import array
from bisect import bisect_left, insort
from math import sqrt

from msgspec import DecodeError, Struct, msgpack

STEP: int = 300_000
"""Milliseconds that one count covers."""
RECENT = 6
"""Counts of half an hour."""
MEMORY = 7 * 288
"""Half hours of the past, one beginning every five minutes: a week has each hour of each weekday in it."""
LAG = 144
"""Steps by which the past ends before now."""
TAIL = 0.99
CHANCE = 0.5
DAY = 288
"""Steps of a day, in which what was told is told again only when it is `NEWS` times as high."""
NEWS = 3.0
WARM = 288
"""Half hours after which the past is worth comparing with: a day, night included."""
_RING = MEMORY + LAG + 1
_FORM = 1
"""Of the bytes; another one for other constants."""


class Reading(Struct, frozen=True):
    """How one step looks.

    Attributes:
        score: 1 is the edge of the past.
        recent: posts in the last half hour; ``usual`` is their median in the past.
        fresh: far higher than every score told (`Surge.tell`) within a day.
        warm: the past is at least a day long; before, a score says nothing.
    """

    score: float
    recent: float
    usual: float
    fresh: bool
    warm: bool


class _State(Struct, array_like=True):
    form: int
    steps: int
    counts: list[int]
    told: list[tuple[int, float]]
    ring: bytes


class Surge:
    """One stream of counts. Memory: some 4,200 numbers; an update costs a few microseconds."""

    def __init__(self) -> None:
        self._steps = 0
        self._counts: list[int] = []
        self._ring = array("I")
        self._past = array("I")
        self._told: list[tuple[int, float]] = []

    @property
    def cold_for(self) -> int:
        """Counts that lack until the past is a day long; 0 once it is."""
        return max(0, LAG + WARM + 1 - self._steps)

    def update(self, count: int) -> Reading:
        """The next count against the past, of which it becomes part half a day later."""
        past, ring, step = self._past, self._ring, self._steps
        self._counts = [*self._counts[1 - RECENT :], count]
        recent = sum(self._counts) * RECENT // len(self._counts)
        if step > LAG:  # one more half hour is old enough, and one too old
            insort(past, ring[(step - 1 - LAG) % _RING])
            if len(past) > MEMORY:
                del past[bisect_left(past, ring[step % _RING])]
        if step < _RING:
            ring.append(recent)
        else:
            ring[step % _RING] = recent
        self._steps = step + 1
        if self._told and self._told[0][0] <= step - DAY:
            self._told = [one for one in self._told if one[0] > step - DAY]
        known = len(past)
        if not known:
            return Reading(0.0, recent, recent, fresh=True, warm=False)
        usual, tail = past[known // 2] / RECENT, past[min(known - 1, int(TAIL * known))] / RECENT
        score = (recent / RECENT - usual) / (tail - usual + CHANCE * sqrt(usual + 1))
        fresh = all(score >= NEWS * told for _, told in self._told)
        return Reading(score, recent, usual * RECENT, fresh, known >= WARM)

    def tell(self, score: float) -> None:
        """Somebody was told of the last step: only what is far higher is news during the next day."""
        self._told.append((self._steps - 1, score))

    def to_bytes(self) -> bytes:
        """For `from_bytes`: some 9 kB."""
        return msgpack.encode(_State(_FORM, self._steps, self._counts, self._told, self._ring.tobytes()))

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Surge | None":
        """The stream as it was; None for what this version's `to_bytes` never wrote."""
        surge = cls()
        try:
            state = msgpack.decode(stored, type=_State)
        except DecodeError:
            return None
        if state.form != _FORM or len(state.ring) != surge._ring.itemsize * min(state.steps, _RING):
            return None
        surge._steps, surge._counts, surge._told = state.steps, state.counts, state.told
        surge._ring.frombytes(state.ring)
        first, end = max(0, state.steps - 1 - LAG - MEMORY), max(0, state.steps - 1 - LAG)
        surge._past = array("I", sorted(surge._ring[at % _RING] for at in range(first, end)))
        return surge
