"""A listener that does what Vigie's own does: reads, keeps the cursor, comes back after a fall."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from counterparts.mastodon import START, FakeMastodon
from vigie.fetch import GuardedFetch
from vigie.flows.ports.network import SourceDownError, Tools
from vigie.model import Batch, SourceSpec
from vigie.networks.mastodon.cursor import read_cursor
from vigie.networks.mastodon.network import Mastodon
from vigie.networks.mastodon.source import MastodonSource
from vigie.networks.mastodon.timeline import timelines

NOW = int(START.timestamp() * 1000)


class Listener:
    """Reads a source in the background and counts what it hands over."""

    def __init__(self, server: FakeMastodon, token: str = "", **options: Any) -> None:
        self.now = NOW
        self.tools = Tools(GuardedFetch((server.host,)), lambda: self.now, token)
        self.network = Mastodon()
        self.spec = SourceSpec("m", "mastodon", server.url, options)
        self.cursor = ""
        self.batches: list[Batch] = []
        self.posts: Counter[tuple[str, int | None]] = Counter()
        self.texts: dict[str, str] = {}
        self.gone: Counter[str] = Counter()
        self.falls: list[str] = []
        self._task: asyncio.Task[None] | None = None

    def source(self) -> MastodonSource:
        """A fresh one, as after each fall; it waits between rounds only as long as it takes others to act."""
        source = self.network.open(self.spec, self.tools)
        source._sleep = lambda _: asyncio.sleep(0.01)
        return source

    async def _run(self) -> None:
        while True:
            try:
                async for batch in self.source().read(self.cursor):
                    self._store(batch)
            except SourceDownError as down:
                self.falls.append(down.code)
                if down.final:
                    return
                await asyncio.sleep(0.01)

    def _store(self, batch: Batch) -> None:
        self.batches.append(batch)
        self.cursor = batch.cursor or self.cursor
        for post in batch.posts:
            self.posts[post.remote_id, post.edited_at] += 1
            self.texts[post.remote_id] = post.text
        for one in batch.deleted:
            self.gone[one.remote_id] += 1
            self.texts.pop(one.remote_id, None)

    async def start(self) -> None:
        """Returns once it reads."""
        self._task = asyncio.create_task(self._run())
        wanted = len(timelines(self.spec))
        await self.until(lambda: len(read_cursor(self.cursor)) == wanted)

    async def stop(self) -> None:
        """As a crash: what is under way is lost."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def until(self, condition: Callable[[], object]) -> None:
        """Waits for a condition; fails after ten seconds."""
        async with asyncio.timeout(10):
            while not condition():
                if self._task is not None and self._task.done():
                    self._task.result()
                await asyncio.sleep(0.005)


Listen = Callable[..., Awaitable[Listener]]


@pytest.fixture
async def server() -> AsyncIterator[FakeMastodon]:
    """A server of our own, running."""
    async with FakeMastodon() as running:
        yield running


@pytest.fixture
async def listen(server: FakeMastodon) -> AsyncIterator[Listen]:
    """Starts listeners; they are stopped with the test."""
    started: list[Listener] = []

    async def start(token: str = "", **options: Any) -> Listener:
        listener = Listener(server, token, **options)
        started.append(listener)
        await listener.start()
        return listener

    yield start
    for listener in started:
        await listener.stop()
