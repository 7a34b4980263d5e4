"""Findings that were there when a house began to check: they stay silent until their words change."""

from collections import Counter
from collections.abc import Iterable

import msgspec
from msgspec import Struct

from vigie.model import Finding


class BaselineError(Exception):
    """A text that is no baseline."""


class Entry(Struct, frozen=True, order=True):
    """So many findings of one fingerprint in one file; the rule is for people."""

    file: str
    rule: str
    fingerprint: str
    count: int = 1


class Baseline(Struct, frozen=True):
    """All of them, in the order of the files."""

    baseline: int = 1
    findings: tuple[Entry, ...] = ()

    def left(self) -> "Left":
        """A count of them to take from."""
        return Left(self)

    def written(self) -> str:
        """The file's text, a line for each entry, so that versions compare well."""
        lines = ",\n".join(f"    {msgspec.json.encode(one).decode()}" for one in self.findings)
        return f'{{"baseline": {self.baseline}, "findings": [\n{lines}\n]}}\n'


class Left:
    """Those that no finding was yet taken for."""

    def __init__(self, baseline: Baseline) -> None:
        self._counts = Counter({(one.file, one.fingerprint): one.count for one in baseline.findings})

    def take(self, file: str, finding: Finding) -> bool:
        """Whether a finding is one of them; it is then one less."""
        key = (file, finding.fingerprint)
        self._counts[key] -= 1
        return self._counts[key] >= 0


def known_of(found: Iterable[tuple[str, Finding]]) -> Baseline:
    """The baseline that makes these findings, each with its file, silent."""
    counts = Counter((file, one.rule, one.fingerprint) for file, one in found)
    return Baseline(findings=tuple(sorted(Entry(*key, count) for key, count in counts.items())))


def read_baseline(text: str) -> Baseline:
    """Raises BaselineError."""
    try:
        found = msgspec.json.decode(text, type=Baseline)
    except msgspec.MsgspecError as error:
        raise BaselineError(str(error)) from error
    if found.baseline != 1:
        raise BaselineError(str(found.baseline))
    return found
