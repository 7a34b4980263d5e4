"""The server's stream: one web socket for all timelines, to the address that the guard has checked."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

from vigie import __version__
from vigie.flows.ports.fetch import FetchError
from vigie.flows.ports.network import SourceDownError
from vigie.networks.mastodon.api import Api
from vigie.networks.mastodon.entities import Event, Instance
from vigie.networks.mastodon.timeline import Timeline

QUIET_S = 10.0
"""An idle line hands on an empty handful this often, to show that it is alive."""
GATHER_S = 0.1
HANDFUL = 200
MESSAGE_LIMIT = 2_000_000
"""Bytes of a message: the longest posts of any server, with their previews, are a tenth of it."""


class NoStreamError(Exception):
    """This server has no stream for us: ask it from time to time instead."""


def stream_url(server: str, instance: Instance) -> str:
    """Where the server says, else on the server itself. Never without TLS when the server has it."""
    scheme = "wss" if server.startswith("https:") else "ws"
    said = urlsplit(instance.streaming)
    if said.scheme in {"ws", "wss"} and said.netloc and not (scheme == "wss" and said.scheme == "ws"):
        base = f"{said.scheme}://{said.netloc}{said.path.rstrip('/')}"
        return base if base.endswith("/api/v1/streaming") else f"{base}/api/v1/streaming"
    return f"{scheme}://{urlsplit(server).netloc}/api/v1/streaming"


@asynccontextmanager
async def opened(api: Api, url: str, wanted: Sequence[Timeline]) -> AsyncIterator[AsyncIterator[list[Event | bytes]]]:
    """An open, subscribed stream as handfuls of events; a message that cannot be read stands as its bytes.

    Raises:
        NoStreamError: it cannot be opened.
        SourceDownError: ``dropped``, while reading it.
    """
    socket = await _connected(api, url)
    try:
        for timeline in wanted:
            await socket.send(msgspec.json.encode(timeline.subscription).decode())
        yield _handfuls(socket)
    except ConnectionClosed as closed:
        raise SourceDownError("dropped", str(closed)) from closed
    finally:
        await socket.close()


async def _connected(api: Api, url: str) -> ClientConnection:
    headers = {"Authorization": f"Bearer {api.token}"} if api.token else {}
    try:
        for address in await api.fetch.resolve(url):
            try:
                return await connect(
                    url,
                    host=address,  # what the guard has checked; the name stays for TLS and Host
                    proxy=None,
                    additional_headers=headers,
                    user_agent_header=f"Vigie/{__version__} (+self-hosted)",
                    max_size=MESSAGE_LIMIT,
                    open_timeout=10,
                    close_timeout=2,
                )
            except (OSError, TimeoutError):
                continue
    except (FetchError, InvalidHandshake, InvalidURI, ValueError) as error:
        raise NoStreamError(str(error)) from error
    raise NoStreamError(url)


async def _handfuls(socket: ClientConnection) -> AsyncIterator[list[Event | bytes]]:
    """At most a tenth of a second's events at once."""
    loop = asyncio.get_running_loop()
    while True:
        events: list[Event | bytes] = []
        try:
            async with asyncio.timeout(QUIET_S) as patience:
                while len(events) < HANDFUL:
                    events.append(_event(await socket.recv(decode=False)))
                    if len(events) == 1:
                        patience.reschedule(loop.time() + GATHER_S)
        except TimeoutError:
            pass
        except ConnectionClosed as closed:
            if events:
                yield events
            raise SourceDownError("dropped", str(closed)) from closed
        yield events


def _event(raw: bytes) -> Event | bytes:
    try:
        return msgspec.json.decode(raw, type=Event)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return raw
