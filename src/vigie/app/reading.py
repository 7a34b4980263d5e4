"""Keeps one source being read: opens it at its stored cursor, hands its batches on, tries again when it is down."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import aclosing

import structlog
from msgspec import structs

from vigie.app.stopping import wait_or_stop
from vigie.flows.listen import Taken, retry_after
from vigie.flows.ports.archive import Archive, StoreFullError
from vigie.flows.ports.network import Clock, Source, SourceDownError
from vigie.model import Batch, SourceSpec, SourceState

log = structlog.get_logger()

TELL_EVERY_S = 1.0
"""The state of a source is written at most this often, unless it changes its nature."""
RATE_OVER_S = 60.0
FULL_RETRY_S = 5.0

Take = Callable[[str, Batch], Awaitable[Taken]]


class Reading:
    """One source's loop. ``take`` stores a batch (in the writer's thread); ``open_source`` makes a fresh reader."""

    def __init__(
        self,
        spec: SourceSpec,
        open_source: Callable[[], Source],
        take: Take,
        archive: Archive,
        clock: Clock,
        chance: Callable[[], float],
    ) -> None:
        self.spec = spec
        self._open, self._take, self._archive, self._clock, self._chance = open_source, take, archive, clock, chance
        before = next((s for s in archive.sources() if s.id == spec.id), None)
        # counts go on after a restart; the rest is new
        self.state = SourceState(
            spec.id,
            spec.network,
            spec.address,
            since=clock(),
            events=before.events if before else 0,
            posts=before.posts if before else 0,
            kept=before.kept if before else 0,
            latest=before.latest if before else None,
            last_post_at=before.last_post_at if before else None,
            rejected=before.rejected if before else {},
        )
        self._told = 0.0
        self._recent: deque[tuple[float, int]] = deque()

    async def run(self, stop: asyncio.Event) -> None:
        """Reads until told to stop, or until the source ends for good."""
        attempt = 0
        while not stop.is_set():
            started = time.monotonic()
            try:
                await self._read(stop)
            except Exception as error:  # whatever a stranger's bytes provoke, the other sources go on
                down = error if isinstance(error, SourceDownError) else SourceDownError("failed", repr(error))
                if down is not error:
                    log.error("source-failed", source=self.spec.id, exc_info=error)
                attempt = 1 if time.monotonic() - started > RATE_OVER_S else attempt + 1
                wait = self._wait_for(down, attempt)
                log.warning("source-down", source=self.spec.id, code=down.code, detail=down.detail, wait=wait)
                self._tell(
                    force=True,
                    state="stopped" if down.final else "retrying",
                    error=down.code,
                    error_detail=down.detail,
                    error_at=self._clock(),
                    retry_at=None if down.final else self._clock() + int(wait * 1000),
                )
                if down.final or await wait_or_stop(stop, wait):
                    return
            else:
                if not stop.is_set():
                    self._tell(force=True, state="stopped")
                return

    def _wait_for(self, down: SourceDownError, attempt: int) -> float:
        asked = 0.0 if down.retry_at is None else (down.retry_at - self._clock()) / 1000
        return max(retry_after(attempt, self._chance()), min(asked, 3600.0))

    async def _read(self, stop: asyncio.Event) -> None:
        batches = self._open().read(self._archive.cursor(self.spec.id))
        async with aclosing(batches) as stream:  # type: ignore[type-var]  # async generators, as `Source.read` is written
            ahead = asyncio.ensure_future(anext(stream, None))
            ended = asyncio.ensure_future(stop.wait())
            try:
                while True:
                    await asyncio.wait({ahead, ended}, return_when=asyncio.FIRST_COMPLETED)
                    if not ahead.done():
                        return
                    batch = ahead.result()
                    if batch is None:
                        return
                    ahead = asyncio.ensure_future(anext(stream, None))
                    if not await self._store(batch, stop):
                        return
            finally:
                ended.cancel()
                ahead.cancel()
                await asyncio.gather(ahead, return_exceptions=True)

    async def _store(self, batch: Batch, stop: asyncio.Event) -> bool:
        """False when told to stop before the batch could be stored: it will be read again."""
        while True:
            try:
                taken = await self._take(self.spec.id, batch)
            except StoreFullError as full:
                log.error("store-full", source=self.spec.id, detail=str(full))
                if await wait_or_stop(stop, FULL_RETRY_S):
                    return False
                continue
            self._count(batch, taken)
            return True

    def _count(self, batch: Batch, taken: Taken) -> None:
        now = time.monotonic()
        self._recent.append((now, batch.events))
        while self._recent and now - self._recent[0][0] > RATE_OVER_S:
            self._recent.popleft()
        seconds = max(1.0, now - self._recent[0][0])
        rejected = dict(self.state.rejected)
        for one in batch.rejected:
            rejected[one.reason] = rejected.get(one.reason, 0) + 1
        old = self.state
        latest = batch.latest if old.latest is None or (batch.latest or 0) >= old.latest else old.latest
        self._tell(
            force=old.state != "reading",
            state="reading",
            latest=latest,
            last_post_at=max((p.created_at for p in batch.posts), default=old.last_post_at),
            rate=sum(n for _, n in self._recent) / seconds,
            events=old.events + batch.events,
            posts=old.posts + len(batch.posts),
            kept=old.kept + len(taken.sightings),
            error="",
            error_detail="",
            error_at=None,
            retry_at=None,
            rejected=rejected,
        )

    def _tell(self, *, force: bool, **changes: object) -> None:
        since = {"since": self._clock()} if changes.get("state", self.state.state) != self.state.state else {}
        self.state = structs.replace(self.state, **changes, **since)
        if force or time.monotonic() - self._told >= TELL_EVERY_S:
            self._told = time.monotonic()
            try:
                self._archive.set_source(self.state)
            except StoreFullError:  # the pulse tells it; this state is told again with the next batch
                log.error("store-full", source=self.spec.id)
