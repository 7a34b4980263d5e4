"""A pause as the API gives it."""

from typing import Annotated

from msgspec import Meta, Struct

from vigie import model
from vigie.model import Fate, PublicationState
from vigie.web.api.times import Instant, instant, instant_or_none


class Choice(Struct, frozen=True):
    """What is to become of one held publication."""

    publication: int
    fate: Fate
    due: Instant | None


class Release(Struct, frozen=True):
    """A proposal to resume, which a second person agrees to."""

    by: str
    at: Instant
    choices: tuple[Choice, ...]


class Pause(Struct, frozen=True):
    """Nothing goes out on these accounts while it lasts."""

    id: int
    channels: Annotated[tuple[str, ...], Meta(description="None: all, those added later too.")]
    by: Annotated[str, Meta(description="A person's id, or vigie for a tripwire.")]
    why: str
    at: Instant
    incident: int | None
    settled_ms: Annotated[int | None, Meta(description="From the order until nothing was on its way any more.")]
    drill: Annotated[bool, Meta(description="It was rehearsed: nothing was held.")]
    release: Release | None
    released_at: Instant | None
    released_by: tuple[str, ...]


class HeldPublication(Struct, frozen=True):
    """A publication that a pause holds, or that was on its way when it was ordered."""

    id: int
    channel: str
    state: PublicationState
    due: Instant
    published_at: Instant | None
    text: Annotated[str, Meta(description="Of its first post.")]


class WholePause(Struct, frozen=True):
    """A pause with what it holds, and what was on its way when the order came, as it stands now."""

    pause: Pause
    held: tuple[HeldPublication, ...]
    in_flight: tuple[HeldPublication, ...]


def pause_out(one: model.Pause) -> Pause:
    """A pause for the answer."""
    release = None
    if one.release is not None:
        choices = tuple(Choice(c.publication, c.fate, instant_or_none(c.due)) for c in one.release.choices)
        release = Release(one.release.by, instant(one.release.at), choices)
    return Pause(
        id=one.id,
        channels=one.channels,
        by=one.by,
        why=one.why,
        at=instant(one.at),
        incident=one.incident or None,
        settled_ms=one.settled_ms,
        drill=one.drill,
        release=release,
        released_at=instant_or_none(one.released_at),
        released_by=one.released_by,
    )


def held_out(one: model.Publication) -> HeldPublication:
    """A publication for the answer."""
    published = instant_or_none(one.published_at)
    return HeldPublication(one.id, one.channel, one.state, instant(one.due), published, one.outgoing.pieces[0].text)
