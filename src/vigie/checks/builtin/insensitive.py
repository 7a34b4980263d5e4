"""Words that wound people for what they are: insults, contempt, and making light of what people die of."""

from collections.abc import Iterator, Sequence

from vigie.checks.check import Options as AnyOptions
from vigie.checks.reading import Hit, Reading
from vigie.model import Finding, Severity, Span

_BLOCK, _WARN = 0.9, 0.55
"""From which sureness a finding stops the draft, and from which it asks for a look."""
_QUOTED, _CONDEMNED = 0.42, 0.4
"""What is left of the sureness inside quotation marks, and beside words of people who report or condemn."""


class Options(AnyOptions, frozen=True, kw_only=True):
    """What the charter may say of this check.

    Attributes:
        least: how sure it has to be before it says anything, 0 to 1.
    """

    least: float = 0.35


def look(reading: Reading, options: Options) -> Iterator[Finding]:
    """One finding a pattern found, as severe as it is sure."""
    hits = reading.hits("insensitive")
    if not hits:
        return
    reported = any(hit.pattern.code == "context" for hit in hits)
    for hit in hits:
        if hit.pattern.code != "context":
            yield from _said(hit, reading, options.least, reported=reported)


def _said(hit: Hit, reading: Reading, least: float, *, reported: bool) -> Iterator[Finding]:
    sureness = hit.pattern.sureness * (_CONDEMNED if reported else 1.0)
    meant, quoted = _parted(hit.spans, reading)
    for spans, share in ((meant, 1.0), (quoted, _QUOTED)):
        sure = round(sureness * share, 2)
        if spans and sure >= least:
            severity: Severity = "block" if sure >= _BLOCK else "warn" if sure >= _WARN else "note"
            code = f"checks.insensitive.{hit.pattern.code}"
            yield Finding("insensitive", severity, code, spans, pattern=hit.pattern.id, sureness=sure)


def _parted(spans: Sequence[Span], reading: Reading) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Those that the writer says, and those that the writer quotes."""
    quoted = tuple(span for span in spans if reading.quoted(span))
    return tuple(span for span in spans if span not in quoted), quoted
