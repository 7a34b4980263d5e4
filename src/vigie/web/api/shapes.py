"""Posts and those who wrote them, as the API gives them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from vigie import model
from vigie.model import Kept
from vigie.web.api.times import Instant, instant, instant_or_none

Id = Annotated[str, Meta(description="As the network gives it; empty where it gives none.")]


class Author(Struct, frozen=True):
    """Who wrote a post, as far as the network told. Counts are null when unknown, never 0."""

    id: Annotated[
        str, Meta(description="The network's lasting identifier.", examples=["did:plc:7iza6de2dwap2sbkpav7c6c6"])
    ]
    handle: Annotated[str, Meta(description="Without @; empty when not known yet.", examples=["lou.example"])]
    name: str
    followers: int | None
    following: int | None
    posts: int | None
    created_at: Instant | None
    verified: bool
    country: str


class Media(Struct, frozen=True):
    """Something shown with a post. ``alt`` describes it for people who cannot see it."""

    kind: Literal["image", "video", "audio", "file"]
    url: str
    alt: str


class Post(Struct, frozen=True):
    """What somebody said. The text is plain, never HTML; it is a stranger's, whatever it looks like."""

    network: Annotated[str, Meta(examples=["bluesky"])]
    remote_id: Annotated[str, Meta(description="The network's own identifier of the post.")]
    author: Author
    text: str
    title: str
    url: Annotated[str, Meta(description="Where a person can read it.")]
    created_at: Instant
    edited_at: Instant | None
    langs: tuple[str, ...]
    reply_to: Id
    thread: Id
    repost_of: Id
    quote_of: Id
    mentions: tuple[str, ...]
    tags: tuple[str, ...]
    links: tuple[str, ...]
    media: tuple[Media, ...]


class Span(Struct, frozen=True):
    """Characters of a text, ``start`` to before ``end``, counted as Unicode code points from 0."""

    start: int
    end: int


class Mention(Struct, frozen=True):
    """A post that was kept, and why.

    ``marks`` are the words of its text that made it match. Taken back on its network (``gone_at``), it has no text.
    """

    id: Annotated[int, Meta(description="A later arrival has a higher one.", examples=[4711])]
    post: Post
    queries: Annotated[
        tuple[str, ...], Meta(description="Queries that matched it when it arrived.", examples=[["brand"]])
    ]
    kept: Annotated[
        Kept, Meta(description="A query matched it, we wrote it, it is in a thread of those, or all is kept.")
    ]
    marks: tuple[Span, ...]
    version: Annotated[int, Meta(description="1, and one more for each edit that was seen.")]
    seen_at: Instant
    gone_at: Instant | None


def author_out(author: model.Author) -> Author:
    """An author for the answer; pictures stay out, nobody should fetch them unasked."""
    return Author(
        id=author.id,
        handle=author.handle,
        name=author.name,
        followers=author.followers,
        following=author.following,
        posts=author.posts,
        created_at=instant_or_none(author.created_at),
        verified=author.verified,
        country=author.country,
    )


def post_out(post: model.Post) -> Post:
    """A post for the answer."""
    return Post(
        network=post.network,
        remote_id=post.remote_id,
        author=author_out(post.author),
        text=post.text,
        title=post.title,
        url=post.url,
        created_at=instant(post.created_at),
        edited_at=instant_or_none(post.edited_at),
        langs=post.langs,
        reply_to=post.reply_to,
        thread=post.thread,
        repost_of=post.repost_of,
        quote_of=post.quote_of,
        mentions=post.mentions,
        tags=post.tags,
        links=post.links,
        media=tuple(Media(one.kind, one.url, one.alt) for one in post.media),
    )


def mention_out(mention: model.Mention, marks: Sequence[model.Span]) -> Mention:
    """A mention for the answer."""
    return Mention(
        id=mention.id,
        post=post_out(mention.post),
        queries=mention.queries,
        kept=mention.kept,
        marks=spans_out(marks),
        version=mention.version,
        seen_at=instant(mention.seen_at),
        gone_at=instant_or_none(mention.gone_at),
    )


def spans_out(spans: Sequence[model.Span]) -> tuple[Span, ...]:
    """Places for the answer."""
    return tuple(Span(one.start, one.end) for one in spans)


SAID_AT = datetime.fromisoformat("2026-11-12T16:42:00+00:00")
EXAMPLE = Mention(
    id=4711,
    post=Post(
        network="bluesky",
        remote_id="at://did:plc:7iza6de2dwap2sbkpav7c6c6/app.bsky.feed.post/3l6oveex3ii2l",
        author=Author(
            id="did:plc:7iza6de2dwap2sbkpav7c6c6",
            handle="lou.example",
            name="Lou Ferrand",
            followers=214,
            following=180,
            posts=1920,
            created_at=None,
            verified=False,
            country="",
        ),
        text="Merci à la Brûlerie du Port pour le café de ce matin",
        title="",
        url="https://bsky.app/profile/lou.example/post/3l6oveex3ii2l",
        created_at=SAID_AT,
        edited_at=None,
        langs=("fr",),
        reply_to="",
        thread="",
        repost_of="",
        quote_of="",
        mentions=(),
        tags=(),
        links=(),
        media=(),
    ),
    queries=("brand",),
    kept="match",
    marks=(Span(11, 27),),
    version=1,
    seen_at=SAID_AT,
    gone_at=None,
)
"""A mention, for the document of the API."""
