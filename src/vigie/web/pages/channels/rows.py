"""How each channel stands: its key, what its network said last, what reads it, what suspends it."""

from collections.abc import Iterable
from typing import Literal, TypeAlias

from msgspec import Struct

from vigie.charter import Channel
from vigie.flows.ports.archive import Filter
from vigie.flows.standing import WARNED_AHEAD, Known, known
from vigie.model import Millis, Pause
from vigie.web.house import House
from vigie.wording.alerts import channel_label

Health: TypeAlias = Literal["works", "unproved", "absent", "refused", "ended", "reads-only"]


class Row(Struct, frozen=True):
    """One channel.

    Attributes:
        label: what people call it.
        writes_on: the network that writing goes to, ``demo`` in the demo; empty where Vigie only reads.
        connected: whether there is a key.
        read: whether a source of its network is being read now.
        said: what the network said last; nothing where there is no key.
        last_at: when its latest post was written, by whatever means; None when Vigie has seen none.
        pause: what suspends it.
    """

    channel: Channel
    label: str
    writes_on: str
    connected: bool
    read: bool
    said: Known
    health: Health
    last_at: Millis | None
    pause: Pause | None

    def ends_soon(self, now: Millis) -> bool:
        """Whether its network ends the access within the week."""
        ends = self.said.expires_at
        return self.health in ("works", "unproved") and ends is not None and ends - now <= WARNED_AHEAD


def rows(house: House) -> list[Row]:
    """In the charter's order."""
    charter = house.charter()
    return [row_of(house, channel) for channel in (charter.channels if charter else ())]


def row_of(house: House, channel: Channel) -> Row:
    """One channel as it stands now."""
    writing = house.keyring.writing(channel)
    connected = house.keyring.grant(channel.id) is not None
    said = known(house.signals, channel.id) if connected else Known()
    reading = {one.network for one in house.archive.sources() if one.state == "reading"}
    return Row(
        channel=channel,
        label=channel_label(house.charter(), channel.id),
        writes_on=writing.name if writing else "",
        connected=connected,
        read=not reading.isdisjoint({channel.network, "demo"} if house.demo else {channel.network}),
        said=said,
        health=_health(said, house.clock(), writes=writing is not None, connected=connected),
        last_at=_last(house, channel),
        pause=_over(house.publications.pauses(), channel.id),
    )


def _health(said: Known, now: Millis, *, writes: bool, connected: bool) -> Health:
    if not writes:
        return "reads-only"
    if not connected:
        return "absent"
    if said.code:
        return "refused"
    if said.expires_at is not None and said.expires_at <= now:
        return "ended"
    return "works" if said.at else "unproved"


def _last(house: House, channel: Channel) -> Millis | None:
    where = Filter(networks=(channel.network,), author=channel.account, kept=("own", "match"))
    found = house.archive.mentions(where, "", 1).mentions
    return found[0].post.created_at if found else None


def _over(pauses: Iterable[Pause], id: str) -> Pause | None:
    """The earliest that covers it: what several cover, the earliest holds."""
    return next((one for one in pauses if one.covers(id)), None)
