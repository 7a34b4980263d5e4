"""`vigie watch` and `vigie replay`: queries on one source, as it is read; nothing is stored."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import aclosing

from msgspec import Struct

from vigie.app.stopping import wait_or_stop
from vigie.flows.listen import retry_after
from vigie.flows.ports.network import Network, SourceDownError, Tools
from vigie.model import Post, SourceSpec, Span
from vigie.query import PlainMatcher, Query, spans


class Found(Struct, frozen=True):
    """A matching post, the queries that it matches and the characters that made it match."""

    post: Post
    queries: tuple[str, ...]
    spans: tuple[Span, ...]


async def watch_live(
    queries: Mapping[str, Query],
    spec: SourceSpec,
    network: Network,
    tools: Tools,
    stop: asyncio.Event,
    say_down: Callable[[SourceDownError, float], None],
) -> AsyncIterator[Found]:
    """Matching posts as they are read.

    Reconnects by itself and tells ``say_down`` with the seconds until the next try. Ends when the source has no more
    to read, when told to stop, or by raising a final SourceDownError.
    """
    matcher = PlainMatcher(queries)
    cursor, attempt = "", 0
    while not stop.is_set():
        try:
            async with aclosing(network.open(spec, tools).read(cursor)) as batches:  # type: ignore[type-var]
                async for batch in batches:
                    cursor, attempt = batch.cursor or cursor, 0
                    for index, ids in matcher.match(batch.posts):
                        post = batch.posts[index]
                        yield Found(post, ids, _merged([span for id in ids for span in spans(queries[id], post)]))
        except SourceDownError as down:
            if down.final:
                raise
            attempt += 1
            wait = retry_after(attempt, random.SystemRandom().random())
            say_down(down, wait)
            await wait_or_stop(stop, wait)
        else:
            return


def _merged(found: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(found, key=lambda one: (one.start, one.end)):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
