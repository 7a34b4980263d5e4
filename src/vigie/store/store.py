"""The store as a whole: opening, closing, backing up, checking."""

import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from sqlalchemy import inspect

from vigie.model import Millis
from vigie.store import backup as backups
from vigie.store import check, sqlite
from vigie.store.accounts import SqlAccounts
from vigie.store.acts import SqlActs
from vigie.store.archive import SqlArchive
from vigie.store.backup import Backup
from vigie.store.database import Database
from vigie.store.drafts import SqlDrafts
from vigie.store.driver import FORGETS, VERSION
from vigie.store.errors import StoreError
from vigie.store.incidents import SqlIncidents
from vigie.store.lock import opening
from vigie.store.notices import SqlNotices
from vigie.store.publications import SqlPublications
from vigie.store.refusals import Refusals
from vigie.store.schema import REVISION
from vigie.store.signals import SqlSignals

_READERS = {"web": 8}


class Store:
    """An open store.

    Attributes:
        archive, acts, accounts, drafts, publications, incidents, notices, signals: the adapters of the ports of these
            names.
        backups: the folder of the backups, beside the database.
        sqlite_version: before 3.42, words that were forgotten stay in the search index's pages.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.path = database.path
        self.backups = database.path.parent / "backups"
        refusals = Refusals(database)
        self.archive = SqlArchive(database, refusals, self._renew_backups)
        self.acts = SqlActs(database)
        self.accounts = SqlAccounts(database)
        self.drafts = SqlDrafts(database, refusals)
        self.publications = SqlPublications(database, refusals)
        self.incidents = SqlIncidents(database, refusals)
        self.notices = SqlNotices(database)
        self.signals = SqlSignals(database)
        self.sqlite_version = VERSION

    def backup(self, to: Path | None = None, beside: Sequence[Path] = (), keep: int = backups.KEPT) -> Backup:
        """Copies the database, and the files beside it (the charter), into a folder (`backups` when not said), verifies
        the copy, then drops backups that are too many or too old.

        Raises StoreFullError, StoreError.
        """
        made = backups.back_up(self.path, to or self.backups, _now(), {file.name: file for file in beside})
        backups.prune(to or self.backups, made.at, keep)
        return made

    def check(self, *, deep: bool = True) -> list[str]:
        """Codes of what is wrong (`vigie.store.check.problems`); empty when all is well."""
        return check.problems(self._database, deep=deep)

    def close(self) -> None:
        """Gives everything back. Calls made later open it again."""
        self._database.close()

    def _renew_backups(self) -> None:
        stale = backups.backups(self.backups)
        if not stale:
            return
        beside = backups.beside(stale[-1])
        try:
            backups.back_up(self.path, self.backups, _now(), beside)
        finally:
            backups.drop_all(stale)


def open_store(path: Path, *, role: str) -> Store:
    """Opens a file, made or migrated first where needed (after a verified backup, unless it is new).

    ``role`` is who opens it: ``listen``, ``work``, ``web``, ``cli``. Openers wait for one another.

    Raises StoreFullError, StoreError (``newer`` when a later version of Vigie wrote the file).
    """
    with opening(path):
        database = Database(path, readers=_READERS.get(role, 3))
        try:
            _bring_up_to_date(database)
        except BaseException:
            database.close()
            raise
    return Store(database)


def _bring_up_to_date(database: Database) -> None:
    revision = _revision(database)
    if revision > REVISION:
        raise StoreError("newer", revision)
    if revision < REVISION:
        if revision:
            backups.back_up(database.path, database.path.parent / "backups", _now(), {})
        # Loaded by name: Alembic takes a third of a second that most starts do not need.
        migrate = import_module("vigie.store.migrate")
        with database.writing(durable=True) as tx:
            migrate.upgrade(tx)
    with database.reading() as connection:
        forgets = sqlite.index_forgets(connection)
    if FORGETS and not forgets:
        with database.writing(durable=True) as tx:
            sqlite.prepare_index(tx)


def _revision(database: Database) -> str:
    with database.reading() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or ""


def _now() -> Millis:
    return time.time_ns() // 1_000_000
