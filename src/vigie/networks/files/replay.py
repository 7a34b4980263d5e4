"""Plays a source back in its own rhythm, or faster: what took a day takes half an hour, and looks as it did."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from typing import TypeAlias

from msgspec import structs

from vigie.flows.ports.network import Clock, Source
from vigie.model import AuthorChanged, AuthorGone, Batch, Deleted, Millis, Post

Event: TypeAlias = Post | Deleted | AuthorChanged | AuthorGone
Sleep = Callable[[float], Awaitable[None]]
TOGETHER: Millis = 50
"""Events due within so many milliseconds are handed on at once."""


class Replay:
    """Hands on the events of another source with their own spacing, ``speed`` times faster.

    Time runs forward only: an event older than the one before it follows at once. With ``as_now`` events bear the time
    at which they are handed on. Implements `vigie.flows.ports.network.Source`.
    """

    def __init__(
        self, source: Source, *, speed: float, clock: Clock, as_now: bool = False, sleep: Sleep = asyncio.sleep
    ) -> None:
        if speed <= 0:
            raise ValueError(f"speed: {speed}")
        self._source, self._speed, self._clock, self._as_now, self._sleep = source, speed, clock, as_now, sleep
        self._begun: tuple[Millis, Millis] | None = None

    async def read(self, cursor: str) -> AsyncIterator[Batch]:
        """See `vigie.flows.ports.network.Source`. A batch that was cut into several keeps its cursor for the last."""
        async with aclosing(self._source.read(cursor)) as batches:  # type: ignore[type-var]
            async for batch in batches:
                pending: list[Event] = []
                for event in sorted((*batch.posts, *batch.deleted, *batch.authors), key=_when):
                    wait = self._due(event) - self._clock()
                    if wait > TOGETHER:
                        if pending:
                            yield self._batch(pending, cursor)
                            pending = []
                        await self._sleep(wait / 1000)
                    pending.append(event)
                cursor = batch.cursor
                last = self._batch(pending, cursor)
                yield structs.replace(last, rejected=batch.rejected, events=last.events + len(batch.rejected))

    def _due(self, event: Event) -> Millis:
        """When an event is to be handed on, by our clock."""
        at = _when(event)
        if self._begun is None:
            self._begun = self._clock(), at
        begun, first = self._begun
        return begun + int((at - first) / self._speed)

    def _batch(self, events: list[Event], cursor: str) -> Batch:
        if self._as_now:
            now = self._clock()
            events = [_moved(event, now) for event in events]
        posts = tuple(one for one in events if isinstance(one, Post))
        return Batch(
            posts=posts,
            deleted=tuple(one for one in events if isinstance(one, Deleted)),
            authors=tuple(one for one in events if isinstance(one, AuthorChanged | AuthorGone)),
            cursor=cursor,
            latest=max(map(_when, events), default=None),
            events=len(events),
        )


def _when(event: Event) -> Millis:
    return event.version_at if isinstance(event, Post) else event.at


def _moved(event: Event, now: Millis) -> Event:
    if not isinstance(event, Post):
        return structs.replace(event, at=now)
    if event.edited_at is not None:
        return structs.replace(event, edited_at=now)
    return structs.replace(event, created_at=now)
