"""Moments as one types them: ``2026-11-20``, ``2026-11-20T18:00``, or an age: ``90m``, ``4h``, ``7d``."""

import re
from datetime import UTC, datetime

from vigie.app.clock import now
from vigie.model import Millis

UNITS = {"m": 60_000, "h": 3_600_000, "d": 86_400_000}


class BadMomentError(ValueError):
    """Not a moment; the text as typed."""


def moment(text: str) -> Millis | None:
    """The instant meant, None for an empty text. Dates without an offset are in UTC.

    Raises:
        BadMomentError: neither a date nor an age.
    """
    if not text:
        return None
    if age := re.fullmatch(r"(\d{1,5})([mhd])", text):
        return now() - int(age[1]) * UNITS[age[2]]
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadMomentError(text) from error
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * 1000)
