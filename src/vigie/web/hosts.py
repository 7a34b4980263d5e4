"""Host names that Vigie answers to, so that no foreign name can be pointed at it (DNS rebinding)."""

from ipaddress import ip_address
from urllib.parse import urlsplit

# Names that no stranger can register: a browser that shows one is in this house.
_LOCAL = (".localhost", ".local", ".lan", ".home.arpa", ".internal")


def ours(host: str, base_url: str) -> bool:
    """Whether a ``Host`` header is one of ours: the base address, an IP address, or a name of the local network.

    >>> [ours(host, "https://vigie.example") for host in ("vigie.example", "127.0.0.1:8420", "nas.local")]
    [True, True, True]
    >>> ours("evil.example", "https://vigie.example")
    False
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    if name in {"localhost", urlsplit(base_url).hostname} or (name and "." not in name and ":" not in name):
        return True
    return _is_address(name) or name.endswith(_LOCAL)


def loopback(host: str) -> bool:
    """Whether a host name means this very machine.

    >>> loopback("127.0.0.1:8420"), loopback("[::1]:80"), loopback("192.168.1.4")
    (True, True, False)
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name == "localhost" or name.endswith(".localhost") or (_is_address(name) and ip_address(name).is_loopback)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
