"""How long a text is to a network: what it counts as one character, and how much it takes."""

from collections.abc import Iterator
from functools import cache

import regex
from msgspec import Struct, convert

from vigie.checks.tables import table
from vigie.model import Span
from vigie.text.signs import links, mentions

_GRAPHEME = regex.compile(r"\X")


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """What a network takes; None where it sets no limit.

    Attributes:
        characters: graphemes of the text, as `length` counts them; ``bytes`` of its UTF-8.
        link: what any link counts, however long.
        alt: graphemes of a description.
        images, videos: how many; a video goes alone.
        image_bytes, video_bytes: of a file.
    """

    characters: int
    alt: int
    images: int
    videos: int
    image_bytes: int
    video_bytes: int
    image_types: tuple[str, ...]
    video_types: tuple[str, ...]
    bytes: int | None = None
    link: int | None = None


def limits(network: str) -> Limits | None:
    """Those of a network, if any are known."""
    return _all().get(network)


def graphemes(text: str) -> int:
    r"""Characters as a reader counts them (UAX 29): an accent or a joined emoji is no second one.

    >>> graphemes("e\u0301te\u0301 👩🏽\u200d🍳🇫🇷")
    6
    """
    return len(text) if text.isascii() and "\r" not in text else sum(1 for _ in _GRAPHEME.finditer(text))


def length(text: str, network: str) -> int:
    """Characters that a network counts in a text: Mastodon takes a link for 23, and a handle without its server.

    >>> length("Voir https://port.example/a, @ines@port.example", "mastodon") == len("Voir ") + 23 + len(", @ines")
    True
    """
    known = limits(network)
    if known is None or known.link is None:
        return graphemes(text)
    return sum(counts for _, counts in _pieces(text, known.link))


def beyond(text: str, most: int, network: str) -> Span:
    """The part of a text that a network has no room for, where ``most`` characters fit."""
    known = limits(network)
    counted = 0
    for start, counts in _pieces(text, known.link if known else None):
        counted += counts
        if counted > most:
            return Span(start, len(text))
    return Span(len(text), len(text))


def _pieces(text: str, link: int | None) -> Iterator[tuple[int, int]]:
    """(where it starts, how many characters it counts) of each grapheme; of a link or handle as a whole, where any link
    counts the same."""
    last = 0
    for span in sorted((*links(text), *mentions(text)), key=lambda one: one.start) if link else ():
        yield from ((last + found.start(), 1) for found in _GRAPHEME.finditer(text[last : span.start]))
        last = span.end
        name = text[span.start + 1 : span.end].partition("@")[0]
        yield span.start, (link or 0) if text[span.start] != "@" else 1 + graphemes(name)
    yield from ((last + found.start(), 1) for found in _GRAPHEME.finditer(text[last:]))


@cache
def _all() -> dict[str, Limits]:
    return convert({name: one for name, one in table("network-limits").items() if name != "source"}, dict[str, Limits])
