"""The moves of publications that touch the database: scheduled, claimed, settled."""

from collections.abc import Sequence

from msgspec import structs
from sqlalchemy import Connection, bindparam, exists, insert, select, update
from sqlalchemy.exc import IntegrityError

from vigie.flows.ports.publications import MovedError
from vigie.model import Act, Millis, Publication
from vigie.store import sqlite
from vigie.store.acts import append_act, append_acts
from vigie.store.changes import note_changes
from vigie.store.copies import current, note_copies
from vigie.store.publications.chapter import Chapter
from vigie.store.publications.rows import (
    holder,
    pauses_in_force,
    publications,
    row_of,
    sent_rows,
    the_publication,
)
from vigie.store.schema import publication, sent

_THERE = select(
    exists().where(
        publication.c.series == bindparam("series"), publication.c.wall == bindparam("wall"), publication.c.series != 0
    )
)
_CLAIM = (
    update(publication)
    .where(
        publication.c.id == bindparam("of"),
        publication.c.revision == bindparam("seen"),
        publication.c.state.in_(("scheduled", "unconfirmed")),
    )
    .values(
        state="publishing",
        revision=publication.c.revision + 1,
        attempts=publication.c.attempts + 1,
        claimed_at=bindparam("now"),
        try_at=None,
    )
    .returning(publication.c.channel)
)
_KEPT = [column.name for column in publication.c if column.name != "id"]
_SETTLE = (
    update(publication)
    .where(publication.c.id == bindparam("of"))
    .values({name: bindparam(f"now_{name}") for name in _KEPT})
)
_insert = sqlite.INSERT_MANY(sent)
_SEND = _insert.on_conflict_do_update(
    index_elements=[sent.c.publication, sent.c.place],
    set_={name: _insert.excluded[name] for name in ("key", "remote_id", "version", "url", "gone_at")},
)


class Moving(Chapter):
    """The port's moves."""

    def schedule(self, wanted: Sequence[Publication], act: Act) -> list[Publication]:
        """See the port."""
        with self._database.writing(durable=True) as tx:
            last = sqlite.last_number(tx, publication)
            made: list[int] = []
            for one in wanted:
                if one.series and tx.execute(_THERE, {"series": one.series, "wall": one.wall}).scalar():
                    continue
                number = last + len(made) + 1
                row = row_of(one) | {"id": number, "revision": 1}
                row["series"] = one.series or (number if one.repeat else 0)
                row["outgoing"] = current(tx, self._refusals, row["outgoing"])
                tx.execute(insert(publication), row)
                note_copies(tx, "publication", number, row["outgoing"])
                made.append(number)
            append_acts(tx, [structs.replace(act, what=f"publication:{number}") for number in made])
            note_changes(tx, [("publication", str(number)) for number in made])
            new = select(publication.c.id).where(publication.c.id > last)
            return publications(tx, new, (publication.c.id,))

    def claim(
        self, id: int, revision: int, keys: Sequence[str], now: Millis, act: Act | None = None
    ) -> Publication | None:
        """See the port."""
        with self._database.writing(durable=True) as tx:
            before = the_publication(tx, id)
            if before is None or holder(pauses_in_force(tx), before.channel):
                return None
            if tx.execute(_CLAIM, {"of": id, "seen": revision, "now": now}).first() is None:
                return None
            if not before.sent:
                _give_keys(tx, before, keys)
            if act is not None:
                append_act(tx, structs.replace(act, what=f"publication:{id}"))
            note_changes(tx, [("publication", str(id))])
            return the_publication(tx, id)

    def settle(self, changed: Publication, act: Act | None = None) -> Publication:
        """See the port."""
        with self._database.writing(durable=True) as tx:
            before = the_publication(tx, changed.id)
            if before is None:
                raise LookupError(changed.id)
            if before.revision != changed.revision:
                raise MovedError(before)
            settle_one(tx, before, changed)
            if act is not None:
                append_act(tx, act)
            note_changes(tx, [("publication", str(changed.id))])
            stored = the_publication(tx, changed.id)
            assert stored is not None  # noqa: S101 - it was changed a moment ago, in this transaction
            return stored


def settle_one(tx: Connection, before: Publication, after: Publication) -> None:
    """Stores a changed one over the one that is there, and raises its revision."""
    if len(after.sent) < len(before.sent):
        raise ValueError(f"publication {before.id}: keys are never given back")
    said = before.outgoing  # the words of others in it may have been forgotten since the changed copy was read
    outgoing = structs.replace(after.outgoing, answers=said.answers, quotes=said.quotes)
    row = row_of(structs.replace(after, outgoing=outgoing, revision=before.revision + 1))
    try:
        tx.execute(_SETTLE, {"of": row.pop("id")} | {f"now_{name}": value for name, value in row.items()})
        if after.sent != before.sent:
            tx.execute(_SEND, sent_rows(after))
    except IntegrityError as error:
        raise ValueError(f"publication {before.id}: {error.orig}") from error


def _give_keys(tx: Connection, one: Publication, keys: Sequence[str]) -> None:
    if len(keys) != len(one.outgoing.pieces):
        raise ValueError(f"publication {one.id}: {len(keys)} keys for {len(one.outgoing.pieces)} pieces")
    rows = [
        {"publication": one.id, "place": place, "network": one.network, "key": key,
         "remote_id": "", "version": "", "url": "", "gone_at": None}
        for place, key in enumerate(keys)
    ]  # fmt: skip
    try:
        tx.execute(insert(sent), rows)
    except IntegrityError as error:
        raise ValueError(f"publication {one.id}: {error.orig}") from error
