"""What has just changed, told to open pages: one reader of the change feed, one stream of events a browser.

The reader looks at ``data_version`` every ``house.poll_ms``, gathers what changed at most every 200 ms, has it
drawn once per language in use and hands the same bytes to every browser's queue. A browser that cannot keep up is told
to load again; one that comes back says where it was (``Last-Event-ID``, the change feed's id) and gets what it missed.
"""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from typing import TypeAlias

import structlog
from litestar import Litestar
from msgspec import Struct, structs

from vigie.flows.ports.archive import Archive, Change
from vigie.model import Mention
from vigie.web.house import House
from vigie.web.slow import slow_of

COALESCE_S = 0.2
"""At most one update in this time."""
SOURCES_S = 1.0
"""How sources are doing is told at most this often; their states are written each second."""
BEAT_S = 10.0
"""A sign of life when nothing happens; a browser that hears nothing for three of them connects anew."""
BEHIND = 32
"""Updates waiting for one browser; one more and it is told to load again."""
DRAWN_AT_MOST = 50
"""Mentions drawn in one update; the page offers to load the list when there are more."""
MISSED_AT_MOST = 2000
"""Changes that a browser may have missed and still be told one by one."""

BEAT = b"event: beat\ndata:\n\n"
RELOAD = b"event: reload\ndata:\n\n"

log = structlog.get_logger()


class Update(Struct, frozen=True):
    """What changed up to the change feed's id ``upto``.

    Attributes:
        new: mentions that came, oldest first, at most `DRAWN_AT_MOST`; ``more`` counts those left out.
        changed: mentions edited, or taken back on their network.
        sources, charter: their states or the charter are no longer what they were.
        publications, pauses, incidents, notices: numbers of those that are new or no longer what they were.
    """

    upto: int
    new: tuple[Mention, ...] = ()
    changed: tuple[Mention, ...] = ()
    more: int = 0
    sources: bool = False
    charter: bool = False
    publications: tuple[int, ...] = ()
    pauses: tuple[int, ...] = ()
    incidents: tuple[int, ...] = ()
    notices: tuple[int, ...] = ()

    @property
    def empty(self) -> bool:
        """Nothing that a page would show."""
        return self == Update(self.upto)


Queue: TypeAlias = "asyncio.Queue[bytes | None]"
Draw: TypeAlias = Callable[[Update, str], Sequence[tuple[str, bytes]]]
"""Turns an update into (event name, data on one line) in a language."""


def gather(archive: Archive, changes: Sequence[Change]) -> Update:
    """Reads what a run of changes is about. A mention that changed twice is told once, as it is now."""
    touched: dict[str, str] = {}
    for change in changes:
        if change.kind in {"mention", "edit", "gone"}:
            touched.setdefault(change.ref, change.kind)
    new = [ref for ref, kind in touched.items() if kind == "mention"]
    old = [ref for ref, kind in touched.items() if kind != "mention"]
    kinds = {change.kind for change in changes}

    def numbers(kind: str) -> tuple[int, ...]:
        return tuple(dict.fromkeys(int(one.ref) for one in changes if one.kind == kind and one.ref.isdigit()))

    return Update(
        upto=changes[-1].id,
        new=_read(archive, new[-DRAWN_AT_MOST:]),
        changed=_read(archive, old[-DRAWN_AT_MOST:]),
        more=max(0, len(new) - DRAWN_AT_MOST) + max(0, len(old) - DRAWN_AT_MOST),
        sources="source" in kinds,
        charter="charter" in kinds,
        publications=numbers("publication"),
        pauses=numbers("pause"),
        incidents=numbers("incident"),
        notices=numbers("notice"),
    )


class Feed:
    """Where one reader is in the change feed, and what it may tell when."""

    def __init__(self, archive: Archive, last: int) -> None:
        self._archive, self._last = archive, last
        self._version, self._waiting = -1, True
        self._told = self._told_sources = float("-inf")
        self._owes_sources = False

    def read(self, now: float) -> Update | None:
        """What there is to tell at ``now`` (seconds of a steady clock); None for nothing yet."""
        version = self._archive.data_version()
        self._waiting, self._version = self._waiting or version != self._version, version
        sources_due = self._owes_sources and now - self._told_sources >= SOURCES_S
        if now - self._told < COALESCE_S or not (self._waiting or sources_due):
            return None
        changes = self._archive.changes(self._last) if self._waiting else []
        self._waiting = len(changes) == 1000  # noqa: PLR2004 - the port's limit: there are more
        update = gather(self._archive, changes) if changes else Update(self._last)
        self._last, self._owes_sources = update.upto, self._owes_sources or update.sources
        sources = self._owes_sources and now - self._told_sources >= SOURCES_S
        update = structs.replace(update, sources=sources)
        if sources:
            self._told_sources, self._owes_sources = now, False
        if update.empty:
            return None
        self._told = now
        return update


