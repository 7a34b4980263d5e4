"""A post and its author, the same for every network, shaped after ActivityStreams 2.0 (`Note`, `Person`)."""

from typing import Literal, TypeAlias

from msgspec import Struct

Millis: TypeAlias = int
"""An instant: milliseconds since 1970-01-01T00:00:00Z."""


class Author(Struct, frozen=True, gc=False, omit_defaults=True):
    """Who wrote a post, as far as the network told us. Counts are None when unknown, never 0.

    Attributes:
        id: the network's lasting identifier: a DID, an account's URI, a feed's address.
        handle: without the leading ``@``; empty when the network has not said it yet.
        avatar: address of a picture; never fetched by a browser of ours.
    """

    id: str
    handle: str = ""
    name: str = ""
    avatar: str = ""
    followers: int | None = None
    following: int | None = None
    posts: int | None = None
    created_at: Millis | None = None
    verified: bool = False
    country: str = ""


class Media(Struct, frozen=True, gc=False, omit_defaults=True):
    """Something shown with a post. ``alt`` is its description for people who cannot see it."""

    kind: Literal["image", "video", "audio", "file"]
    url: str = ""
    alt: str = ""


class Post(Struct, frozen=True, gc=False, omit_defaults=True):
    """Everything said is a post. (network, remote_id) names it; the text is plain, never HTML.

    Attributes:
        remote_id: the network's own lasting identifier (``at://…``, an object's URI, a feed entry's id).
        created_at: when it was written, as the network says, brought into 1990 … one day after it was seen.
        edited_at: when this version was written; None for the first one.
        url: where a person can read it.
        title: an article's title or a content warning; searched together with the text.
        langs: primary BCP 47 subtags in lower case (``fr``), as declared by the author or found by us.
        reply_to: remote_id of the post answered; ``thread`` is the remote_id of the thread's first post.
        repost_of, quote_of: remote_id of the post passed on, without and with words added.
        mentions: ids or handles (no ``@``) of the accounts addressed.
        tags: hashtags without ``#``, those outside the text too.
        links: addresses that the post points to.
    """

    network: str
    remote_id: str
    author: Author
    text: str
    created_at: Millis
    edited_at: Millis | None = None
    url: str = ""
    title: str = ""
    langs: tuple[str, ...] = ()
    reply_to: str = ""
    thread: str = ""
    repost_of: str = ""
    quote_of: str = ""
    mentions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()

    @property
    def version_at(self) -> Millis:
        """When this version was written: the later of two versions wins."""
        return self.created_at if self.edited_at is None else self.edited_at
