"""People who asked to be erased: kept as salted digests, so that they are recognised but not named."""

import hashlib
import time

from sqlalchemy import Connection, func, select

from vigie.model import Millis
from vigie.store.database import Database
from vigie.store.rows import key_of
from vigie.store.schema import refusal, salt
from vigie.store.sqlite import INSERT_MANY

FRESH_SECONDS = 1.0
"""For how long an answer outside a transaction may miss an erasure by another process; `append` never misses one."""


class Refusals:
    """The list in memory, read again when the table has grown."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._salt = b""
        self._digests: frozenset[bytes] = frozenset()
        self._newest = -1
        self._looked_at = float("-inf")

    def refused(self, *names: str) -> bool:
        """Whether one of a person's ids and handles is on the list."""
        if time.monotonic() - self._looked_at > FRESH_SECONDS:
            with self._database.reading() as connection:
                self.refresh(connection)
        return self.lists(*names)

    def lists(self, *names: str) -> bool:
        """The same, from memory."""
        return bool(self._digests) and any(name and self.digest(name) in self._digests for name in names)

    def forget(self) -> None:
        """The next answer is read anew: after an erasure by this process."""
        self._looked_at = float("-inf")

    def refresh(self, connection: Connection) -> None:
        """Reads the list again if it has grown."""
        newest = connection.execute(_NEWEST).scalar() or 0
        if newest != self._newest:
            self._salt = connection.execute(select(salt.c.salt)).scalar_one()
            self._digests = frozenset(connection.execute(select(refusal.c.digest)).scalars())
            self._newest = newest
        self._looked_at = time.monotonic()

    def add(self, tx: Connection, names: set[str], at: Millis) -> None:
        """Puts ids and handles on the list."""
        self.refresh(tx)
        rows = [{"digest": self.digest(name), "at": at} for name in sorted(names) if name]
        tx.execute(INSERT_MANY(refusal).on_conflict_do_nothing(), rows)

    def digest(self, name: str) -> bytes:
        """BLAKE2b under this database's own salt."""
        return hashlib.blake2b(key_of(name).encode("utf-8", "replace"), key=self._salt, digest_size=32).digest()


_NEWEST = select(func.max(refusal.c.id))
