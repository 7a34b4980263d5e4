"""What each chapter of the publications holds."""

from vigie.store.database import Database
from vigie.store.refusals import Refusals


class Chapter:
    """The database, and the people whose words are not to be kept."""

    def __init__(self, database: Database, refusals: Refusals) -> None:
        self._database = database
        self._refusals = refusals
