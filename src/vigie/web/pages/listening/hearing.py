"""How well we hear: the badge beside the log, from the sources' states."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from vigie.model import Millis, SourceState
from vigie.wording import Wording

LATE: Millis = 120_000
"""A lag above two minutes needs someone; below, it is said and that is all."""


class Hearing(Struct, frozen=True):
    """``s`` is the badge's state; ``lag`` how far the slowest running source is behind, when one is known."""

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
    reading = [one for one in states if one.state == "reading"]
    down = [one for one in states if one.state == "retrying" or (one.state == "stopped" and one.error)]
    names = tuple(one.id for one in down)
    if down and not reading:
        since = max((one.latest for one in down if one.latest is not None), default=None)
        return Hearing("stop", "cut" if since is not None else "deaf", names, since=since)
    running = [one.latest for one in reading if one.latest is not None and one.rate > 0]
    lag = max(0, now - min(running)) if running else None
    if down:
        return Hearing("soon", "part", names, lag=lag)
    if lag is not None:
        return Hearing("ok" if lag < LATE else "soon", "lag", lag=lag)
    if reading:
        return Hearing("ok", "live")
    waiting = any(one.state == "waiting" for one in states)
    return Hearing("note", "waiting" if waiting else "ended")
