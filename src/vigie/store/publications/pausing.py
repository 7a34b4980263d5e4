"""Pauses put in force. One row does it: whoever claims looks at the pauses in the same transaction."""

from msgspec import structs
from sqlalchemy import Connection, insert, select, update

from vigie.flows.ports.publications import Paused
from vigie.model import Act, Pause, Publication
from vigie.store.acts import append_act
from vigie.store.changes import note_changes
from vigie.store.publications.chapter import Chapter
from vigie.store.publications.rows import holder, pause_of, pause_row, pauses_in_force, publications
from vigie.store.schema import pause as pauses
from vigie.store.schema import publication

_WAITING = select(publication.c.id, publication.c.channel).where(publication.c.state == "scheduled")
_ON_THEIR_WAY = select(publication.c.id).where(publication.c.state.in_(("publishing", "unconfirmed")))


class Pausing(Chapter):
    """The port's pauses."""

    def pause(self, wanted: Pause, act: Act) -> Paused:
        """See the port."""
        with self._database.writing(durable=True) as tx:
            id = tx.execute(insert(pauses).values(pause_row(wanted)).returning(pauses.c.id)).scalar_one()
            append_act(tx, structs.replace(act, what=f"pause:{id}"))
            note_changes(tx, [("pause", str(id))])
            made = structs.replace(wanted, id=id)
            flying = [one for one in publications(tx, _ON_THEIR_WAY) if made.covers(one.channel)]
            return Paused(made, held_by(tx, id), tuple(flying))

    def pauses(self) -> list[Pause]:
        """See the port."""
        with self._database.reading() as connection:
            return pauses_in_force(connection)

    def pause_of(self, id: int) -> Pause | None:
        """See the port."""
        with self._database.reading() as connection:
            return the_pause(connection, id)

    def latest_pauses(self, limit: int = 20) -> list[Pause]:
        """See the port."""
        with self._database.reading() as connection:
            return [
                pause_of(row) for row in connection.execute(select(pauses).order_by(pauses.c.id.desc()).limit(limit))
            ]

    def held(self, pause: int) -> list[Publication]:
        """See the port."""
        with self._database.reading() as connection:
            ids = select(publication.c.id).where(publication.c.state == "scheduled")
            return [one for one in publications(connection, ids) if one.held == pause]

    def settled(self, pause: int, after_ms: int, act: Act | None = None) -> None:
        """See the port."""
        with self._database.writing(durable=True) as tx:
            first = (
                update(pauses).where(pauses.c.id == pause, pauses.c.settled_ms.is_(None)).values(settled_ms=after_ms)
            )
            if tx.execute(first.returning(pauses.c.id)).first() is not None:
                if act is not None:
                    append_act(tx, act)
                note_changes(tx, [("pause", str(pause))])


def held_by(connection: Connection, id: int) -> tuple[int, ...]:
    """Numbers of what this pause, and none before it, holds."""
    forces = pauses_in_force(connection)
    holds: dict[str, bool] = {}
    found = []
    for number, channel in connection.execute(_WAITING.order_by(publication.c.due, publication.c.id)):
        if channel not in holds:
            holds[channel] = holder(forces, channel) == id
        if holds[channel]:
            found.append(number)
    return tuple(found)


def the_pause(connection: Connection, id: int) -> Pause | None:
    """One, by number, whatever became of it."""
    row = connection.execute(select(pauses).where(pauses.c.id == id)).first()
    return pause_of(row) if row else None
