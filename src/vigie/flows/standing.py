"""How the house's accounts stand with their networks: proved now and then, and told before it costs a post."""

import msgspec
from msgspec import Struct, structs

from vigie.charter import Charter
from vigie.flows.ports.notices import Notices
from vigie.flows.ports.signals import Signals
from vigie.flows.ports.writer import Budget, Standing, WriteError
from vigie.flows.tell import tell
from vigie.model import Millis, Notice, Urgency

DAY: Millis = 86_400_000
WARNED_AHEAD: Millis = 7 * DAY
"""An access that the network ends is told this long before."""
FOR_A_PERSON = frozenset(("bad-token", "not-connected", "refused"))
"""Trouble that only a person can mend."""


class Known(Struct, frozen=True, omit_defaults=True):
    """What a channel's network said last.

    Attributes:
        at: when; 0 for never.
        account: handle of the account that is connected.
        code, detail: why Vigie cannot write there (`WriteError`); empty when it can.
        warned: the end of the access that people were told of.
    """

    at: Millis = 0
    account: str = ""
    budget: Budget = Budget()
    expires_at: Millis | None = None
    code: str = ""
    detail: str = ""
    warned: Millis | None = None


class Watched(Struct, frozen=True, eq=False):
    """What is needed to keep and to tell it."""

    signals: Signals
    notices: Notices


def known(signals: Signals, channel: str) -> Known:
    """What was said last."""
    kept = signals.load(_name(channel))
    return msgspec.json.decode(kept, type=Known) if kept else Known()


def stands(watched: Watched, charter: Charter | None, channel: str, standing: Standing, now: Millis) -> Known:
    """The network has just proved that Vigie can write there. An end that comes near is told once."""
    before = known(watched.signals, channel)
    after = Known(now, standing.author.handle, standing.budget, standing.expires_at, warned=before.warned)
    ends = after.expires_at
    if ends is not None and ends - now <= WARNED_AHEAD and ends != before.warned:
        _tell(watched, charter, channel, "expires", "soon", now, days=max(0, (ends - now) // DAY))
        after = structs.replace(after, warned=ends)
    _keep(watched.signals, channel, after)
    return after


def fails(watched: Watched, charter: Charter | None, channel: str, error: WriteError, now: Millis) -> Known:
    """Vigie cannot write there. What only a person can mend is told once, until it works again."""
    before = known(watched.signals, channel)
    if error.code not in FOR_A_PERSON:  # networks come back by themselves
        return before
    after = structs.replace(before, at=now, code=error.code, detail=error.detail)
    if before.code != error.code:
        _tell(watched, charter, channel, error.code, "now", now)
    _keep(watched.signals, channel, after)
    return after


def works(watched: Watched, channel: str) -> None:
    """Something was written there: whatever was wrong is over."""
    before = known(watched.signals, channel)
    if before.code:
        _keep(watched.signals, channel, structs.replace(before, code="", detail=""))


def _tell(
    watched: Watched, charter: Charter | None, channel: str, what: str, urgency: Urgency, now: Millis, **values: int
) -> None:
    told: dict[str, str | int | float] = {"channel": channel, **values}
    tell(
        watched.notices,
        charter,
        Notice(id=0, at=now, kind=f"channel.{what}", urgency=urgency, values=told, path=f"/channels/{channel}"),
    )


def _keep(signals: Signals, channel: str, now: Known) -> None:
    signals.keep({_name(channel): msgspec.json.encode(now)})


def _name(channel: str) -> str:
    return f"standing:{channel}"
