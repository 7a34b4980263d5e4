"""Handles that call nobody, somebody else, or too many people."""

import re
from collections.abc import Iterator

from vigie.checks.alike import mimicked, passes_for
from vigie.checks.check import Options as AnyOptions
from vigie.checks.reading import Reading
from vigie.model import Finding, Severity, Span

_HOUR_OR_PRICE = re.compile(r"\d+(?:[.,]\d+)?(?:h\d{0,2}|am|pm|€|£|\$|%|k|kg)?", re.IGNORECASE)
_WORDS_BETWEEN = 2
"""Words between two handles of one row: "@a, @b et aussi @c"."""


class Options(AnyOptions, frozen=True, kw_only=True):
    """What the charter may say of this check.

    Attributes:
        at_most: handles in one row.
    """

    at_most: int = 5


def look(reading: Reading, options: Options) -> Iterator[Finding]:
    """What is wrong with each handle, then with all of them."""
    if "@" not in reading.text:
        return
    spans = tuple(
        span for span in reading.mentions if not _HOUR_OR_PRICE.fullmatch(reading.text, span.start + 1, span.end)
    )
    if not spans:
        return
    known = _known(reading)
    for span in spans:
        yield from _one(span, known, reading)
    row = _longest_row(spans, reading)
    if len(row) > options.at_most:
        yield Finding(
            "mentions", "warn", "checks.mentions.many", row, values={"count": len(row), "most": options.at_most}
        )
    if not reading.is_reply and not reading.text[: spans[0].start].strip():
        yield _found("first", spans[0], reading, "note")


def _one(span: Span, known: frozenset[str], reading: Reading) -> Iterator[Finding]:
    handle = reading.text[span.start + 1 : span.end].lower()
    written = reading.words(span)[1:].lower()
    if handle in known and written == handle:
        return
    meant = handle if written != handle else _meant(handle, known)
    if meant and (meant in known or written != handle):
        yield _found("look_alike", span, reading, "block", known=f"@{meant}", replacement=f"@{meant}")
    elif _of_another_network(handle, reading.draft.network):
        yield _found("other_network", span, reading, network=reading.draft.network)
    elif reading.draft.network == "bluesky" and "." not in handle:
        yield _found("no_handle", span, reading)
    elif _unknown(reading.words(span), reading):
        yield _found("unknown", span, reading)


def _meant(handle: str, known: frozenset[str]) -> str:
    """The known handle that this one passes for; empty when none."""
    if handle in known:
        return ""
    user, _, server = handle.partition("@")
    for one in known:
        name, _, host = one.partition("@")
        if bool(server) != bool(host):
            continue
        if not host and "." in one:
            if "." in handle and mimicked(handle, (one,)):
                return one
        elif (user == name and host and passes_for(server, host)) or (server == host and passes_for(user, name)):
            return one
    return ""


def _of_another_network(handle: str, network: str) -> bool:
    if network == "bluesky":
        return "@" in handle
    return network == "mastodon" and "@" not in handle and "." in handle


def _unknown(written: str, reading: Reading) -> bool:
    exists = reading.facts.handles
    return exists.get(written, exists.get(written.lower())) is False


def _known(reading: Reading) -> frozenset[str]:
    """Our own handles on the draft's network, our partners' and those that the charter names."""
    charter, network = reading.charter, reading.draft.network
    if charter is None:
        return frozenset()
    own = (one.account for one in charter.channels if not network or one.network == network)
    partners = (handle for one in charter.partners for handle in one.handles)
    return frozenset(handle.lower().removeprefix("@") for handle in (*own, *partners, *charter.company.known_handles))


def _longest_row(spans: tuple[Span, ...], reading: Reading) -> tuple[Span, ...]:
    best: tuple[Span, ...] = ()
    row: tuple[Span, ...] = ()
    for span in spans:
        joined = row and len(re.findall(r"\w+", reading.text[row[-1].end : span.start])) <= _WORDS_BETWEEN
        row = (*row, span) if joined else (span,)
        best = max(best, row, key=len)
    return best


def _found(
    what: str,
    span: Span,
    reading: Reading,
    severity: Severity = "warn",
    *,
    replacement: str | None = None,
    **values: str | int,
) -> Finding:
    named = {"handle": reading.words(span), **values}
    return Finding("mentions", severity, f"checks.mentions.{what}", (span,), values=named, replacement=replacement)
