"""A Jetstream on this machine: both dialects, fed from a real event stream or by hand, with faults to inject.

It says what production Jetstream says: `test_jetstream_bridge.py` holds it to recorded frames and their events.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.client import connect
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.http11 import Request, Response

from counterparts.frames import as_v2, events, iso

V1_PATH = "/subscribe"
V2_PATH = "/xrpc/network.bsky.jetstream.subscribeEvents"
TIME_CURSOR = 10**15


class Faults:
    """What goes wrong, for the connections made from now on.

    Attributes:
        drop_after: the line breaks after so many events, once.
        refuse: so many connections are answered with ``status``.
        pause: set while events flow.
        garbage: sent before the next events, once.
        slow: seconds between two events.
        floor: v2: the oldest sequence number kept.
    """

    def __init__(self) -> None:
        self.drop_after: int | None = None
        self.refuse = 0
        self.status = HTTPStatus.SERVICE_UNAVAILABLE
        self.pause = asyncio.Event()
        self.pause.set()
        self.garbage: list[str | bytes] = []
        self.slow = 0.0
        self.floor = 1


class Bridge:
    """A running Jetstream.

    Attributes:
        log: its events as (sequence number, microseconds, event).
        asked: path and query of each connection that was tried.
        connections: how many are open.
        following: set once it reads a real event stream; ``frames`` are those that it read.
    """

    def __init__(self, first_us: int = 1_783_175_888_000_000) -> None:
        self.log: list[tuple[int, int, dict[str, Any]]] = []
        self.faults = Faults()
        self.asked: list[str] = []
        self.connections = 0
        self.following = asyncio.Event()
        self.frames: list[bytes] = []
        self.port = 0
        self._clock = first_us
        self._grown = asyncio.Condition()

    @property
    def v1(self) -> str:
        return f"ws://127.0.0.1:{self.port}{V1_PATH}"

    @property
    def v2(self) -> str:
        return f"ws://127.0.0.1:{self.port}{V2_PATH}"

    async def say(self, told: Sequence[dict[str, Any]], step_us: int = 700) -> None:
        """Adds events, each ``step_us`` after the one before; 0 puts them into one microsecond."""
        async with self._grown:
            for event in told:
                self._clock += step_us
                self.log.append((len(self.log) + 1, self._clock, event))
            self._grown.notify_all()

    async def follow(self, url: str) -> None:
        """Says what a real event stream says, until cancelled."""
        async with connect(url, max_size=None) as socket:
            self.following.set()
            async for frame in socket:
                assert isinstance(frame, bytes)
                self.frames.append(frame)
                self._clock = max(self._clock, time.time_ns() // 1000)
                await self.say(events(frame), step_us=1)

    async def serve(self, request: ServerConnection) -> None:
        """One reader's connection."""
        assert request.request is not None
        parts = urlsplit(request.request.path)
        asked = parse_qs(parts.query)
        v2 = parts.path == V2_PATH
        wanted = set(asked.get("collections" if v2 else "wantedCollections", []))
        dids = set(asked.get("dids" if v2 else "wantedDids", []))
        at, notice = self._start(int(asked["cursor"][0]) if "cursor" in asked else None, v2=v2)
        self.connections += 1
        sending = asyncio.ensure_future(self._send(request, at, wanted, dids, notice, v2=v2))
        try:
            await request.wait_closed()
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
            self.connections -= 1

    async def _send(
        self,
        socket: ServerConnection,
        at: int,
        wanted: set[str],
        dids: set[str],
        notice: dict[str, str],
        *,
        v2: bool,
    ) -> None:
        sent = 0
        if notice:
            await socket.send(json.dumps({"$type": "message", "payload": notice}))
        while True:
            async with self._grown:
                while len(self.log) <= at:
                    await self._grown.wait()
            await self.faults.pause.wait()
            while self.faults.garbage:
                await socket.send(self.faults.garbage.pop(0), text=True)
            seq, time_us, event = self.log[at]
            at += 1
            if event["kind"] == "commit" and wanted and event["commit"]["collection"] not in wanted:
                continue
            if dids and event["did"] not in dids:
                continue
            if self.faults.drop_after is not None and sent >= self.faults.drop_after:
                self.faults.drop_after = None
                socket.transport.abort()
                return
            told = as_v2(event, seq, iso(time_us)) if v2 else v1(event, time_us)
            await socket.send(json.dumps(told, ensure_ascii=False, separators=(",", ":")))
            sent += 1
            if self.faults.slow:
                await asyncio.sleep(self.faults.slow)

    def _start(self, cursor: int | None, *, v2: bool) -> tuple[int, dict[str, str]]:
        """Index of the first event to send, and what to say before it. Cursors are inclusive."""
        live = len(self.log)
        if cursor is None:
            return live, {}
        info = {"$type": "network.bsky.jetstream.subscribeEvents#info"}
        if v2 and cursor < TIME_CURSOR:
            if cursor > live + 1:
                return live, info | {"name": "FutureCursor", "message": "starting at the live tip"}
            return max(0, cursor - 1), {}
        at = next((i for i, (_, time_us, _) in enumerate(self.log) if time_us >= cursor), live)
        if v2 and at < self.faults.floor - 1:
            return self.faults.floor - 1, info | {"name": "OutdatedCursor", "message": f"from {self.faults.floor}"}
        return at, {}

    def answer(self, connection: ServerConnection, request: Request) -> Response | None:
        """Refuses what is refused before the connection is made."""
        self.asked.append(request.path)
        parts = urlsplit(request.path)
        if self.faults.refuse:
            self.faults.refuse -= 1
            response = connection.respond(self.faults.status, "busy")
            response.headers["Retry-After"] = "5"
            return response
        if parts.path not in {V1_PATH, V2_PATH}:
            return connection.respond(HTTPStatus.NOT_FOUND, "no such path")
        cursor = parse_qs(parts.query).get("cursor", ["0"])[0]
        if parts.path == V2_PATH and 0 < int(cursor) < min(self.faults.floor, TIME_CURSOR):
            refusal = {"error": "CursorTooOld", "message": f"{cursor} is below {self.faults.floor}"}
            return connection.respond(HTTPStatus.BAD_REQUEST, json.dumps(refusal))
        return None


def v1(event: dict[str, Any], time_us: int) -> dict[str, Any]:
    """An event as v1 writes it: the time comes second."""
    return {"did": event["did"], "time_us": time_us, **{k: v for k, v in event.items() if k != "did"}}


@asynccontextmanager
async def bridge(port: int = 0, first_us: int = 1_783_175_888_000_000) -> AsyncIterator[Bridge]:
    """A Jetstream on a free port of this machine. ``first_us`` is when its first event happens."""
    running = Bridge(first_us)
    server: Server = await serve(
        running.serve,
        "127.0.0.1",
        port,
        process_request=running.answer,
        subprotocols=["xrpc.v1.json"],
        select_subprotocol=lambda _, offered: offered[0] if offered else None,
        compression=None,
    )
    running.port = server.sockets[0].getsockname()[1]
    try:
        yield running
    finally:
        server.close()
        await server.wait_closed()
