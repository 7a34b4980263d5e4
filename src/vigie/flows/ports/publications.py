"""Publications and pauses: what is to go out, what went out, and what holds it back. The database is the queue."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from vigie.model import Act, Approval, Millis, Pause, Publication, PublicationState, Release


class MovedError(Exception):
    """It was changed meanwhile; nothing of the call was stored. ``current`` is what it is now."""

    def __init__(self, current: Publication) -> None:
        super().__init__(f"publication {current.id} is at revision {current.revision}")
        self.current = current


class ReleaseError(Exception):
    """A pause cannot be ended so. ``code``: ``nothing-proposed``, ``same-person``, ``already-released``,
    ``undecided`` (``publications`` were held meanwhile, or were left out)."""

    def __init__(self, code: str, publications: Sequence[int] = ()) -> None:
        super().__init__(code)
        self.code, self.publications = code, tuple(publications)


class Paused(Struct, frozen=True):
    """What a pause found: ``held`` numbers it now holds, ``in_flight`` those claimed before it, outcome still open."""

    pause: Pause
    held: tuple[int, ...]
    in_flight: tuple[Publication, ...]


class Publications(Protocol):
    """Every writing method is one durable transaction (``synchronous=FULL``), with its act where it takes one."""

    def schedule(self, wanted: Sequence[Publication], act: Act) -> list[Publication]:
        """Stores new ones (``id`` 0) and gives them their numbers; a pause in force holds those it covers at once.
        One of the same series and ``wall`` is there already: it is left out. A repeated one without a series begins its
        own. ``act.what`` is completed with each number (``publication:7``), one act each."""
        ...

    def get(self, id: int) -> Publication | None: ...

    def of_draft(self, draft: int) -> list[Publication]: ...

    def between(self, since: Millis, until: Millis, channels: Sequence[str] = ()) -> list[Publication]:
        """By ``due``, ``since`` included, ``until`` not; the dropped ones too."""
        ...

    def of_states(self, states: Sequence[PublicationState], limit: int = 500) -> list[Publication]:
        """By ``due``."""
        ...

    def due(self, now: Millis, limit: int = 100, but: Sequence[str] = ()) -> list[Publication]:
        """Scheduled, not held, not on these channels, their time and ``try_at`` have come; the earliest first."""
        ...

    def open(self, now: Millis) -> list[Publication]:
        """Those that `work` has to look at again: publishing, unconfirmed, or being recalled, ``try_at`` reached."""
        ...

    def claim(
        self, id: int, revision: int, keys: Sequence[str], now: Millis, act: Act | None = None
    ) -> Publication | None:
        """Takes a scheduled or unconfirmed one for sending: state ``publishing``, one attempt more, no ``try_at``, with
        a key for each piece unless it has them from before.

        None when somebody moved it, it is held, or a pause in force covers its channel: then nothing was changed.
        Two claims of the same one never both succeed, in whatever process. A key that another has raises ValueError.
        """
        ...

    def settle(self, changed: Publication, act: Act | None = None) -> Publication:
        """Stores a changed one whose ``revision`` is still that of the store, and raises it by one. ``held`` is not
        stored: what is scheduled is held while a pause in force covers its channel. Whom it answers and quotes stays.

        Raises MovedError. A remote id that another publication has already, the moment (``wall``) of another one of
        its series, and fewer keys than it had raise ValueError.
        """
        ...

    def by_key(self, network: str, key: str) -> Publication | None:
        """The one that claimed this key, whatever became of it."""
        ...

    def by_remote(self, network: str, remote_id: str) -> Publication | None: ...

    # approvals

    def approve(self, approval: Approval, act: Act) -> None: ...

    def approvals(self, draft: int) -> list[Approval]:
        """Oldest first, of every version."""
        ...

    # pauses

    def pause(self, wanted: Pause, act: Act) -> Paused:
        """Puts a pause (``id`` 0) in force: from the end of this call on, nothing it covers is claimed."""
        ...

    def pauses(self) -> list[Pause]:
        """Those in force, the earliest first: what several cover, the earliest holds."""
        ...

    def pause_of(self, id: int) -> Pause | None: ...

    def latest_pauses(self, limit: int = 20) -> list[Pause]:
        """Drills and ended ones too, the latest first."""
        ...

    def held(self, pause: int) -> list[Publication]: ...

    def settled(self, pause: int, after_ms: int, act: Act | None = None) -> None:
        """Nothing is in flight any more. Only the first answer counts, and is recorded."""
        ...

    def propose_release(self, pause: int, release: Release, act: Act) -> Pause:
        """Raises ReleaseError: ``already-released``, ``undecided``."""
        ...

    def agree_release(self, pause: int, who: str, now: Millis, act: Act, *, alone: bool = False) -> list[Publication]:
        """Ends it and applies the choices: ``send`` (due now when its time has passed), ``reschedule``, ``drop``; what
        became of those held. ``alone``: the house has one person who may, and proposing was enough. Held by another
        pause too, it stays held by that one. ``publication.moved`` and ``publication.dropped`` are recorded each.

        Raises ReleaseError; ValueError where two of one series would come at the same moment.
        """
        ...
