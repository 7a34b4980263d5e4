"""Slow work that a page watches: a pool of its own size, told as it goes, ended as soon as nobody listens any more.

The pages' own threads stay free, however many people look back over a million posts at once: those too many wait.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from litestar import Litestar

T = TypeVar("T")

AT_ONCE = 2
"""Works that run at the same time: Vigie is at home on two cores, and the others wait their turn."""
EACH_S = 0.25
"""The page is told at most this often."""


class Slow:
    """The pool. Made once an app."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="slow")
        self._ends: set[threading.Event] = set()
        self._stopped = False

    @property
    def works(self) -> int:
        """How many are running or waiting."""
        return len(self._ends)

    @property
    def busy(self) -> bool:
        """One work more would have to wait."""
        return self.works >= AT_ONCE

    async def run(self, work: Callable[[], T]) -> T:
        """Does something in the pool that cannot be ended half way: at most about a second's worth."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    async def watch(self, steps: Iterable[object], told: Callable[[bool], bytes]) -> AsyncIterator[bytes]:
        """Takes one step after the other in the pool, and gives what ``told`` says a few times a second.

        ``told`` is called in the pool too, between two steps; with True once all steps are done, and what it says then
        comes last. When the reader leaves, or at `stop`, no further step is taken. What a step raises is raised here.
        """
        if self._stopped:
            return
        loop, said = asyncio.get_running_loop(), asyncio.Queue[bytes | None]()
        end, wanted = threading.Event(), threading.Event()
        wanted.set()

        def say(words: bytes | None) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(said.put_nowait, words)

        def work() -> None:
            try:
                for _ in steps:
                    if end.is_set():
                        return
                    if wanted.is_set():
                        wanted.clear()
                        say(told(False))  # noqa: FBT003  # not done
                say(told(True))  # noqa: FBT003  # done
            finally:
                say(None)

        self._ends.add(end)
        running = loop.run_in_executor(self._pool, work)
        try:
            while (words := await said.get()) is not None:
                yield words
                await asyncio.sleep(EACH_S)
                wanted.set()
            await running
        finally:
            end.set()
            running.cancel()
            self._ends.discard(end)

    def stop(self) -> None:
        """Ends every work for good; from any thread."""
        self._stopped = True
        for end in tuple(self._ends):
            end.set()


def slow_of(app: Litestar) -> Slow:
    """The app's one pool, made when first asked for."""
    found: Slow | None = app.state.get("slow")
    if found is None:
        found = app.state.slow = Slow()
    return found
