"""Publications on SQLite: the port `vigie.flows.ports.publications.Publications`, one file per chapter of it."""

from vigie.store.publications.approving import Approving
from vigie.store.publications.finding import Finding
from vigie.store.publications.moving import Moving
from vigie.store.publications.pausing import Pausing
from vigie.store.publications.releasing import Releasing

__all__ = ["SqlPublications"]


class SqlPublications(Finding, Moving, Approving, Pausing, Releasing):
    """Every chapter of the port together; each inherits `Chapter`, which holds the database."""
