"""Which posts of a batch concern us, and why. The same function runs live, in a replay and in a test."""

from collections.abc import Container, Sequence
from typing import Protocol

from msgspec import Struct

from vigie.model import Kept, Post, Sighting


class Matches(Protocol):
    """A compiled set of stored queries; `vigie.query.Matcher` is the real one."""

    def match(self, posts: Sequence[Post]) -> list[tuple[int, tuple[str, ...]]]:
        """(index into posts, ids of matching queries, sorted) of the posts that match at all, by index."""
        ...


class Watch(Struct, frozen=True):
    """What to look for.

    Attributes:
        own: (network, id or handle in lower case) of our own accounts.
        known: remote_ids of kept posts whose replies are kept too.
        keep_all: the charter asks for everything to be kept.
    """

    matcher: Matches
    own: frozenset[tuple[str, str]] = frozenset()
    known: Container[str] = frozenset()
    keep_all: bool = False


def screen(posts: Sequence[Post], watch: Watch) -> list[Sighting]:
    """The posts worth keeping, in their order. A reply to a post kept earlier in the same batch is kept too."""
    hits = dict(watch.matcher.match(posts))
    sightings: list[Sighting] = []
    fresh: set[str] = set()
    for index, post in enumerate(posts):
        queries = hits.get(index, ())
        kept = _why(post, queries, watch, fresh)
        if kept is not None:
            fresh.add(post.remote_id)
            sightings.append(Sighting(post, queries, kept))
    return sightings


def _why(post: Post, queries: tuple[str, ...], watch: Watch, fresh: set[str]) -> Kept | None:
    own, known = watch.own, watch.known
    if own and ((post.network, post.author.id.lower()) in own or (post.network, post.author.handle.lower()) in own):
        return "own"
    if queries:
        return "match"
    for above in (post.reply_to, post.thread, post.quote_of):
        if above and (above in known or above in fresh):
            return "thread"
    return "all" if watch.keep_all else None
