"""What the public network says of the words, while the owner still types: one minute of its stream, at most."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, Final, TypeAlias
from zoneinfo import available_timezones

from litestar import Request, get
from litestar.params import FromQuery
from litestar.response import Stream
from markupsafe import Markup
from msgspec import Struct, structs

from vigie.charter.nouns import PUBLIC_SOURCES
from vigie.flows.ports.network import SourceDownError
from vigie.flows.setup import Glimpse, glimpse
from vigie.model import Millis, Post, Span
from vigie.query import Query
from vigie.web.house import House, house_of
from vigie.web.pages.setup.hearing import heard
from vigie.web.said import marked, printable
from vigie.web.view import fragment, wording
from vigie.wording import Wording

Asked = Request[Any, Any, Any]
Heard: TypeAlias = "asyncio.Queue[Glimpse | SourceDownError]"
PUBLIC: Final = structs.replace(PUBLIC_SOURCES[0], id="setup")
SECONDS = 60
SILENCE_S = 12.0
"""A network from which nothing at all has come for so long cannot be reached now."""
EACH_S = 0.3
"""The page is told this often."""
POSTS = 20
"""Rows told in one minute: a very common word floods nobody."""
SHORT = 300
"""Characters of a row's text."""
AT_ONCE = 3
"""Streams of the public network that this process opens for the page."""


class Row(Struct, frozen=True):
    """One public post that matches."""

    at: Millis
    name: str
    network: str
    text: Markup


class Streams:
    """How many are open now, in this process."""

    open = 0


@get("/setup/live")
async def listen(
    request: Asked, words: FromQuery[str] = "", name: FromQuery[str] = "", zone: FromQuery[str] = ""
) -> Stream:
    """Events: ``query`` (what the words became), ``read`` (figures), ``post`` (a row), ``down``, ``over``."""
    tz = zone if zone in available_timezones() else "UTC"
    events = _events(request, words[:2000], name[:200], tz)
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return Stream(events, media_type="text/event-stream", headers=headers)


async def _events(request: Asked, words: str, name: str, tz: str) -> AsyncIterator[bytes]:
    house, w = house_of(request), wording(request)
    said = await asyncio.to_thread(heard, words, name, w)
    yield _event("query", _drawn(request, "setup/_heard.html", heard=said))
    if said.query is not None and PUBLIC.network in house.networks and Streams.open < AT_ONCE:
        try:
            async with _reading(house, said.query) as queue:
                async for event in _told(request, queue, w, tz):
                    yield event
        except SourceDownError:
            yield _event("down", w("setup.down"))
    yield _event("over", "")


async def _told(request: Asked, queue: Heard, w: Wording, tz: str) -> AsyncIterator[bytes]:
    """A minute of what is heard, told a few times a second. Raises SourceDownError."""
    read = found = shown = 0
    loop = asyncio.get_running_loop()
    begun = loop.time()
    while loop.time() < begun + SECONDS:
        await asyncio.sleep(EACH_S)
        seen = _drained(queue)
        read += sum(one.read for one in seen)
        if not read and loop.time() > begun + SILENCE_S:
            raise SourceDownError("timeout")
        rows = [_row(post, spans) for one in seen for post, spans in one.found]
        found += len(rows)
        for row in rows[: POSTS - shown]:
            shown += 1
            yield _event("post", _drawn(request, "setup/_post.html", post=row, tz=tz))
        yield _event("read", _figures(read, found, w)) if seen and read else b":\n\n"


@asynccontextmanager
async def _reading(house: House, query: Query) -> AsyncIterator[Heard]:
    """A task of its own reads the network, so that a slow browser holds up nobody; it ends with the stream."""
    queue: Heard = asyncio.Queue(64)

    async def read() -> None:
        source = house.networks[PUBLIC.network].open(PUBLIC, house.open_tools(PUBLIC))
        try:
            async for seen in glimpse(source, query):
                await queue.put(seen)
        except SourceDownError as error:
            await queue.put(error)

    reading = asyncio.create_task(read())
    Streams.open += 1
    try:
        yield queue
    finally:
        Streams.open -= 1
        reading.cancel()
        with suppress(asyncio.CancelledError):
            await reading


def _drained(queue: Heard) -> list[Glimpse]:
    """What has been heard since the last look. Raises SourceDownError."""
    seen: list[Glimpse] = []
    while not queue.empty():
        one = queue.get_nowait()
        if isinstance(one, SourceDownError):
            raise one
        seen.append(one)
    return seen


def _row(post: Post, spans: tuple[Span, ...]) -> Row:
    name = printable((post.author.name or post.author.handle)[:80])
    return Row(post.created_at, name, post.network, marked(post.text, spans, SHORT))


def _figures(read: int, found: int, w: Wording) -> str:
    return f"{w.count('setup.read', read)} {w.count('setup.found', found) if found else w('setup.found_none')}"


def _drawn(request: Asked, template: str, **context: Any) -> str:
    return str(fragment(request, template, **context).content)


def _event(name: str, data: str) -> bytes:
    """One event; line ends would end it, and mean nothing in HTML."""
    return f"event: {name}\ndata: {' '.join(data.split())}\n\n".encode("utf-8", "replace")
