"""Drafts in the database: the port `vigie.flows.ports.drafts`."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, exists, insert, select, update

from vigie.flows.ports.drafts import OPEN, SITTING, OutdatedError
from vigie.model import Act, Content, Decision, DraftState, DraftVersion, Millis, Raised, SavedDraft
from vigie.store import sqlite
from vigie.store.acts import append_act
from vigie.store.copies import current, note_copies
from vigie.store.database import Database
from vigie.store.refusals import Refusals
from vigie.store.schema import approval, decision, draft, draft_version, raised

_encode = msgspec.json.Encoder().encode
_content = msgspec.json.Decoder(Content).decode
_COLUMNS = [
    draft.c.id,
    draft.c.revision,
    draft.c.version,
    draft.c.content,
    draft.c.author,
    draft.c.saved_by,
    draft.c.saved_at,
    draft.c.created_at,
    draft.c.state,
]
_DECISION = [column for column in decision.c if column.name != "id"]


class SqlDrafts:
    """Every writing method is durable: what its author was told is saved is on the disk."""

    def __init__(self, database: Database, refusals: Refusals) -> None:
        self._database = database
        self._refusals = refusals

    def begin(self, content: Content, author: str, now: Millis, act: Act) -> SavedDraft:
        """A new draft, with its act."""
        row = {
            "revision": 1,
            "version": 1,
            "author": author,
            "saved_by": author,
            "saved_at": now,
            "created_at": now,
            "state": "draft",
        }
        with self._database.writing(durable=True) as tx:
            row["content"] = current(tx, self._refusals, _encode(content).decode())
            id = tx.execute(insert(draft).values(row).returning(draft.c.id)).scalar_one()
            _keep_version(tx, id, 1, row)
            append_act(tx, msgspec.structs.replace(act, what=f"draft:{id}"))
            return _there(tx, id)

    def save(self, id: int, revision: int, content: Content, who: str, now: Millis) -> SavedDraft:
        """Replaces what it says, when nobody saved meanwhile."""
        with self._database.writing(durable=True) as tx:
            before = _expected(tx, id, revision)
            said = current(tx, self._refusals, _encode(_answering(before.content, content)).decode())
            if _content(said) == before.content:
                return before
            version = before.version if _goes_on(tx, before, who, now) else before.version + 1
            row = {
                "revision": revision + 1,
                "version": version,
                "content": said,
                "saved_by": who,
                "saved_at": now,
                "state": "draft",
            }
            tx.execute(update(draft).where(draft.c.id == id).values(row))
            _keep_version(tx, id, version, row)
            return _there(tx, id)

    def move(self, id: int, revision: int, state: DraftState, who: str, now: Millis, act: Act) -> SavedDraft:
        """Changes its state, with its act."""
        with self._database.writing(durable=True) as tx:
            _expected(tx, id, revision)
            row = {"revision": revision + 1, "state": state, "saved_by": who, "saved_at": now}
            tx.execute(update(draft).where(draft.c.id == id).values(row))
            append_act(tx, msgspec.structs.replace(act, what=f"draft:{id}"))
            return _there(tx, id)

    def get(self, id: int) -> SavedDraft | None:
        """One draft, whatever its state."""
        with self._database.reading() as connection:
            return _one(connection, id)

    def latest(self, states: Sequence[DraftState] = OPEN, limit: int = 100) -> list[SavedDraft]:
        """The last saved first."""
        wanted = select(*_COLUMNS).where(draft.c.state.in_(states)).order_by(draft.c.saved_at.desc(), draft.c.id.desc())
        with self._database.reading() as connection:
            return [_saved(*row) for row in connection.execute(wanted.limit(limit))]

    def versions(self, id: int) -> list[DraftVersion]:
        """Oldest first."""
        columns = draft_version.c
        wanted = select(columns.version, columns.content, columns.saved_by, columns.saved_at)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.where(columns.draft == id).order_by(columns.version))
            return [DraftVersion(version, _content(content), who, at) for version, content, who, at in rows]

    def raise_findings(self, found: Sequence[Raised]) -> None:
        """Counts those that were not counted before."""
        if found:
            with self._database.writing(durable=False) as tx:
                rows = [msgspec.structs.asdict(one) for one in found]
                tx.execute(sqlite.INSERT_MANY(raised).on_conflict_do_nothing(), rows)

    def decide(self, made: Decision, act: Act) -> None:
        """Keeps what somebody decided, with its act."""
        with self._database.writing(durable=True) as tx:
            tx.execute(insert(decision), msgspec.structs.asdict(made))
            append_act(tx, act)

    def decisions(self, id: int) -> list[Decision]:
        """About one draft, oldest first."""
        wanted = select(*_DECISION).where(decision.c.draft == id).order_by(decision.c.id)
        with self._database.reading() as connection:
            return [Decision(*row) for row in connection.execute(wanted)]

    def decided_since(self, since: Millis) -> list[Decision]:
        """Oldest first."""
        wanted = select(*_DECISION).where(decision.c.at >= since).order_by(decision.c.at, decision.c.id)
        with self._database.reading() as connection:
            return [Decision(*row) for row in connection.execute(wanted)]

    def raised_since(self, since: Millis) -> list[Raised]:
        """Oldest first."""
        wanted = select(raised).where(raised.c.at >= since).order_by(raised.c.at)
        with self._database.reading() as connection:
            return [Raised(*row) for row in connection.execute(wanted)]


def _keep_version(tx: Connection, id: int, version: int, row: dict[str, object]) -> None:
    kept = {name: row[name] for name in ("content", "saved_by", "saved_at")}
    statement = sqlite.INSERT_MANY(draft_version).values(draft=id, version=version, **kept)
    tx.execute(statement.on_conflict_do_update(index_elements=["draft", "version"], set_=kept))
    note_copies(tx, "draft", id, str(row["content"]))


def _answering(before: Content, after: Content) -> Content:
    """With the post answered as it stands: its words may have been forgotten since somebody opened the draft."""
    was, now = before.answers, after.answers
    same = was is not None and now is not None and (was.network, was.remote_id) == (now.network, now.remote_id)
    return msgspec.structs.replace(after, answers=was) if same else after


def _goes_on(tx: Connection, before: SavedDraft, who: str, now: Millis) -> bool:
    """Whether what is saved now still belongs to the version before: the same sitting of the person who wrote it, and
    nobody was asked or has answered. Who only moved the draft wrote nothing."""
    this = (draft_version.c.draft == before.id, draft_version.c.version == before.version)
    writer, at = tx.execute(select(draft_version.c.saved_by, draft_version.c.saved_at).where(*this)).one()
    answered = exists().where(approval.c.draft == before.id, approval.c.version == before.version)
    if before.state != "draft" or writer != who or not 0 <= now - at < SITTING:
        return False
    return not tx.execute(select(answered)).scalar()


def _expected(tx: Connection, id: int, revision: int) -> SavedDraft:
    current = _there(tx, id)
    if current.revision != revision:
        raise OutdatedError(current)
    return current


def _there(connection: Connection, id: int) -> SavedDraft:
    found = _one(connection, id)
    if found is None:
        raise LookupError(id)
    return found


def _one(connection: Connection, id: int) -> SavedDraft | None:
    row = connection.execute(select(*_COLUMNS).where(draft.c.id == id)).first()
    return _saved(*row) if row else None


def _saved(
    id: int,
    revision: int,
    version: int,
    content: str,
    author: str,
    saved_by: str,
    saved_at: Millis,
    created_at: Millis,
    state: DraftState,
) -> SavedDraft:
    return SavedDraft(id, revision, version, _content(content), author, saved_by, saved_at, created_at, state)
