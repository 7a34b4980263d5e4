"""One telling of the demo world, shared by the tests."""

import random
from collections.abc import Callable
from functools import cache

from vigie.model import Millis
from vigie.world import Line, generate

DAY: Millis = 86_400_000
MINUTE: Millis = 60_000
NOW: Millis = 1_795_161_600_000  # Friday 20 November 2026, 08:00 UTC
CRISIS = NOW + 2 * MINUTE


def dice(seed: int = 7) -> Callable[[str], random.Random]:
    return lambda name: random.Random(f"{seed}:{name}")


@cache
def fortnight() -> tuple[Line, ...]:
    """Fourteen days before, and the day of the crisis told at a quarter of its length."""
    return tuple(generate(dice(), NOW - 14 * DAY, NOW + DAY // 2, crisis_at=CRISIS, pace=0.25))
