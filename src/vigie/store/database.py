"""One SQLite file: how it is opened, read, written and watched. The only place that begins a transaction."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from vigie.store.driver import SQLITE
from vigie.store.errors import translated

BUSY_SECONDS = 30.0
"""How long a writer waits for the one in another process before it gives up."""

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA wal_autocheckpoint = 4000",
    "PRAGMA cache_size = -32000",
    "PRAGMA journal_size_limit = 33554432",
)


class Turns:
    """A lock that is had in the order in which it was asked for. A plain one goes to whoever is running just then: a
    thread that writes all the time would keep the others out for as long as it likes."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._taken = False
        self._waiting: deque[Lock] = deque()

    def __enter__(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            turn = Lock()
            turn.acquire()
            self._waiting.append(turn)
        try:
            turn.acquire()  # let go by the one before, who leaves the lock taken for us
        except BaseException:
            with self._guard:
                if turn in self._waiting:
                    self._waiting.remove(turn)
                    raise
            self.__exit__()
            raise

    def __exit__(self, *_error: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


class Database:
    """Readers each on a connection that cannot write; one writer at a time in this process, the others queue.

    A select outside `writing` is a transaction of its own and never lasts longer than its rows are fetched.
    """

    def __init__(self, path: Path, readers: int = 4) -> None:
        self.path = path
        self._readers = _engine(path, readers, "PRAGMA query_only = ON")
        self._writers = _engine(path, 1, "PRAGMA journal_mode = WAL")
        self._watch: Any = None
        self._turns = Turns()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that can only read."""
        try:
            with self._readers.connect() as connection:
                yield connection
        except DBAPIError as error:
            raise (translated(error.orig, self.path) or error) from error

    @contextmanager
    def writing(self, *, durable: bool) -> Iterator[Connection]:
        """A transaction: all of it is stored at the end of the block, or nothing when the block raises.

        ``durable``: on the disk before the block ends (acts, accounts). Otherwise a power cut may take the last
        transactions back, whole ones only: right for what its source hands over again.

        Raises StoreFullError, StoreError.
        """
        try:
            with self._turns, self._writers.connect() as connection:
                connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                try:
                    yield connection
                    connection.exec_driver_sql("COMMIT")
                except BaseException:
                    _undo(connection)
                    raise
        except DBAPIError as error:
            raise (translated(error.orig, self.path) or error) from error

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """The writer's connection without a transaction, for what SQLite refuses inside one."""
        try:
            with self._turns, self._writers.connect() as connection:
                yield connection
        except DBAPIError as error:
            raise (translated(error.orig, self.path) or error) from error

    def data_version(self) -> int:
        """Changes with each commit of another connection. On a connection of its own, to be asked by one thread."""
        if self._watch is None:
            self._watch = SQLITE.connect(self.path, isolation_level=None, check_same_thread=False)
        number: int = self._watch.execute("PRAGMA data_version").fetchone()[0]
        return number

    def close(self) -> None:
        """Gives back every connection; the last one of all processes also takes the write-ahead log away."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        self._readers.dispose()
        self._writers.dispose()


def _engine(path: Path, connections: int, *more: str) -> Engine:
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        module=SQLITE,
        isolation_level="AUTOCOMMIT",  # the driver begins nothing by itself
        pool_size=connections,
        max_overflow=0,
        pool_timeout=BUSY_SECONDS * 2,
        connect_args={"timeout": BUSY_SECONDS},
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        for pragma in (*_PRAGMAS, *more):
            connection.execute(pragma)

    return engine


def _undo(connection: Connection) -> None:
    # After some errors (a full disk among them) SQLite has taken the transaction back already.
    driver: Any = connection.connection.driver_connection
    if driver.in_transaction:
        driver.execute("ROLLBACK")
