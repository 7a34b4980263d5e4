"""Accounts, sessions, API tokens, failed logins and remembered answers: the port `vigie.flows.ports.accounts`."""

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Select, bindparam, delete, func, insert, select, update

from vigie.flows.ports.accounts import Account, LoginTakenError, Session, Token
from vigie.model import Act, Millis
from vigie.store import schema, sqlite
from vigie.store.acts import append_act
from vigie.store.database import Database

_Noun = TypeVar("_Noun", Account, Session, Token)

ANSWER_KEPT: Millis = 24 * 3_600_000
FAILURE_KEPT: Millis = 24 * 3_600_000
"""Failed logins are counted over minutes; a day later nobody asks for them."""


class SqlAccounts:
    """Each writing method is one transaction with its act."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Account]:
        """Every account, by login."""
        with self._database.reading() as connection:
            return [
                Account(*row) for row in connection.execute(select(schema.account).order_by(schema.account.c.login))
            ]

    def get(self, login: str) -> Account | None:
        """One account by its login, lower case."""
        return _one(self._database, Account, select(schema.account).where(schema.account.c.login == login))

    def add(self, account: Account, act: Act) -> None:
        """Raises LoginTakenError."""
        with self._database.writing(durable=True) as tx:
            if tx.execute(select(schema.account.c.login).where(schema.account.c.login == account.login)).first():
                raise LoginTakenError(account.login)
            tx.execute(insert(schema.account), msgspec.structs.asdict(account))
            append_act(tx, act)

    def change(self, account: Account, act: Act | None) -> None:
        """Replaces the account of the same login; a disabled one loses its sessions and tokens. Raises LookupError."""
        with self._database.writing(durable=True) as tx:
            fields = msgspec.structs.asdict(account)
            if not tx.execute(
                update(schema.account).where(schema.account.c.login == account.login).values(fields)
            ).rowcount:
                raise LookupError(account.login)
            if account.disabled:
                tx.execute(delete(schema.session).where(schema.session.c.login == account.login))
                tx.execute(delete(schema.token).where(schema.token.c.login == account.login))
            if act is not None:
                append_act(tx, act)

    def open_session(self, session: Session, act: Act) -> None:
        """Stores a session. Raises LookupError for an unknown or disabled login."""
        with self._database.writing(durable=True) as tx:
            _require_enabled(tx, session.login)
            tx.execute(insert(schema.session), msgspec.structs.asdict(session))
            append_act(tx, act)

    def session(self, digest: str) -> Session | None:
        """One session by the digest of its secret."""
        return _one(self._database, Session, select(schema.session).where(schema.session.c.digest == digest))

    def sessions(self, login: str) -> list[Session]:
        """A login's sessions, the latest used first."""
        mine = select(schema.session).where(schema.session.c.login == login).order_by(schema.session.c.seen_at.desc())
        with self._database.reading() as connection:
            return [Session(*row) for row in connection.execute(mine)]

    def touch_session(self, digest: str, at: Millis) -> None:
        """Notes when a session was last used."""
        with self._database.writing(durable=False) as tx:
            tx.execute(update(schema.session).where(schema.session.c.digest == digest).values(seen_at=at))

    def close_sessions(self, digests: Sequence[str], act: Act) -> None:
        """Forgets sessions; their browsers are logged out."""
        with self._database.writing(durable=True) as tx:
            among = schema.session.c.digest.in_(sqlite.among(bindparam("digests")))
            tx.execute(delete(schema.session).where(among), {"digests": sqlite.as_list(digests)})
            append_act(tx, act)

    def add_token(self, token: Token, act: Act) -> None:
        """Stores a token. Raises LookupError for an unknown or disabled login."""
        with self._database.writing(durable=True) as tx:
            _require_enabled(tx, token.login)
            tx.execute(insert(schema.token), msgspec.structs.asdict(token))
            append_act(tx, act)

    def token(self, digest: str) -> Token | None:
        """One token by the digest of its secret; whether it has expired is the caller's to see."""
        return _one(self._database, Token, _TOKEN.where(schema.token.c.digest == digest))

    def tokens(self, login: str) -> list[Token]:
        """A login's tokens, the newest first."""
        mine = _TOKEN.where(schema.token.c.login == login).order_by(schema.token.c.created_at.desc())
        with self._database.reading() as connection:
            return [Token(*row) for row in connection.execute(mine)]

    def drop_token(self, id: str, act: Act) -> None:
        """Forgets a token."""
        with self._database.writing(durable=True) as tx:
            tx.execute(delete(schema.token).where(schema.token.c.id == id))
            append_act(tx, act)

    def touch_token(self, id: str, at: Millis) -> None:
        """Notes when a token was last used."""
        with self._database.writing(durable=False) as tx:
            tx.execute(update(schema.token).where(schema.token.c.id == id).values(used_at=at))

    def failures(self, key: str, since: Millis) -> int:
        """Failed logins under a key since then."""
        count = (
            select(func.count())
            .select_from(schema.failure)
            .where(schema.failure.c.key == key, schema.failure.c.at >= since)
        )
        with self._database.reading() as connection:
            return connection.execute(count).scalar_one()

    def add_failure(self, key: str, at: Millis) -> None:
        """Counts one more, and forgets those of yesterday."""
        with self._database.writing(durable=False) as tx:
            tx.execute(insert(schema.failure), {"key": key, "at": at})
            tx.execute(delete(schema.failure).where(schema.failure.c.at < at - FAILURE_KEPT))

    def clear_failures(self, key: str) -> None:
        """After a login that went well."""
        with self._database.writing(durable=False) as tx:
            tx.execute(delete(schema.failure).where(schema.failure.c.key == key))

    def remember_answer(self, key: str, digest: str, answer: bytes, at: Millis) -> bytes | None:
        """None for the first answer to (key, digest), which is stored; the stored one afterwards, for 24 h.

        Raises ValueError when the key was used with another request.
        """
        with self._database.writing(durable=True) as tx:
            tx.execute(delete(schema.answer).where(schema.answer.c.at < at - ANSWER_KEPT))
            known = tx.execute(
                select(schema.answer.c.digest, schema.answer.c.answer).where(schema.answer.c.key == key)
            ).first()
            if known is None:
                tx.execute(insert(schema.answer), {"key": key, "digest": digest, "answer": answer, "at": at})
                return None
        if known[0] != digest:
            raise ValueError("key-reused")
        first: bytes = known[1]
        return first


_TOKEN = select(
    schema.token.c.id,
    schema.token.c.digest,
    schema.token.c.login,
    schema.token.c.name,
    schema.token.c.scope,
    schema.token.c.created_at,
    schema.token.c.used_at,
    schema.token.c.expires_at,
)


def _one(database: Database, noun: type[_Noun], wanted: Select[Any]) -> _Noun | None:
    with database.reading() as connection:
        row = connection.execute(wanted).first()
    return None if row is None else noun(*row)


def _require_enabled(tx: Connection, login: str) -> None:
    known = select(schema.account.c.login).where(schema.account.c.login == login, schema.account.c.disabled.is_(False))
    if tx.execute(known).first() is None:
        raise LookupError(login)
