"""What every check is: a name, what a house may tune, and a look at a draft."""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from vigie.charter.nouns import Text
from vigie.checks.patterns import Pattern
from vigie.checks.reading import Reading
from vigie.model import Finding, Severity


class Options(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the charter may say of any check; a check with more to tune derives its own.

    Attributes:
        off: it is not run.
        trial: it is counted, and stops nothing.
        severity: instead of the check's own.
        allow: phrases of the listening language's reading (case and accents aside) that are fine in this house: a
            finding whose words lie within one of them is not made.
    """

    off: bool = False
    trial: bool = False
    severity: Severity | None = None
    allow: tuple[Text, ...] = ()


class Check(Struct, frozen=True):
    """One built-in check, as its file in `vigie.checks.builtin` defines it.

    Attributes:
        id: as charters, findings and pages name it: ``self-centred``.
        look: pure; what the reading's draft does wrong. May be asked from several threads.
        options: what may be tuned.
        patterns: its words, looked for by the one matcher.
    """

    id: str
    look: Callable[[Reading, Any], Iterable[Finding]]
    options: type[Options]
    patterns: tuple[Pattern, ...]
