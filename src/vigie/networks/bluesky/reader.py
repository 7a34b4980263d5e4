"""Reads a Bluesky stream: connects, resumes where it was, changes host when one is down, hands batches on."""

from collections.abc import AsyncIterator, Sequence
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
GAP: Millis = 600_000
"""A public v1 host that resumes this much later than asked has forgotten what lies between; it does not say so."""


class Reader:
    """One source. Holds no state between two calls of `read`: all of it is in the cursor."""

    def __init__(self, place: Place, tools: Tools) -> None:
        self._place, self._tools = place, tools

    async def read(self, cursor: str) -> AsyncIterator[Batch]:
        """As `Source.read`. A host that fails is followed by the next at once; it raises when all have failed in a row.

        Where the server no longer has what follows the cursor, an empty batch first moves it (to the oldest event that
        the server has, or to now), then ``cursor-too-old`` is raised: the gap is told, the next call reads on.
        """
        at = parse_cursor(cursor, self._place.dialect)
        if at is None:
            yield Batch(cursor=str(Cursor(self._place.dialect)))
            raise SourceDownError("cursor-too-old", f"{cursor[:100]}: written for another kind of stream")
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
                yield Batch(cursor=str(self._elsewhere(str(refused))))
                raise SourceDownError("cursor-too-old", str(refused)) from None
            except SourceDownError:
                failures += 1
                if failures >= hosts:
                    raise
                index = (index + 1) % hosts

    def _elsewhere(self, words: str) -> Cursor:
        return Cursor(self._place.dialect, NOW if "FutureCursor" in words else OLDEST)

    async def _read_host(self, index: int, at: Cursor) -> AsyncIterator[tuple[Batch, Cursor]]:
        """Batches of one host, each with the cursor after its chunk."""
        place, host = self._place, self._place.host(index)
        same = at.host == host
        skip = at.read if same else 0
        asked = at
        if not same:
            at = structs.replace(at, host=host, read=0)
        v2 = place.dialect == "v2"
        async with line(place.url(index, asked), self._tools.fetch, self._tools.clock(), json=v2) as chunks:
            yield Batch(cursor=str(asked)), asked
            silent = 0
            async for frames in chunks:
                silent = 0 if frames else silent + 1
                if place.public and silent >= SILENCES:
                    raise SourceDownError("dropped", f"{host}: silent for a minute")
                decoded = self._decode(frames, at, skip)
                skip = 0
                after = parse_cursor(decoded.batches[-1].cursor, place.dialect) or at
                self._heed_gap(asked, decoded)
                for batch in decoded.batches:
                    yield batch, after
                at = after
                if decoded.notice is not None:
                    self._heed(decoded.notice, asked)

    def _decode(self, frames: Sequence[bytes], at: Cursor, skip: int) -> Decoded:
        seen = self._tools.clock()
        if self._place.dialect == "v1":
            return decode_v1(frames, seen, at, skip)
        if self._place.dialect == "v2":
            return decode_v2(frames, seen, at)
        return decode_repos(frames, seen, at, frozenset(self._place.dids))

    def _heed_gap(self, asked: Cursor, decoded: Decoded) -> None: ...

    def _heed(self, notice: Notice, asked: Cursor) -> None: ...
