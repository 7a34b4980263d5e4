"""Opens connections to checked addresses only: the name is resolved once, and what was checked is what is called."""

import asyncio
import ssl
from collections.abc import Iterable
from typing import Any

import httpcore

from vigie.fetch.guard import Guard
from vigie.flows.ports.fetch import FetchError

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """The one place where a socket is opened for HTTP. TLS above it keeps the name, which certificates must show."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._plain = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  (the interface of httpcore)
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Tries the permitted addresses one after the other. Raises FetchError or what httpcore raises."""
        failure: Exception | None = None
        for address in await self._guard.addresses(host, port):
            try:
                return await self._plain.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or FetchError("unreachable", host)

    async def connect_unix_socket(self, *_args: Any, **_kwargs: Any) -> httpcore.AsyncNetworkStream:
        """Never: a local socket is inside the house."""
        raise FetchError("private-address", "unix socket")

    async def sleep(self, seconds: float) -> None:
        """As httpcore asks for it between its own tries."""
        await asyncio.sleep(seconds)


def pool(guard: Guard, trust: ssl.SSLContext) -> httpcore.AsyncConnectionPool:
    """Connections of one fetch: nothing is shared between two, so no cookie, no reused name, no loop to outlive."""
    return httpcore.AsyncConnectionPool(ssl_context=trust, network_backend=GuardedBackend(guard), http2=False)
