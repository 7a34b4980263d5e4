"""A source: one place on one network that Vigie reads, what the charter says of it and how it is."""

from typing import Literal

from msgspec import Struct

from vigie.model.post import Millis


class SourceSpec(Struct, frozen=True):
    """What to read. ``address`` and ``options`` mean what the network's folder says they mean."""

    id: str
    network: str
    address: str = ""
    options: dict[str, str | int | bool | tuple[str, ...]] = {}


class SourceState(Struct, frozen=True):
    """How a source is, for the Sources page and the lamps.

    Attributes:
        state: ``waiting`` (never read yet), ``reading``, ``retrying`` (down, another try at ``retry_at``), ``stopped``
            (nothing more to read or a mistake that a person must mend).
        latest: when the newest event read happened on the network; the lag is ``now - latest``.
        rate: events a second over the last minute.
        error: code of `wording` (area ``sources``) with its ``error_detail``; empty when well.
        rejected: events nobody could read, by reason, since the source was added.
    """

    id: str
    network: str
    address: str = ""
    state: Literal["waiting", "reading", "retrying", "stopped"] = "waiting"
    since: Millis = 0
    latest: Millis | None = None
    last_post_at: Millis | None = None
    rate: float = 0.0
    events: int = 0
    posts: int = 0
    kept: int = 0
    error: str = ""
    error_detail: str = ""
    error_at: Millis | None = None
    retry_at: Millis | None = None
    rejected: dict[str, int] = {}
