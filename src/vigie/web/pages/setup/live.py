"""What the public network says of the words, while the owner still types: one minute of its stream, at most."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any, Final
from zoneinfo import available_timezones

from litestar import Request, get
from litestar.params import FromQuery
from litestar.response import Stream
from msgspec import Struct, structs

from vigie.charter.nouns import PUBLIC_SOURCES
from vigie.flows.ports.network import SourceDownError
from vigie.flows.setup import Glimpse, glimpse
from vigie.query import Query
from vigie.web.house import House, house_of
from vigie.web.pages.listening.said import marked, printable
from vigie.web.pages.setup.hearing import heard
from vigie.web.view import fragment, wording
from vigie.wording import Wording

Asked = Request[Any, Any, Any]
PUBLIC: Final = structs.replace(PUBLIC_SOURCES[0], id="setup")
SECONDS = 60
SILENCE_S = 12.0
"""A network from which nothing at all has come for so long cannot be reached now."""
EACH_S = 0.4
"""Figures are told at most this often."""
POSTS = 20
"""Rows told in one minute: a very common word floods nobody."""
AT_ONCE = 3
"""Streams of the public network that this process opens for the page."""

_open = 0


class Row(Struct, frozen=True):
    """One public post that matches."""

    at: int
    name: str
    network: str
    text: str


@get("/setup/live")
async def live(
    request: Asked, words: FromQuery[str] = "", name: FromQuery[str] = "", zone: FromQuery[str] = ""
) -> Stream:
    """Events: ``query`` (what the words became), ``read`` (figures), ``post`` (a row), ``down``, ``over``."""
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    tz = zone if zone in available_timezones() else "UTC"
    events = _events(request, words[:2000], name[:200], tz)
    return Stream(events, media_type="text/event-stream", headers=headers)


async def _events(request: Asked, words: str, name: str, tz: str) -> AsyncIterator[bytes]:
    house, w = house_of(request), wording(request)
    said = await asyncio.to_thread(heard, words, name, w)
    yield _event("query", _drawn(request, "setup/_heard.html", heard=said))
    if said.query is not None and PUBLIC.network in house.networks and _open < AT_ONCE:
        async for event in _hearing(request, house, said.query, tz):
            yield event
    yield _event("over", "")


async def _hearing(request: Asked, house: House, query: Query, tz: str) -> AsyncIterator[bytes]:
    """The network's minute. The reading is a task of its own, so that a slow browser or network holds up nobody."""
    global _open  # noqa: PLW0603 - one process, one event loop, one figure
    w = wording(request)
    queue: asyncio.Queue[Glimpse | SourceDownError] = asyncio.Queue(64)
    loop = asyncio.get_running_loop()
    _open += 1
    reading = asyncio.create_task(_read(house, query, queue))
    try:
        read = found = told = 0
        until = loop.time() + SECONDS
        figures_at = 0.0
        while (left := until - loop.time()) > 0:
            try:
                async with asyncio.timeout(min(left, SILENCE_S)):
                    seen = await queue.get()
            except TimeoutError:
                if not read:
                    yield _event("down", w("setup.down"))
                    return
                continue
            if isinstance(seen, SourceDownError):
                yield _event("down", w("setup.down"))
                return
            read += seen.read
            found += len(seen.found)
            for post, spans in seen.found[: POSTS - told]:
                told += 1
                row = Row(
                    post.created_at,
                    printable(post.author.name or post.author.handle)[:80],
                    post.network,
                    marked(post.text, spans, 300),
                )
                yield _event("post", _drawn(request, "setup/_post.html", post=row, tz=tz))
            if loop.time() - figures_at >= EACH_S:
                figures_at = loop.time()
                yield _event("read", _figures(read, found, w))
        yield _event("read", _figures(read, found, w))
    finally:
        _open -= 1
        reading.cancel()
        with suppress(asyncio.CancelledError):
            await reading


async def _read(house: House, query: Query, queue: "asyncio.Queue[Glimpse | SourceDownError]") -> None:
    source = house.networks[PUBLIC.network].open(PUBLIC, house.open_tools(PUBLIC))
    try:
        async for seen in glimpse(source, query):
            await queue.put(seen)
    except SourceDownError as error:
        await queue.put(error)


def _figures(read: int, found: int, w: Wording) -> str:
    said = w.count("setup.read", read)
    return f"{said} {w.count('setup.found', found) if found else w('setup.found_none')}"


def _drawn(request: Asked, template: str, **context: Any) -> str:
    return str(fragment(request, template, **context).content)


def _event(name: str, data: str) -> bytes:
    """One event; line ends would end it, and mean nothing in HTML."""
    return f"event: {name}\ndata: {' '.join(data.split())}\n\n".encode("utf-8", "replace")
