"""What is held for some minutes while a person is at it, in this process alone: an invitation, a key just let go."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

from vigie.flows.ports.writer import Grant, Invitation
from vigie.model import Millis

T = TypeVar("T")
HELD: Millis = 15 * 60_000
MOST = 100


class Shelf(Generic[T]):
    """Things by channel and person: nobody takes what another has put there, nor anything after `HELD`."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: OrderedDict[tuple[str, str], tuple[Millis, T]] = OrderedDict()

    def put(self, channel: str, who: str, thing: T, now: Millis) -> None:
        """Takes the place of what was there; what is too old or too much leaves."""
        with self._lock:
            self._held.pop((channel, who), None)
            self._held[channel, who] = (now, thing)
            while self._held and (len(self._held) > MOST or now - next(iter(self._held.values()))[0] > HELD):
                self._held.popitem(last=False)

    def get(self, channel: str, who: str, now: Millis) -> T | None:
        """It stays there."""
        with self._lock:
            at, thing = self._held.get((channel, who), (0, None))
            return thing if now - at <= HELD else None

    def take(self, channel: str, who: str, now: Millis) -> T | None:
        """It is gone from there."""
        found = self.get(channel, who, now)
        with self._lock:
            self._held.pop((channel, who), None)
        return found


INVITATIONS: Shelf[Invitation] = Shelf()
GRANTS: Shelf[Grant] = Shelf()
