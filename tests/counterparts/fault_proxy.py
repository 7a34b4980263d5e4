"""A proxy before a real server, with the faults that networks have; the same seed makes the same faults."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Self

from counterparts.http1 import LIMIT, Lines, Request, close, join, read_request, response

FAULTS = ("late-answer", "late-request", "cut-before", "cut-after", "429", "500-before", "500-after")
"""What may happen to a request:

``late-answer``: it is done at once, its answer comes after the time-out; ``late-request``: it is held back and reaches
the server when its sender has given up; ``cut-before``, ``cut-after``: the line breaks before or after the server has
it; ``429`` and ``500-before``: refused, the server never has it; ``500-after``: the server did it and the answer lies.
"""


def changes_something(request: Request) -> bool:
    """Requests that are worth spoiling; asking is spoilt as well when `FaultProxy.spoils` says so."""
    return request.method != "GET"


class FaultProxy:
    """Run it with ``async with``; ``url`` stands for the server's.

    Attributes:
        rates: probability of each fault, at most 1 in all.
        script: faults of the next requests that may be spoilt, in their order; ``""`` for none.
        spoils: which requests may be spoilt.
        held_s: by how much late things are late: longer than the time-out of whoever asks.
        retry_after_s: what a 429 tells.
        down: the network is cut: every line breaks at once.
        counts: how often each fault happened; ``""`` counts what went well.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        rates: Mapping[str, float] | None = None,
        seed: int = 0,
        held_s: float = 1.0,
        spoils: Callable[[Request], bool] = changes_something,
        listen: int = 0,
    ) -> None:
        self._host, self._target, self._listen = host, port, listen
        self._chance = random.Random(seed)
        self.rates, self.held_s, self.spoils = dict(rates or {}), held_s, spoils
        self.script: list[str] = []
        self.retry_after_s = 1
        self.down = False
        self.counts: Counter[str] = Counter()
        self._lines = Lines(self._line)

    async def __aenter__(self) -> Self:
        self._listen = await self._lines.start(self._listen)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._lines.stop()

    @property
    def port(self) -> int:
        return self._listen

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listen}"

    async def idle(self) -> None:
        """Returns once nothing is held back any more."""
        await self._lines.idle()

    async def _line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = None if self.down else await read_request(reader)
        if request is not None:
            await self._pass(request, reader, writer)

    async def _pass(self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fault = self._fault() if self.spoils(request) else ""
        self.counts[fault] += 1
        if "upgrade" in request.headers or not fault:
            await join(_closing(request), self._host, self._target, reader, writer)
            return
        if fault == "late-request":
            await asyncio.sleep(self.held_s)
        if fault in {"cut-before", "429", "500-before"}:
            answer = b""
        else:
            answer = await self._done(request)
        if fault == "late-answer":
            await asyncio.sleep(self.held_s)
        if fault in {"late-answer", "late-request"}:
            writer.write(answer)
        elif fault == "429":
            writer.write(self._too_many())
        elif fault.startswith("500"):
            writer.write(_json(500, {"error": "InternalServerError", "message": "Internal Server Error"}))
        await writer.drain()

    def _fault(self) -> str:
        if self.script:
            return self.script.pop(0)
        drawn = self._chance.random()
        for name, rate in self.rates.items():
            drawn -= rate
            if drawn < 0:
                return name
        return ""

    async def _done(self, request: Request) -> bytes:
        """What the server answers."""
        reader, writer = await asyncio.open_connection(self._host, self._target, limit=LIMIT)
        try:
            writer.write(_closing(request))
            return await reader.read(-1)
        finally:
            await close(writer)

    def _too_many(self) -> bytes:
        return _json(
            429,
            {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"},
            {"Retry-After": str(self.retry_after_s), "RateLimit-Remaining": "0", "RateLimit-Limit": "5000"},
        )


def _closing(request: Request) -> bytes:
    """The request, asking the server to close the line after its answer; a web socket stays as it is."""
    if "upgrade" in request.headers:
        return request.raw
    first = request.raw.split(b"\r\n", 1)[0]
    fields = {name: value for name, value in request.headers.items() if name not in {"connection", "keep-alive"}}
    lines = [first.decode("latin-1"), *(f"{name}: {value}" for name, value in fields.items()), "connection: close"]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + request.body


def _json(status: int, value: object, headers: dict[str, str] | None = None) -> bytes:
    return response(status, {"Content-Type": "application/json"} | (headers or {}), json.dumps(value).encode())
