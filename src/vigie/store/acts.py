"""The ledger in the database: acts appended and chained, read, never changed (the database itself refuses)."""

from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import Connection, insert, select

from vigie.ledger import ORIGIN, Checkpoint, Entry, Seal, digest, link
from vigie.model import Act, Millis
from vigie.store.changes import note_changes
from vigie.store.database import Database
from vigie.store.schema import act as acts
from vigie.store.schema import seal as seals

_COLUMNS = [acts.c.at, acts.c.who, acts.c.verb, acts.c.what, acts.c.why, acts.c.charter, acts.c.details]
_PAGE = 1000


def append_act(tx: Connection, act: Act) -> None:
    """Appends within the transaction of what the act records. A new charter is announced on the change feed.

    Writing transactions come one after the other, in whatever process: so the act before stays the act before until
    this one is in its place, and the chain cannot fork.
    """
    append_acts(tx, [act])


def append_acts(tx: Connection, made: Sequence[Act]) -> None:
    """Several at once, in their order."""
    number, prev = _end(tx)
    rows = []
    for number, act in enumerate(made, number + 1):  # noqa: B020 - goes on from the last one
        entry = link(act, number, prev)
        row = msgspec.structs.asdict(act) | {
            "id": number,
            "details": msgspec.json.encode(act.details).decode(),
            "prev": prev,
            "digest": digest(entry),
        }
        rows.append(row)
        prev = row["digest"]
    if rows:
        tx.execute(insert(acts), rows)
    if any("charter" in act.details for act in made):
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

    def about(self, what: str, limit: int = 200) -> list[tuple[int, Act]]:
        """(number, act) of what was done to one thing, the latest first."""
        wanted = select(acts.c.id, *_COLUMNS).where(acts.c.what == what).order_by(acts.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            return [(id, _act(*values)) for id, *values in connection.execute(wanted)]

    def end(self) -> tuple[int, str]:
        """(number, digest) of the last entry; (0, `vigie.ledger.ORIGIN`) before the first one."""
        with self._database.reading() as connection:
            return _end(connection)

    def entries(self, after: int = 0) -> Iterator[tuple[Entry, str]]:
        """(entry, digest as stored) from the one after ``after`` on, in order. Reads a page at a time."""
        wanted = select(acts.c.id, acts.c.prev, acts.c.digest, *_COLUMNS).order_by(acts.c.id).limit(_PAGE)
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(wanted.where(acts.c.id > after)).fetchall()
            for id, prev, made, *values in rows:
                after = id
                yield Entry(n=id, prev=prev, **msgspec.structs.asdict(_act(*values))), made
            if len(rows) < _PAGE:
                return

    def seals(self) -> list[Seal]:
        """All of them, by the entry they stand after."""
        with self._database.reading() as connection:
            return [_seal(*row) for row in connection.execute(select(seals).order_by(seals.c.n))]

    def set_seal(self, sealed: Seal) -> None:
        """Keeps a seal for good. Nothing happens when its entry has one already."""
        point = sealed.checkpoint
        row = msgspec.structs.asdict(point) | {"key": sealed.key, "signature": sealed.signature}
        with self._database.writing(durable=True) as tx:
            if tx.execute(select(seals.c.n).where(seals.c.n == point.n)).first() is None:
                tx.execute(insert(seals), row)


def _end(connection: Connection) -> tuple[int, str]:
    last = connection.execute(select(acts.c.id, acts.c.digest).order_by(acts.c.id.desc()).limit(1)).first()
    return (last.id, last.digest) if last else (0, ORIGIN)


def _act(at: Millis, who: str, verb: str, what: str, why: str, charter: str, details: str) -> Act:
    return Act(at, who, verb, what, why, charter, msgspec.json.decode(details))


def _seal(n: int, made: str, at: Millis, key: str, signature: str) -> Seal:
    return Seal(checkpoint=Checkpoint(n=n, digest=made, at=at), key=key, signature=signature)
