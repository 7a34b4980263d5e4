"""Lines of the change feed, appended in the transaction of what they tell."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from sqlalchemy import Connection, delete, func, insert, select

from vigie.store import sqlite
from vigie.store.schema import change

KEPT_CHANGES = 50_000
"""Older lines are dropped: who was away for longer reads everything anew."""

Kind: TypeAlias = Literal["mention", "edit", "gone", "source", "charter", "publication", "pause", "incident", "notice"]

NEWEST = select(func.max(change.c.id))
_ADD = sqlite.positional(insert(change).values(kind="", ref=""))


def note_changes(tx: Connection, changes: Sequence[tuple[Kind, str]]) -> None:
    """Appends (kind, ref) and drops what is too old."""
    if changes:
        tx.exec_driver_sql(_ADD, list(changes))
        newest = tx.execute(NEWEST).scalar() or 0
        tx.execute(delete(change).where(change.c.id <= newest - KEPT_CHANGES))
