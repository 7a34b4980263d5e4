"""The accounts of the house as the API gives them; their secrets never."""

from typing import Annotated, Any

from litestar import Request
from msgspec import Meta, Struct

from vigie.flows.ports.writer import WriteError
from vigie.web.api.paging import Items
from vigie.web.api.problems import voice
from vigie.web.api.routes import reads
from vigie.web.api.times import Instant, instant_or_none
from vigie.web.house import house_of
from vigie.web.pages.channels.rows import Health, Row, rows
from vigie.web.pages.channels.said import trouble
from vigie.wording import Wording

Asked = Request[Any, Any, Any]


class ChannelTrouble(Struct, frozen=True):
    """Why Vigie cannot write there."""

    code: str
    detail: Annotated[str, Meta(description="A sentence: what happened, and what to do.")]


class Allowance(Struct, frozen=True):
    """What the network still lets us write; null where it has not said."""

    left: int | None
    of: int | None
    resets_at: Instant | None


class Channel(Struct, frozen=True):
    """An account of the house."""

    id: str
    network: str
    account: str
    owner: str
    purpose: str
    health: Annotated[Health, Meta(description="works: the network has said so, at checked_at. absent: no key.")]
    read: Annotated[bool, Meta(description="A source of its network is being read now.")]
    checked_at: Instant | None
    access_ends: Instant | None
    trouble: ChannelTrouble | None
    allowance: Allowance
    latest_post_at: Instant | None
    pause: Annotated[int | None, Meta(description="What suspends it.")]


@reads("/channels", "read-publications")
def list_channels(request: Asked) -> Items[Channel]:
    """List the accounts of the house.

    In the charter's order, as their networks have answered last. No network is asked.
    """
    say = voice(request)
    return Items(tuple(channel_out(row, say) for row in rows(house_of(request))))


def channel_out(row: Row, say: Wording, error: WriteError | None = None) -> Channel:
    """An account for the answer. ``error`` is what its network has just said."""
    said, channel = row.said, row.channel
    if error is None and said.code:
        error = WriteError(said.code, said.detail)  # type: ignore[arg-type]
    wrong = ChannelTrouble(error.code, trouble(error, channel.network.capitalize(), say)) if error else None
    return Channel(
        id=channel.id,
        network=channel.network,
        account=channel.account,
        owner=channel.owner,
        purpose=channel.purpose,
        health=row.health,
        read=row.read,
        checked_at=instant_or_none(said.at or None),
        access_ends=instant_or_none(said.expires_at),
        trouble=wrong,
        allowance=Allowance(said.budget.left, said.budget.of, instant_or_none(said.budget.resets_at)),
        latest_post_at=instant_or_none(row.last_at),
        pause=row.pause.id if row.pause else None,
    )
