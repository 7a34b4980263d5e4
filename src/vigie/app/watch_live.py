"""`vigie watch`: one query on one source, nothing stored."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing

from vigie.app.stopping import wait_or_stop
from vigie.flows.listen import retry_after
from vigie.flows.ports.network import Network, SourceDownError, Tools
from vigie.model import Post, SourceSpec, Span
from vigie.query import PlainMatcher, Query, spans


async def watch_live(
    query: Query,
    spec: SourceSpec,
    network: Network,
    tools: Tools,
    stop: asyncio.Event,
    say_down: Callable[[SourceDownError, float], None],
) -> AsyncIterator[tuple[Post, tuple[Span, ...]]]:
    """Matching posts as they are written, with the characters that matched.

    Reconnects by itself and tells ``say_down`` with the seconds until the next try. Ends when the source has no more
    to read, when told to stop, or by raising a final SourceDownError.
    """
    matcher = PlainMatcher({"watch": query})
    cursor, attempt = "", 0
    while not stop.is_set():
        try:
            async with aclosing(network.open(spec, tools).read(cursor)) as batches:  # type: ignore[type-var]
                async for batch in batches:
                    cursor, attempt = batch.cursor or cursor, 0
                    for index, _ in matcher.match(batch.posts):
                        yield batch.posts[index], spans(query, batch.posts[index])
        except SourceDownError as down:
            if down.final:
                raise
            attempt += 1
            wait = retry_after(attempt, random.SystemRandom().random())
            say_down(down, wait)
            await wait_or_stop(stop, wait)
        else:
            return
