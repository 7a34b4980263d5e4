"""Finds the names behind permanent ids: some networks send only those, and their directory knows the rest."""

import structlog

from vigie.app.clock import now
from vigie.app.opened import Opened
from vigie.charter import Charter
from vigie.flows.ports.fetch import FetchError
from vigie.flows.ports.network import Clock, SourceDownError
from vigie.model import Millis, SourceSpec

log = structlog.get_logger()

AT_ONCE = 25
"""Ids in one question (`Directory.authors`)."""
AHEAD = 500
"""Nameless authors looked at, the latest first, to find some that were not asked for lately."""
ASK_AGAIN: Millis = 6 * 3_600_000
"""An id that the directory did not know is asked for again after this."""
LEAVE_ALONE: Millis = 60_000
"""A directory that did not answer is asked again after this."""


class Naming:
    """What was asked for, and when."""

    def __init__(self, opened: Opened, clock: Clock = now) -> None:
        self._opened, self._clock = opened, clock
        self._asked: dict[tuple[str, str], Millis] = {}
        self._silent: dict[str, Millis] = {}

    async def round(self, charter: Charter) -> None:
        """One question to each network that has somebody to ask."""
        for spec in {spec.network: spec for spec in charter.listening.sources}.values():
            # a clock that was set back only makes it ask sooner
            if not 0 <= self._clock() - self._silent.get(spec.id, 0) < LEAVE_ALONE:
                await self._ask(spec)

    async def _ask(self, spec: SourceSpec) -> None:
        archive, at = self._opened.store.archive, self._clock()
        nameless = archive.authors_without_handle(spec.network, AHEAD)
        ids = [id for id in nameless if not 0 <= at - self._asked.get((spec.network, id), 0) < ASK_AGAIN][:AT_ONCE]
        directory = self._opened.networks[spec.network].directory(spec, self._opened.tools(spec)) if ids else None
        if directory is None:
            return
        try:
            found = await directory.authors(ids)
        except (FetchError, SourceDownError) as error:
            self._silent[spec.id] = at
            log.info("directory-silent", source=spec.id, code=error.code)
            return
        archive.set_authors(spec.network, found)
        self._asked = {key: when for key, when in self._asked.items() if 0 <= at - when < ASK_AGAIN}
        self._asked |= {(spec.network, id): at for id in ids}
