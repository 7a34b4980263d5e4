"""The route of the stream. The pages' one reader of the change feed wakes it; each caller is told from where it was."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from typing import Annotated, Any

import msgspec
from litestar import Request
from litestar.params import QueryParameter
from litestar.response import Stream
from msgspec import Struct

from vigie.flows.mentions import marked, passes
from vigie.flows.ports.archive import Change, Filter
from vigie.web.api import filters
from vigie.web.api.filters import By, Langs, Networks, Queries
from vigie.web.api.invalid import InvalidError
from vigie.web.api.problems import RefusedError
from vigie.web.api.routes import reads
from vigie.web.api.shapes import mention_out
from vigie.web.guard import visitor
from vigie.web.house import House, house_of
from vigie.web.live import BEAT, live_of
from vigie.web.pages.listening.feed import drawer
from vigie.web.pages.listening.watching import watched_by
from vigie.web.sessions import visitor_of
from vigie.web.view import lang as language

Asked = Request[Any, Any, Any]
From = Annotated[
    str, QueryParameter(description="Id of the last event seen, as `Last-Event-ID` has it.", max_length=18)
]
MISSED_AT_MOST = 20_000
"""Changes that a caller may have missed and still be told one by one."""
STREAMS = 8
"""Open at once for one person; a program needs one."""
_STILL = b": still here\n\n"
_LINE_ENDS = "\x85\u2028\u2029"
"""JSON leaves them as they are, and so does the standard; some readers of streams end a line there all the same."""
_NAMES = {"mention": "mention.created", "edit": "mention.edited", "gone": "mention.gone"}


class Named(Struct, frozen=True):
    """What an event is about, when it is no mention."""

    id: str


@reads("/stream", "read-mentions", fails=(429,))
async def stream_changes(
    request: Asked,
    *,
    queries: Queries = None,
    network: Networks = None,
    lang: Langs = None,
    author: By = "",
    since: From = "",
) -> Stream:
    """Follow what changes.

    Server-sent events: `mention.created`, `mention.edited` and `mention.gone` carry a mention, `source.changed`,
    `charter.changed`, `publication.changed`, `pause.changed`, `incident.changed` and `notice.changed` an id, `here`
    nothing but where the stream is. After a cut, `Last-Event-ID` (or `since`) goes on
    from there; `gap` says that too much was missed and the lists are to be read again.
    """
    house, who = house_of(request), visitor(request)
    place = _number(request.headers.get("last-event-id", "") or since)
    where = filters.filtered(queries, network, lang, author)
    open_streams: Counter[str] = _streams(request)
    if open_streams[who.login] >= STREAMS:
        raise RefusedError("too-many-requests", headers={"Retry-After": "10"}, values={"wait": "10"})
    events = _counted(open_streams, who.login, _events(request, house, where, place))
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return Stream(events, media_type="text/event-stream", headers=headers)


def _streams(request: Asked) -> Counter[str]:
    """Streams that are open, by login."""
    state = request.app.state
    found: Counter[str] | None = state.get("api_streams")
    if found is None:
        found = state.api_streams = Counter()
    return found


async def _counted(streams: Counter[str], login: str, events: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    streams[login] += 1
    try:
        async for event in events:
            yield event
    finally:
        streams[login] -= 1


async def _events(request: Asked, house: House, where: Filter, place: int | None) -> AsyncIterator[bytes]:
    def still_welcome() -> bool:
        who = visitor_of(house, request, program=True)
        return who is not None and who.may("read-mentions")

    teller = _Teller(house, where, place)
    live = live_of(request.app, drawer(request.app))
    await asyncio.to_thread(teller.begin)
    async for woken in live.stream(language(request), None, still_welcome):
        if woken is BEAT or woken.startswith(b"retry:"):
            yield woken if woken is not BEAT else _STILL
            continue
        if not await asyncio.to_thread(still_welcome):
            return
        while told := await asyncio.to_thread(teller.more):
            yield told


class _Teller:
    """Where one caller is in the change feed."""

    def __init__(self, house: House, where: Filter, place: int | None) -> None:
        self._house, self._where, self._place = house, where, place
        self._greeting = b""

    def begin(self) -> None:
        """From now on, unless the caller said from where."""
        last = self._house.archive.last_change()
        if self._place is None:
            self._place = last
        elif not 0 <= last - self._place <= MISSED_AT_MOST:
            self._place, self._greeting = last, _event(last, "gap", Named(""))
        self._greeting += _event(self._place, "here", Named(""))

    def more(self) -> bytes:
        """Events since the last ones, at most a thousand; empty when there are none."""
        greeting, self._greeting = self._greeting, b""
        changes = self._house.archive.changes(self._place or 0)
        if not changes:
            return greeting
        self._place = changes[-1].id
        told = b"".join(map(self._told, changes))
        # so that a caller whose filters let nothing through moves on too
        return greeting + (told or _event(self._place, "here", Named("")))

    def _told(self, change: Change) -> bytes:
        if change.kind not in _NAMES:
            return _event(change.id, f"{change.kind}.changed", Named(change.ref))
        mention = self._house.archive.mention(int(change.ref))
        if mention is None or not passes(mention, self._where):
            return b""
        row = marked(mention, watched_by(self._house))
        return _event(change.id, _NAMES[change.kind], mention_out(mention, row.marks))


def _event(id: int, name: str, data: Struct) -> bytes:
    body = msgspec.json.encode(data)
    for sign in _LINE_ENDS:
        body = body.replace(sign.encode(), b"\\u%04x" % ord(sign))
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (id, name.encode(), body)


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or len(text) > 18:  # noqa: PLR2004 - what SQLite counts with
        raise InvalidError("cursor", "since", body=False)
    return int(text)
