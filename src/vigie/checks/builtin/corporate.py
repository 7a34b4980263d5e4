"""Corporate tone: the words of a press release where people are among friends."""

from collections.abc import Iterator

from vigie.checks.check import Options
from vigie.checks.reading import Reading
from vigie.model import Finding

_PILED = ("buzz", "abstract")
"""Patterns of words that are fine one by one, the surer first: they speak where nothing plainer did."""


def look(reading: Reading, _options: Options) -> Iterator[Finding]:
    """One finding a pattern found."""
    hits = reading.hits("corporate")
    plain = [hit for hit in hits if hit.pattern.id not in _PILED]
    piled = sorted((hit for hit in hits if hit.pattern.id in _PILED), key=lambda hit: _PILED.index(hit.pattern.id))
    for hit in plain or piled[:1]:
        yield Finding(
            "corporate",
            hit.pattern.severity or "warn",
            f"checks.corporate.{hit.pattern.code}",
            hit.spans,
            pattern=hit.pattern.id,
            sureness=hit.pattern.sureness,
        )
