"""`vigie up`: runs the three roles, each in a process of its own, and starts again the one that ends."""

import asyncio
import signal
import sys
import time
from collections.abc import Callable, Sequence

from vigie.flows.listen import retry_after

ROLES = ("web", "listen", "work")
HEALTHY_S = 60.0
"""A role that lived this long starts afresh with its back-off."""
GAP_S = 0.5
"""Between the first starts of two roles: the page, which somebody waits for, has the processor first."""
GRACE_S = 10.0
"""How long a role may take to end before it is killed."""


class Supervisor:
    """Starts `vigie ROLE` for each role and keeps it running until told to stop.

    A role ends by itself when its standard input closes, so none outlives a supervisor that was killed.

    ``say(event, **values)`` hears what happens (codes of `wording`, area ``cli``).
    """

    def __init__(
        self, say: Callable[..., None], roles: Sequence[str] = ROLES, command: Sequence[str] | None = None
    ) -> None:
        self._say = say
        self._roles = roles
        self._command = list(command) if command else [sys.executable, "-m", "vigie"]
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Ends every role; `run` returns when they have ended."""
        self._stopping.set()

    async def run(self) -> None:
        """Returns after `stop`, SIGINT or SIGTERM, once each role has ended (at most `GRACE_S` seconds)."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop)
        await asyncio.gather(*(self._keep(role, n * GAP_S) for n, role in enumerate(self._roles)))

    async def _keep(self, role: str, after: float) -> None:
        attempt = 0
        await self._sleep(after)
        while not self._stopping.is_set():
            started = time.monotonic()
            # a session of its own: Ctrl-C reaches us alone, and we end the roles in order
            process = await asyncio.create_subprocess_exec(
                *self._command, role, "--supervised", stdin=asyncio.subprocess.PIPE, start_new_session=True
            )
            self._say("role-started", role=role, pid=process.pid)
            code = await self._wait(process)
            if self._stopping.is_set():
                return
            attempt = 1 if time.monotonic() - started > HEALTHY_S else attempt + 1
            wait = retry_after(attempt, 0.0)
            self._say("role-ended", role=role, status=str(code), wait=round(wait, 1))
            await self._sleep(wait)

    async def _wait(self, process: asyncio.subprocess.Process) -> int:
        ended = asyncio.create_task(process.wait())
        stopping = asyncio.create_task(self._stopping.wait())
        await asyncio.wait({ended, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not ended.done():
            process.terminate()
            done, _ = await asyncio.wait({ended}, timeout=GRACE_S)
            if not done:
                process.kill()
        stopping.cancel()
        return await ended

    async def _sleep(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return
