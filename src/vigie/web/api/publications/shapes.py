"""A publication as the API gives it."""

from typing import Annotated

from msgspec import Meta, Struct

from vigie import model
from vigie.model import PublicationState, RecallState, Repeat
from vigie.web.api.times import Instant, instant, instant_or_none

Wall = Annotated[
    str,
    Meta(
        pattern=r"^(now|\d{4}-\d{2}-\d{2}T\d{2}:\d{2})$",
        description="On the company's clock, or `now`.",
        examples=["2026-11-21T09:30"],
    ),
]


class SentPost(Struct, frozen=True):
    """One post of a publication, exactly as it is sent."""

    text: str
    pictures: Annotated[tuple[str, ...], Meta(description="SHA-256 of each picture's bytes.")]
    remote_id: Annotated[str, Meta(description="Empty until the network has confirmed it.")]
    url: str
    gone_at: Annotated[Instant | None, Meta(description="When it was seen to be taken back.")]


class Publication(Struct, frozen=True):
    """What goes out on one channel. Its ``ETag`` is its revision."""

    id: int
    revision: int
    draft: int
    version: Annotated[int, Meta(description="Of the draft, as it was approved.")]
    channel: str
    network: str
    state: PublicationState
    recall: Annotated[RecallState, Meta(description="How far taking it back has come; empty: nobody asked.")]
    held: Annotated[int | None, Meta(description="The pause that holds it.")]
    due: Instant
    wall: Annotated[str, Meta(description="What was chosen, on the clock of `zone`.")]
    zone: str
    repeat: Repeat
    posts: tuple[SentPost, ...]
    scheduled_by: str
    scheduled_at: Instant
    published_at: Instant | None
    attempts: int
    code: Annotated[str, Meta(description="Why the last try did not succeed.", examples=["rate-limited"])]
    detail: Annotated[str, Meta(description="What the network said, in its own words.")]


def publication_out(one: model.Publication) -> Publication:
    """A publication for the answer."""
    posts = []
    for index, piece in enumerate(one.outgoing.pieces):
        sent = one.sent[index] if index < len(one.sent) else model.Sent("")
        pictures = tuple(picture.id for picture in piece.media)
        posts.append(SentPost(piece.text, pictures, sent.remote_id, sent.url, instant_or_none(sent.gone_at)))
    return Publication(
        id=one.id,
        revision=one.revision,
        draft=one.draft,
        version=one.version,
        channel=one.channel,
        network=one.network,
        state=one.state,
        recall=one.recall,
        held=one.held or None,
        due=instant(one.due),
        wall=one.wall,
        zone=one.zone,
        repeat=one.repeat,
        posts=tuple(posts),
        scheduled_by=one.scheduled_by,
        scheduled_at=instant(one.scheduled_at),
        published_at=instant_or_none(one.published_at),
        attempts=one.attempts,
        code=one.code,
        detail=one.detail,
    )
