"""How far it has gone: answers to the post over time, or the mentions of the query that surges."""

from typing import Any
from zoneinfo import ZoneInfo

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec import Struct

from vigie.flows.bars import HOUR, MINUTE, WINDOWS, Window, edges_of_window
from vigie.flows.handling import Spread, since, spread
from vigie.flows.ports.archive import Filter
from vigie.flows.volume import Bar, Volume, volumes
from vigie.model import Incident, Mention, Millis
from vigie.web.charts import Spec, spread_chart, volume_chart
from vigie.web.guard import requires
from vigie.web.house import House, house_of
from vigie.web.pages.incidents.found import Asked, there
from vigie.web.view import timezone, wording
from vigie.wording import Wording

LATELY: Millis = 10 * MINUTE


class Gone(Struct, frozen=True):
    """How far an incident has gone, in figures.

    Attributes:
        spread: around its post.
        lately: answers a minute, over the last ten.
        volume: bars over time; None when there is nothing to draw.
    """

    spread: Spread
    lately: float
    volume: Volume | None

    @property
    def latest(self) -> tuple[Mention, ...]:
        """The last answers that stand, the latest first."""
        standing = [one for one in self.spread.answers if one.gone_at is None]
        return tuple(reversed(standing[-5:]))


def gone(house: House, incident: Incident) -> Gone:
    """Reads it from the archive."""
    now, zone = house.clock(), ZoneInfo(timezone(house.charter()))
    found = spread(house.archive, incident)
    lately = since(found.answers, now - LATELY) / (LATELY / MINUTE)
    if found.answers:
        began = found.post.post.created_at if found.post else incident.opened_at
        return Gone(found, lately, _bars(found.answers, _window(began, now), now, zone))
    if incident.query:
        counted = volumes(house.archive, Filter(queries=(incident.query,)), WINDOWS["6h"], now, zone)
        return Gone(found, lately, counted.together)
    return Gone(found, lately, None)


@get("/incidents/{id:int}/spread", guards=[requires("read-incidents")], sync_to_thread=True)
def chart(request: Asked, id: FromPath[int]) -> Response[dict[str, Any]]:
    """The chart's specification and its words."""
    house, w = house_of(request), wording(request)
    incident, tz = there(house, id), timezone(house.charter())
    found = gone(house, incident)
    if found.volume is None:
        raise NotFoundException
    spec = _climb(house, incident, found, w, tz) if found.spread.answers else volume_chart(found.volume, w, tz)
    return Response({"spec": spec, "aloud": aloud(found.volume, w)})


def _climb(house: House, incident: Incident, found: Gone, w: Wording, tz: str) -> Spec:
    """Answers since the post was written, and what was done about them."""
    times = [one.post.created_at for one in found.spread.answers]
    began = min([found.spread.post.post.created_at] if found.spread.post else times)
    pause = house.publications.pause_of(incident.pause) if incident.pause else None
    done = [(pause.at if pause else None, "paused"), (incident.contained_at, "contained")]
    marks = [(at, w(f"incidents.mark.{what}")) for at, what in done if at is not None]
    return spread_chart(times, (min(began, *times), house.clock()), marks, w, tz)


def aloud(volume: Volume, w: Wording) -> str:
    """The chart for those who do not see it."""
    return w.count("incidents.spread.aloud", volume.total)


def _window(began: Millis, now: Millis) -> Window:
    age = now - began
    return WINDOWS["6h" if age <= 6 * HOUR else "24h" if age <= 24 * HOUR else "7d"]


def _bars(answers: tuple[Mention, ...], window: Window, now: Millis, zone: ZoneInfo) -> Volume:
    edges = edges_of_window(window, now, zone)
    counts = [0] * (len(edges) - 1)
    at = 0
    for one in sorted(mention.post.created_at for mention in answers):
        while at < len(counts) and one >= edges[at + 1]:
            at += 1
        if at < len(counts) and one >= edges[at]:
            counts[at] += 1
    bars = tuple(Bar(start, end, n) for start, end, n in zip(edges, edges[1:], counts, strict=False))
    return Volume(window, bars, "search")
