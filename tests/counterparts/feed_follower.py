"""Follows a feed by a clock that waiting moves, and writes feeds."""

from counterparts.feed import FeedServer
from vigie.fetch import GuardedFetch
from vigie.flows.ports.network import Tools
from vigie.model import Batch, SourceSpec
from vigie.networks.rss import NETWORK

NOW = 1_763_600_000_000


class Follower:
    """Reads a feed round by round; what the source waits for passes at once."""

    def __init__(self, server: FeedServer, **options: int) -> None:
        self.server, self.now, self.cursor = server, NOW, ""
        self.waits: list[float] = []
        self.spec = SourceSpec("f", "rss", server.url, dict(options))
        self.tools = Tools(GuardedFetch((f"127.0.0.1:{server.port}",)), lambda: self.now)

    async def _pass(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += int(seconds * 1000)

    async def round(self, count: int = 1) -> Batch:
        """The last of some batches, each of a source opened anew at the cursor, as after a restart."""
        for _ in range(count):
            source = NETWORK.open(self.spec, self.tools)
            source._sleep = self._pass
            async for batch in source.read(self.cursor):
                self.cursor = batch.cursor or self.cursor
                break
        return batch


def rss(*items: str, channel: str = "") -> bytes:
    """An RSS 2.0 document."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:media="http://search.yahoo.com/mrss/"><channel><title>La Gazette</title>'
        f"<link>https://gazette.example/</link><language>fr-FR</language>{channel}{''.join(items)}</channel></rss>"
    ).encode()


def item(number: int, text: str = "", **fields: str) -> str:
    """An entry; fields replace or add elements, an empty one leaves it away."""
    parts = {
        "guid": f"https://gazette.example/{number}",
        "title": f"Titre {number}",
        "description": text or f"&lt;p&gt;Texte {number}&lt;/p&gt;",
        "link": f"https://gazette.example/{number}",
        "pubDate": f"Wed, 19 Nov 2025 08:{number % 60:02}:00 GMT",
    } | fields
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in parts.items() if value) + "</item>"
