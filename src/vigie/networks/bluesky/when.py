"""When things happened on Bluesky: dates as strangers' programs write them, and revisions, which carry their time."""

from datetime import UTC, datetime
from functools import lru_cache

from vigie.model import Millis

EARLIEST: Millis = 631_152_000_000
"""1990-01-01T00:00:00Z: no post is older."""
DAY: Millis = 86_400_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

PLAIN = len("2026-07-04T14:38:06.240Z")
TID = len("3mptbyoeyc22k")
TID_DIGITS = {digit: value for value, digit in enumerate("234567abcdefghijklmnopqrstuvwxyz")}
"""Base 32 in an order that sorts as text (atproto's specification of TIDs)."""


def millis(date: str) -> Millis | None:
    """An RFC 3339 date and time; None for anything else. Without a zone it is taken as UTC.

    >>> millis("1970-01-01T00:00:01.250Z"), millis("1970-01-01T01:00:00+01:00"), millis("last Tuesday")
    (1250, 0, None)
    """
    # nearly all dates have this one form, and many share their second
    if len(date) == PLAIN and date[23] == "Z" and date[19] == "." and date[20:23].isdecimal():
        second = _second(date[:19])
        return None if second is None else second + int(date[20:23])
    return _any(date)


@lru_cache(maxsize=4096)
def _second(date: str) -> Millis | None:
    return _any(date)


def _any(date: str) -> Millis | None:
    try:
        instant = datetime.fromisoformat(date)
        aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
        span = aware - EPOCH
    except (ValueError, OverflowError):
        return None
    return (span.days * 86_400 + span.seconds) * 1000 + span.microseconds // 1000


def tid_millis(tid: str) -> Millis | None:
    """When a revision was made: a TID is 53 bits of microseconds and 10 bits of chance. None when it is not one.

    >>> tid_millis("3mptbypluud2a"), tid_millis("not a tid")
    (1783175887544, None)
    """
    if len(tid) != TID:
        return None
    number = 0
    for digit in tid:
        value = TID_DIGITS.get(digit)
        if value is None:
            return None
        number = number << 5 | value
    return (number >> 10) // 1000


def written(claimed: str, rev: str, at: Millis) -> tuple[Millis, bool]:
    """When a post was written, and whether its claim could be read. ``at`` is when the network passed it on.

    A claim before 1990 becomes 1990; one more than a day ahead, or that nobody can read, becomes the revision's time,
    which is the same whenever and wherever the event is read again.
    """
    claim = millis(claimed)
    if claim is None or claim > at + DAY:
        made = tid_millis(rev)
        return (at if made is None or not EARLIEST <= made <= at else made), claim is not None
    return max(claim, EARLIEST), True
