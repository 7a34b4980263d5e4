"""A post that is to go out on one channel, how far it has come, and the pauses that hold such posts back."""

from typing import Literal, TypeAlias

from msgspec import Struct

from vigie.model.draft import Attachment
from vigie.model.post import Millis, Post

PublicationState: TypeAlias = Literal[
    "scheduled", "publishing", "unconfirmed", "published", "failed", "missed", "dropped"
]
"""``unconfirmed``: the network may have it, and is read back before anything else. ``missed``: its time passed while
nobody could send it. ``failed``, ``dropped``: it did not go out and does not by itself."""

RecallState: TypeAlias = Literal["", "asked", "recalling", "unconfirmed", "recalled", "failed"]
"""How far taking a published post back has come; empty while nobody asked for it."""

Repeat: TypeAlias = Literal["", "day", "week", "month"]


class Piece(Struct, frozen=True, omit_defaults=True):
    """One post; several make a thread."""

    text: str
    media: tuple[Attachment, ...] = ()


class Outgoing(Struct, frozen=True, omit_defaults=True):
    """What goes out on one channel.

    Attributes:
        pieces: at least one, in the order of the thread.
        answers, quotes: the post answered, the post shown with ours.
    """

    pieces: tuple[Piece, ...]
    language: str = ""
    answers: Post | None = None
    quotes: Post | None = None


class Sent(Struct, frozen=True, omit_defaults=True):
    """One piece on its way.

    Attributes:
        key: chosen by us before anything is sent, and never used for another piece: Bluesky's record key, Mastodon's
            ``Idempotency-Key``. A key that is in the store was claimed by Vigie.
        remote_id: empty until the network has confirmed it.
        version: what the network calls this version of it (Bluesky's CID); empty where it has no such thing.
        gone_at: when it was seen to be taken back.
    """

    key: str
    remote_id: str = ""
    version: str = ""
    url: str = ""
    gone_at: Millis | None = None


class Publication(Struct, frozen=True, kw_only=True):
    """One approved text on one channel. (network, remote_id) is unique among all that was sent.

    Attributes:
        revision: grows by one with each change: whoever changes it names the one they saw.
        draft, version: what was approved.
        due: when it goes out. ``wall`` is what its author chose (``2026-03-29T02:30``) on the clock of ``zone``.
        sent: one for each piece, in order; empty until it is claimed.
        held: number of the pause that holds it; 0 for none. A held one is never claimed.
        attempts: how often sending was tried. ``try_at`` is when Vigie looks at it next.
        code, detail: why the last try did not succeed (`vigie.flows.ports.writer.WriteError`).
        repeat: published again each day, week or month; ``series`` is the number of the first one.
    """

    id: int
    revision: int
    draft: int
    version: int
    channel: str
    network: str
    outgoing: Outgoing
    due: Millis
    wall: str
    zone: str
    scheduled_by: str
    scheduled_at: Millis
    charter: str
    state: PublicationState = "scheduled"
    sent: tuple[Sent, ...] = ()
    held: int = 0
    recall: RecallState = ""
    attempts: int = 0
    try_at: Millis | None = None
    claimed_at: Millis | None = None
    published_at: Millis | None = None
    code: str = ""
    detail: str = ""
    repeat: Repeat = ""
    series: int = 0


Fate: TypeAlias = Literal["send", "reschedule", "drop"]


class HeldChoice(Struct, frozen=True):
    """What is to become of one held publication. ``due`` and ``wall`` are new ones, for ``reschedule`` alone."""

    publication: int
    fate: Fate
    due: Millis | None = None
    wall: str = ""


class Release(Struct, frozen=True):
    """One person's proposal to end a pause, with a choice for each held publication. A second person agrees."""

    by: str
    at: Millis
    choices: tuple[HeldChoice, ...]


class Pause(Struct, frozen=True):
    """Nothing is claimed on these channels while it lasts.

    Attributes:
        channels: ids; empty for all, those to come too.
        by: a person, or ``vigie`` when a tripwire did it; then ``incident`` says which.
        settled_ms: from the order until nothing was in flight any more; None until then.
        drill: nobody was held back: it was rehearsed.
        release: proposed and not agreed to yet.
    """

    id: int
    channels: tuple[str, ...]
    by: str
    why: str
    at: Millis
    incident: int = 0
    settled_ms: int | None = None
    drill: bool = False
    release: Release | None = None
    released_at: Millis | None = None
    released_by: tuple[str, ...] = ()

    def covers(self, channel: str) -> bool:
        """Whether it is in force and holds this channel."""
        return self.released_at is None and not self.drill and (not self.channels or channel in self.channels)
