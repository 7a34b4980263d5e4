"""What the composer's form says, as the content of a draft, and back."""

import re
from collections.abc import Iterator
from typing import Annotated

from litestar.enums import RequestEncodingType
from litestar.params import Body

from vigie.charter import Charter
from vigie.desk.when import instant, wall_of
from vigie.flows.media import kind
from vigie.model import Attachment, Content, Millis

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
LONGEST = 100_000
"""Characters of a text that are kept; the longest post of any network is a twentieth of it."""
LONGEST_ALT = 10_000
_MOST_PICTURES = 20
_DIGEST = re.compile(r"[0-9a-f]{64}")


def content_of(data: dict[str, str], charter: Charter | None, tz: str, before: Content | None = None) -> Content:
    """What the form says. What it has no field for (the post answered) stays as it was ``before``."""
    known = {channel.id for channel in charter.channels} if charter else set()
    channels = tuple(key[3:] for key in data if key.startswith("on:") and key[3:] in known)
    texts = {id: _lines(data.get(f"text:{id}", "")) for id in channels if data.get(f"own:{id}")}
    return Content(
        text=_lines(data.get("text", "")),
        channels=channels,
        variants=texts,
        language=data.get("language", "")[:8],
        objective=data.get("objective", "")[:64],
        when=moment(data.get("when", ""), tz),
        media=tuple(_media(data)),
        answers=before.answers if before else None,
        ai=bool(data.get("ai")),
    )


def moment(written: str, tz: str) -> Millis | None:
    """The instant of a field's ``2026-11-21T09:00`` on the house's wall; None when empty or no moment."""
    try:
        return instant(written, tz).at
    except ValueError:
        return None


def written(at: Millis | None, tz: str) -> str:
    """The same the other way."""
    return "" if at is None else wall_of(at, tz)


def number(data: dict[str, str], name: str) -> int:
    """A whole number of a hidden field; 0 when it is none."""
    given = data.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else 0  # noqa: PLR2004 - a row's number


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")[:LONGEST]


def _media(data: dict[str, str]) -> Iterator[Attachment]:
    dropped = data.get("do", "").removeprefix("drop:")
    for key in [key for key in data if key.startswith("media:")][:_MOST_PICTURES]:
        n, id = key.removeprefix("media:"), data[key]
        if n == dropped or not _DIGEST.fullmatch(id):
            continue
        type = data.get(f"type:{n}", "")[:40]
        yield Attachment(
            kind(type),
            id,
            _lines(data.get(f"alt:{n}", ""))[:LONGEST_ALT],
            type,
            number(data, f"size:{n}") or None,
            ai=bool(data.get(f"made:{n}")),
            retouched=bool(data.get(f"retouched:{n}")),
        )
