"""The change feed: what happened last, so that a page knows what to show without asking everything again."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from sqlalchemy import Connection, delete, func, insert, select

from vigie.flows.ports.archive import Change
from vigie.store import sqlite
from vigie.store.archive.chapter import Chapter
from vigie.store.schema import change

KEPT_CHANGES = 50_000
"""Older changes are dropped: who was away for longer reads everything anew."""

Kind: TypeAlias = Literal["mention", "edit", "gone", "source", "charter"]

_ADD = sqlite.positional(insert(change).values(kind="", ref=""))
_LAST = select(func.max(change.c.id))


def note_changes(tx: Connection, changes: Sequence[tuple[Kind, str]]) -> None:
    """Appends (kind, ref) to the feed and drops what is too old."""
    if changes:
        tx.exec_driver_sql(_ADD, list(changes))
        newest = tx.execute(_LAST).scalar() or 0
        tx.execute(delete(change).where(change.c.id <= newest - KEPT_CHANGES))


class Feed(Chapter):
    """The port's chapter on the change feed."""

    def data_version(self) -> int:
        """Differs from the last answer when another connection has committed."""
        return self._database.data_version()

    def last_change(self) -> int:
        """The newest line's number; 0 when there never was one."""
        with self._database.reading() as connection:
            return connection.execute(_LAST).scalar() or 0

    def changes(self, after: int, limit: int = 1000) -> list[Change]:
        """The lines after one, oldest first."""
        wanted = select(change).where(change.c.id > after).order_by(change.c.id).limit(limit)
        with self._database.reading() as connection:
            return [Change(id, kind, ref) for id, kind, ref in connection.execute(wanted)]
