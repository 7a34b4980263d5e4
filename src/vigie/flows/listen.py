"""Listen: what a source hands over is judged and stored, in one transaction with the source's cursor."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct, structs

from vigie.flows.ports.archive import Appended, Archive
from vigie.judge import Watch, screen
from vigie.model import Batch, Millis, Post, Sighting

SAMPLE_SIZE = 10_000
"""Posts in the rolling sample (DESIGN §4), spread over a day once it is full."""
FILL_EVERY: Millis = 25
"""While the sample fills: at most one post each 25 ms, so that a preview means something after a few minutes."""
FILL_SHARE = 20
"""… or one post in twenty, whichever is more, so that a house that reads an archive has a sample at once."""
KEEP_EVERY: Millis = 24 * 3_600_000 // SAMPLE_SIZE
"""Once it is full: one post each 8.64 s, so that it spans a day."""
FIRST_RETRY_S = 1.0
LONGEST_RETRY_S = 60.0


class Taken(Struct, frozen=True):
    """What became of a batch: what the store changed and the posts that were kept."""

    appended: Appended
    sightings: tuple[Sighting, ...]


def take(
    source: str,
    batch: Batch,
    watch: Watch,
    archive: Archive,
    now: Millis,
    detect: Callable[[str], str] | None = None,
) -> Taken:
    """Judges a batch and stores what is worth keeping, with the cursor.

    ``detect`` names the language of posts whose author did not. People who asked to be erased are not kept again.

    Raises:
        StoreFullError: nothing was stored; the same batch can be taken again later.
    """
    posts = batch.posts if detect is None else tuple(_with_language(batch.posts, detect))
    sightings = [
        s for s in screen(posts, watch) if not archive.refused(s.post.network, s.post.author.id, s.post.author.handle)
    ]
    appended = archive.append(source, batch, sightings, now)
    return Taken(appended, tuple(sightings))


def _with_language(posts: Sequence[Post], detect: Callable[[str], str]) -> Iterator[Post]:
    for post in posts:
        if not post.langs and (lang := detect(post.text)):
            yield structs.replace(post, langs=(lang,))
        else:
            yield post


class Sampler:
    """Chooses the posts of the rolling sample: evenly in time, whatever the rate. Kept posts count like others, so that
    a preview over the sample estimates what a query would find on the whole network."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._due: Millis = 0

    def choose(self, posts: Sequence[Post], now: Millis) -> list[Post]:
        """Some of the posts that arrived since the last call; ``now`` never runs back for long (a jump starts anew)."""
        every = FILL_EVERY if self._size < SAMPLE_SIZE else KEEP_EVERY
        if not 0 <= now - self._due < 60 * every:
            self._due = now - every
        count = min(len(posts), (now - self._due) // every)
        if self._size < SAMPLE_SIZE:  # an archive read at once fills it too
            count = max(count, len(posts) // FILL_SHARE)
        if count <= 0:
            return []
        self._due = max(self._due, min(now, self._due + count * every))
        self._size += count
        stride = len(posts) // count
        return list(posts[::stride][:count])


def retry_after(attempt: int, chance: float) -> float:
    """Seconds to wait before try ``attempt`` (1 for the first): doubling to a minute, half of it by chance (0 … 1).

    >>> retry_after(1, 0.5), retry_after(4, 0.0), retry_after(40, 1.0)
    (0.75, 4.0, 60.0)
    """
    longest: float = min(LONGEST_RETRY_S, FIRST_RETRY_S * 2.0 ** min(attempt - 1, 10))
    return longest / 2 + longest / 2 * chance
