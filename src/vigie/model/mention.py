"""A post that concerns us: as `judge.screen` finds it, and as the store gives it back."""

from typing import Literal, TypeAlias

from msgspec import Struct

from vigie.model.post import Millis, Post

Kept: TypeAlias = Literal["match", "own", "thread", "all"]
"""Why a post is kept: a query matched, we wrote it, it belongs to a thread of those two or quotes one of them, or the
charter keeps all."""


class Span(Struct, frozen=True):
    """Characters ``start`` up to, not including, ``end`` of a text."""

    start: int
    end: int


class Sighting(Struct, frozen=True):
    """A post worth keeping, with the ids of the queries that it matches (sorted; empty unless kept for a match)."""

    post: Post
    queries: tuple[str, ...]
    kept: Kept


class Mention(Struct, frozen=True):
    """A kept post as stored.

    Attributes:
        id: the store's own number; a later arrival has a higher one.
        queries: ids of the queries that it matched when it arrived, sorted.
        gone_at: when it was taken back on its network; its text, author's name, links and media are then empty.
        version: 1 for the first, one more for each edit seen.
    """

    id: int
    post: Post
    queries: tuple[str, ...]
    kept: Kept
    seen_at: Millis
    version: int = 1
    gone_at: Millis | None = None
