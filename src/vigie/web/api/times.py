"""Instants at the edge: RFC 3339 in UTC with ``Z``; inside they are milliseconds."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, TypeAlias

from msgspec import Meta

from vigie.model import Millis
from vigie.web.api.invalid import InvalidError

Instant: TypeAlias = Annotated[
    datetime, Meta(description="An instant in UTC, RFC 3339.", examples=["2026-11-12T16:42:00Z"])
]

_START = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST = -62_135_596_800_000  # 0001-01-01
_LATEST = 253_402_300_799_000  # 9999-12-31


def instant(ms: Millis) -> datetime:
    """For the answer; what no calendar holds becomes its first or last second.

    >>> instant(1_794_501_720_000)
    datetime.datetime(2026, 11, 12, 16, 42, tzinfo=datetime.timezone.utc)
    """
    return _START + timedelta(milliseconds=min(max(ms, _EARLIEST), _LATEST))


def instant_or_none(ms: Millis | None) -> datetime | None:
    """The same for one that may be unknown."""
    return None if ms is None else instant(ms)


def millis(text: str, parameter: str) -> Millis | None:
    """From a parameter; None when it is empty. Raises InvalidError without a time zone or a date.

    >>> millis("2026-11-12T17:42:00+01:00", "since")
    1794501720000
    """
    if not text:
        return None
    try:
        # a "+" that nobody encoded arrives as a space
        found = datetime.fromisoformat(text.strip().replace(" ", "+") if "T" in text else text)
    except ValueError as error:
        raise InvalidError("instant", parameter, body=False) from error
    if found.tzinfo is None:
        raise InvalidError("instant", parameter, body=False)
    return (found - _START) // timedelta(milliseconds=1)
