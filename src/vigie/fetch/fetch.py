"""The adapter of the port `Fetch`: one request over httpx's engine, every hop of it checked."""

import asyncio
import ssl
from collections.abc import Iterable
from functools import cached_property
from typing import Any
from urllib.parse import urldefrag

import httpcore
import httpx

from vigie import __version__
from vigie.fetch.body import ACCEPTED, read_body
from vigie.fetch.connect import pool
from vigie.fetch.guard import Guard
from vigie.flows.ports.fetch import FetchError, Response

USER_AGENT = f"Vigie/{__version__} (+self-hosted)"
HOPS = 5
"""Redirects followed before giving up."""
MOVED, FOUND, SEE_OTHER, KEEP_METHOD, MOVED_KEEP_METHOD = 301, 302, 303, 307, 308
REDIRECTS = {MOVED, FOUND, SEE_OTHER, KEEP_METHOD, MOVED_KEEP_METHOD}
PERMANENT = {MOVED, MOVED_KEEP_METHOD}
PRIVATE_HEADERS = {"authorization", "cookie", "proxy-authorization"}


class GuardedFetch:
    """Implements `vigie.flows.ports.fetch.Fetch`. May be shared by threads and event loops; holds no connection.

    ``trust`` replaces the authorities that certificates are checked against (a house's own).
    """

    def __init__(self, allow_private: Iterable[str] = (), trust: ssl.SSLContext | None = None) -> None:
        self._guard = Guard(allow_private)
        self._given_trust = trust

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        """Made when first needed: reading the authorities takes longer than the rest of a start."""
        return self._given_trust or httpx.create_ssl_context(trust_env=False)

    def check(self, url: str) -> None:
        """See the port."""
        self._guard.check(url)

    async def resolve(self, url: str) -> tuple[str, ...]:
        """See the port."""
        _, host, port = self._guard.parts(url)
        return await self._guard.addresses(host, port)

    async def __call__(
        self,
        url: str,
        *,
        method: str = "GET",
        headers: dict[str, str] | None = None,
        content: bytes = b"",
        limit: int = 4_000_000,
        seconds: float = 20.0,
    ) -> Response:
        """See the port. ``seconds`` bounds the whole of it, redirects and body included."""
        request = _Request(method.upper(), url, {k.lower(): v for k, v in (headers or {}).items()}, content)
        departure = _Departure()
        try:
            async with asyncio.timeout(seconds), pool(self._guard, self._trust) as connections:
                return await self._follow(connections, request, limit, departure)
        except FetchError as error:
            error.sent = departure.sent
            raise
        except TimeoutError as error:
            raise FetchError("timeout", f"{url}: {seconds:g} s", sent=departure.sent) from error
        except httpcore.TimeoutException as error:
            raise FetchError("timeout", f"{url}: {error}", sent=departure.sent) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise FetchError("unreachable", f"{url}: {error}", sent=departure.sent) from error
        except (httpcore.UnsupportedProtocol, httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise FetchError("bad-address", f"{url}: {error}", sent=departure.sent) from error

    async def _follow(
        self, connections: httpcore.AsyncConnectionPool, request: "_Request", limit: int, departure: "_Departure"
    ) -> Response:
        moved = ""
        permanent = True
        for _ in range(HOPS + 1):
            response = await self._once(connections, request, limit, departure)
            target = response.headers.get("location", "")
            if response.status not in REDIRECTS or not target:
                return Response(
                    response.status, response.headers, response.body, request.url, cut=response.cut, moved=moved
                )
            request = request.redirected(response.status, target)
            permanent = permanent and response.status in PERMANENT
            moved = request.url if permanent else moved
        raise FetchError("too-many-redirects", request.url)

    async def _once(
        self, connections: httpcore.AsyncConnectionPool, request: "_Request", limit: int, departure: "_Departure"
    ) -> Response:
        scheme, host, _ = self._guard.parts(request.url)
        if scheme not in {"http", "https"}:
            raise FetchError("bad-address", request.url)
        # httpx writes the address as RFC 3986 wants it; the host is the one that the guard looks at
        address = httpx.URL(request.url).copy_with(host=host)
        target = httpcore.URL(
            scheme=address.raw_scheme, host=address.raw_host, port=address.port, target=address.raw_path
        )
        headers = {
            "host": address.netloc.decode("ascii"),
            "user-agent": USER_AGENT,
            "accept": "*/*",
            "accept-encoding": ACCEPTED,
            **request.headers,
        }
        async with connections.stream(
            request.method,
            target,
            headers=[*headers.items()],
            content=request.content,
            extensions={"trace": departure.watch},
        ) as answer:
            said = _headers(answer.headers)
            body, cut = b"", False
            if answer.status not in REDIRECTS and request.method != "HEAD":
                body, cut = await read_body(answer.aiter_stream(), said.get("content-encoding", ""), limit)
            return Response(answer.status, said, body, request.url, cut=cut)


class _Departure:
    """Whether the first byte of a request was handed to an open connection; redirects make it more than one."""

    def __init__(self) -> None:
        self.sent = False

    async def watch(self, event: str, _details: dict[str, Any]) -> None:
        """Told of every step by httpcore."""
        self.sent = self.sent or event == "http11.send_request_headers.started"


class _Request:
    """What is asked for, and how it changes on its way."""

    def __init__(self, method: str, url: str, headers: dict[str, str], content: bytes) -> None:
        self.method, self.url, self.headers, self.content = method, urldefrag(url.strip()).url, headers, content

    def redirected(self, status: int, target: str) -> "_Request":
        """The next request. Secrets stay with the origin that they were meant for."""
        here = httpx.URL(self.url)
        try:
            there = here.join(target)
        except httpx.InvalidURL as error:
            raise FetchError("bad-address", target) from error
        same = (here.scheme, here.host, here.port) == (there.scheme, there.host, there.port)
        headers = {k: v for k, v in self.headers.items() if same or k not in PRIVATE_HEADERS}
        if status in {MOVED, FOUND, SEE_OTHER} and self.method not in {"GET", "HEAD"}:
            kept = {k: v for k, v in headers.items() if not k.startswith("content-")}
            return _Request("GET", str(there), kept, b"")
        return _Request(self.method, str(there), headers, self.content)


def _headers(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """Names in lower case; a header sent twice is joined by commas."""
    said: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        said[key] = f"{said[key]}, {text}" if key in said else text
    return said
