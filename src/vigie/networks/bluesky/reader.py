"""Reads a Bluesky stream: connects, resumes where it was, changes host when one is down, hands batches on."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from msgspec import structs

from vigie.flows.ports.network import SourceDownError, Tools
from vigie.model import Batch, Millis
from vigie.networks.bluesky.address import Place
from vigie.networks.bluesky.cursor import NOW, OLDEST, Cursor, parse_cursor
from vigie.networks.bluesky.firehose import decode_repos
from vigie.networks.bluesky.gathering import Decoded, Notice
from vigie.networks.bluesky.jetstream import decode_v1, decode_v2
from vigie.networks.bluesky.line import QUIET_S, CursorRefusedError, line

SILENCES = int(60 / QUIET_S)
"""Idle chunks after which a public host, always busy, is taken for dead."""
CLOCK_SET: Millis = 1_577_836_800_000
"""2020-01-01: a clock that stands earlier was not set yet, and is not told to anybody."""
GAP: Millis = 600_000
"""A public v1 host that resumes this much later than asked has forgotten what lies between; it does not say so."""


class Reader:
    """One source. Holds no state between two calls of `read`: all of it is in the cursor."""

    def __init__(self, place: Place, tools: Tools) -> None:
        self._place, self._tools = place, tools

    async def read(self, cursor: str) -> AsyncGenerator[Batch]:
        """As `Source.read`. A host that fails is followed by the next at once; it raises when all have failed in a row.

        Where the server no longer has what follows the cursor, an empty batch first moves it (to the oldest event that
        the server has, or to now), then ``cursor-too-old`` is raised: the gap is told, the next call reads on.
        """
        at = parse_cursor(cursor, self._place.dialect)
        if at is None:
            yield Batch(cursor=str(self._start()))
            raise SourceDownError("cursor-too-old", f"{cursor[:100]}: written for another kind of stream")
        if at.position == NOW:
            at = self._start()
        hosts = len(self._place.addresses)
        index = next((i for i in range(hosts) if self._place.host(i) == at.host), 0)
        failures = 0
        while True:
            try:
                async with aclosing(self._read_host(index, at)) as batches:
                    async for batch, reached in batches:
                        yield batch
                        if batch.events:
                            at, failures = reached, 0
            except CursorRefusedError as refused:
                yield Batch(cursor=str(self._start() if refused.future else Cursor(self._place.dialect, OLDEST)))
                raise SourceDownError("cursor-too-old", str(refused)) from None
            except SourceDownError as down:
                failures += 1
                if failures >= hosts or down.final or down.code == "cursor-too-old":
                    raise
                index = (index + 1) % hosts

    def _start(self) -> Cursor:
        """From now on. Jetstream takes a time too, so that a line which breaks before its first event loses nothing."""
        now = self._tools.clock()
        if self._place.dialect == "repos" or now < CLOCK_SET:
            return Cursor(self._place.dialect)
        return Cursor(self._place.dialect, now * 1000)

    async def _read_host(self, index: int, asked: Cursor) -> AsyncGenerator[tuple[Batch, Cursor]]:
        """Batches of one host, each with the cursor after its chunk."""
        place, host = self._place, self._place.host(index)
        v2 = place.dialect == "v2"
        read = asked.read if host == asked.host else 0
        at = structs.replace(asked, host=host, read=read, skip=read)
        async with line(place.url(index, asked), self._tools.fetch, self._tools.clock(), json=v2) as chunks:
            yield Batch(cursor=str(asked)), asked
            silent, fresh = 0, True
            async for chunk in chunks:
                silent = 0 if chunk else silent + 1
                if place.public and silent >= SILENCES:
                    raise SourceDownError("dropped", f"{host}: silent for a minute")
                frames: Sequence[bytes] = chunk
                while True:
                    decoded = self._decode(frames, at)
                    at, frames = decoded.after, frames[decoded.used :]
                    for batch in decoded.batches:
                        yield batch, at
                    if decoded.notice is not None:
                        _heed(decoded.notice, asked)
                    if not frames:
                        break
                if fresh and chunk:
                    fresh = False
                    self._heed_gap(asked, at)

    def _decode(self, frames: Sequence[bytes], at: Cursor) -> Decoded:
        seen = self._tools.clock()
        if self._place.dialect == "v1":
            return decode_v1(frames, seen, at)
        if self._place.dialect == "v2":
            return decode_v2(frames, seen, at)
        return decode_repos(frames, seen, at, frozenset(self._place.dids))

    def _heed_gap(self, asked: Cursor, at: Cursor) -> None:
        if self._place.public and not self._place.dids and at.position - asked.position > GAP * 1000:
            hours = (at.position - asked.position) // 3_600_000_000
            raise SourceDownError("cursor-too-old", f"{at.host} had forgotten the last {hours} h")


def _heed(notice: Notice, asked: Cursor) -> None:
    words = f"{notice.name}: {notice.message}"
    if notice.name in {"OutdatedCursor", "CursorTooOld"}:
        if asked.position != OLDEST:
            raise CursorRefusedError(words)
    elif notice.name == "FutureCursor":
        raise CursorRefusedError(words, future=True)
    elif notice.name in {"ConsumerTooSlow", "InternalServerError", "ServiceUnavailable"}:
        raise SourceDownError("dropped", words)
