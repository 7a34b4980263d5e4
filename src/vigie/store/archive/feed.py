"""The change feed: what happened last, so that a page knows what to show without asking everything again."""

from sqlalchemy import select

from vigie.flows.ports.archive import Change
from vigie.store.archive.chapter import Chapter
from vigie.store.changes import NEWEST
from vigie.store.schema import change


class Feed(Chapter):
    """The port's chapter on the change feed."""

    def data_version(self) -> int:
        """Differs from the last answer when another connection has committed."""
        return self._database.data_version()

    def last_change(self) -> int:
        """The newest line's number; 0 when there never was one."""
        with self._database.reading() as connection:
            return connection.execute(NEWEST).scalar() or 0

    def changes(self, after: int, limit: int = 1000) -> list[Change]:
        """The lines after one, oldest first."""
        wanted = select(change).where(change.c.id > after).order_by(change.c.id).limit(limit)
        with self._database.reading() as connection:
            return [Change(id, kind, ref) for id, kind, ref in connection.execute(wanted)]
