"""How well we hear: the badge beside the log, from the sources' states."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from vigie.flows.sources import SLOW, health, lag
from vigie.model import Millis, SourceState
from vigie.wording import Wording

_AT_ONCE: Millis = 1000
"""Less behind than this is not worth a word."""


class Hearing(Struct, frozen=True):
    """``s`` is the badge's state; ``lag`` how far the slowest running source is behind, where that can be told."""

    s: Literal["ok", "soon", "stop", "note"]
    code: str
    down: tuple[str, ...] = ()
    lag: Millis | None = None
    since: Millis | None = None

    def sentence(self, w: Wording, tz: str, now: Millis) -> str:
        """The badge's words."""
        lag = w.duration(self.lag) if self.lag is not None else ""
        since = w.when(self.since, tz, now) if self.since is not None else ""
        return w(f"listening.hearing.{self.code}", lag=lag, since=since, sources=w.list(self.down))


def hearing(states: Sequence[SourceState], now: Millis) -> Hearing:
    """What the states come to."""
    if not states:
        return Hearing("note", "none")
    by_health = {state.id: health(state, now) for state in states}
    down = tuple(id for id, one in by_health.items() if one == "down")
    read = any(one in {"well", "slow"} for one in by_health.values())
    if down and not read:
        since = max((state.latest for state in states if state.id in down and state.latest is not None), default=None)
        return Hearing("stop", "deaf" if since is None else "cut", down, since=since)
    behind = max((one for state in states if (one := lag(state, now)) is not None), default=None)
    if down:
        return Hearing("soon", "part", down, lag=behind)
    if behind is not None and behind >= _AT_ONCE:
        return Hearing("ok" if behind < SLOW else "soon", "lag", lag=behind)
    if read:
        return Hearing("ok", "live")
    return Hearing("note", "waiting" if "waiting" in by_health.values() else "ended")
