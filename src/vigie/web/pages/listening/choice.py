"""What the reader has chosen to see, as it stands in the page's address: shareable, and the back button works."""

from typing import Any
from urllib.parse import urlencode

from litestar.datastructures import MultiDict
from msgspec import Struct, structs

from vigie.flows.ports.archive import Filter
from vigie.flows.volume import WINDOWS, Window
from vigie.model import Millis

HERE = "/listening"
_LONGEST = 200  # characters of one value; nobody types more into a search box


class Choice(Struct, frozen=True):
    """The filters. ``period`` is a window's name; empty shows the whole log under a chart of the last six hours."""

    queries: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    period: str = ""
    text: str = ""
    author: str = ""

    @property
    def window(self) -> Window:
        """What the chart shows."""
        return WINDOWS[self.period or "6h"]

    @property
    def plain(self) -> bool:
        """Nothing is filtered."""
        return self == Choice()

    def where(self, now: Millis) -> Filter:
        """The archive's filter."""
        return Filter(
            queries=self.queries,
            networks=self.networks,
            langs=self.langs,
            author=self.author,
            since=now - self.window.length if self.period else None,
            text=self.text,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """As fields of a form or of an address."""
        found = [("query", one) for one in self.queries]
        found += [("network", one) for one in self.networks]
        found += [("lang", one) for one in self.langs]
        found += [("period", self.period), ("q", self.text), ("author", self.author)]
        return [(name, value) for name, value in found if value]

    def search(self, **more: str) -> str:
        """``?query=brand&lang=fr``, or nothing."""
        pairs = self.pairs() + [(name, value) for name, value in more.items() if value]
        return f"?{urlencode(pairs)}" if pairs else ""

    def href(self, **more: str) -> str:
        """The page with these filters."""
        return HERE + self.search(**more)

    def but(self, **changes: Any) -> "Choice":
        """The same with some filters changed."""
        return structs.replace(self, **changes)

    def toggled(self, field: str, value: str) -> "Choice":
        """The same with a value added to, or taken from, one of the filters that hold several."""
        held: tuple[str, ...] = getattr(self, field)
        kept = tuple(one for one in held if one != value) if value in held else tuple(sorted({*held, value}))
        return self.but(**{field: kept})


def choice_of(given: MultiDict[str]) -> Choice:
    """Reads an address. What it does not understand it leaves out: an old link still opens something."""

    def several(name: str) -> tuple[str, ...]:
        return tuple(sorted({value[:_LONGEST] for value in given.getall(name, []) if value}))[:50]

    period = given.get("period", "")
    return Choice(
        queries=several("query"),
        networks=several("network"),
        langs=several("lang"),
        period=period if period in WINDOWS else "",
        text=given.get("q", "").strip()[:_LONGEST],
        author=given.get("author", "")[:_LONGEST],
    )
