"""Incidents in the database: the port `vigie.flows.ports.incidents`."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import structs
from sqlalchemy import Connection, insert, select, update

from vigie.flows.ports.incidents import IncidentMovedError
from vigie.model import Act, Evidence, Happening, Incident, IncidentState, Millis, Task
from vigie.store import sqlite
from vigie.store.acts import append_act
from vigie.store.changes import note_changes
from vigie.store.copies import current, note_copies
from vigie.store.database import Database
from vigie.store.refusals import Refusals
from vigie.store.schema import evidence, happening, incident, task

_values = msgspec.json.Decoder(dict[str, str | int | float]).decode
_channels = msgspec.json.Decoder(tuple[str, ...]).decode
_EVIDENCE = [evidence.c[name] for name in Evidence.__struct_fields__]


class SqlIncidents:
    """Every writing method is durable."""

    def __init__(self, database: Database, refusals: Refusals) -> None:
        self._database = database
        self._refusals = refusals

    def open(
        self, wanted: Incident, happened: Sequence[Happening], tasks: Sequence[Task], act: Act
    ) -> tuple[Incident, bool]:
        """See the port."""
        with self._database.writing(durable=True) as tx:
            found = _open_of(tx, wanted.key) if wanted.key else None
            if found is None:
                row = _row(structs.replace(wanted, revision=1))
                id = tx.execute(insert(incident).values(row).returning(incident.c.id)).scalar_one()
                found = structs.replace(wanted, id=id, revision=1)
                if tasks:
                    tx.execute(insert(task), [_task_row(one) | {"incident": id} for one in tasks])
                append_act(tx, structs.replace(act, what=f"incident:{id}"))
                new = True
            else:
                new = False
            _tell(tx, found.id, happened)
            return found, new

    def change(self, changed: Incident, happened: Sequence[Happening], act: Act) -> Incident:
        """See the port."""
        with self._database.writing(durable=True) as tx:
            before = _one(tx, changed.id)
            if before is None:
                raise LookupError(changed.id)
            if before.revision != changed.revision:
                raise IncidentMovedError(before)
            stored = structs.replace(changed, revision=before.revision + 1)
            tx.execute(update(incident).where(incident.c.id == changed.id).values(_row(stored)))
            append_act(tx, act)
            _tell(tx, changed.id, happened)
            return stored

    def get(self, id: int) -> Incident | None:
        """See the port."""
        with self._database.reading() as connection:
            return _one(connection, id)

    def of_states(self, states: Sequence[IncidentState], limit: int = 100) -> list[Incident]:
        """See the port."""
        latest = (incident.c.opened_at.desc(), incident.c.id.desc())
        wanted = select(incident).where(incident.c.state.in_(states)).order_by(*latest).limit(limit)
        with self._database.reading() as connection:
            return [_incident(row) for row in connection.execute(wanted)]

    def of_key(self, key: str) -> Incident | None:
        """See the port."""
        with self._database.reading() as connection:
            return _open_of(connection, key)

    def happen(self, line: Happening) -> None:
        """See the port."""
        with self._database.writing(durable=True) as tx:
            _tell(tx, line.incident, [line])

    def timeline(self, id: int) -> list[Happening]:
        """See the port."""
        wanted = select(happening).where(happening.c.incident == id).order_by(happening.c.at, happening.c.id)
        with self._database.reading() as connection:
            rows = connection.execute(wanted).mappings().all()
        return [Happening(**{**row, "values": _values(row["values"])}) for row in rows]

    def add_task(self, wanted: Task, act: Act) -> Task:
        """See the port."""
        with self._database.writing(durable=True) as tx:
            id = tx.execute(insert(task).values(_task_row(wanted)).returning(task.c.id)).scalar_one()
            append_act(tx, act)
            note_changes(tx, [("incident", str(wanted.incident))])
            return structs.replace(wanted, id=id)

    def finish_task(self, id: int, who: str, now: Millis, act: Act, *, done: bool = True) -> Task:
        """See the port."""
        with self._database.writing(durable=True) as tx:
            end = {"done_at": now if done else None, "done_by": who if done else ""}
            row = tx.execute(update(task).where(task.c.id == id).values(end).returning(*task.c)).first()
            if row is None:
                raise LookupError(id)
            append_act(tx, act)
            note_changes(tx, [("incident", str(row.incident))])
            return Task(*row)

    def tasks(self, id: int) -> list[Task]:
        """See the port. In the order in which they came."""
        with self._database.reading() as connection:
            return [Task(*row) for row in connection.execute(_tasks_of(id))]

    def keep_evidence(self, facts: Evidence) -> None:
        """See the port."""
        with self._database.writing(durable=True) as tx:
            content = current(tx, self._refusals, facts.content)
            row = structs.asdict(facts) | {"content": content}
            id = tx.execute(insert(evidence).values(row).returning(evidence.c.id)).scalar_one()
            note_copies(tx, "evidence", id, content)
            note_changes(tx, [("incident", str(facts.incident))])

    def evidence(self, id: int) -> list[Evidence]:
        """See the port. Oldest first."""
        wanted = select(*_EVIDENCE).where(evidence.c.incident == id).order_by(evidence.c.id)
        with self._database.reading() as connection:
            return [Evidence(*row) for row in connection.execute(wanted)]


def _tell(tx: Connection, id: int, happened: Sequence[Happening]) -> None:
    if happened:
        rows = [structs.asdict(line) | {"incident": id, "values": _json(line.values)} for line in happened]
        for row in rows:
            del row["id"]
        tx.execute(insert(happening), rows)
    note_changes(tx, [("incident", str(id))])


def _open_of(connection: Connection, key: str) -> Incident | None:
    wanted = select(incident).where(incident.c.key == key, incident.c.state.in_(("open", "acknowledged", "contained")))
    row = connection.execute(wanted.order_by(incident.c.id.desc()).limit(1)).first()
    return _incident(row) if row else None


def _one(connection: Connection, id: int) -> Incident | None:
    row = connection.execute(select(incident).where(incident.c.id == id)).first()
    return _incident(row) if row else None


def _incident(row: Any) -> Incident:
    fields = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    fields["values"], fields["channels"] = _values(fields["values"]), _channels(fields["channels"])
    return Incident(**fields)


def _row(one: Incident) -> dict[str, Any]:
    row = structs.asdict(one)
    del row["id"]
    return row | {"values": _json(one.values), "channels": sqlite.as_list(one.channels)}


def _task_row(one: Task) -> dict[str, Any]:
    row = structs.asdict(one)
    del row["id"]
    return row


def _tasks_of(id: int) -> Any:
    return select(task).where(task.c.incident == id).order_by(task.c.id)


def _json(values: dict[str, str | int | float]) -> str:
    return msgspec.json.encode(values).decode()
