"""Finds the permanent ids of the handles that a charter names: some networks send only those with a post."""

from collections.abc import Iterable

from vigie.app.asking import Asking
from vigie.app.clock import now
from vigie.app.opened import Opened
from vigie.charter import Charter
from vigie.flows.ports.network import Clock
from vigie.model import Millis

ASK_AGAIN: Millis = 24 * 3_600_000
"""A handle is looked up again after this: it may have been unknown, or have changed hands."""


class Identities:
    """Lasting ids by handle, for every network that has somebody to ask."""

    def __init__(self, opened: Opened, clock: Clock = now) -> None:
        self._asking = Asking(opened, clock, ASK_AGAIN)
        self._ids: dict[str, set[str]] = {}

    def of(self, handles: Iterable[str]) -> dict[str, set[str]]:
        """The ids known so far, by handle in lower case."""
        return {handle: ids for handle in handles if (ids := self._ids.get(_plain(handle)))}

    async def look_up(self, charter: Charter, handles: Iterable[str]) -> bool:
        """Asks for those not asked for lately. True when an id was learned, so that a watch must be built anew."""
        wanted = sorted({_plain(handle) for handle in handles})
        learned = False
        for spec in {spec.network: spec for spec in charter.listening.sources}.values():
            for author in await self._asking.authors(spec, wanted):
                ids = self._ids.setdefault(author.handle.lower(), set())
                learned = learned or author.id not in ids
                ids.add(author.id)
        return learned


def _plain(handle: str) -> str:
    return handle.lower().lstrip("@")
