"""What this folder offers: the sources that it can open, and what may be wrong with them."""

from urllib.parse import urlsplit

from vigie.flows.ports.network import Tools
from vigie.model import SourceSpec
from vigie.networks.mastodon.api import Api
from vigie.networks.mastodon.directory import MastodonDirectory
from vigie.networks.mastodon.names import Names
from vigie.networks.mastodon.posts import NAME
from vigie.networks.mastodon.source import MastodonSource
from vigie.networks.mastodon.timeline import tags_of, timelines

OPTIONS = ("public", "local", "notifications", "tags", "streaming", "every")
EVERY_S = 30
SHORTEST_S, LONGEST_S = 5, 86_400


class Mastodon:
    """Implements `vigie.flows.ports.network.Network`."""

    name = NAME
    needs_token = False

    def __init__(self) -> None:
        self._names: dict[str, Names] = {}

    def problems(self, spec: SourceSpec) -> list[tuple[str, str, str]]:
        """See the port."""
        found = []
        if not origin(spec.address):
            found.append(("address", "bad-address" if spec.address else "empty-address", spec.address))
        for option, value in spec.options.items():
            if option not in OPTIONS:
                found.append((option, "bad-option", ", ".join(OPTIONS)))
            elif wrong := _expected(option, value):
                found.append((option, "bad-option", wrong))
        return found

    def open(self, spec: SourceSpec, tools: Tools) -> MastodonSource:
        """See the port."""
        api = _api(spec, tools)
        every = spec.options.get("every", EVERY_S)
        return MastodonSource(
            api,
            timelines(spec),
            self._names_of(api.server),
            clock=tools.clock,
            streaming=spec.options.get("streaming", "auto") != "never",
            every=every if isinstance(every, int) else EVERY_S,
        )

    def directory(self, spec: SourceSpec, tools: Tools) -> MastodonDirectory:
        """See the port."""
        api = _api(spec, tools)
        return MastodonDirectory(api, self._names_of(api.server))

    def _names_of(self, server: str) -> Names:
        """Kept beyond one source: a source is opened anew after each fall, and its deletions name earlier posts."""
        if server not in self._names:
            self._names[server] = Names(server)
        return self._names[server]


def _api(spec: SourceSpec, tools: Tools) -> Api:
    return Api(origin(spec.address), tools.fetch, tools.clock, tools.token)


def origin(address: str) -> str:
    """The server's origin from what a person writes, empty when it is none.

    >>> origin("masto.example"), origin("https://masto.example/about"), origin("http://127.0.0.1:3000")
    ('https://masto.example', 'https://masto.example', 'http://127.0.0.1:3000')
    """
    address = address.strip()
    try:
        split = urlsplit(address if "://" in address else f"https://{address}")
        split.port  # noqa: B018  (reading it checks it)
    except ValueError:
        return ""
    fine = split.scheme in {"http", "https"} and split.hostname and "@" not in split.netloc and " " not in split.netloc
    return f"{split.scheme}://{split.netloc.lower()}" if fine else ""


def _expected(option: str, value: object) -> str:
    """What is expected of an option, empty when its value is fine."""
    if option == "tags":
        tags = tags_of(value)
        return "" if tags and all(tag.replace("_", "").isalnum() for tag in tags) else "[café, barista]"
    if option == "streaming":
        return "" if value in {"auto", "never"} else "auto, never"
    if option == "every":
        fine = isinstance(value, int) and not isinstance(value, bool) and SHORTEST_S <= value <= LONGEST_S
        return "" if fine else f"{SHORTEST_S} … {LONGEST_S}"
    return "" if isinstance(value, bool) else "true, false"


NETWORK = Mastodon()
