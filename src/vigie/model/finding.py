"""What a check or a rule says of a draft."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from vigie.model.mention import Span
from vigie.model.post import Millis

Severity: TypeAlias = Literal["note", "warn", "block"]
SEVERITIES: tuple[Severity, ...] = ("note", "warn", "block")
"""From the mildest to the one that stops a draft."""


def told(words: Mapping[str, str], lang: str) -> str:
    """The house's own words in a language: those of it, else those written once for all, else any.

    >>> told({"fr": "Bonjour", "en": "Hello"}, "en"), told({"": "Bonjour"}, "en"), told({}, "en")
    ('Hello', 'Bonjour', '')
    """
    return words.get(lang) or words.get("") or next(iter(words.values()), "")


class Suppression(Struct, frozen=True):
    """A person lets a finding pass in one draft. It ends by itself.

    Attributes:
        until: when it stops counting; None for as long as the draft.
    """

    who: str
    why: str
    at: Millis
    until: Millis | None = None


class Finding(Struct, frozen=True, omit_defaults=True):
    """One thing to mend, or to know.

    Attributes:
        rule: id of the built-in check or of the house's rule.
        code: id of its sentence in `wording`; empty for a house's rule, which brings its own words.
        severity: a ``block`` stops the draft, a ``warn`` asks for a look, a ``note`` informs.
        spans: characters of the draft's text, ascending; empty when it is not about some words.
        part: what else it is about: ``text``, ``media:0``, ``when``, ``objective``, ``channel``, ``draft``.
        pattern: which of the check's patterns fired; empty when none did.
        values: what the sentence names.
        why, suggest: the house's own words, by language; under ``""`` when written once for all.
        replacement: what to put in place of the first span (empty takes it out); None when nobody can say.
        safe: the replacement changes no meaning and may be made unread (``vigie check --fix``).
        sureness: 0 to 1, how likely it is meant as it looks.
        trial: the rule is being tried out: it is counted and shown to those who tune it, and stops nothing.
        suppressed: who lets it pass in this draft.
        fingerprint: 16 hex digits, the same as long as the rule and the words found are, wherever they stand.
    """

    rule: str
    severity: Severity
    code: str = ""
    spans: tuple[Span, ...] = ()
    part: str = "text"
    pattern: str = ""
    values: dict[str, str | int] = {}
    why: dict[str, str] = {}
    suggest: dict[str, str] = {}
    replacement: str | None = None
    safe: bool = False
    sureness: float = 1.0
    trial: bool = False
    suppressed: Suppression | None = None
    fingerprint: str = ""

    @property
    def stops(self) -> bool:
        """Whether the draft may not go on because of it."""
        return self.severity == "block" and not self.trial and self.suppressed is None
