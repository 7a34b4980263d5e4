"""The archive on SQLite: the port `vigie.flows.ports.archive.Archive`, one file per chapter of it."""

from vigie.store.archive.appending import Appending
from vigie.store.archive.describing import Describing
from vigie.store.archive.feed import Feed
from vigie.store.archive.forgetting import Forgetting
from vigie.store.archive.reading import Reading
from vigie.store.archive.standing import Standing

__all__ = ["SqlArchive"]


class SqlArchive(Appending, Describing, Reading, Standing, Feed, Forgetting):
    """Every chapter of the port together; each inherits `Chapter`, which holds the database."""
