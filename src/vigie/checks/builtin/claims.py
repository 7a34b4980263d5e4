"""Claims that need a proof: guarantees without limit, "number one", health, money, the environment."""

import re
from collections.abc import Iterator

from vigie.checks.check import Options
from vigie.checks.denial import meant
from vigie.checks.reading import Reading
from vigie.model import Finding

_ID = "claims"
_STANDARD = re.compile(r"\b(?:AS|BS|EN|NF|ISO|DIN|ASTM|UL)(?: (?:EN|ISO|T|D))?[ -]?[A-Z]?\d{3,5}\b")
"""A standard by its number says by what one measured."""
_NEVER_PROVED = ("neutral",)
"""Claims that no source makes right: Directive (EU) 2024/825 bans them whatever pays for the trees."""


def look(reading: Reading, _options: Options) -> Iterator[Finding]:
    """One finding a pattern found; none where the proof is named, and none for what is denied, asked or quoted."""
    hits = reading.hits(_ID)
    if not hits:
        return
    if any(hit.pattern.id == "withdrawn" for hit in hits):
        return
    proved = any(hit.pattern.id == "proof" for hit in hits) or _STANDARD.search(reading.text) is not None
    claimed = [hit for hit in hits if hit.pattern.code != "context"]
    for hit, spans in meant(reading, claimed, questions=False):
        if not proved or hit.pattern.code in _NEVER_PROVED:
            yield Finding(
                _ID,
                hit.pattern.severity or "warn",
                f"checks.{_ID}.{hit.pattern.code}",
                spans,
                pattern=hit.pattern.id,
                sureness=hit.pattern.sureness,
            )
