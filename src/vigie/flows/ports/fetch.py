"""Guarded HTTP: addresses come from charters and strangers' posts, so they never lead into the house."""

from typing import Protocol

from msgspec import Struct


class Response(Struct, frozen=True):
    """An answer, headers' names in lower case, body cut at the asked limit (``cut`` tells).

    ``url`` is where it came from in the end; ``moved`` is the address to use from now on, when permanent redirects
    (301, 308) said so, else empty.
    """

    status: int
    headers: dict[str, str]
    body: bytes
    url: str
    cut: bool = False
    moved: str = ""


class FetchError(Exception):
    """Nothing came back.

    ``code``: ``unreachable``, ``timeout``, ``private-address``, ``bad-address``, ``too-many-redirects``.
    ``sent``: False when it is certain that no byte of a request has left.
    """

    def __init__(self, code: str, detail: str = "", *, sent: bool = True) -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail, self.sent = code, detail[:300], sent


class Fetch(Protocol):
    """One request. Private, loopback and link-local addresses are refused, after each redirect too, unless the
    setting ``VIGIE_ALLOW_PRIVATE`` names their host and port; https certificates are verified."""

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
        """Raises FetchError."""
        ...

    def check(self, url: str) -> None:
        """The same guard alone, for connections that are not HTTP requests (web sockets). Raises FetchError."""
        ...

    async def resolve(self, url: str) -> tuple[str, ...]:
        """The numeric addresses that may be connected to for an address of the web, sockets included. Connect to one
        of them and keep the name for TLS and Host: resolving the name a second time could lead elsewhere.
        Raises FetchError."""
        ...
