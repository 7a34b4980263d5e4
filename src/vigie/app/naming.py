"""Finds the names behind permanent ids: some networks send only those, and their directory knows the rest."""

from vigie.app.asking import Asking
from vigie.app.clock import now
from vigie.app.opened import Opened
from vigie.charter import Charter
from vigie.flows.ports.network import Clock
from vigie.model import Millis

AHEAD = 500
"""Nameless authors looked at, the latest first, to find some that were not asked for lately."""
ASK_AGAIN: Millis = 6 * 3_600_000
"""An id that the directory did not know is asked for again after this."""


class Naming:
    """Gives the archive's nameless authors their names, a few at a time."""

    def __init__(self, opened: Opened, clock: Clock = now) -> None:
        self._archive = opened.store.archive
        self._asking = Asking(opened, clock, ASK_AGAIN)

    async def round(self, charter: Charter) -> None:
        """One question to each network that has somebody to ask."""
        for spec in {spec.network: spec for spec in charter.listening.sources}.values():
            if self._asking.silent(spec):
                continue
            found = await self._asking.authors(spec, self._archive.authors_without_handle(spec.network, AHEAD))
            if found:
                self._archive.set_authors(spec.network, found)
