"""What people do with a publication: move it, try again, leave one turn out, drop it, look again, take it back."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from litestar import Response, post
from litestar.params import FromPath
from msgspec import structs

from vigie.desk.moves import MoveError
from vigie.flows import scheduling as flow
from vigie.flows.check_draft import Checked
from vigie.flows.ports.publications import MovedError
from vigie.flows.scheduling import Plan, ScheduleError, timed
from vigie.model import Publication
from vigie.web.guard import requires
from vigie.web.house import House, house_of
from vigie.web.pages.composer.form import Form, number
from vigie.web.pages.composer.looking import checked
from vigie.web.pages.composer.page import Asked, doing
from vigie.web.pages.queue.publication import shown, there
from vigie.web.view import done, wording

LONGEST_WHY = 1_000
_BACK = {"queue": "/queue", "calendar": "/calendar"}
"""Pages that somebody is sent back to, by the name in the form."""


class StoppedMoveError(Exception):
    """The charter stops it at that moment."""


@post("/publications/{id:int}/move", guards=[requires("schedule")], status_code=200, sync_to_thread=True)
def move(request: Asked, id: FromPath[int], data: Form) -> Response[Any]:
    """Puts it at another moment: ``wall``, or ``do=now``."""
    house = house_of(request)
    plan = Plan() if data.get("do") == "now" else Plan(data.get("wall") or "-")  # an empty field is not now

    def act(one: Publication) -> Publication:
        return moved(house, one, plan, request)

    return _done(request, id, data, "moved", act)


@post("/publications/{id:int}/skip", guards=[requires("schedule")], status_code=200, sync_to_thread=True)
def skip(request: Asked, id: FromPath[int], data: Form) -> Response[Any]:
    """Leaves out one turn of a repetition."""
    house = house_of(request)
    return _done(request, id, data, "skipped", lambda one: flow.skip(house.publications, one, doing(request)))


@post("/publications/{id:int}/drop", guards=[requires("schedule")], status_code=200, sync_to_thread=True)
def drop(request: Asked, id: FromPath[int], data: Form) -> Response[Any]:
    """It does not go out."""
    house, why = house_of(request), _why(data)
    return _done(request, id, data, "dropped", lambda one: flow.drop(house.publications, one, doing(request), why))


@post("/publications/{id:int}/look", guards=[requires("schedule")], status_code=200, sync_to_thread=True)
def look_again(request: Asked, id: FromPath[int], data: Form) -> Response[Any]:
    """Reads the network back now."""
    house = house_of(request)
    return _done(request, id, data, "looks", lambda one: flow.look_again(house.publications, one, doing(request)))


@post("/publications/{id:int}/recall", guards=[requires("recall")], status_code=200, sync_to_thread=True)
def recall(request: Asked, id: FromPath[int], data: Form) -> Response[Any]:
    """Asks for it to be taken back from its network; never without a reason."""
    house, why = house_of(request), _why(data)
    if not why:
        return shown(request, there(house, id), status=422, error=wording(request)("publications.error.why"))
    return _done(request, id, data, "recalls", lambda one: flow.recall(house.publications, one, doing(request), why))


def moved(house: House, one: Publication, plan: Plan, request: Asked) -> Publication:
    """At another moment, when the charter lets it. Raises ScheduleError, StoppedMoveError, MoveError, MovedError."""
    at = timed(plan, one.zone, house.clock())
    if held_against(house, one, at.due).stopping:
        raise StoppedMoveError
    return flow.move(house.publications, one, at, doing(request))


def held_against(house: House, one: Publication, due: int) -> Checked:
    """What the charter says of it at that moment."""
    saved = house.drafts.get(one.draft)
    if saved is None:
        return Checked((), ())
    content = structs.replace(saved.content, when=due, channels=(one.channel,))
    return checked(house, content, saved.author, tuple(house.drafts.decisions(saved.id)))


def _done(
    request: Asked, id: int, data: dict[str, str], code: str, act: Callable[[Publication], Publication]
) -> Response[Any]:
    """Does it over the revision that the page showed, and says so where the form was."""
    house, w = house_of(request), wording(request)
    one = there(house, id)
    if number(data, "revision") not in (0, one.revision):
        return shown(request, one, status=409, error=w("publications.error.changed"))
    try:
        act(one)
    except MovedError as error:
        return shown(request, error.current, status=409, error=w("publications.error.changed"))
    except MoveError as error:
        return shown(request, one, status=409, error=w(f"publications.move.{error.code.replace('-', '_')}"))
    except ScheduleError as error:
        return shown(request, one, status=422, error=w(f"composer.schedule.error.{error.code.replace('-', '_')}"))
    except StoppedMoveError:
        return shown(request, one, status=409, error=w("publications.error.stopped"))
    return done(_back(data, f"/publications/{id}"), f"publications.done.{code}")


def _back(data: dict[str, str], usual: str) -> str:
    """The page with the form, at the days that it showed."""
    to = _BACK.get(data.get("back", ""), usual)
    if to != _BACK["calendar"]:
        return to
    return f"{to}?{urlencode({'by': data.get('by', 'month'), 'at': data.get('at', '')})}"


def _why(data: dict[str, str]) -> str:
    return " ".join(data.get("why", "").split())[:LONGEST_WHY]
