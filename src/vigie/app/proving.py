"""Proves each connected account once an hour, so that a lost access is known before a post needs it."""

import asyncio
from collections.abc import Callable

import structlog

from vigie.app.clock import now
from vigie.app.opened import Opened
from vigie.app.stopping import wait_or_stop
from vigie.charter import Charter
from vigie.flows.ports.network import Clock
from vigie.flows.ports.writer import WriteError
from vigie.flows.standing import Watched, fails, stands
from vigie.model import Millis

log = structlog.get_logger()

PROVE_EVERY: Millis = 3_600_000
ROUND_S = 5.0


class Proving:
    """Asks the networks of the charter's connected channels. ``charter`` gives the one in force."""

    def __init__(self, opened: Opened, charter: Callable[[], Charter | None], clock: Clock = now) -> None:
        self._opened, self._charter, self._clock = opened, charter, clock
        self._watched = Watched(opened.store.signals, opened.store.notices)
        self._proved: dict[str, Millis] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Until told to stop; a question that is under way is then not waited for."""
        ended = asyncio.create_task(stop.wait())
        asking = asyncio.create_task(self._keep_asking(stop))
        await asyncio.wait({ended, asking}, return_when=asyncio.FIRST_COMPLETED)
        for task in (ended, asking):
            task.cancel()

    async def _keep_asking(self, stop: asyncio.Event) -> None:
        while not await wait_or_stop(stop, ROUND_S):
            try:
                await self.round()
            except Exception as error:  # asked again an hour later
                log.error("proving-failed", exc_info=error)

    async def round(self) -> None:
        """Those whose turn it is. A channel that was never connected is nobody's trouble."""
        charter = self._charter()
        for channel in charter.channels if charter else ():
            at = self._clock()
            if 0 <= at - self._proved.get(channel.id, at - PROVE_EVERY) < PROVE_EVERY:
                continue
            self._proved[channel.id] = at
            if self._opened.grant(channel.id) is not None:
                await self._prove(charter, channel.id)

    async def _prove(self, charter: Charter | None, channel: str) -> None:
        try:
            standing = await self._opened.writer(channel).standing()
        except WriteError as error:
            log.info("account-not-proved", channel=channel, code=error.code)
            await asyncio.to_thread(fails, self._watched, charter, channel, error, self._clock())
        else:
            await asyncio.to_thread(stands, self._watched, charter, channel, standing, self._clock())
