"""Strangers' words made fit for a page: nothing in them runs, hides or leaves its place; matched words are marked."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from vigie.model import Span

SHORT = 280
"""Characters of a text in a row of the log, which shows two lines."""
LONG = 20_000
"""Characters of an opened text; the rest is read on the spot."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")


def printable(text: str) -> str:
    """The text with control characters and broken pairs shown as U+FFFD, one for one, so that positions stay true."""
    return _UNPRINTABLE.sub("\ufffd", text)


def marked(text: str, marks: Sequence[Span], limit: int = LONG) -> Markup:
    """At most ``limit`` characters with the matched ones in ``<mark>``. A cut text begins near its first mark.

    >>> str(marked("un <b>café</b>", [Span(6, 10)]))
    'un &lt;b&gt;<mark>café</mark>&lt;/b&gt;'
    """
    start = _start(text, marks, limit)
    end = min(len(text), start + limit)
    pieces: list[str] = ["… "] if start else []
    at = start
    for span in marks:
        left, right = max(at, span.start), min(span.end, end)
        if left < right:
            pieces += [escape(printable(text[at:left])), Markup("<mark>%s</mark>") % printable(text[left:right])]
            at = right
    pieces.append(escape(printable(text[at:end])))
    pieces.append("…" if end < len(text) else "")
    return Markup("").join(pieces)


def safe_link(url: str) -> str:
    """The address if a browser may be sent there; empty otherwise."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    plain = parts.scheme in {"http", "https"} and parts.hostname and not _UNPRINTABLE.search(url)
    return url if plain else ""


def _start(text: str, marks: Sequence[Span], limit: int) -> int:
    if len(text) <= limit or not marks or marks[0].end <= limit // 2:
        return 0
    near = max(0, marks[0].start - limit // 4)
    space = text.find(" ", near, marks[0].start)
    return space + 1 if space >= 0 else near
