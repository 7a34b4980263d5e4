"""The wall clock, read here and nowhere below."""

import time

from vigie.model import Millis


def now() -> Millis:
    """Milliseconds since 1970 in UTC."""
    return time.time_ns() // 1_000_000
