"""A line to a stream: a web socket, read some frames at a time, whose every failure has a code."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, InvalidURI
from websockets.http11 import Response
from websockets.typing import Subprotocol

from vigie import __version__
from vigie.flows.ports.fetch import Fetch, FetchError
from vigie.flows.ports.network import SourceDownError
from vigie.model import Millis
from vigie.networks.bluesky.address import FRAME_LIMIT

USER_AGENT = f"Vigie/{__version__} (+self-hosted)"
CHUNK = 1_000
CHUNK_S = 0.1
"""A chunk is handed on after a tenth of a second at the latest: a person waits half a second at most for the page."""
QUIET_S = 10.0
"""An idle line hands on an empty chunk this often, to show that it is alive."""
QUEUE = 128
"""Frames waiting to be read before the other side is asked to wait; about 1 kB each."""
LONGEST_WAIT_DIGITS = 5
"""A server that asks for more than a day is asked again earlier."""
REFUSALS = {401: "refused", 403: "refused", 404: "gone", 410: "gone", 429: "rate-limited"}
SERVER_ERROR = 500


class CursorRefusedError(Exception):
    """The server does not know the place that the cursor names, for it is too long ago or in the ``future``."""

    def __init__(self, words: str, *, future: bool = False) -> None:
        super().__init__(words)
        self.future = future


class _Refusal(msgspec.Struct):
    error: str = ""
    message: str = ""


@asynccontextmanager
async def line(url: str, fetch: Fetch, now: Millis, *, json: bool) -> AsyncIterator[AsyncIterator[list[bytes]]]:
    """An open line, as chunks of frames. ``now`` is the time, for a server that says when to come back.

    Raises:
        SourceDownError: it cannot be opened, or breaks.
        CursorRefusedError: the server no longer has what comes after the cursor.
    """
    try:
        addresses = await fetch.resolve(url)
    except FetchError as refused:
        final = refused.code in {"private-address", "bad-address"}
        raise SourceDownError(refused.code, refused.detail, final=final) from None
    socket = await _connect(url, addresses, now, json=json)
    try:
        yield _chunks(socket)
    finally:
        await socket.close()


async def _connect(url: str, addresses: tuple[str, ...], now: Millis, *, json: bool) -> ClientConnection:
    """Tries each numeric address in turn: the name is never looked up again, a redirect never followed elsewhere."""
    failure = SourceDownError("unreachable", "the name leads nowhere")
    for address in addresses:
        try:
            return await connect(
                url,
                host=address,
                proxy=None,
                subprotocols=[Subprotocol("xrpc.v1.json")] if json else None,
                compression=None,
                max_size=FRAME_LIMIT,
                max_queue=QUEUE,
                open_timeout=15,
                ping_interval=20,
                ping_timeout=20,
                close_timeout=2,
                user_agent_header=USER_AGENT,
            )
        except InvalidStatus as refused:
            raise _refused(refused.response, now) from None
        except (InvalidHandshake, InvalidURI, ValueError) as strange:
            raise SourceDownError("not-understood", str(strange)) from None
        except (OSError, TimeoutError) as down:
            failure = SourceDownError("unreachable", str(down) or type(down).__name__)
    raise failure


async def _chunks(socket: ClientConnection) -> AsyncIterator[list[bytes]]:
    loop = asyncio.get_running_loop()
    while True:
        frames: list[bytes] = []
        try:
            async with asyncio.timeout(QUIET_S) as patience:
                while len(frames) < CHUNK:
                    frames.append(await socket.recv(decode=False))
                    if len(frames) == 1:
                        patience.reschedule(loop.time() + CHUNK_S)
        except TimeoutError:
            pass
        except ConnectionClosed as closed:
            if frames:
                yield frames
            raise SourceDownError("dropped", str(closed)) from None
        yield frames


def _refused(response: Response, now: Millis) -> Exception:
    said = _refusal(bytes(response.body or b""))
    detail = f"HTTP {response.status_code} {said.error} {said.message}".strip()
    if said.error in {"CursorTooOld", "OutdatedCursor", "FutureCursor"}:
        return CursorRefusedError(detail, future=said.error == "FutureCursor")
    wait = response.headers.get("Retry-After", "")
    retry_at = now + int(wait) * 1000 if wait.isdecimal() and len(wait) <= LONGEST_WAIT_DIGITS else None
    code = REFUSALS.get(
        response.status_code, "unreachable" if response.status_code >= SERVER_ERROR else "not-understood"
    )
    return SourceDownError(code, detail, retry_at=retry_at)


def _refusal(body: bytes) -> _Refusal:
    try:
        return msgspec.json.decode(body, type=_Refusal)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _Refusal(message=body[:200].decode("utf-8", "replace"))
