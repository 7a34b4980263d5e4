"""A Mastodon source: over the stream where the server has one, else by asking from time to time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from vigie.flows.ports.network import Clock
from vigie.model import Batch, Rejected
from vigie.model.bounds import FIELD_LIMIT
from vigie.networks.mastodon.api import Api
from vigie.networks.mastodon.entities import Event
from vigie.networks.mastodon.names import Names
from vigie.networks.mastodon.posts import home_of
from vigie.networks.mastodon.reading import Reading
from vigie.networks.mastodon.stream import NoStreamError, opened, stream_url
from vigie.networks.mastodon.timeline import MENTIONS, Timeline, named

TRY_STREAM_AGAIN = 3_600_000
"""After an hour of asking, the stream is tried again: the server may have mended it."""
LONGEST_WAIT_S = 900.0

Sleep = Callable[[float], Awaitable[None]]


class MastodonSource:
    """Reads timelines of one server. ``every`` is the pause in seconds between two rounds of asking."""

    def __init__(
        self,
        api: Api,
        timelines: list[Timeline],
        names: Names,
        *,
        clock: Clock,
        streaming: bool,
        every: int,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._api, self._timelines, self._names, self._clock = api, timelines, names, clock
        self._streaming, self._every, self._sleep = streaming, every, sleep

    async def read(self, cursor: str) -> AsyncIterator[Batch]:
        """See `vigie.flows.ports.network.Source`."""
        instance = await self._api.instance()
        reading = Reading(self._api, home_of(instance.domain, self._api.server), self._names, cursor)
        url = stream_url(self._api.server, instance)
        while True:
            if self._streaming:
                try:
                    async for batch in self._stream(reading, url):
                        yield batch
                except NoStreamError:
                    pass
            async for batch in self._poll(reading):
                yield batch

    async def _stream(self, reading: Reading, url: str) -> AsyncIterator[Batch]:
        """The line is opened first and the gap read after, so that nothing falls between."""
        async with opened(self._api, url, self._timelines) as handfuls:
            for timeline in self._timelines:
                async for batch in reading.catch_up(timeline):
                    yield batch
                async for batch in reading.look_again(timeline):
                    yield batch
            async for events in handfuls:
                yield _joined([_told(reading, event) for event in events], reading.cursor)

    async def _poll(self, reading: Reading) -> AsyncIterator[Batch]:
        started = self._clock()
        for timeline in self._timelines:
            async for batch in reading.catch_up(timeline):
                yield batch
        while not self._streaming or self._clock() - started < TRY_STREAM_AGAIN:
            for timeline in self._timelines:
                async for batch in reading.look_again(timeline):
                    yield batch
            await self._pause()

    async def _pause(self) -> None:
        """Between two rounds; longer when the server says that few requests are left."""
        asked = (self._api.wait_until - self._clock()) / 1000
        await self._sleep(max(float(self._every), min(asked, LONGEST_WAIT_S)))


def _told(reading: Reading, event: Event | bytes) -> Batch:
    if isinstance(event, bytes):
        return Batch(rejected=(Rejected("not-json", "message of the stream", event[:FIELD_LIMIT]),), events=1)
    payload = event.payload or ""
    match event.event:
        case "update" | "status.update":
            return reading.told(named(event.stream), payload.encode("utf-8", "replace"))
        case "notification":
            return reading.told(MENTIONS, payload.encode("utf-8", "replace"))
        case "delete":
            return reading.told_deleted(payload)
        case _ if event.error:
            raise NoStreamError(event.error)
    return Batch(events=1)  # filters, announcements, conversations


def _joined(batches: list[Batch], cursor: str) -> Batch:
    """One batch of several. Ids are never used again, so posts may come before deletions."""
    return Batch(
        posts=tuple(post for batch in batches for post in batch.posts),
        deleted=tuple(one for batch in batches for one in batch.deleted),
        rejected=tuple(one for batch in batches for one in batch.rejected),
        cursor=cursor,
        latest=max((batch.latest for batch in batches if batch.latest is not None), default=None),
        events=sum(batch.events for batch in batches),
    )
