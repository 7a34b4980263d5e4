"""What this folder offers: feeds by their address."""

from urllib.parse import urlsplit

from vigie.flows.ports.network import Directory, Tools
from vigie.model import SourceSpec
from vigie.networks.rss.document import NAME
from vigie.networks.rss.source import RssSource

SHORTEST_S, LONGEST_S = 60, 7 * 86_400


class Rss:
    """Implements `vigie.flows.ports.network.Network`."""

    name = NAME
    needs_token = False

    def problems(self, spec: SourceSpec) -> list[tuple[str, str, str]]:
        """See the port."""
        found = []
        if not _is_address(spec.address):
            found.append(("address", "bad-address" if spec.address else "empty-address", spec.address))
        for option, value in spec.options.items():
            if option != "every":
                found.append((option, "bad-option", "every"))
            elif isinstance(value, bool) or not isinstance(value, int) or not SHORTEST_S <= value <= LONGEST_S:
                found.append((option, "bad-option", f"{SHORTEST_S} … {LONGEST_S}"))
        return found

    def open(self, spec: SourceSpec, tools: Tools) -> RssSource:
        """See the port."""
        every = spec.options.get("every", 0)
        return RssSource(spec.address.strip(), tools, every=every * 1000 if isinstance(every, int) else 0)

    def directory(self, spec: SourceSpec, tools: Tools) -> Directory | None:
        """Nobody to ask."""
        del spec, tools
        return None


def _is_address(address: str) -> bool:
    try:
        split = urlsplit(address.strip())
        return split.scheme in {"http", "https"} and bool(split.hostname) and "@" not in split.netloc
    except ValueError:
        return False


NETWORK = Rss()
