"""Drafts: what people are writing, their versions, and what was decided about findings."""

from collections.abc import Sequence
from typing import Protocol

from vigie.model import Act, Content, Decision, DraftState, DraftVersion, Millis, Raised, SavedDraft

SITTING: Millis = 10 * 60_000
"""Somebody who saves again within ten minutes goes on with the same version."""

OPEN: tuple[DraftState, ...] = ("draft", "in_review", "changes_requested", "approved")
"""Those on which somebody still works."""


class OutdatedError(Exception):
    """Somebody saved meanwhile. ``current`` is what they left; nothing of the call was stored."""

    def __init__(self, current: SavedDraft) -> None:
        super().__init__(f"draft {current.id} is at revision {current.revision}")
        self.current = current


class Drafts(Protocol):
    """Each writing method is one transaction, with its act where it takes one."""

    def begin(self, content: Content, author: str, now: Millis, act: Act) -> SavedDraft:
        """A new draft. ``act.what`` is completed with its number: ``draft:7``."""
        ...

    def save(self, id: int, revision: int, content: Content, who: str, now: Millis) -> SavedDraft:
        """Replaces what a draft says, when it still is at that revision; whatever it was, it is a draft again.

        The same content again changes nothing. A version that was put forward, or that somebody answered to,
        stays as it is: what is saved after that begins the next one. Raises OutdatedError, LookupError.
        """
        ...

    def move(self, id: int, revision: int, state: DraftState, who: str, now: Millis, act: Act) -> SavedDraft:
        """Changes its state, when it still is at that revision. Raises OutdatedError, LookupError."""
        ...

    def get(self, id: int) -> SavedDraft | None: ...

    def latest(self, states: Sequence[DraftState] = OPEN, limit: int = 100) -> list[SavedDraft]:
        """The last saved first."""
        ...

    def versions(self, id: int) -> list[DraftVersion]:
        """Oldest first; the last one is what it says now."""
        ...

    def raise_findings(self, raised: Sequence[Raised]) -> None:
        """Counts findings that were shown; those of a draft that were counted before are not counted again."""
        ...

    def decide(self, decision: Decision, act: Act) -> None: ...

    def decisions(self, id: int) -> list[Decision]:
        """About one draft, oldest first."""
        ...

    def decided_since(self, since: Millis) -> list[Decision]: ...

    def raised_since(self, since: Millis) -> list[Raised]: ...
