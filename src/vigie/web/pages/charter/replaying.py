"""The charter replayed over a year of our own posts, a second at a time while somebody looks, and kept for a while."""

import time
from collections.abc import Iterator
from threading import Lock
from typing import Any

from litestar import Request, Response, get
from msgspec import Struct

from vigie.flows.replay_rules import YEAR, Caught, Heard, Replayed, replay
from vigie.model import Millis, told
from vigie.web.guard import requires
from vigie.web.house import House, house_of
from vigie.web.said import SHORT, marked
from vigie.web.view import fragment, view, wording
from vigie.wording import Wording

Asked = Request[Any, Any, Any]
STRETCH_S = 0.8
"""How long one look reads on before it shows what there is."""
KEPT: Millis = 10 * 60_000
"""After so long it is read anew: the house has published since."""


class Replaying:
    """One reading of one version of the charter."""

    def __init__(self, house: House, digest: str, now: Millis) -> None:
        judge = house.judge()
        self.digest, self.since, self.begun = digest, now - YEAR, now
        self.so_far = Replayed()
        self._steps: Iterator[Replayed] = replay(house.archive, judge.policy, judge.detect, self.since)
        self._lock = Lock()

    def further(self) -> Replayed:
        """Reads on for a moment; where somebody else has it read already, what there is."""
        if not self.so_far.whole and self._lock.acquire(blocking=False):
            try:
                until = time.monotonic() + STRETCH_S
                for so_far in self._steps:
                    self.so_far = so_far
                    if time.monotonic() > until:
                        break
            finally:
                self._lock.release()
        return self.so_far


class HeardCard(Struct, frozen=True):
    """A rule or check with the posts that it speaks of."""

    id: str
    name: str
    heard: Heard
    examples: tuple[tuple[Caught, Any, str], ...]


def last_replay(request: Asked) -> Replayed | None:
    """What was read under the charter in force, however far; None when nobody asked for it."""
    found: Replaying | None = request.app.state.get("replaying")
    fresh = found and found.digest == house_of(request).charter_digest()
    return found.so_far if found and fresh and found.so_far.read else None


@get("/charter/replay", guards=[requires("read-mentions")], sync_to_thread=True)
def replay_page(request: Asked) -> Response[str]:
    """What every rule would have said of what we published."""
    return view(request, "charter/replay.html", later=False, **_context(request))


@get("/charter/replay/rules", guards=[requires("read-mentions")], sync_to_thread=True)
def replayed_rules(request: Asked) -> Response[str]:
    """The same, a moment later."""
    return fragment(request, "charter/_replayed.html", later=True, **_context(request))


def _context(request: Asked) -> dict[str, Any]:
    w = wording(request)
    reading = _reading(request)
    so_far = reading.further()
    gravest = sorted(so_far.rules.items(), key=lambda one: (-one[1].stopped, -one[1].told, one[0]))
    return {"so_far": so_far, "since": reading.since, "cards": [_card(id, heard, w) for id, heard in gravest]}


def _reading(request: Asked) -> Replaying:
    """The one of the charter in force, begun when there is none. Two that begin at once: the later one is kept."""
    house = house_of(request)
    now, digest = house.clock(), house.charter_digest()
    found: Replaying | None = request.app.state.get("replaying")
    if found is None or found.digest != digest or not 0 <= now - found.begun < KEPT:
        found = request.app.state.replaying = Replaying(house, digest, now)
    return found


def _card(id: str, heard: Heard, w: Wording) -> HeardCard:
    name = f"checks.{id}.name"
    shown = tuple((one, marked(one.post.text, one.finding.spans, SHORT), _says(one, w)) for one in heard.examples)
    return HeardCard(id, w(name) if w.has(name) else id, heard, shown)


def _says(caught: Caught, w: Wording) -> str:
    finding = caught.finding
    return w(finding.code, **finding.values) if finding.code else told(finding.why, w.lang)
