"""Finds the permanent ids of the handles that a charter names: some networks send only those with a post."""

from collections.abc import Iterable

import structlog

from vigie.app.clock import now
from vigie.app.opened import Opened
from vigie.charter import Charter
from vigie.flows.ports.fetch import FetchError
from vigie.flows.ports.network import Clock, SourceDownError
from vigie.model import Millis

log = structlog.get_logger()

AT_ONCE = 25
"""Handles in one question (`Directory.authors`)."""
LEAVE_ALONE: Millis = 60_000
"""A directory that did not answer is asked again after this."""
ASK_AGAIN: Millis = 24 * 3_600_000
"""A handle is looked up again after this: it may have been unknown, or have changed hands."""


class Identities:
    """Lasting ids by handle, for every network that has somebody to ask."""

    def __init__(self, opened: Opened, clock: Clock = now) -> None:
        self._opened, self._clock = opened, clock
        self._ids: dict[str, set[str]] = {}
        self._asked: dict[tuple[str, str], Millis] = {}
        self._silent: dict[str, Millis] = {}

    def of(self, handles: Iterable[str]) -> dict[str, set[str]]:
        """The ids known so far, by handle in lower case."""
        return {handle: ids for handle in handles if (ids := self._ids.get(handle.lower().lstrip("@")))}

    async def look_up(self, charter: Charter, handles: Iterable[str]) -> bool:
        """Asks for those not asked for lately. True when an id was learned, so that a watch must be built anew."""
        wanted = {handle.lower().lstrip("@") for handle in handles}
        learned = False
        for spec in {spec.network: spec for spec in charter.listening.sources}.values():
            at = self._clock()
            missing = sorted(
                handle for handle in wanted if not 0 <= at - self._asked.get((spec.network, handle), 0) < ASK_AGAIN
            )[:AT_ONCE]
            if not missing or 0 <= at - self._silent.get(spec.network, 0) < LEAVE_ALONE:
                continue
            directory = self._opened.networks[spec.network].directory(spec, self._opened.tools(spec))
            if directory is None:
                continue
            try:
                found = await directory.authors(missing)
            except (FetchError, SourceDownError) as error:
                self._silent[spec.network] = at
                log.info("directory-silent", source=spec.id, code=error.code)
                continue
            self._asked |= {(spec.network, handle): at for handle in missing}
            for author in found:
                ids = self._ids.setdefault(author.handle.lower(), set())
                learned = learned or author.id not in ids
                ids.add(author.id)
        return learned
