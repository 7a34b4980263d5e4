"""Trying a query on the rolling sample, and what the page shows of the posts found."""

from collections.abc import Sequence
from threading import Lock, Thread

from markupsafe import Markup
from msgspec import Struct

from vigie.flows.ports.archive import Archive
from vigie.flows.preview import Example, preview
from vigie.model import Millis, Post
from vigie.query import MODEL, Query, Seen
from vigie.web.house import House
from vigie.web.said import marked, printable, safe_link
from vigie.wording import Wording

FRESH: Millis = 20_000
"""How long the sample is kept in memory while somebody types; short, since networks' deletions leave it too."""
COUNTED: Millis = 600_000
"""How long its words' frequencies are kept: they change slowly, and counting them takes some tenths of a second."""
FEW = 1_000
"""A sample that was smaller when its words were counted is still filling: they are counted again soon."""
SHOWN = 420
"""Characters of an example; the rest is a click away, on its network."""


class Shown(Struct, frozen=True):
    """One example, ready for the page: ``text`` is escaped, with its matched words marked."""

    at: Millis
    author: str
    network: str
    text: Markup
    url: str


class Look(Struct, frozen=True):
    """What the preview says."""

    title: str
    matched: int
    size: int
    since: Millis | None
    says_little: bool
    examples: tuple[Shown, ...]

    @property
    def more(self) -> int:
        """Posts found that are not shown."""
        return self.matched - len(self.examples)


class Sample:
    """The sample as it was a moment ago, so that a person who types does not read it anew with each pause."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._of: Archive | None = None
        self._at: Millis = 0
        self._posts: Sequence[Post] = ()
        self._since: Millis | None = None
        self._counted_at: Millis = 0
        self._seen = MODEL

    def posts(self, archive: Archive, now: Millis) -> tuple[Sequence[Post], Millis | None]:
        """The posts, and since when the oldest of them is there."""
        with self._lock:
            self._renew(archive, now)
            return self._posts, self._since

    def seen(self, archive: Archive, now: Millis) -> Seen:
        """How common words are in it: what the estimated cost of a query goes by.

        They are counted beside the page, which meanwhile goes by the last count, or by the model when there is none.
        """
        with self._lock:
            until = self._counted_at + (COUNTED if self._seen.posts > FEW else FRESH)
            if self._of is not archive or not self._counted_at <= now < until:
                self._renew(archive, now)
                self._counted_at = now
                Thread(target=self._count, args=(archive, self._posts), name="counting words", daemon=True).start()
            return self._seen

    def _count(self, archive: Archive, posts: Sequence[Post]) -> None:
        seen = Seen(posts)
        with self._lock:
            if self._of is archive:
                self._seen = seen

    def _renew(self, archive: Archive, now: Millis) -> None:
        if self._of is not archive or not 0 <= now - self._at < FRESH:
            self._posts, self._since = archive.sample(), archive.sample_size()[1]
            if self._of is not archive:
                self._seen, self._counted_at = MODEL, now - COUNTED
            self._of, self._at = archive, now


SAMPLE = Sample()


def frequencies(house: House) -> Seen:
    """How common words are where this house listens."""
    return SAMPLE.seen(house.archive, house.clock())


def look(house: House, query: Query, w: Wording) -> Look:
    """What a query would have found."""
    posts, since = SAMPLE.posts(house.archive, house.clock())
    seen = preview(query, posts, since)
    return Look(
        title=_title(seen.matched, seen.size, w),
        matched=seen.matched,
        size=seen.size,
        since=seen.since,
        says_little=seen.says_little,
        examples=tuple(shown(example, w) for example in seen.examples),
    )


def _title(matched: int, size: int, w: Wording) -> str:
    if not size:
        return w("queries.preview.none")
    if not matched:
        return w("queries.preview.would_none", size=size)
    return w.count("queries.preview.would", matched, size=size)


def shown(example: Example, w: Wording) -> Shown:
    """An example as the page shows it."""
    post = example.post
    return Shown(
        at=post.created_at,
        author=printable(post.author.name or post.author.handle)[:80].strip() or w("queries.preview.unknown"),
        network=post.network,
        text=marked(post.text, example.spans, SHOWN),
        url=safe_link(post.url),
    )
