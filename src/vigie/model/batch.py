"""What a source hands over at once, with the cursor that says how far it has read."""

from msgspec import Struct

from vigie.model.post import Author, Millis, Post


class Deleted(Struct, frozen=True):
    """A post was taken back on its network."""

    network: str
    remote_id: str
    at: Millis


class AuthorChanged(Struct, frozen=True):
    """An author has a new handle, name or picture."""

    network: str
    author: Author
    at: Millis


class AuthorGone(Struct, frozen=True):
    """An account was deleted or suspended on its network: all its posts go with it."""

    network: str
    author_id: str
    at: Millis


class Rejected(Struct, frozen=True):
    """Something that the network sent and nobody could read.

    ``reason`` is a code of `wording` (area ``sources``): ``not-json``, ``wrong-shape``, ``too-long``, ``bad-date``,
    ``bad-text``, ``twice``, ``moved``.
    ``detail`` says where (``commit.record.text: expected str, got int``); ``raw`` holds at most its first 2,048 bytes.
    """

    reason: str
    detail: str
    raw: bytes


class Batch(Struct, frozen=True):
    """Some of a source's events, in order, and the cursor after them.

    Delivery contract: at least once. Storing the batch and its cursor is one transaction; after a crash the source is
    read again from the stored cursor and may repeat what lies on the border, so storing is idempotent on
    (network, remote_id, version_at). Posts are applied before deletions: a source that sees a post written again after
    its deletion ends the batch in between.

    Attributes:
        cursor: where to read on from; the source's own syntax, empty when it cannot resume.
        latest: when the newest event happened on the network, for the lag; None for an empty batch.
        events: how many events were read, also those that are no post.
    """

    posts: tuple[Post, ...] = ()
    deleted: tuple[Deleted, ...] = ()
    authors: tuple[AuthorChanged | AuthorGone, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    cursor: str = ""
    latest: Millis | None = None
    events: int = 0
