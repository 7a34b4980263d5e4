"""Notices in the database: the port `vigie.flows.ports.notices`."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import structs
from sqlalchemy import Select, func, insert, select, update

from vigie.model import Act, Delivery, Millis, Notice
from vigie.store import sqlite
from vigie.store.acts import append_act
from vigie.store.changes import note_changes
from vigie.store.database import Database
from vigie.store.schema import delivery, notice, seen

_values = msgspec.json.Decoder(dict[str, str | int | float]).decode
_people = msgspec.json.Decoder(tuple[str, ...]).decode
_WIDTH = len(delivery.c)
_BOTH = select(delivery, notice).join(notice)
_ON_PAGE = (delivery.c.means == "page", delivery.c.state == "delivered")
_insert = sqlite.INSERT_MANY(seen)
_SEE = _insert.on_conflict_do_update(
    index_elements=[seen.c.person],
    set_={"upto": _insert.excluded.upto},
    where=_insert.excluded.upto > seen.c.upto,
)


class SqlNotices:
    """Every writing method is durable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def tell(self, wanted: Notice, deliveries: Sequence[Delivery]) -> Notice:
        """See the port."""
        row = structs.asdict(wanted) | {"to": sqlite.as_list(wanted.to), "values": _json(wanted.values)}
        del row["id"]
        with self._database.writing(durable=True) as tx:
            id = tx.execute(insert(notice).values(row).returning(notice.c.id)).scalar_one()
            if deliveries:
                tx.execute(insert(delivery), [_delivery_row(one, id, wanted.at) for one in deliveries])
            note_changes(tx, [("notice", str(id))])
        return structs.replace(wanted, id=id)

    def due(self, now: Millis, limit: int = 50) -> list[tuple[Delivery, Notice]]:
        """See the port. The one that has waited longest first."""
        wanted = _BOTH.where(delivery.c.state == "waiting", delivery.c.try_at <= now)
        return self._both(wanted.order_by(delivery.c.try_at, delivery.c.id).limit(limit))

    def settle(self, changed: Delivery, act: Act | None = None) -> None:
        """See the port."""
        row = structs.asdict(changed)
        del row["id"]
        with self._database.writing(durable=True) as tx:
            tx.execute(update(delivery).where(delivery.c.id == changed.id).values(row))
            if act is not None:
                append_act(tx, act)
            note_changes(tx, [("notice", str(changed.notice))])

    def get(self, id: int) -> Notice | None:
        """See the port."""
        with self._database.reading() as connection:
            row = connection.execute(select(notice).where(notice.c.id == id)).first()
        return _notice(row) if row else None

    def of_incident(self, incident: int) -> list[Notice]:
        """See the port. Oldest first."""
        wanted = select(notice).where(notice.c.incident == incident).order_by(notice.c.id)
        with self._database.reading() as connection:
            return [_notice(row) for row in connection.execute(wanted)]

    def for_person(self, person: str, limit: int = 50) -> list[tuple[Notice, Delivery]]:
        """See the port."""
        wanted = _BOTH.where(delivery.c.person == person, *_ON_PAGE)
        found = self._both(wanted.order_by(delivery.c.notice.desc()).limit(limit))
        return [(told, made) for made, told in found]

    def log(self, limit: int = 200, state: str = "") -> list[tuple[Delivery, Notice]]:
        """See the port."""
        wanted = _BOTH.where(delivery.c.state == state) if state else _BOTH
        return self._both(wanted.order_by(delivery.c.id.desc()).limit(limit))

    def delivery(self, id: int) -> Delivery | None:
        """See the port."""
        with self._database.reading() as connection:
            row = connection.execute(select(delivery).where(delivery.c.id == id)).first()
        return Delivery(**row._mapping) if row else None  # noqa: SLF001 - SQLAlchemy's public name for it

    def cancel(self, incident: int) -> None:
        """See the port."""
        about = select(notice.c.id).where(notice.c.incident == incident)
        waiting = update(delivery).where(delivery.c.notice.in_(about), delivery.c.state == "waiting")
        with self._database.writing(durable=True) as tx:
            ended = set(tx.execute(waiting.values(state="cancelled").returning(delivery.c.notice)).scalars())
            note_changes(tx, [("notice", str(id)) for id in sorted(ended)])

    def read(self, person: str, upto: int) -> None:
        """See the port."""
        with self._database.writing(durable=True) as tx:
            if tx.execute(_SEE, {"person": person, "upto": upto}).rowcount:  # the same again is no news
                note_changes(tx, [("notice", str(upto))])

    def unread(self, person: str) -> int:
        """See the port."""
        read = select(seen.c.upto).where(seen.c.person == person).scalar_subquery()
        wanted = select(func.count()).select_from(delivery)
        wanted = wanted.where(delivery.c.person == person, *_ON_PAGE, delivery.c.notice > func.coalesce(read, 0))
        with self._database.reading() as connection:
            return connection.execute(wanted).scalar_one()

    def _both(self, wanted: Select[Any]) -> list[tuple[Delivery, Notice]]:
        with self._database.reading() as connection:
            rows = connection.execute(wanted).all()
        return [(Delivery(**dict(zip(delivery.c.keys(), row, strict=False))), _told(row[_WIDTH:])) for row in rows]


def _told(values: Sequence[Any]) -> Notice:
    fields = dict(zip(notice.c.keys(), values, strict=True))
    return Notice(**fields | {"to": _people(fields["to"]), "values": _values(fields["values"])})


def _notice(row: Any) -> Notice:
    return _told(tuple(row))


def _delivery_row(one: Delivery, notice_id: int, at: Millis) -> dict[str, Any]:
    row = structs.asdict(one) | {"notice": notice_id}
    del row["id"]
    if one.means == "page":  # it stands on the page from now on
        row |= {"state": "delivered", "delivered_at": at}
    return row


def _json(values: dict[str, str | int | float]) -> str:
    return msgspec.json.encode(values).decode()
