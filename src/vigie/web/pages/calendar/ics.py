"""A calendar that other programs subscribe to (RFC 5545), with instants in UTC, so that no zone is guessed."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from msgspec import Struct

from vigie.model import Millis

_LINE = 75
"""Octets of a line (RFC 5545, 3.1)."""
_LASTS: Millis = 15 * 60_000
"""A post takes no time; calendars show nothing of what takes none."""


class Entry(Struct, frozen=True):
    """One event. ``uid`` lasts; ``sequence`` grows with each change. ``status``: CONFIRMED, TENTATIVE or CANCELLED."""

    uid: str
    sequence: int
    at: Millis
    summary: str
    description: str
    url: str
    status: str


def written(name: str, entries: Iterable[Entry], now: Millis) -> str:
    """The whole file."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Vigie//Vigie//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
        "X-PUBLISHED-TTL:PT15M",
        *(line for one in entries for line in _event(one, now)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in fold(line))


def escaped(text: str) -> str:
    r"""A value of type TEXT.

    >>> escaped("Un, deux; trois\nquatre")
    'Un\\, deux\\; trois\\nquatre'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(sign for sign in text if sign >= " " and not "\ud800" <= sign <= "\udfff")


def fold(line: str) -> Iterator[str]:
    """Lines of at most 75 octets, never cut inside a character; each but the first begins with a space."""
    part, size = "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > _LINE:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + width
    yield part


def _event(one: Entry, now: Millis) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{one.uid}",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(one.at)}",
        f"DTEND:{_utc(one.at + _LASTS)}",
        f"SEQUENCE:{one.sequence}",
        f"STATUS:{one.status}",
        "TRANSP:TRANSPARENT",
        f"SUMMARY:{escaped(one.summary)}",
        f"DESCRIPTION:{escaped(one.description)}",
        f"URL:{one.url}",
        "END:VEVENT",
    ]


def _utc(at: Millis) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")
