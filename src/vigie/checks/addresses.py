"""Web addresses taken apart: what is written as a host, who is named in it, which parameters follow the reader."""

import re
from functools import cache
from ipaddress import ip_address
from typing import NamedTuple

from vigie.checks.reading import Reading
from vigie.checks.tables import table
from vigie.model import Span
from vigie.text import fold
from vigie.text.clear import clear

_PARTS = re.compile(
    r"(?:(?P<scheme>https?)://)?(?:(?P<who>[^\s/?#@]*)@)?(?P<host>\[[0-9a-f:.]+\]|[^\s/?#:]+)(?::\d+)?(?P<path>[^\s?#]*)"
    r"(?:\?(?P<query>[^\s#]*))?(?:#(?P<fragment>\S*))?",
    re.IGNORECASE,
)
# An address without its scheme, as people write it: a name with an ending of letters, and a path or www in front.
_BARE = re.compile(
    r"(?<![\w@/.:=&?#-])(?:www\.(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[a-z]{2,24}|(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[a-z]{2,24}(?=/))"
    r"(?:/[^\s<>\"'«»]*[^\s<>\"'«».,;:!?)\]])?(?![\w@])",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?<![\w@/.:=&?#-])(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,4}[a-z]{2,24}(?![\w@/-])", re.IGNORECASE)


class Address(NamedTuple):
    """One address of a text.

    Attributes:
        span, written: where it stands, and how, disguises included.
        scheme: lower case; empty where none is written.
        host: lower case, without ``www.``, in letters as they are written; without the square brackets of a number.
        seen: the same as a person reads it: look-alike letters and accents are plain ones.
        who: the name or password before ``@``.
    """

    span: Span
    written: str
    scheme: str
    host: str
    seen: str
    who: str
    query: str
    fragment: str

    @property
    def is_number(self) -> bool:
        """Whether the host is an address of a machine rather than a name."""
        if self.host.isdigit() or re.fullmatch(r"0x[0-9a-f]+", self.host):
            return True
        try:
            ip_address(self.host)
        except ValueError:
            return False
        return True


def addresses(reading: Reading) -> tuple[Address, ...]:
    """Those of a draft, with and without their scheme."""
    text = reading.text
    spans = list(reading.links)
    if "/" in text or "www." in text or "WWW." in text:
        bare = (Span(*found.span()) for found in _BARE.finditer(text))
        spans += [one for one in bare if not any(link.start <= one.start < link.end for link in reading.links)]
    return tuple(_address(reading, span) for span in spans)


def named_hosts(reading: Reading) -> tuple[Address, ...]:
    """Names of sites said in passing: ``brulerie.example`` alone."""
    return tuple(_address(reading, Span(*found.span())) for found in _HOST.finditer(reading.text))


def _address(reading: Reading, span: Span) -> Address:
    written = reading.words(span)
    parts = _PARTS.match(written)
    if parts is None:
        return Address(span, written, "", "", "", "", "", "")
    host = _letters(parts["host"].lower().strip("[]").rstrip(".").removeprefix("www."))
    return Address(
        span,
        written,
        (parts["scheme"] or "").lower(),
        host,
        fold(clear(host)),
        parts["who"] or "",
        parts["query"] or "",
        parts["fragment"] or "",
    )


def _letters(host: str) -> str:
    """A host that is coded (``xn--``) in the letters that it stands for."""
    if "xn--" not in host:
        return host
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def is_shortener(host: str) -> bool:
    """Whether a host hides where its links lead."""
    return host in _shorteners()


def untracked(address: Address) -> tuple[str, tuple[str, ...]]:
    """(the address without what follows the reader, the names of what was taken out). The rest stays as it was."""
    names: list[str] = []
    kept: list[str] = []
    for part in address.query.split("&") if address.query else ():
        name = part.partition("=")[0]
        if _tracks(name.lower(), address.host):
            names.append(name)
        else:
            kept.append(part)
    plain = address.written
    if names:
        plain = plain.replace(f"?{address.query}", f"?{'&'.join(kept)}" if kept else "", 1)
    if (
        address.fragment
        and _tracks(address.fragment.partition("=")[0].lower(), address.host)
        and "=" in address.fragment
    ):
        names.append(address.fragment.partition("=")[0])
        plain = plain.removesuffix(f"#{address.fragment}")
    return plain, tuple(names)


def _tracks(name: str, host: str) -> bool:
    known = table("links")
    if name in _trackers() or name.startswith(tuple(known["families"])):
        return True
    return any(name in names for site, names in known["on"].items() if host == site or host.endswith(f".{site}"))


@cache
def _shorteners() -> frozenset[str]:
    return frozenset(table("links")["shorteners"])


@cache
def _trackers() -> frozenset[str]:
    return frozenset(table("links")["trackers"])
