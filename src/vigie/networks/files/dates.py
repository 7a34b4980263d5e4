"""Dates as tables write them."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo  # noqa: F401  (the doctest)
from email.utils import parsedate_to_datetime

from vigie.model import Millis
from vigie.model.loose import EPOCH

SECONDS_UNTIL = 100_000_000_000
"""A bare number below this counts seconds (until the year 5138), above it milliseconds."""
BARE = re.compile(r"-?[0-9]{5,16}(\.[0-9]{1,9})?")
NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:,?[ T]+(\d{1,2})[:h](\d{2})(?::(\d{2}))?)?\s*")
TWITTER = "%a %b %d %H:%M:%S %z %Y"
MONTHS = 12


def read_date(words: str, zone: tzinfo, order: str) -> Millis | None:
    """An instant, or None for what is no date. ``order`` is ``dmy`` or ``mdy``.

    >>> read_date("03/04/2026 10h05", UTC, "dmy"), read_date("1775210700", UTC, ""), read_date("soon", UTC, "")
    (1775210700000, 1775210700000, None)
    """
    words = words.strip()
    if BARE.fullmatch(words):
        number = float(words)
        return int(number * 1000) if abs(number) < SECONDS_UNTIL else int(number)
    day = _numeric(words, order) or _iso(words) or _mail(words) or _twitter(words)
    if day is None:
        return None
    try:
        since = (day if day.tzinfo else day.replace(tzinfo=zone)) - EPOCH
    except OverflowError:
        return None
    return since.days * 86_400_000 + since.seconds * 1000 + since.microseconds // 1000


def order_of(samples: Iterable[str]) -> str:
    """``mdy`` where a table's dates can only be read so, else ``dmy``.

    >>> order_of(["03/04/2026", "03/28/2026"])
    'mdy'
    """
    for words in samples:
        if (found := NUMERIC.fullmatch(words.strip())) and int(found[2]) > MONTHS:
            return "mdy"
    return "dmy"


def _numeric(words: str, order: str) -> datetime | None:
    found = NUMERIC.fullmatch(words)
    if not found:
        return None
    first, second, year, hour, minute, second_of = (int(part or 0) for part in found.groups())
    day, month = (second, first) if order == "mdy" else (first, second)
    try:
        return datetime(year, month, day, hour, minute, second_of)  # noqa: DTZ001  (the table's zone is added)
    except ValueError:
        return None


def _iso(words: str) -> datetime | None:
    try:
        return datetime.fromisoformat(words.removesuffix(" UTC"))
    except ValueError:
        return None


def _mail(words: str) -> datetime | None:
    try:
        return parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _twitter(words: str) -> datetime | None:
    try:
        return datetime.strptime(words, TWITTER)  # noqa: DTZ007  (it has %z)
    except ValueError:
        return None
