"""Kept posts one after the other, as many as there are: what a new query is tried on."""

import sys

from sqlalchemy import bindparam, func, select

from vigie.flows.ports.archive import Stretch
from vigie.model import Millis
from vigie.store.archive.chapter import Chapter
from vigie.store.archive.choosing import KEPT
from vigie.store.rows import AUTHOR_COLUMNS, POST_COLUMNS, post_of
from vigie.store.schema import author, post

# By number, in either direction, SQLite reads the table as it lies: a third of what the index by time costs.
_BACK = (
    select(*POST_COLUMNS, *AUTHOR_COLUMNS, post.c.id)
    .outerjoin(author, author.c.id == post.c.author)
    .where(post.c.id < bindparam("before"), post.c.gone_at.is_(None), post.c.kept != "own")
    .order_by(post.c.id.desc())
    .limit(bindparam("limit"))
)
_COUNT = select(func.count()).select_from(post)
_OLDEST = select(func.min(post.c.created_at))


class Standing(Chapter):
    """The port's chapter for reading everything. Each call is one select: nothing is held open between them."""

    def standing(self, before: int | None = None, limit: int = 2_000) -> Stretch:
        """See the port."""
        wanted = {"before": sys.maxsize if before is None else before, "limit": limit}
        with self._database.reading() as connection:
            rows = connection.execute(_BACK, wanted).all()
        posts = tuple(map(post_of, rows))
        return Stretch(posts, rows[-1][-1] if len(rows) == limit else None)

    def standing_size(self) -> tuple[int, Millis | None]:
        """See the port. Asked for each reason: so both answers come from an index."""
        reasons = [kept for kept in KEPT if kept != "own"]
        with self._database.reading() as connection:
            counts = [connection.execute(_COUNT.where(post.c.kept == kept)).scalar_one() for kept in reasons]
            oldest = [connection.execute(_OLDEST.where(post.c.kept == kept)).scalar_one() for kept in reasons]
        return sum(counts), min((at for at in oldest if at is not None), default=None)
