"""`vigie replay`: a file's posts in their own rhythm, faster, through the same matching; nothing is stored."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import aclosing

from vigie.app.clock import now
from vigie.app.stopping import wait_or_stop
from vigie.fetch import GuardedFetch
from vigie.flows.ports.network import Tools
from vigie.model import Millis, Post, SourceSpec, Span
from vigie.networks import networks
from vigie.query import PlainMatcher, Query, spans


async def replay(
    queries: dict[str, Query], spec: SourceSpec, speed: float, stop: asyncio.Event
) -> AsyncIterator[tuple[Post, tuple[str, ...], tuple[Span, ...]]]:
    """Each post with the ids of the queries that it matches and the characters that did, when its moment has come.

    A post written before the one read last comes at once. Speed 0 does not wait at all.

    Raises:
        SourceDownError: the file cannot be read.
    """
    matcher = PlainMatcher(queries)
    source = networks()[spec.network].open(spec, Tools(GuardedFetch(), now))
    begun, first = time.monotonic(), None
    async with aclosing(source.read("")) as batches:  # type: ignore[type-var]
        async for batch in batches:
            hits = dict(matcher.match(batch.posts))
            for index, post in enumerate(batch.posts):
                first = post.created_at if first is None else first
                if speed and await wait_or_stop(stop, _wait(post.created_at - first, speed, begun)):
                    return
                ids = hits.get(index, ())
                yield post, ids, _merged([span for id in ids for span in spans(queries[id], post)])


def _wait(after: Millis, speed: float, begun: float) -> float:
    return max(0.0, after / 1000 / speed - (time.monotonic() - begun))


def _merged(found: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(found, key=lambda one: (one.start, one.end)):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
