"""Looking back with a text over every kept post, or over a file of the charter: told while it is read."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from litestar import Request
from litestar.params import JSONBody
from litestar.response import Stream
from msgspec import Meta, Struct

from vigie.flows import queries as flow
from vigie.query import Query
from vigie.web.api.problems import RefusedError, query_faults, voice
from vigie.web.api.queries.changing import LONGEST
from vigie.web.api.queries.reading import MATCH
from vigie.web.api.queries.trying import Example
from vigie.web.api.routes import asks
from vigie.web.api.shapes import post_out, spans_out
from vigie.web.house import house_of
from vigie.web.pages.queries.look_back import KEPT, Reading, files
from vigie.web.slow import slow_of

Asked = Request[Any, Any, Any]


class QueryLookBack(Struct, frozen=True, forbid_unknown_fields=True):
    """A text, and what to look through: ``kept`` for all kept posts, or the id of a source that is a file."""

    match: Annotated[str, Meta(max_length=LONGEST, description=MATCH.description, examples=MATCH.examples)]
    id: Annotated[str, Meta(max_length=64)] = ""
    where: Annotated[str, Meta(max_length=64, examples=[KEPT])] = KEPT


class DayCount(Struct, frozen=True):
    """Posts found that were written on a day of the house's calendar."""

    day: date
    count: int


class LookedBack(Struct, frozen=True):
    """One line: what it has come to. The last one says ``done``, or ``down`` with why a file cannot be read."""

    state: Literal["reading", "done", "down"]
    read: int
    of: Annotated[int | None, Meta(description="Posts there are in all; null in a file.")]
    share: Annotated[float, Meta(description="Part of all that has been read.")]
    matched: int
    days: tuple[DayCount, ...]
    examples: Annotated[tuple[Example, ...], Meta(description="The newest of those found.")]
    error: str = ""


@asks("/queries/-/look-back", "read-mentions", cost=20, fails=(404,))
async def look_back_query(request: Asked, data: JSONBody[QueryLookBack]) -> Stream:
    """Look back with a query.

    Lines of JSON, a few a second, while all kept posts are read, the latest kept first, or a file of the charter. To
    end it, close the connection.
    """
    house = house_of(request)
    charter = await asyncio.to_thread(house.charter)
    said = await asyncio.to_thread(flow.examine, data.match, data.id, flow.named(charter))
    if said.query is None:
        raise RefusedError("invalid-query", *query_faults(said.problems, voice(request)))
    if data.where != KEPT and data.where not in {spec.id for spec in files(charter)}:
        raise RefusedError("not-found")
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return Stream(_lines(request, said.query, data.where), media_type="application/x-ndjson", headers=headers)


async def _lines(request: Asked, query: Query, where: str) -> AsyncIterator[bytes]:
    reading = await asyncio.to_thread(Reading, house_of(request), query, where)

    def line(done: bool) -> bytes:  # noqa: FBT001  # as `Slow.watch` asks for it
        found = reading.found()
        told = LookedBack(
            state="down" if reading.down else "done" if done else "reading",
            read=found.read,
            of=reading.size,
            share=reading.share(found.read),
            matched=found.matched,
            days=tuple(DayCount(day, count) for day, count in found.days),
            examples=tuple(Example(post_out(one.post), spans_out(one.spans)) for one in found.examples),
            error=f"{reading.down.code}: {reading.down.detail}" if reading.down else "",
        )
        return msgspec.json.encode(told) + b"\n"

    async for told in slow_of(request.app).watch(reading.steps(), line):
        yield told
