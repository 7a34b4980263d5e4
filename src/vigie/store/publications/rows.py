"""Publications and pauses as rows, and back. Who is held by which pause is worked out here, and stored nowhere."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, select

from vigie.model import Outgoing, Pause, Publication, Release, Sent
from vigie.store import sqlite
from vigie.store.schema import pause, publication, sent

_encode = msgspec.json.Encoder().encode
_outgoing = msgspec.json.Decoder(Outgoing).decode
_channels = msgspec.json.Decoder(tuple[str, ...]).decode
_release = msgspec.json.Decoder(Release).decode

PLAIN = [column.name for column in publication.c if column.name != "outgoing"]
"""Columns that are fields of `Publication` as they are."""
SENT = [sent.c.key, sent.c.remote_id, sent.c.version, sent.c.url, sent.c.gone_at]

_ROWS = select(publication, sent.c.place, *SENT).outerjoin(sent)
_WIDTH = len(publication.c)
_IN_FORCE = select(pause).where(pause.c.released_at.is_(None), pause.c.drill.is_(False)).order_by(pause.c.id)


def row_of(one: Publication) -> dict[str, Any]:
    """Every column of `publication`."""
    return {name: getattr(one, name) for name in PLAIN} | {"outgoing": _encode(one.outgoing).decode()}


def sent_rows(one: Publication) -> list[dict[str, Any]]:
    """Its rows of `sent`."""
    of = {"publication": one.id, "network": one.network}
    return [of | {"place": place} | msgspec.structs.asdict(piece) for place, piece in enumerate(one.sent)]


def publications(
    connection: Connection, ids: Select[Any], order: Sequence[Any] = (publication.c.due, publication.c.id)
) -> list[Publication]:
    """Those whose numbers a select gives, by ``due`` unless said otherwise. One select: a snapshot of each."""
    forces = pauses_in_force(connection)
    rows = connection.execute(_ROWS.where(publication.c.id.in_(ids)).order_by(*order, sent.c.place))
    return [_publication(list(group), forces) for _, group in groupby(rows, key=lambda row: row.id)]


def the_publication(connection: Connection, id: int) -> Publication | None:
    """One, by number."""
    rows = connection.execute(_ROWS.where(publication.c.id == id).order_by(sent.c.place)).all()
    return _publication(rows, pauses_in_force(connection)) if rows else None


def _publication(rows: Sequence[Any], forces: Sequence[Pause]) -> Publication:
    first = rows[0]
    fields = dict(zip(publication.c.keys(), first[:_WIDTH], strict=True))
    fields["outgoing"] = _outgoing(fields["outgoing"])
    pieces = tuple(Sent(*row[_WIDTH + 1 :]) for row in rows if row.place is not None)
    held = holder(forces, fields["channel"]) if fields["state"] == "scheduled" else 0
    return Publication(**fields, sent=pieces, held=held)


def pauses_in_force(connection: Connection) -> list[Pause]:
    """The earliest first."""
    return [pause_of(row) for row in connection.execute(_IN_FORCE)]


def holder(forces: Iterable[Pause], channel: str) -> int:
    """Number of the pause that holds what is scheduled on a channel; 0 for none."""
    return next((one.id for one in forces if one.covers(channel)), 0)


def pause_of(row: Any) -> Pause:
    """From the columns of `pause`."""
    fields = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    fields["channels"] = _channels(fields["channels"])
    fields["released_by"] = _channels(fields["released_by"])
    fields["release"] = _release(fields["release"]) if fields["release"] else None
    return Pause(**fields)


def pause_row(one: Pause) -> dict[str, Any]:
    """Every column of `pause` but its number."""
    row = msgspec.structs.asdict(one)
    del row["id"]
    row["channels"], row["released_by"] = sqlite.as_list(one.channels), sqlite.as_list(one.released_by)
    row["release"] = release_json(one.release) if one.release else None
    return row


def release_json(release: Release) -> str:
    """What stands in ``pause.release``."""
    return _encode(release).decode()
