"""What is let pass, as it is written beside a draft: ``RULE until 2026-12-31: reason``."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from vigie.model import Millis

_FORM = re.compile(r"(?P<rule>[\w.-]{1,64})(?:\s+until\s+(?P<until>\d{4}-\d\d-\d\d))?\s*:\s*(?P<why>\S.*)", re.DOTALL)


class Allowance(Struct, frozen=True):
    """A rule, or one finding of it, is let pass.

    Attributes:
        rule: a rule's id, or a finding's fingerprint.
        until: its last day; None for as long as the draft.
    """

    rule: str
    why: str
    until: date | None = None


def read_allowance(written: str) -> Allowance | None:
    """None for what is not of the form.

    >>> read_allowance("overselling until 2026-12-31: the autumn fair")
    Allowance(rule='overselling', why='the autumn fair', until=datetime.date(2026, 12, 31))
    >>> read_allowance("overselling") is None
    True
    """
    found = _FORM.fullmatch(written.strip())
    if not found:
        return None
    try:
        until = date.fromisoformat(found["until"]) if found["until"] else None
    except ValueError:
        return None
    return Allowance(found["rule"], " ".join(found["why"].split()), until)


def end_of(day: date | None, timezone: str) -> Millis | None:
    """The instant after a day's last one, on the clock of a time zone."""
    if day is None:
        return None
    after = datetime.combine(min(day, date.max - timedelta(days=2)) + timedelta(days=1), time(), ZoneInfo(timezone))
    return int(after.timestamp() * 1000)
