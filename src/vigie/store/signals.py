"""What the detectors remember, in the database: the port `vigie.flows.ports.signals`."""

from sqlalchemy import select

from vigie.store import sqlite
from vigie.store.database import Database
from vigie.store.schema import signal

_insert = sqlite.INSERT_MANY(signal)
_KEEP = _insert.on_conflict_do_update(index_elements=[signal.c.name], set_={"state": _insert.excluded.state})


class SqlSignals:
    """Not durable: a detector learns its last minute again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, name: str) -> bytes | None:
        """See the port."""
        with self._database.reading() as connection:
            return connection.execute(select(signal.c.state).where(signal.c.name == name)).scalar()

    def keep(self, states: dict[str, bytes]) -> None:
        """See the port."""
        if states:
            with self._database.writing(durable=False) as tx:
                tx.execute(_KEEP, [{"name": name, "state": state} for name, state in states.items()])
