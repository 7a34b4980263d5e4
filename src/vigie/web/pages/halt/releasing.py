"""Letting go: one person proposes what becomes of each held publication, another one agrees."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, post
from litestar.params import FromPath

from vigie.desk.when import instant
from vigie.flows import pausing
from vigie.flows.ports.publications import ReleaseError
from vigie.model import HeldChoice, Millis, Publication
from vigie.web.guard import requires
from vigie.web.house import house_of
from vigie.web.pages.composer.page import doing
from vigie.web.pages.halt.ordering import Asked, Form
from vigie.web.pages.halt.pauses import shown, there
from vigie.web.view import done, timezone, wording


@post("/pauses/{id:int}/release", guards=[requires("release")], status_code=200, sync_to_thread=True)
def propose(request: Asked, id: FromPath[int], data: Form) -> Response[Any]:
    """Proposes to resume; where nobody else could agree, resumes."""
    house, w = house_of(request), wording(request)
    pause = there(house, id)
    held = house.publications.held(id)
    choices = chosen(data, held, timezone(house.charter()))
    undecided = len(held) - len(choices)
    if undecided:
        return shown(request, pause, status=422, error=w.count("halt.release.error.undecided", undecided))
    if late := past(choices, house.clock()):
        return shown(request, pause, status=422, error=w.count("halt.release.error.moment", len(late)))
    try:
        released = pausing.propose(house.publications, house.charter(), id, choices, doing(request))
    except ReleaseError as error:
        return _refused(request, id, error)
    return done(f"/pauses/{id}", "halt.done.proposed" if released is None else "halt.done.released")


@post("/pauses/{id:int}/agree", guards=[requires("release")], status_code=200, sync_to_thread=True)
def agree(request: Asked, id: FromPath[int]) -> Response[Any]:
    """Agrees to what somebody else proposed."""
    house = house_of(request)
    there(house, id)
    try:
        pausing.agree(house.publications, id, doing(request))
    except ReleaseError as error:
        return _refused(request, id, error)
    return done(f"/pauses/{id}", "halt.done.released")


def chosen(data: Mapping[str, str], held: list[Publication], zone: str) -> list[HeldChoice]:
    """What the form says of each held publication; those without a choice are left out."""
    found = []
    for one in held:
        fate = data.get(f"fate:{one.id}", "")
        if fate == "send":
            found.append(HeldChoice(one.id, "send"))
        elif fate == "drop":
            found.append(HeldChoice(one.id, "drop"))
        elif fate == "reschedule":
            found.append(rescheduled(one.id, data.get(f"when:{one.id}", ""), zone))
    return found


def rescheduled(id: int, wall: str, zone: str) -> HeldChoice:
    """A choice with its new moment; what is no moment has none."""
    try:
        moment = instant(wall, zone)
    except ValueError:
        return HeldChoice(id, "reschedule")
    return HeldChoice(id, "reschedule", moment.at, moment.wall)


def past(choices: list[HeldChoice], now: Millis) -> list[HeldChoice]:
    """Those that are put off to no moment, or to one that has passed."""
    return [one for one in choices if one.fate == "reschedule" and (one.due is None or one.due <= now)]


def _refused(request: Asked, id: int, error: ReleaseError) -> Response[str]:
    house, w = house_of(request), wording(request)
    code = f"halt.release.error.{error.code}"
    said = w.count(code, len(error.publications)) if error.code == "undecided" else w(code)
    return shown(request, there(house, id), status=409, error=said)
