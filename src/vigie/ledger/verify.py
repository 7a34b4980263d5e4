"""Verify an exported ledger, line by line, and say where it was touched.

An export is JSON Lines: ``{"entry": {...}, "digest": "..."}`` for each entry in its order, and
``{"seal": {...}}`` after some of them. It ends with a seal, so that nothing can be cut off its end.
"""

from collections.abc import Iterable
from typing import Literal, TypeAlias

import msgspec
from msgspec import Struct

from vigie.ledger.chain import ORIGIN, Entry, digest
from vigie.ledger.seal import Seal

Kind: TypeAlias = Literal[
    "unreadable", "edited", "missing", "moved", "rewritten", "forged", "cut", "unsealed", "stranger"
]
"""What is wrong.

``unreadable``: a line is not of this form. ``edited``: an entry is not what its digest says. ``missing``: entries were
taken out before it. ``moved``: it stands out of order, or twice. ``rewritten``: the chain holds but a seal says it
ended otherwise, so that something up to here was replaced. ``forged``: a seal's signature is not its key's. ``cut``: a
seal speaks of more entries than there are. ``unsealed``: the file does not end with a seal. ``stranger``: sealed by
another key than the one expected.
"""


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of an export: an entry with its digest, or a seal."""

    entry: Entry | None = None
    digest: str = ""
    seal: Seal | None = None


class Fault(Struct, frozen=True):
    """Something wrong. ``line`` counts from 1; ``entry`` is the number of the entry concerned, 0 when unknown."""

    kind: Kind
    line: int
    entry: int


class Verdict(Struct, frozen=True):
    """What was found. ``sealed`` entries lie under a good seal; ``key`` signed the last one."""

    entries: int
    seals: int
    sealed: int
    key: str
    faults: tuple[Fault, ...]

    @property
    def holds(self) -> bool:
        """Nothing is wrong."""
        return not self.faults


_DECODER = msgspec.json.Decoder(Line)
_MOST_FAULTS = 100


def verify(lines: Iterable[bytes], key: str = "") -> Verdict:
    """Reads an export once, in constant memory. ``key``: the public key expected, in hex; empty accepts the first one.

    After a fault reading goes on from what the file says, so that each tampering is named where it was done and once.
    """
    walk = _Walk(key)
    for number, line in enumerate(lines, 1):
        if line.strip():
            walk.step(number, line)
        if len(walk.faults) >= _MOST_FAULTS:
            break
    return walk.verdict()


class _Walk:
    """How far one reading has come."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.faults: list[Fault] = []
        self.entries = self.seals = self.sealed = self.line = self.last = 0
        self.prev = ORIGIN
        self.ends_sealed = False

    def step(self, number: int, line: bytes) -> None:
        self.line = number
        try:
            read = _DECODER.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError):
            self._fault("unreadable", self.last + 1)
            self.ends_sealed = False
            return
        if read.entry is not None:
            self._entry(read.entry, read.digest)
        elif read.seal is not None:
            self._seal(read.seal)
        else:
            self._fault("unreadable", self.last + 1)

    def _fault(self, kind: Kind, entry: int) -> None:
        self.faults.append(Fault(kind, self.line, entry))

    def _entry(self, entry: Entry, said: str) -> None:
        self.ends_sealed = False
        self.entries += 1
        if entry.n > self.last + 1:
            self._fault("missing", self.last + 1)
        elif entry.n <= self.last:
            self._fault("moved", entry.n)
        elif digest(entry) != said or entry.prev != self.prev:
            self._fault("edited", entry.n)
        self.last, self.prev = max(entry.n, self.last), said

    def _seal(self, seal: Seal) -> None:
        self.seals += 1
        point = seal.checkpoint
        if not seal.holds():
            self._fault("forged", point.n)
            return
        self.ends_sealed = True
        if self.key and seal.key != self.key:
            self._fault("stranger", point.n)
        self.key = self.key or seal.key
        if point.n > self.last:
            self._fault("cut", self.last + 1)
        elif point.n == self.last and point.digest == self.prev:
            self.sealed = point.n
        elif not self.faults:
            self._fault("rewritten", point.n)

    def verdict(self) -> Verdict:
        if not self.ends_sealed and not self.faults:
            self._fault("unsealed", self.last)
        return Verdict(self.entries, self.seals, self.sealed, self.key, tuple(self.faults))
