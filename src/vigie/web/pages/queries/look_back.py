"""Looking back with a query over every kept post, or over a file of the charter: told while it is read."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from litestar import Request, post
from litestar.response import Stream
from msgspec import Struct, structs

from vigie.charter import Charter
from vigie.flows import queries as flow
from vigie.flows.ports.network import Source, SourceDownError
from vigie.flows.preview import Bar, Found, LookBack, bars, standing
from vigie.model import Millis, Post, SourceSpec
from vigie.query import Query
from vigie.web.guard import requires
from vigie.web.house import House, house_of
from vigie.web.pages.queries.reading import Form, draft_of
from vigie.web.pages.queries.sample import Shown, shown
from vigie.web.slow import slow_of
from vigie.web.view import fragment, timezone, wording

Asked = Request[Any, Any, Any]
KEPT = "kept"
WITHOUT_SCRIPT = 100_000
"""Posts that a page without script looks back over: it has to wait for the whole answer, about a second."""


class Past(Struct, frozen=True):
    """What a look back has come to, ready for the page.

    Attributes:
        of: posts there are in all; None in a file, of which only the ``share`` read is known.
        step: days that a bar stands for.
        top: the highest bar.
        state: ``reading``, ``done``, ``cut`` (as far as a page without script goes) or ``down``.
        error: why a file cannot be read, as a message id; ``detail`` says it in the machine's words.
    """

    place: str
    read: int
    of: int | None
    share: float
    matched: int
    bars: tuple[Bar, ...]
    step: int
    top: int
    examples: tuple[Shown, ...]
    state: str = "reading"
    error: str = ""
    detail: str = ""

    @property
    def highest(self) -> Bar | None:
        """The first bar that reaches the top."""
        return next((bar for bar in self.bars if bar.count == self.top), None) if self.top else None

    @property
    def more(self) -> int:
        """Posts found that are not shown."""
        return self.matched - len(self.examples)


class Reading:
    """One look back: its steps, and what they have come to after any of them.

    Attributes:
        place: `KEPT`, or the id of a file of the charter; what is neither is taken for `KEPT`.
        size: posts there are in all; None in a file.
        down: why the file cannot be read, once that is known.
    """

    def __init__(self, house: House, query: Query, place: str) -> None:
        charter = house.charter()
        zone = ZoneInfo(timezone(charter))
        self._house, self._back = house, LookBack(query, zone)
        self._today = datetime.fromtimestamp(house.clock() / 1000, zone).date()
        self._spec = next((spec for spec in files(charter) if spec.id == place), None)
        self.place = place if self._spec else KEPT
        self.size: int | None = None
        self.down: SourceDownError | None = None
        self._since: date | None = None
        self._file: Source | None = None
        if self._spec is None:
            self.size, oldest = house.archive.standing_size()
            self._since = datetime.fromtimestamp(oldest / 1000, zone).date() if oldest is not None else None

    def steps(self) -> Iterator[int]:
        """Reads on; each step is how many posts it read."""
        try:
            for posts in self._posts():
                self._back.read(posts)
                yield len(posts)
        except SourceDownError as down:
            self.down = down

    def _posts(self) -> Iterator[Sequence[Post]]:
        if self._spec is None:
            return standing(self._house.archive)
        self._file = opened(self._house, self._spec)
        return in_stretches(self._file)

    def found(self) -> Found:
        """What there is now."""
        return self._back.found()

    def bars(self, found: Found) -> tuple[Bar, ...]:
        """From the oldest kept post to today; in a file, over the days on which something was found."""
        if self._spec is None and self._since is not None:
            return bars(found.days, self._since, self._today)
        return bars(found.days, found.days[0][0], found.days[-1][0]) if found.days else ()

    def share(self, read: int) -> float:
        """Part of all that has been read."""
        if self.size is not None:
            return min(1.0, read / self.size) if self.size else 1.0
        progress = getattr(self._file, "progress", None)
        return progress.done / progress.total if progress and progress.total else 0.0


class Page:
    """What the page shows of a look back."""

    def __init__(self, request: Asked, reading: Reading) -> None:
        self._request, self._reading, self._w = request, reading, wording(request)
        self._shown: tuple[Shown, ...] = ()

    def past(self, state: str) -> Past:
        """What there is now."""
        reading = self._reading
        found, down = reading.found(), reading.down
        row = reading.bars(found)
        return Past(
            place=reading.place,
            read=found.read,
            of=reading.size,
            share=reading.share(found.read),
            matched=found.matched,
            bars=row,
            step=row[-1].days if row else 1,
            top=max((bar.count for bar in row), default=0),
            examples=tuple(shown(example, self._w) for example in found.examples),
            state="down" if down else state,
            error=f"sources.error.{down.code}" if down else "",
            detail=down.detail if down else "",
        )

    def line(self, done: bool) -> bytes:  # noqa: FBT001  # as `Slow.watch` asks for it
        """The same for the script: one line of JSON. Examples only when there are others than before."""
        past = self.past("done" if done else "reading")
        told: dict[str, Any] = {"state": past.state, "figures": self._drawn("_past", past)}
        if past.examples != self._shown or done:
            self._shown = past.examples
            told["examples"] = self._drawn("_past_examples", past)
        return msgspec.json.encode(told) + b"\n"

    def _drawn(self, template: str, past: Past) -> str:
        return str(fragment(self._request, f"queries/{template}.html", past=past, noon=noon).content)


@post("/queries/-/look-back", guards=[requires("read-queries"), requires("read-mentions")], status_code=200)
async def look_back(request: Asked, data: Form) -> Stream:
    """Lines of JSON: ``state``, ``figures`` and ``examples`` as HTML; ``waiting`` first where others read."""
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return Stream(_lines(request, data), media_type="application/x-ndjson", headers=headers)


async def _lines(request: Asked, data: dict[str, str]) -> AsyncIterator[bytes]:
    draft = draft_of(data)
    names = flow.named(house_of(request).charter())
    said = await asyncio.to_thread(flow.examine, draft.match, draft.id, names)
    if said.query is None:
        return
    slow, house = slow_of(request.app), house_of(request)
    if slow.busy:
        yield msgspec.json.encode({"state": "waiting", "figures": wording(request)("queries.past.waiting")}) + b"\n"
    reading = await asyncio.to_thread(Reading, house, said.query, data.get("where", KEPT))
    async for line in slow.watch(reading.steps(), Page(request, reading).line):
        yield line


def at_once(request: Asked, query: Query, place: str) -> Past:
    """The same for a page without script, as far as it can wait for."""
    reading = Reading(house_of(request), query, place)
    read = 0
    for posts in reading.steps():
        read += posts
        if read >= WITHOUT_SCRIPT:
            return Page(request, reading).past("cut")
    return Page(request, reading).past("done")


def files(charter: Charter | None) -> tuple[SourceSpec, ...]:
    """The files that the charter names: no other file of the machine is read by way of a page."""
    return tuple(spec for spec in charter.listening.sources if spec.network == "files") if charter else ()


def opened(house: House, spec: SourceSpec) -> Source:
    """The file, to be read at once even where the charter plays it back in its own rhythm."""
    options = {name: value for name, value in spec.options.items() if name not in {"speed", "as_now"}}
    return house.networks[spec.network].open(structs.replace(spec, options=options), house.open_tools(spec))


def in_stretches(source: Source) -> Iterator[Sequence[Post]]:
    """A source's posts for a thread that has no event loop. Raises SourceDownError."""
    batches = source.read("")

    async def further() -> Sequence[Post] | None:
        batch = await anext(batches, None)
        return None if batch is None else batch.posts

    with asyncio.Runner() as runner:
        while (posts := runner.run(further())) is not None:
            yield posts


def noon(day: date) -> Millis:
    """An instant of a day, to say the day in words (in UTC)."""
    return int(datetime.combine(day, time(12), UTC).timestamp() * 1000)
