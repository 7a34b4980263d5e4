"""Asks a network's directory who somebody is, without asking the same again and again."""

from collections.abc import Iterable

import structlog

from vigie.app.opened import Opened
from vigie.flows.ports.fetch import FetchError
from vigie.flows.ports.network import Clock, SourceDownError
from vigie.model import Author, Millis, SourceSpec

log = structlog.get_logger()

AT_ONCE = 25
"""Names in one question (`Directory.authors`)."""
LEAVE_ALONE: Millis = 60_000
"""A directory that did not answer is asked again after this."""


class Asking:
    """What was asked for, and when; a name is asked for again after ``again``. A clock set back only asks sooner."""

    def __init__(self, opened: Opened, clock: Clock, again: Millis) -> None:
        self._opened, self._clock, self._again = opened, clock, again
        self._asked: dict[tuple[str, str], Millis] = {}
        self._silent: dict[str, Millis] = {}

    def silent(self, spec: SourceSpec) -> bool:
        """Whether the network's directory did not answer a moment ago."""
        return 0 <= self._clock() - self._silent.get(spec.network, 0) < LEAVE_ALONE

    async def authors(self, spec: SourceSpec, names: Iterable[str]) -> list[Author]:
        """Those of the first names not asked for lately that the directory knows; none where nobody is to be asked."""
        at = self._clock()
        missing = [name for name in names if not self._lately(spec, name, at)][:AT_ONCE]
        if not missing or self.silent(spec):
            return []
        directory = self._opened.networks[spec.network].directory(spec, self._opened.tools(spec))
        if directory is None:
            return []
        try:
            found = await directory.authors(missing)
        except (FetchError, SourceDownError) as error:
            self._silent[spec.network] = at
            log.info("directory-silent", source=spec.id, code=error.code)
            return []
        self._asked = {key: when for key, when in self._asked.items() if 0 <= at - when < self._again}
        self._asked |= {(spec.network, name): at for name in missing}
        return found

    def _lately(self, spec: SourceSpec, name: str, at: Millis) -> bool:
        return 0 <= at - self._asked.get((spec.network, name), 0) < self._again
