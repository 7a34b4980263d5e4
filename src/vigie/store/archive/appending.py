"""What `listen` writes: batches and the sample."""

from collections.abc import Sequence

from msgspec import structs
from sqlalchemy import select

from vigie.flows.ports.archive import Appended
from vigie.model import AuthorChanged, AuthorGone, Batch, Millis, Post, Sighting
from vigie.store.archive.burying import bury_authors, bury_posts
from vigie.store.archive.chapter import Chapter
from vigie.store.archive.intake import advance, set_aside
from vigie.store.archive.mending import storable
from vigie.store.archive.people import change_authors
from vigie.store.archive.posting import put_posts
from vigie.store.archive.sampling import add_to_sample
from vigie.store.schema import progress


class Appending(Chapter):
    """The port's chapter for `listen`: each batch is one transaction, its cursor included."""

    def append(self, source: str, batch: Batch, sightings: Sequence[Sighting], now: Millis) -> Appended:
        """Stores posts, versions, matches, counters, search rows, tombstones, rejects and the cursor at once.

        Posts of people who asked to be erased are left out here too, whatever the caller has seen. Later versions of
        posts that the archive holds are stored even when they are no sighting any more.
        """
        try:
            return self._append(source, batch, sightings, now)
        except (UnicodeEncodeError, OverflowError):
            # Half a surrogate pair or a number beyond 64 bits got past its network: mended, or its source stops here.
            sightings = [structs.replace(one, post=storable(one.post)) for one in sightings]
            batch = structs.replace(batch, posts=tuple(storable(said) for said in batch.posts))
            return self._append(source, batch, sightings, now)

    def _append(self, source: str, batch: Batch, sightings: Sequence[Sighting], now: Millis) -> Appended:
        edits = _later_versions(batch, sightings)
        with self._database.writing(durable=False) as tx:
            self._refusals.refresh(tx)
            wanted = [one for one in sightings if not self._refuses(one.post)]
            done = put_posts(tx, wanted, [said for said in edits if not self._refuses(said)], now)
            change_authors(tx, [change for change in batch.authors if isinstance(change, AuthorChanged)])
            gone = bury_posts(tx, batch.deleted)
            gone += bury_authors(tx, [left for left in batch.authors if isinstance(left, AuthorGone)])
            set_aside(tx, source, batch, now)
            advance(tx, source, batch, done.new)
        return structs.replace(done, gone=gone)

    def _refuses(self, said: Post) -> bool:
        return self._refusals.lists(said.author.id, said.author.handle)

    def cursor(self, source: str) -> str:
        """Where to read on from; empty for a source never read."""
        with self._database.reading() as connection:
            found = connection.execute(select(progress.c.cursor).where(progress.c.source == source)).scalar()
        return found or ""

    def add_to_sample(self, posts: Sequence[Post], now: Millis) -> None:
        """Adds to the rolling sample; refused people's posts are left out."""
        try:
            self._add_to_sample(posts, now)
        except UnicodeEncodeError:
            self._add_to_sample([storable(said) for said in posts], now)

    def _add_to_sample(self, posts: Sequence[Post], now: Millis) -> None:
        with self._database.writing(durable=False) as tx:
            self._refusals.refresh(tx)
            add_to_sample(tx, [said for said in posts if not self._refuses(said)], now)


def _later_versions(batch: Batch, sightings: Sequence[Sighting]) -> list[Post]:
    edits = [said for said in batch.posts if said.edited_at is not None]
    if not edits:
        return edits
    seen = {(one.post.network, one.post.remote_id, one.post.edited_at) for one in sightings}
    return [said for said in edits if (said.network, said.remote_id, said.edited_at) not in seen]
