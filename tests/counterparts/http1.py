"""HTTP as the counterparts speak it: one request for each connection, read whole, answered or passed on."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from msgspec import Struct

LIMIT = 8_000_000


class Request(Struct, frozen=True):
    """A request; ``raw`` is what came over the line, names of headers in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    raw: bytes

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


async def read_request(reader: asyncio.StreamReader) -> Request | None:
    """None when the line was closed instead."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
        return None
    method, target, _ = first.split(" ", 2)
    return Request(method, target, headers, body, head + body)


def response(status: int, headers: dict[str, str], body: bytes) -> bytes:
    """An answer, after which the line is closed."""
    fields = {"Content-Length": str(len(body)), "Connection": "close"} | headers
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


class Lines:
    """Answers every line that is opened to it on 127.0.0.1, each in a task that ends with it."""

    def __init__(self, answer: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]) -> None:
        self._answer = answer
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()

    async def start(self, port: int = 0) -> int:
        """Returns the port."""
        self._server = await asyncio.start_server(self._line, "127.0.0.1", port, limit=LIMIT)
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for task in list(self._open):
            task.cancel()
        await self.idle()

    async def idle(self) -> None:
        """Returns once no line is open any more."""
        while self._open:
            await asyncio.sleep(0.01)

    async def _line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            await self._answer(reader, writer)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self._open.discard(task)
            await close(writer)


async def close(writer: asyncio.StreamWriter) -> None:
    """Closes a line in whatever state it is."""
    writer.close()
    with contextlib.suppress(OSError, asyncio.TimeoutError):
        await asyncio.wait_for(writer.wait_closed(), 1)


async def join(raw: bytes, host: str, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Passes a request on and lets both sides talk until one of them ends (web sockets too)."""
    above, below = await asyncio.open_connection(host, port, limit=LIMIT)
    below.write(raw)

    async def pour(source: asyncio.StreamReader, into: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65_536):
                into.write(data)
                await into.drain()

    talks = {asyncio.create_task(pour(above, writer)), asyncio.create_task(pour(reader, below))}
    try:
        await asyncio.wait(talks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for talk in talks:
            talk.cancel()
        await close(below)
