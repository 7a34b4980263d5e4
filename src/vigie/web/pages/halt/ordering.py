"""Giving the order to stop: what it will hold, and the order itself."""

import time
from collections.abc import Callable
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect
from msgspec import Struct

from vigie.flows import pausing
from vigie.flows.pausing import Stopped, Waiting
from vigie.flows.ports.pulse import STALE
from vigie.model import Pause
from vigie.web.frame import frame
from vigie.web.guard import requires, visitor
from vigie.web.house import House, house_of
from vigie.web.pages.composer.page import doing
from vigie.web.view import done, fragment, view

Asked = Request[Any, Any, Any]
Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
COUNTED = 500
"""Scheduled publications that are counted; a house with more knows that it has many."""
LONGEST_WHY = 500


class Forecast(Struct, frozen=True):
    """What an order would do now. ``drill``: the last rehearsal whose delay was measured."""

    held: int
    channels: int
    in_flight: int
    drill: Pause | None

    @property
    def more(self) -> bool:
        """Whether there are more than were counted."""
        return self.held >= COUNTED


def forecast(house: House) -> Forecast:
    """Counts what is scheduled and on its way."""
    waiting = house.publications.of_states(("scheduled",), COUNTED)
    flying = house.publications.of_states(("publishing", "unconfirmed"), COUNTED)
    drills = (one for one in house.publications.latest_pauses(50) if one.drill and one.settled_ms is not None)
    return Forecast(len(waiting), len({one.channel for one in waiting}), len(flying), next(drills, None))


@get("/halt", guards=[requires("pause")], sync_to_thread=True)
def halt_page(request: Asked) -> Response[str]:
    """The order as a page of its own, where one account can be chosen; for the dialog, what it will hold."""
    house = house_of(request)
    found = forecast(house)
    if request.headers.get("x-part") == "forecast":
        return fragment(request, "halt/_forecast.html", forecast=found)
    return view(request, "halt/order.html", forecast=found)


@post("/halt", guards=[requires("pause")], sync_to_thread=True)
def order(request: Asked, data: Form) -> Redirect:
    """Stops all accounts, or those chosen, and shows what became of it."""
    house, who = house_of(request), visitor(request)
    charter = house.charter()
    known = [channel.id for channel in charter.channels] if charter else []
    channels = tuple(id for id in known if data.get(f"on:{id}")) if data.get("which") == "these" else ()
    held = frame(house, who).all_held
    if held is not None:
        return Redirect(f"/pauses/{held.pause.id}", status_code=303)
    stopped = stop(request, channels, data.get("why", "").strip()[:LONGEST_WHY])
    return done(f"/pauses/{stopped.pause.id}", "halt.done.paused")


def stop(request: Asked, channels: tuple[str, ...], why: str, incident: int = 0) -> Stopped:
    """Gives the order and waits until nothing is on its way any more, at most `pausing.LONGEST_WAIT_S`."""
    house = house_of(request)
    waiting = Waiting(time.monotonic, time.sleep)
    return pausing.pause(
        house.publications, channels, why, doing(request), waiting, incident=incident, sending=_sending(house)
    )


def _sending(house: House) -> Callable[[], bool]:
    """Whether a process sends; where none is supervised, one may."""

    def asked() -> bool:
        pulses, now = house.pulses(), house.clock()
        return not pulses or any(one.role == "work" and one.at and now - one.at <= STALE for one in pulses)

    return asked
