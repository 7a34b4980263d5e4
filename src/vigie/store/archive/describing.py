"""What the archive knows besides posts: the states of sources, the versions of queries, who authors are."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from vigie.flows.ports.archive import QueryVersion
from vigie.model import Author, Millis, SourceState
from vigie.store import sqlite
from vigie.store.archive.chapter import Chapter
from vigie.store.archive.people import update_authors
from vigie.store.changes import note_changes
from vigie.store.schema import author, progress, quarantine, query, reject, source

_insert = sqlite.INSERT_MANY(source)
_PUT = _insert.on_conflict_do_update(
    index_elements=[source.c.id],
    set_={column.name: _insert.excluded[column.name] for column in source.c if column.name != "id"},
)
_STATES = (
    select(source, progress.c.latest, progress.c.last_post_at, progress.c.events, progress.c.posts, progress.c.kept)
    .outerjoin(progress, progress.c.source == source.c.id)
    .order_by(source.c.id)
)
_VERSION = [query.c.id, query.c.number, query.c.match]
_RETIRE = update(query).where(query.c.id.in_(sqlite.among(bindparam("ids"))), query.c.current).values(current=False)
_CURRENT = select(*_VERSION).where(query.c.current).order_by(query.c.id)


class Describing(Chapter):
    """The port's chapter on sources, queries and authors."""

    def set_source(self, state: SourceState) -> None:
        """Puts a source's state; the page learns of it by the change feed."""
        row = msgspec.structs.asdict(state) | {"rejected": msgspec.json.encode(state.rejected).decode()}
        with self._database.writing(durable=False) as tx:
            tx.execute(_PUT, row)
            note_changes(tx, [("source", state.id)])

    def drop_sources(self, keep: Sequence[str]) -> None:
        """Forgets the states and rejected events of all other sources; their cursors and posts stay."""
        kept = {"kept": sqlite.as_list(keep)}
        others = sqlite.among(bindparam("kept"))
        with self._database.writing(durable=False) as tx:
            gone = tx.execute(select(source.c.id).where(source.c.id.not_in(others)), kept).scalars().all()
            tx.execute(delete(source).where(source.c.id.not_in(others)), kept)
            tx.execute(delete(reject).where(reject.c.source.not_in(others)), kept)
            tx.execute(delete(quarantine).where(quarantine.c.source.not_in(others)), kept)
            note_changes(tx, [("source", id) for id in gone])

    def sources(self) -> list[SourceState]:
        """States as they were put, with totals and times never behind what `append` has stored."""
        with self._database.reading() as connection:
            rejected: dict[str, dict[str, int]] = {}
            for id, reason, count in connection.execute(select(reject)):
                rejected.setdefault(id, {})[reason] = count
            return [_state(tuple(row), rejected.get(row[0], {})) for row in connection.execute(_STATES)]

    def quarantine(self, source: str, limit: int = 20) -> list[tuple[Millis, str, str, bytes]]:
        """The latest rejected events: (at, reason, detail, raw)."""
        columns = [quarantine.c.at, quarantine.c.reason, quarantine.c.detail, quarantine.c.raw]
        mine = select(*columns).where(quarantine.c.source == source).order_by(quarantine.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            return [(at, reason, detail, raw) for at, reason, detail, raw in connection.execute(mine)]

    def set_queries(self, queries: Sequence[tuple[str, str]], now: Millis) -> tuple[QueryVersion, ...]:
        """Records the charter's queries as (id, match); gives them in the same order. Writes only what is new."""
        current = {version.id: version for version in self.queries()}
        if {id: version.match for id, version in current.items()} != dict(queries):
            with self._database.writing(durable=True) as tx:
                current = {id: QueryVersion(id, *rest) for id, *rest in tx.execute(_CURRENT)}
                tx.execute(_RETIRE, {"ids": sqlite.as_list(id for id in current if id not in dict(queries))})
                for id, match in queries:
                    if id not in current or current[id].match != match:
                        current[id] = _next_version(tx, id, match, now)
                note_changes(tx, [("charter", "")])
        return tuple(current[id] for id, _ in queries)

    def queries(self) -> list[QueryVersion]:
        """The charter's queries now, by id."""
        with self._database.reading() as connection:
            return [QueryVersion(*row) for row in connection.execute(_CURRENT)]

    def queries_since(self) -> dict[str, Millis]:
        """When each query first came into force, those that the charter no longer has too."""
        first = select(query.c.id, func.min(query.c.since)).group_by(query.c.id)
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(first)}

    def query_versions(self, id: str) -> list[tuple[Millis, QueryVersion]]:
        """Every version of a query, newest first, with when it first came into force."""
        mine = select(query.c.since, *_VERSION).where(query.c.id == id).order_by(query.c.number.desc())
        with self._database.reading() as connection:
            return [(row[0], QueryVersion(*row[1:])) for row in connection.execute(mine)]

    def set_authors(self, network: str, authors: Sequence[Author]) -> None:
        """Fills in what a network's directory says of authors that the archive knows."""
        with self._database.writing(durable=False) as tx:
            update_authors(tx, {(network, who.id): who for who in authors})

    def query_ids(self) -> list[str]:
        """Ids of the queries of every charter so far."""
        with self._database.reading() as connection:
            return list(connection.execute(select(query.c.id).distinct().order_by(query.c.id)).scalars())

    def authors_without_handle(self, network: str, limit: int = 25) -> list[str]:
        """Ids of authors whose handle nobody has said yet, the latest arrivals first."""
        nameless = select(author.c.remote_id).where(author.c.network == network, author.c.handle == "")
        with self._database.reading() as connection:
            return list(connection.execute(nameless.order_by(author.c.id.desc()).limit(limit)).scalars())


def _next_version(tx: Connection, id: str, match: str, now: Millis) -> QueryVersion:
    before = tx.execute(select(*_VERSION).where(query.c.id == id).order_by(query.c.number.desc()).limit(1)).first()
    if before is not None and before[2] == match:  # taken out of the charter and put back as it was
        version = QueryVersion(*before)
        same = (query.c.id == id, query.c.number == version.number)
        tx.execute(update(query).where(*same).values(current=True))
        return version
    version = QueryVersion(id, before[1] + 1 if before else 1, match)
    tx.execute(_RETIRE, {"ids": sqlite.as_list([id])})
    row = {"id": id, "number": version.number, "match": match, "since": now, "current": True}
    tx.execute(insert(query), row)
    return version


def _state(row: tuple[object, ...], rejected: dict[str, int]) -> SourceState:
    *fields, latest, last_post_at, events, posts, kept = row
    said = dict(zip(map(str, source.c.keys()), fields, strict=True))  # plain str: msgspec takes no subclass
    said["rejected"] = msgspec.json.decode(str(said["rejected"]), type=dict[str, int])
    state = msgspec.convert(said, SourceState)
    for reason, count in rejected.items():
        state.rejected[reason] = max(count, state.rejected.get(reason, 0))
    stored = {"latest": latest, "last_post_at": last_post_at, "events": events, "posts": posts, "kept": kept}
    ahead = {name: value for name, value in stored.items() if _ahead(value, getattr(state, name))}
    return msgspec.structs.replace(state, **ahead)


def _ahead(stored: object, said: object) -> bool:
    return isinstance(stored, int) and (not isinstance(said, int) or stored > said)
