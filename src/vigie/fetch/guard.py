"""Decides which addresses may be connected to: public ones, and those of the house that the setting names."""

import asyncio
import ipaddress
import socket
from collections.abc import Iterable
from typing import TypeAlias
from urllib.parse import SplitResult, urlsplit

from vigie.flows.ports.fetch import FetchError

PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
IP: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

# Public by `is_global` in some Python versions, and yet doors into other networks (RFC 6052, 3056, 4380, 7526).
TUNNELS = tuple(
    ipaddress.ip_network(block)
    for block in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/23", "192.88.99.0/24")
)

UNICAST = ipaddress.ip_network("2000::/3")
"""All that is handed out of IPv6 (IANA's registry); the rest is special or nobody's."""


def is_public(address: IP) -> bool:
    """True for an ordinary address of the public Internet.

    >>> is_public(ipaddress.ip_address("1.1.1.1")), is_public(ipaddress.ip_address("::ffff:10.0.0.1"))
    (True, False)
    """
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if any(address.version == block.version and address in block for block in TUNNELS):
        return False
    if address.version == 6 and address not in UNICAST:  # noqa: PLR2004
        return False
    special = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    return address.is_global and not special and not address.is_link_local and not address.is_private


class Guard:
    """Says where a connection may go. ``allow_private`` holds ``host:port`` as in ``VIGIE_ALLOW_PRIVATE``."""

    def __init__(self, allow_private: Iterable[str] = ()) -> None:
        self._allowed = frozenset(part.strip().lower().rstrip(".") for part in allow_private)

    def parts(self, url: str) -> tuple[str, str, int]:
        """(scheme, host in ASCII, port) of an address of the web.

        Raises:
            FetchError: ``bad-address``.
        """
        try:
            split = urlsplit(url)
            port = split.port
        except ValueError as error:
            raise FetchError("bad-address", f"{url}: {error}") from error
        if split.scheme not in PORTS or not split.hostname or _has_login(split):
            raise FetchError("bad-address", url)
        return split.scheme, _ascii_host(split.hostname, url), PORTS[split.scheme] if port is None else port

    def check(self, url: str) -> None:
        """Raises FetchError unless the address may be connected to now. Asks the name service, and waits for it."""
        _, host, port = self.parts(url)
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchError("unreachable", f"{host}: {error}") from error
        self._permitted(host, port, [str(sockaddr[0]) for *_, sockaddr in found])

    async def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """The numeric addresses that a host may be connected to: connect to one of these, never to the name again.

        Raises:
            FetchError: ``unreachable`` when the name is unknown, ``private-address`` when it leads into the house.
        """
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchError("unreachable", f"{host}: {error}") from error
        return self._permitted(host, port, [str(sockaddr[0]) for *_, sockaddr in found])

    def _permitted(self, host: str, port: int, found: Iterable[str]) -> tuple[str, ...]:
        literal = f"[{host}]" if ":" in host else host
        named = f"{literal}:{port}" in self._allowed
        good = tuple(dict.fromkeys(one for one in found if named or is_public(ipaddress.ip_address(one))))
        if not good:
            raise FetchError("private-address", f"{literal}:{port}")
        return good


def _has_login(split: SplitResult) -> bool:
    return split.username is not None or split.password is not None


def _ascii_host(host: str, url: str) -> str:
    host = host.rstrip(".").lower()
    if "%" in host or not host:  # an IPv6 zone names an interface of this very machine
        raise FetchError("bad-address", url)
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise FetchError("bad-address", f"{url}: {error}") from error
