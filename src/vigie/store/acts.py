"""The record of acts: appended, read, never changed (the database itself refuses)."""

import msgspec
from sqlalchemy import Connection, insert, select

from vigie.model import Act, Millis
from vigie.store.changes import note_changes
from vigie.store.database import Database
from vigie.store.schema import act as acts

_COLUMNS = [acts.c.at, acts.c.who, acts.c.verb, acts.c.what, acts.c.why, acts.c.charter, acts.c.details]


def append_act(tx: Connection, act: Act) -> None:
    """Appends within the transaction of what the act records. A new charter is announced on the change feed."""
    row = msgspec.structs.asdict(act) | {"details": msgspec.json.encode(act.details).decode()}
    tx.execute(insert(acts), row)
    if "charter" in act.details:
        note_changes(tx, [("charter", "")])


class SqlActs:
    """The port `vigie.flows.ports.archive.Acts`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, act: Act) -> None:
        """Appends an act that changes nothing else in the store."""
        with self._database.writing(durable=True) as tx:
            append_act(tx, act)

    def latest(self, before: int = 0, limit: int = 50) -> list[tuple[int, Act]]:
        """(number, act), the latest first; ``before`` is the number of the last one of the page before."""
        wanted = select(acts.c.id, *_COLUMNS).order_by(acts.c.id.desc()).limit(limit)
        if before:
            wanted = wanted.where(acts.c.id < before)
        with self._database.reading() as connection:
            return [(id, _act(*values)) for id, *values in connection.execute(wanted)]


def _act(at: Millis, who: str, verb: str, what: str, why: str, charter: str, details: str) -> Act:
    return Act(at, who, verb, what, why, charter, msgspec.json.decode(details))
