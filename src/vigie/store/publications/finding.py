"""Looking publications up."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select

from vigie.model import Millis, Publication, PublicationState
from vigie.store import sqlite
from vigie.store.publications.chapter import Chapter
from vigie.store.publications.rows import pauses_in_force, publications, the_publication
from vigie.store.schema import publication, sent

_IDS = select(publication.c.id)
_UNSETTLED = publication.c.state.in_(("publishing", "unconfirmed"))
_RECALLED = publication.c.recall.in_(("asked", "recalling", "unconfirmed")) & sqlite.is_said(publication.c.recall)
_BY_DUE = (publication.c.due, publication.c.id)
_NEXT = func.coalesce(publication.c.try_at, publication.c.due)


class Finding(Chapter):
    """The port's questions about publications."""

    def get(self, id: int) -> Publication | None:
        """See the port."""
        with self._database.reading() as connection:
            return the_publication(connection, id)

    def of_draft(self, draft: int) -> list[Publication]:
        """See the port."""
        with self._database.reading() as connection:
            return publications(connection, _IDS.where(publication.c.draft == draft))

    def between(self, since: Millis, until: Millis, channels: Sequence[str] = ()) -> list[Publication]:
        """See the port."""
        ids = _IDS.where(publication.c.due >= since, publication.c.due < until)
        if channels:
            ids = ids.where(publication.c.channel.in_(channels))
        with self._database.reading() as connection:
            return publications(connection, ids)

    def of_states(self, states: Sequence[PublicationState], limit: int = 500) -> list[Publication]:
        """See the port."""
        ids = _IDS.where(publication.c.state.in_(states)).order_by(*_BY_DUE).limit(limit)
        with self._database.reading() as connection:
            return publications(connection, ids)

    def due(self, now: Millis, limit: int = 100, but: Sequence[str] = ()) -> list[Publication]:
        """See the port."""
        ids = _IDS.where(
            publication.c.state == "scheduled",
            publication.c.due <= now,
            publication.c.channel.not_in(but),
            or_(publication.c.try_at.is_(None), publication.c.try_at <= now),
        )
        with self._database.reading() as connection:
            for one in pauses_in_force(connection):
                if not one.channels:
                    return []
                ids = ids.where(publication.c.channel.not_in(one.channels))
            return publications(connection, ids.order_by(*_BY_DUE).limit(limit))

    def open(self, now: Millis) -> list[Publication]:
        """See the port. The one that has waited longest first."""
        come = or_(publication.c.try_at.is_(None), publication.c.try_at <= now)
        with self._database.reading() as connection:
            return publications(connection, _IDS.where(or_(_UNSETTLED, _RECALLED), come), (_NEXT, publication.c.id))

    def by_key(self, network: str, key: str) -> Publication | None:
        """See the port."""
        ids = select(sent.c.publication).where(sent.c.network == network, sent.c.key == key)
        with self._database.reading() as connection:
            return next(iter(publications(connection, ids)), None)

    def by_remote(self, network: str, remote_id: str) -> Publication | None:
        """See the port."""
        ids = select(sent.c.publication).where(
            sent.c.network == network, sent.c.remote_id == remote_id, sqlite.is_said(sent.c.remote_id)
        )
        with self._database.reading() as connection:
            return next(iter(publications(connection, ids)), None)
