"""Pausing: what it would do now, and the order."""

from typing import Annotated

from litestar.params import JSONBody
from msgspec import Meta, Struct

from vigie.web.api.pauses.reading import Asked, whole
from vigie.web.api.pauses.shapes import WholePause
from vigie.web.api.problems import invalid_body, voice
from vigie.web.api.routes import reads, writes
from vigie.web.house import house_of
from vigie.web.pages.halt.ordering import LONGEST_WHY, forecast, stop


class NewPause(Struct, frozen=True, forbid_unknown_fields=True):
    """What is stopped, and why."""

    channels: Annotated[tuple[str, ...], Meta(description="None: all.", max_length=50)] = ()
    why: Annotated[str, Meta(max_length=LONGEST_WHY)] = ""


class PauseForecast(Struct, frozen=True):
    """What a pause of everything would do now."""

    held: Annotated[int, Meta(description="Publications that are scheduled; at most 500 are counted.")]
    channels: Annotated[int, Meta(description="On how many accounts.")]
    in_flight: Annotated[int, Meta(description="On their way already: they cannot be caught.")]
    drill_ms: Annotated[int | None, Meta(description="What the last drill measured.")]


@reads("/pauses/-/forecast", "pause")
def forecast_pause(request: Asked) -> PauseForecast:
    """Read what a pause of everything would do now."""
    found = forecast(house_of(request))
    return PauseForecast(found.held, found.channels, found.in_flight, found.drill.settled_ms if found.drill else None)


@writes("POST", "/pauses", "pause", status=201)
def create_pause(request: Asked, data: JSONBody[NewPause]) -> WholePause:
    """Pause everything, or some accounts.

    Nothing is sent from the moment the order is stored. The answer comes once what was on its way has arrived or not,
    after ten seconds at the latest; `in_flight` says what became of it.
    """
    house, say = house_of(request), voice(request)
    charter = house.charter()
    known = [one.id for one in charter.channels] if charter else []
    if any(id not in known for id in data.channels):
        raise invalid_body(say, "choice", "#/channels", known=", ".join(known))
    return whole(house, stop(request, data.channels, data.why.strip()).pause.id)
