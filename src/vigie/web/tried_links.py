"""What the links of drafts answered lately, so that a page asks a site once and not at every key."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock

from vigie.flows.links import tried
from vigie.flows.ports.fetch import Fetch
from vigie.model import Millis

FRESH: Millis = 10 * 60_000
"""How long an answer is believed."""
HELD = 1_000


class TriedLinks:
    """Answers by address, the oldest leaving first. May be asked from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: OrderedDict[str, tuple[Millis, Mapping[str, int | None]]] = OrderedDict()

    def known(self, now: Millis) -> dict[str, int | None]:
        """By address, its HTTP status; None where nothing answers."""
        with self._lock:
            return {
                url: status for at, found in self._held.values() if now - at < FRESH for url, status in found.items()
            }

    def asked(self, now: Millis) -> frozenset[str]:
        """Addresses that were tried lately, those that said nothing certain too."""
        with self._lock:
            return frozenset(url for url, (at, _) in self._held.items() if now - at < FRESH)

    async def ask(self, urls: Iterable[str], fetch: Fetch, now: Millis) -> None:
        """Tries them side by side."""
        wanted = list(urls)
        answers = await asyncio.gather(*(tried(url, fetch) for url in wanted))
        with self._lock:
            for url, found in zip(wanted, answers, strict=True):
                self._held[url] = (now, found)
                self._held.move_to_end(url)
            while len(self._held) > HELD:
                self._held.popitem(last=False)
