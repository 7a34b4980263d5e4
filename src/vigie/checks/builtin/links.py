"""Links that lead nowhere, somewhere else than they say, or that follow the reader."""

from collections.abc import Iterator

from vigie.charter.nouns import Domain
from vigie.checks.addresses import Address, addresses, is_shortener, named_hosts, untracked
from vigie.checks.alike import mimicked
from vigie.checks.check import Options as AnyOptions
from vigie.checks.reading import Reading
from vigie.model import Finding, Severity
from vigie.text import fold

_LOCKED = 401
_REFUSED = frozenset((402, 403, 405, 406, 407, 408, 418, 425, 429))
"""Answers of sites that turn machines away: they tell nothing of what a reader sees."""
_WRONG = 400


class Options(AnyOptions, frozen=True, kw_only=True):
    """What the charter may say of this check.

    Attributes:
        shorteners: whether short links are found fault with.
        fine: hosts that no fault is found with, and what lies under them: the house's own short links.
    """

    shorteners: bool = True
    fine: tuple[Domain, ...] = ()


def look(reading: Reading, options: Options) -> Iterator[Finding]:
    """What is wrong with each link, the worst first."""
    text = reading.text
    if "." not in text and "://" not in text:
        return
    own = reading.charter.company.domains if reading.charter else ()
    found = addresses(reading) if "/" in text or "www." in text.lower() else ()
    for address in found:
        if not _under(address.host, options.fine):
            yield from _of(address, reading, own, options)
    if own:
        there = {address.span.start for address in found}
        for address in named_hosts(reading):
            if address.span.start not in there and not _under(address.host, options.fine):
                yield from _passing_for(address, own)


def _of(address: Address, reading: Reading, own: tuple[str, ...], options: Options) -> Iterator[Finding]:
    if address.who:
        yield _found("credentials", address, "block")
    if address.is_number:
        yield _found("number", address, host=address.host)
    yield from _passing_for(address, own)
    yield from _answered(address, reading)
    if options.shorteners and is_shortener(address.host):
        yield _found("shortener", address, host=address.host)
    if address.scheme == "http" and not address.is_number:
        yield _found("http", address, replacement=f"https{address.written[4:]}")
    plain, names = untracked(address)
    if names:
        yield _found("tracking", address, replacement=plain, safe=True, names=", ".join(dict.fromkeys(names)))


def _passing_for(address: Address, own: tuple[str, ...]) -> Iterator[Finding]:
    if _under(address.host, own):
        return
    if address.seen != fold(address.host) or (address.seen != address.host and _under(address.seen, own)):
        yield _found("disguised", address, "block", host=address.host, read=address.seen)
    elif known := mimicked(address.seen, own):
        yield _found("look_alike", address, "block", host=address.host, known=known)


def _answered(address: Address, reading: Reading) -> Iterator[Finding]:
    links = reading.facts.links
    if address.written not in links:
        return
    status = links[address.written]
    if status is None:
        yield _found("silent", address)
    elif status == _LOCKED:
        yield _found("locked", address)
    elif status >= _WRONG and status not in _REFUSED:
        yield _found("dead", address, status=status)


def _under(host: str, domains: tuple[str, ...]) -> bool:
    return any(host == one or host.endswith(f".{one}") for one in domains)


def _found(
    what: str,
    address: Address,
    severity: Severity = "warn",
    *,
    replacement: str | None = None,
    safe: bool = False,
    **values: str | int,
) -> Finding:
    code = f"checks.links.{what}"
    return Finding("links", severity, code, (address.span,), values=values, replacement=replacement, safe=safe)
