"""What the network would refuse: too long, too many, too heavy, of a kind it does not take, or nothing at all."""

from collections.abc import Iterator, Sequence

from vigie.charter.rules import READ_CAP
from vigie.checks.check import Options as AnyOptions
from vigie.checks.length import Limits, beyond, graphemes, length, limits
from vigie.checks.reading import Reading
from vigie.model import Attachment, Finding, Severity, Span
from vigie.text.threads import pieces

_MILLION = 1_000_000


class Options(AnyOptions, frozen=True, kw_only=True):
    """What the charter may say of this check.

    Attributes:
        characters: of a post on Mastodon, where our server allows more or less than 500.
    """

    characters: int | None = None


def look(reading: Reading, options: Options) -> Iterator[Finding]:
    """What does not fit; nothing where the network is not known yet."""
    draft = reading.draft
    if not draft.text.strip() and not draft.media:
        yield _found("empty", part="text")
    known = limits(draft.network)
    if known is None:
        return
    most = (options.characters or known.characters) if known.link else known.characters
    yield from _text(reading, known, most)
    if draft.media:
        yield from _together(draft.media, known)
        for index, one in enumerate(draft.media):
            yield from _alone(one, known, f"media:{index}")


def _text(reading: Reading, known: Limits, most: int) -> Iterator[Finding]:
    """Each post of a thread has the network's whole room."""
    network, whole = reading.draft.network, reading.draft.text
    # a link may count more than it shows, where it is shorter than what any link counts
    if len(whole) <= most and "://" not in whole and (known.bytes is None or len(whole) * 4 <= known.bytes):
        return
    for piece in pieces(whole):
        text = whole[piece.start : min(piece.end, len(reading.text))]
        unread = max(piece.end - max(piece.start, len(reading.text)), 0)
        long = length(text, network) + unread
        if long > most:
            spans = (Span(piece.start + beyond(text, most, network).start, piece.end),)
            yield _found("too_long", spans=spans, length=long, most=most, over=long - most)
            continue
        size = len(whole[piece.start : piece.end].encode("utf-8", "surrogatepass"))
        if known.bytes is not None and size > known.bytes:
            yield _found("too_heavy_text", size=size, most=known.bytes)


def _together(media: Sequence[Attachment], known: Limits) -> Iterator[Finding]:
    videos = sum(one.kind == "video" for one in media)
    others = len(media) - videos
    if videos and others:
        yield _found("mixed", part="draft")
    if others > known.images:
        yield _found("too_many_images", part="draft", count=others, most=known.images)
    if videos > known.videos:
        yield _found("too_many_videos", part="draft", count=videos)


def _alone(one: Attachment, known: Limits, part: str) -> Iterator[Finding]:
    video = one.kind == "video"
    most, taken = (known.video_bytes, known.video_types) if video else (known.image_bytes, known.image_types)
    if one.size is not None and one.size > most:
        yield _found("too_heavy", part=part, size=_megabytes(one.size), most=_megabytes(most))
    if one.type and one.type not in taken:
        yield _found("refused_type", part=part, type=one.type.rpartition("/")[2].upper())
    if len(one.alt) > known.alt and (long := _graphemes(one.alt)) > known.alt:
        yield _found("long_alt", part=part, length=long, most=known.alt)


def _graphemes(alt: str) -> int:
    """Those of a description; what lies beyond all reading counts as it comes."""
    return graphemes(alt[:READ_CAP]) + len(alt[READ_CAP:])


def _megabytes(size: int) -> str:
    return f"{size / _MILLION:.1f}".removesuffix(".0")


def _found(
    what: str, *, part: str = "text", spans: tuple[Span, ...] = (), severity: Severity = "block", **values: str | int
) -> Finding:
    return Finding("network-limits", severity, f"checks.network-limits.{what}", spans, part=part, values=values)