class Live:
    """The one reader and its browsers. It reads while there is a browser to tell; `stop` ends it and them for good."""

    def __init__(self, house: House, draw: Draw) -> None:
        self._house, self._draw = house, draw
        self._queues: dict[Queue, str] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._reader: threading.Thread | None = None
        self._changing = threading.Lock()
        self._stopped = threading.Event()

    @property
    def browsers(self) -> int:
        """How many streams are open."""
        return len(self._queues)

    async def stream(self, lang: str, since: int | None, still_welcome: Callable[[], bool]) -> AsyncIterator[bytes]:
        """Events for one browser, from the change after ``since`` on (None: from now) until it leaves, until
        ``still_welcome`` (asked in a thread each `BEAT_S`) says no, or until `stop`."""
        if self._stopped.is_set():
            return
        queue: Queue = asyncio.Queue(BEHIND)
        try:
            await asyncio.to_thread(self._enter, queue, lang, asyncio.get_running_loop())
            yield b"retry: 1000\n\n"
            yield await asyncio.to_thread(self._missed, lang, since)
            asked = time.monotonic()
            while True:
                frames = await _next_of(queue)
                if frames is None:
                    return
                if frames is BEAT or time.monotonic() - asked >= BEAT_S:  # a busy stream has no beats
                    if not await asyncio.to_thread(still_welcome):
                        return
                    asked = time.monotonic()
                yield frames
        finally:
            self._queues.pop(queue, None)

    def stop(self) -> None:
        """Ends the reader and every stream; from any thread, more than once if need be."""
        self._stopped.set()
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._hand_out, {})
        with self._changing:
            reader = self._reader
        if reader is not None and reader is not threading.current_thread():
            reader.join(timeout=1.0)

    def _enter(self, queue: Queue, lang: str, loop: asyncio.AbstractEventLoop) -> None:
        """The reader begins where the feed is before the browser is told where that is: nothing falls between."""
        with self._changing:
            self._queues[queue], self._loop = lang, loop
            if self._reader is None and not self._stopped.is_set():
                last = self._house.archive.last_change()
                self._reader = threading.Thread(target=self._read_on, args=(last,), name="live", daemon=True)
                self._reader.start()

    def _nobody_left(self) -> bool:
        with self._changing:
            if not self._queues:
                self._reader = None
            return self._reader is None

    def _read_on(self, last: int) -> None:
        feed, pause = Feed(self._house.archive, last), self._house.poll_ms / 1000
        while not self._stopped.wait(pause) and not self._nobody_left():
            try:
                update = feed.read(time.monotonic())
                if update is not None:
                    self._tell(update)
            except Exception:  # the stream must not end because the disk was full for a second
                log.exception("live.reading")
                self._stopped.wait(1.0)

    def _tell(self, update: Update) -> None:
        langs = set(self._queues.values())
        if langs and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._hand_out, {lang: self._frames(update, lang) for lang in langs})

    def _hand_out(self, frames: dict[str, bytes]) -> None:
        """On the event loop: each queue gets its language's bytes; after `stop`, its end."""
        for queue, lang in list(self._queues.items()):
            if self._stopped.is_set():
                _replace(queue, None)
            elif lang in frames:
                try:
                    queue.put_nowait(frames[lang])
                except asyncio.QueueFull:
                    _replace(queue, RELOAD, None)

    def _missed(self, lang: str, since: int | None) -> bytes:
        """What a browser that was at ``since`` has to be told first; it learns in any case where it is."""
        archive = self._house.archive
        last = archive.last_change()
        here = b"id: %d\nevent: here\ndata:\n\n" % last
        if since is None or since == last:
            return here
        if not 0 <= last - since <= MISSED_AT_MOST:
            return here + RELOAD
        changes = archive.changes(since, MISSED_AT_MOST)
        return here if not changes else self._frames(gather(archive, changes), lang) + here

    def _frames(self, update: Update, lang: str) -> bytes:
        return b"".join(
            b"id: %d\nevent: %s\ndata: %s\n\n" % (update.upto, name.encode(), data)
            for name, data in self._draw(update, lang)
        )


def live_of(app: Litestar, draw: Draw) -> Live:
    """The app's one `Live`, made when first asked for."""
    found: Live | None = app.state.get("live")
    if found is None:
        found = app.state.live = Live(app.state.house, draw)
    return found


def stop_live(app: Litestar) -> None:
    """Ends open streams, so that the server can end: called before it is told to, and at the app's shutdown."""
    found: Live | None = app.state.get("live")
    if found is not None:
        found.stop()
    slow_of(app).stop()


async def _next_of(queue: Queue) -> bytes | None:
    """What is to be sent next: an update, or a sign of life when there is none; None at the end."""
    try:
        async with asyncio.timeout(BEAT_S):
            return await queue.get()
    except TimeoutError:
        return BEAT


def _read(archive: Archive, refs: Sequence[str]) -> tuple[Mention, ...]:
    found = (archive.mention(int(ref)) for ref in refs)
    return tuple(mention for mention in found if mention is not None)


def _replace(queue: Queue, *items: bytes | None) -> None:
    while not queue.empty():
        queue.get_nowait()
    for item in items:
        queue.put_nowait(item)
