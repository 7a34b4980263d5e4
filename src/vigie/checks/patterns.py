"""The words that checks look for: data files, in the listening language, French and English side by side.

``patterns/CHECK.toml`` begins with ``source``, then has one table per pattern::

    [delighted]
    comment = "The subject is the company's mood, not the news."
    code = "hollow"                 # its sentence: checks.CHECK.hollow
    severity = "warn"               # else the check's own
    speaks = false                  # never found fault with: it tells the check about the others
    sureness = 0.9                  # else 1
    fr = ['"ravis de vous" (annoncer OR présenter)', '"nous avons le plaisir de"']
    en = ['"thrilled to announce"']
    any = ['...']                   # whatever the language
    unless_fr = ['...']             # the pattern is silent where one of these matches too
    suggest_fr = "..."              # what to write instead of the words found, if the same for all
"""

import tomllib
from functools import cache
from importlib.resources import files

from msgspec import Struct, convert

from vigie.model import Severity

LANGUAGES = ("fr", "en", "any")


class Pattern(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One table of a file. ``any`` holds for every language; one that does not speak has no sentence."""

    id: str
    code: str
    comment: str = ""
    severity: Severity | None = None
    sureness: float = 1.0
    speaks: bool = True
    fr: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    unless_fr: tuple[str, ...] = ()
    unless_en: tuple[str, ...] = ()
    unless_any: tuple[str, ...] = ()
    suggest_fr: str | None = None
    suggest_en: str | None = None

    def wanted(self, language: str) -> tuple[str, ...]:
        """What is looked for in a language (or ``any``), in the listening language: one of these is enough."""
        found: tuple[str, ...] = getattr(self, language)
        return found

    def unless(self, language: str) -> tuple[str, ...]:
        """What makes the pattern silent in a language: one of these is enough."""
        own: tuple[str, ...] = getattr(self, f"unless_{language}")
        return own if language == "any" else (*own, *self.unless_any)

    def query(self, language: str) -> str:
        """The whole pattern of a language as one query; empty when it has none."""
        wanted, unless = self.wanted(language), self.unless(language)
        if not wanted:
            return ""
        without = f" AND NOT ({_one_of(unless)})" if unless else ""
        return f"({_one_of(wanted)}){without}"

    def suggestion(self, language: str) -> str | None:
        """What to write instead, where it is the same for all that the pattern finds."""
        return {"fr": self.suggest_fr, "en": self.suggest_en}.get(language)


@cache
def patterns(check: str) -> tuple[Pattern, ...]:
    """Those of a check, in the order of its file; none when it has no file.

    Raises:
        msgspec.ValidationError: when a file is not of this form.
    """
    file = files("vigie.checks") / "patterns" / f"{check}.toml"
    if not file.is_file():
        return ()
    tables = tomllib.loads(file.read_text("utf-8"))
    return tuple(
        convert({"id": id, "code": id, **table}, Pattern) for id, table in tables.items() if isinstance(table, dict)
    )


def _one_of(parts: tuple[str, ...]) -> str:
    return " OR ".join(f"({part})" for part in parts)
