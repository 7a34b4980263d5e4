"""What the live stream carries: rows drawn as the log draws them, and how well we hear."""

from typing import Any

import msgspec
from litestar import Litestar

from vigie.flows.mentions import Row, marked
from vigie.model import SourceState
from vigie.web.house import House
from vigie.web.live import Draw, Update
from vigie.web.pages.listening.hearing import hearing
from vigie.web.pages.listening.rows import Place, drawn
from vigie.web.pages.listening.watching import place_in, watched_by
from vigie.wording import Wording


def drawer(app: Litestar) -> Draw:
    """Draws updates for an app's pages.

    ``mentions``: ``{"new": [row…], "changed": [row…], "more": n}``, a row being ``{"id", "at", "queries", "network",
    "langs", "author", "html"}``: what filters look at, and the row itself.
    ``source``: ``{"s", "text", "sources": [{"id", "state", "error", "latest", "rate"}…]}``. ``charter``: ``{}``.
    ``publication``, ``pause``, ``incident``, ``notice``: ``{"ids": [number…]}``.
    """
    house: House = app.state.house

    def draw(update: Update, lang: str) -> list[tuple[str, bytes]]:
        place = place_in(house, Wording(lang))
        told: list[tuple[str, Any]] = []
        if update.new or update.changed or update.more:
            watch = watched_by(house)
            rows = [marked(mention, watch) for mention in (*update.new, *update.changed) if mention.kept == "match"]
            items = _items(rows, drawn(app.state.templates, rows, place))
            new = {mention.id for mention in update.new}
            parts = {
                "new": [item for item in items if item["id"] in new],
                "changed": [item for item in items if item["id"] not in new],
            }
            told.append(("mentions", parts | {"more": update.more}))
        if update.sources:
            told.append(("source", _sources(house.archive.sources(), place)))
        if update.charter:
            told.append(("charter", {}))
        numbered = {
            "publication": update.publications,
            "pause": update.pauses,
            "incident": update.incidents,
            "notice": update.notices,
        }
        told += [(name, {"ids": ids}) for name, ids in numbered.items() if ids]
        return [(name, msgspec.json.encode(data)) for name, data in told]

    return draw


def _items(rows: list[Row], html: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "id": row.mention.id,
            "at": row.mention.post.created_at,
            "queries": row.mention.queries,
            "network": row.mention.post.network,
            "langs": row.mention.post.langs,
            "author": row.mention.post.author.id,
            "html": text,
        }
        for row, text in zip(rows, html, strict=True)
    ]


def _sources(states: list[SourceState], place: Place) -> dict[str, Any]:
    hears = hearing(states, place.now)
    return {
        "s": hears.s,
        "text": hears.sentence(place.w, place.tz, place.now),
        "sources": [
            {"id": one.id, "state": one.state, "error": one.error, "latest": one.latest, "rate": one.rate}
            for one in states
        ],
    }
