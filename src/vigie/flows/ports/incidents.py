"""Incidents, their timelines, tasks and evidence."""

from collections.abc import Sequence
from typing import Protocol

from vigie.model import Act, Evidence, Happening, Incident, IncidentState, Millis, Task


class IncidentMovedError(Exception):
    """Somebody changed it meanwhile; nothing of the call was stored. ``current`` is what it is now."""

    def __init__(self, current: Incident) -> None:
        super().__init__(f"incident {current.id} is at revision {current.revision}")
        self.current = current


class Incidents(Protocol):
    """Each writing method is one durable transaction with its act, and a line on the change feed (``incident``)."""

    def open(
        self, wanted: Incident, happened: Sequence[Happening], tasks: Sequence[Task], act: Act
    ) -> tuple[Incident, bool]:
        """Stores a new one (``id`` 0), or finds the one of the same ``key`` that is not resolved yet and adds
        ``happened`` to it: then there is no act. True when it is new. An empty key is that of no other.

        ``act.what`` is completed with its number: ``incident:4``."""
        ...

    def change(self, changed: Incident, happened: Sequence[Happening], act: Act) -> Incident:
        """Stores a changed one whose ``revision`` is still that of the store. Raises IncidentMovedError."""
        ...

    def get(self, id: int) -> Incident | None: ...

    def of_states(self, states: Sequence[IncidentState], limit: int = 100) -> list[Incident]:
        """The latest opened first."""
        ...

    def of_key(self, key: str) -> Incident | None:
        """The one of this key that is not resolved yet."""
        ...

    def happen(self, line: Happening) -> None: ...

    def timeline(self, id: int) -> list[Happening]:
        """Oldest first."""
        ...

    def add_task(self, task: Task, act: Act) -> Task: ...

    def finish_task(self, id: int, who: str, now: Millis, act: Act, *, done: bool = True) -> Task:
        """Raises LookupError."""
        ...

    def tasks(self, id: int) -> list[Task]: ...

    def keep_evidence(self, facts: Evidence) -> None:
        """For good: nothing changes it, but for other people's words, which go when they take them back, when their
        time is up, and when they ask to be erased. So they are found, posts stand in ``content`` as `vigie.model.Post`
        is written in JSON; one that was emptied keeps its place without words or author."""
        ...

    def evidence(self, id: int) -> list[Evidence]: ...
