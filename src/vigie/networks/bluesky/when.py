"""When things happened on Bluesky: dates as strangers' programs write them, and revisions, which carry their time."""

from datetime import UTC, datetime, timedelta

from vigie.model import Millis

EARLIEST: Millis = 631_152_000_000
"""1990-01-01T00:00:00Z: no post is older."""
LATEST: Millis = 4_102_444_800_000
"""2100-01-01T00:00:00Z: an event that happens later is none. Our own clock is not asked: it may be wrong, and a stream
that is thrown away because of it is lost."""
DAY: Millis = 86_400_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLI = timedelta(milliseconds=1)

TID = len("3mptbyoeyc22k")
TID_DIGITS = {digit: value for value, digit in enumerate("234567abcdefghijklmnopqrstuvwxyz")}
"""Base 32 in an order that sorts as text (atproto's specification of TIDs)."""


def millis(date: str) -> Millis | None:
    """An RFC 3339 date and time; None for anything else. Without a zone it is taken as UTC.

    >>> millis("1970-01-01T00:00:01.250Z"), millis("1970-01-01T01:00:00+01:00"), millis("last Tuesday")
    (1250, 0, None)
    """
    try:
        instant = datetime.fromisoformat(date)
        if instant.tzinfo is None:
            instant = instant.replace(tzinfo=UTC)
        return (instant - EPOCH) // MILLI
    except (ValueError, OverflowError):
        return None


def tid_millis(tid: str) -> Millis | None:
    """When a revision was made: a TID is 53 bits of microseconds and 10 bits of chance. None when it is not one.

    >>> tid_millis("3mptbypluud2a"), tid_millis("not a tid")
    (1783175887514, None)
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


def written(claimed: str, at: Millis) -> Millis | None:
    """When a post was written, by its own claim. ``at`` is when the network passed it on.

    A claim before 1990 becomes 1990. None for one that nobody can read or that is more than a day ahead.

    >>> written("1601-01-01T00:00:00Z", 1783175888085) == EARLIEST, written("9999-12-31T23:59:59Z", 1783175888085)
    (True, None)
    """
    try:
        claim = (datetime.fromisoformat(claimed) - EPOCH) // MILLI
    except (ValueError, TypeError, OverflowError):  # without a zone, or not a date
        other = millis(claimed)
        if other is None:
            return None
        claim = other
    if claim > at + DAY:
        return None
    return max(claim, EARLIEST)


def revised(rev: str, at: Millis) -> Millis:
    """When a revision was made: the same whenever and on whatever server it is read; ``at`` where it does not say."""
    made = tid_millis(rev)
    return at if made is None or not EARLIEST <= made <= at + DAY else made
