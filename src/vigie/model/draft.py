"""What the company is about to say, and what is true around it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from vigie.model.finding import Suppression
from vigie.model.post import Millis, Post

_NOTHING: Mapping[str, Any] = MappingProxyType({})

AttachmentKind: TypeAlias = Literal["image", "gif", "video"]


class Attachment(Struct, frozen=True, omit_defaults=True):
    """Something to show with a draft.

    Attributes:
        id: of its stored bytes; empty while it is only described.
        alt: its description for people who cannot see it.
        type: media type, ``image/jpeg``; empty when unknown.
        size: bytes; None when unknown.
        ai: made by a generative model, as its author says.
        retouched: shows a body or face that was altered, or a person who does not exist.
    """

    kind: AttachmentKind = "image"
    id: str = ""
    alt: str = ""
    type: str = ""
    size: int | None = None
    ai: bool = False
    retouched: bool = False


class Draft(Struct, frozen=True, omit_defaults=True):
    """One thing to be said on one channel. What is empty is not decided yet.

    Attributes:
        channel: id of the charter's channel; ``network`` the one it speaks on.
        language: primary BCP 47 subtag, as chosen by the author or found by us.
        author: id of the person who writes.
        objective: id of the charter's objective that it serves.
        when: planned for; None for as soon as it may.
        answers: the post answered.
        ai: the words were made by a generative model, as the author says.
    """

    text: str
    network: str = ""
    channel: str = ""
    language: str = ""
    author: str = ""
    objective: str = ""
    when: Millis | None = None
    media: tuple[Attachment, ...] = ()
    answers: Post | None = None
    ai: bool = False


class Facts(Struct, frozen=True):
    """What is true around a draft when it is looked at: fetched by a flow, handed in. Empty means not known.

    Attributes:
        now: the instant of looking.
        roles: of the draft's author.
        certified_until: when the author's certificate ends.
        recent: the channel's own posts, newest first, those planned included.
        elsewhere: recent posts of other accounts.
        incidents: ids of channels with an open incident; ``all`` for one that concerns every channel.
        links: what an address answered: an HTTP status, or None when nothing answers there.
        handles: whether an account of that handle (``@name``) exists on the draft's network.
        suppressions: what people let pass in this draft, by a finding's fingerprint, or by a rule's id for all that the
            rule finds.
    """

    now: Millis = 0
    roles: tuple[str, ...] = ()
    certified_until: Millis | None = None
    recent: tuple[Post, ...] = ()
    elsewhere: tuple[Post, ...] = ()
    incidents: tuple[str, ...] = ()
    links: Mapping[str, int | None] = _NOTHING
    handles: Mapping[str, bool] = _NOTHING
    suppressions: Mapping[str, Suppression] = _NOTHING
