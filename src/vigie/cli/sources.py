"""A source as one writes it on a command line: ``bluesky``, ``mastodon:server``, ``ws://…``, ``https://…/feed``."""

from urllib.parse import urlsplit

from vigie.model import SourceSpec
from vigie.networks import networks


class UnknownSourceError(Exception):
    """Neither a network nor an address. ``networks`` are those there are."""

    def __init__(self, names: set[str]) -> None:
        super().__init__(", ".join(sorted(names)))
        self.networks = names


def source_named(text: str) -> SourceSpec:
    """The source meant; a web-socket address is Bluesky's, a web address a feed.

    Raises:
        UnknownSourceError: see there.
    """
    names = set(networks())
    if text.startswith(("ws://", "wss://")):
        return SourceSpec("watch", "bluesky", text)
    if text.startswith(("http://", "https://")):
        return SourceSpec("watch", "rss", text)
    network, _, address = text.partition(":")
    if network not in names:
        raise UnknownSourceError(names)
    options: dict[str, str | int | bool | tuple[str, ...]] = {"public": True} if network == "mastodon" else {}
    return SourceSpec("watch", network, address, options)


def private_places(spec: SourceSpec) -> tuple[str, ...]:
    """The host:port that the person typed: an address in the house's own network is meant when it is typed by hand."""
    url = urlsplit(spec.address if "//" in spec.address else f"https://{spec.address}")
    if not url.hostname:
        return ()
    port = url.port or (443 if url.scheme in {"https", "wss"} else 80)
    return (f"{url.hostname}:{port}",)
