"""What people do in the war room: take it, hand it over, say how far it is, note, tick, pause."""

from collections.abc import Callable
from typing import Any

from litestar import Response, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from vigie.desk.moves import MoveError
from vigie.flows import handling
from vigie.flows import incidents as flow
from vigie.flows.drafts import Doing
from vigie.flows.ports.incidents import IncidentMovedError
from vigie.model import Incident, Task
from vigie.web.guard import requires
from vigie.web.house import House, house_of
from vigie.web.pages.composer.page import doing
from vigie.web.pages.halt.ordering import stop
from vigie.web.pages.incidents.found import LONGEST_TITLE, LONGEST_WORDS, Asked, Form, may_own, there
from vigie.web.pages.incidents.room import shown
from vigie.web.view import done, wording

_HANDLERS = [requires("handle-incidents")]
_AGAIN = 3


@post("/incidents/{id:int}/take", guards=_HANDLERS, status_code=200, sync_to_thread=True)
def take(request: Asked, id: FromPath[int]) -> Response[Any]:
    """I answer for it."""
    house = house_of(request)
    return _moved(request, id, "taken", lambda one, by: flow.acknowledge(house.incidents, house.notices, one, by))


@post("/incidents/{id:int}/assign", guards=_HANDLERS, status_code=200, sync_to_thread=True)
def assign(request: Asked, id: FromPath[int], data: Form) -> Response[Any]:
    """Somebody else answers for it, and is told."""
    house, to = house_of(request), data.get("to", "")
    known = to if to in may_own(house) else ""
    return _moved(request, id, "assigned", lambda one, by: flow.assign(house.incidents, house.notices, one, by, known))


@post("/incidents/{id:int}/contain", guards=_HANDLERS, status_code=200, sync_to_thread=True)
def contain(request: Asked, id: FromPath[int]) -> Response[Any]:
    """It no longer spreads."""
    house = house_of(request)
    return _moved(request, id, "contained", lambda one, by: flow.contain(house.incidents, house.notices, one, by))


@post("/incidents/{id:int}/resolve", guards=_HANDLERS, status_code=200, sync_to_thread=True)
def resolve(request: Asked, id: FromPath[int]) -> Response[Any]:
    """Nothing is left to do at once."""
    house = house_of(request)
    return _moved(request, id, "resolved", lambda one, by: flow.resolve(house.incidents, house.notices, one, by))


@post("/incidents/{id:int}/learn", guards=_HANDLERS, status_code=200, sync_to_thread=True)
def learn(request: Asked, id: FromPath[int], data: Form) -> Response[Any]:
    """What the house takes from it."""
    house = house_of(request)
    words, rule = data.get("words", "")[:LONGEST_WORDS], data.get("rule", "")
    charter = house.charter()
    known = rule if charter and any(one.id == rule for one in charter.rules) else ""
    return _moved(request, id, "learned", lambda one, by: flow.learn(house.incidents, one, by, words, known))


@post("/incidents/{id:int}/reopen", guards=_HANDLERS, status_code=200, sync_to_thread=True)
def reopen(request: Asked, id: FromPath[int]) -> Response[Any]:
    """It was not over."""
    house = house_of(request)
    return _moved(request, id, "reopened", lambda one, by: flow.reopen(house.incidents, one, by))


@post("/incidents/{id:int}/rename", guards=_HANDLERS, status_code=200, sync_to_thread=True)
def rename(request: Asked, id: FromPath[int], data: Form) -> Response[Any]:
    """What people call it."""
    house, title = house_of(request), data.get("title", "")[:LONGEST_TITLE]
    return _moved(request, id, "renamed", lambda one, by: handling.rename(house.incidents, one, title, by))


@post("/incidents/{id:int}/say", guards=_HANDLERS, status_code=200, sync_to_thread=True)
def add_line(request: Asked, id: FromPath[int], data: Form) -> Response[Any]:
    """A line in the timeline."""
    house, w = house_of(request), wording(request)
    incident, words = there(house, id), data.get("words", "").strip()[:LONGEST_WORDS]
    if not words:
        return shown(request, incident, status=422, error=w("incidents.error.no-words"))
    flow.say(house.incidents, incident, doing(request), words)
    return done(f"/incidents/{id}", "incidents.done.said")


@post("/incidents/{id:int}/tasks", guards=_HANDLERS, status_code=200, sync_to_thread=True)
def add_task(request: Asked, id: FromPath[int], data: Form) -> Response[Any]:
    """Something more to do."""
    house, w = house_of(request), wording(request)
    incident, title = there(house, id), " ".join(data.get("title", "").split())[:LONGEST_TITLE]
    if not title:
        return shown(request, incident, status=422, error=w("incidents.error.no-words"))
    owner = data.get("owner", "")
    told = " ".join(data.get("told", "").split())[:LONGEST_TITLE]
    task = Task(id=0, incident=id, title=title, owner=owner if owner in may_own(house) else "", told=told)
    handling.add_task(house.incidents, id, task, doing(request))
    return done(f"/incidents/{id}", "incidents.done.task")


@post("/incidents/{id:int}/tasks/{task:int}", guards=_HANDLERS, status_code=200, sync_to_thread=True)
def tick(request: Asked, id: FromPath[int], task: FromPath[int], data: Form) -> Response[Any]:
    """Done, or not after all."""
    house = house_of(request)
    handling.tick(house.incidents, task_of(house, id, task), doing(request), done=bool(data.get("done")))
    return done(f"/incidents/{id}", "incidents.done.task")


@post(
    "/incidents/{id:int}/pause",
    guards=[requires("pause"), requires("handle-incidents")],
    status_code=200,
    sync_to_thread=True,
)
def hold(request: Asked, id: FromPath[int]) -> Response[Any]:
    """Pauses the accounts that it is about."""
    house = house_of(request)
    incident = there(house, id)
    hold_for(request, incident)
    return done(f"/incidents/{id}", "incidents.done.paused")


def hold_for(request: Asked, incident: Incident) -> Incident:
    """Pauses the accounts of an incident, all for one that is about the whole house, and notes it there."""
    house, by = house_of(request), doing(request)
    stopped = stop(request, incident.channels, incident.title, incident.id)
    return moved(house, incident.id, by, lambda one, by: handling.suspended(house.incidents, one, stopped.pause, by))


def task_of(house: House, incident: int, task: int) -> Task:
    """A task of an incident. Raises NotFoundException."""
    found = next((one for one in house.incidents.tasks(incident) if one.id == task), None)
    if found is None:
        raise NotFoundException
    return found


def moved(house: House, id: int, by: Doing, move: Callable[[Incident, Doing], Incident]) -> Incident:
    """Makes a move on the incident as it is now; when somebody else changed it in the same moment, once more.

    Raises MoveError, IncidentMovedError.
    """
    incident = there(house, id)
    for _ in range(_AGAIN):
        try:
            return move(incident, by)
        except IncidentMovedError as error:
            incident = error.current
    raise IncidentMovedError(incident)


def _moved(request: Asked, id: int, did: str, move: Callable[[Incident, Doing], Incident]) -> Response[Any]:
    house, w = house_of(request), wording(request)
    try:
        moved(house, id, doing(request), move)
    except (MoveError, IncidentMovedError) as error:
        code = getattr(error, "code", "")
        now = there(house, id)
        said = f"incidents.error.{code}"
        state = w(f"incidents.state.{now.state}")
        return shown(
            request, now, status=409, error=w(said) if w.has(said) else w("incidents.error.state", state=state)
        )
    return done(f"/incidents/{id}", f"incidents.done.{did}")
