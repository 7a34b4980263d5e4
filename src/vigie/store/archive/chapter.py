"""What each chapter of the archive holds."""

from collections.abc import Callable

from vigie.store.database import Database
from vigie.store.refusals import Refusals


class Chapter:
    """The database, the people not to collect, and how to renew the backups after an erasure."""

    def __init__(self, database: Database, refusals: Refusals, renew_backups: Callable[[], None]) -> None:
        self._database = database
        self._refusals = refusals
        self._renew_backups = renew_backups
