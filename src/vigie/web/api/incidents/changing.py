"""Incidents changed: opened, taken, handed over, moved on, named; lines and tasks added."""

from typing import Annotated, Any, Literal

from litestar import Response
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from vigie import model
from vigie.desk.moves import MoveError
from vigie.flows import handling
from vigie.flows import incidents as flow
from vigie.flows.drafts import Doing
from vigie.flows.ports.incidents import IncidentMovedError
from vigie.model import IncidentState
from vigie.web.api.incidents.reading import Asked, answered, there
from vigie.web.api.incidents.shapes import Incident, Line, Task, line_out, milliseconds, task_out
from vigie.web.api.problems import RefusedError, invalid_body, voice
from vigie.web.api.routes import writes
from vigie.web.api.times import Instant
from vigie.web.house import House, house_of
from vigie.web.pages.composer.page import doing
from vigie.web.pages.incidents.acting import moved
from vigie.web.pages.incidents.found import LONGEST_TITLE, LONGEST_WORDS, may_own
from vigie.web.pages.incidents.opening import Report, about_of, channels_of, reported

Title = Annotated[str, Meta(min_length=1, max_length=LONGEST_TITLE)]
Words = Annotated[str, Meta(max_length=LONGEST_WORDS)]


class NewIncident(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody reports. The same post is one incident while it is not resolved."""

    title: Annotated[Title, Meta(examples=["Promotion partie pendant l'alerte rouge"])]
    words: Words = ""
    channels: Annotated[tuple[str, ...], Meta(max_length=50)] = ()
    mention: Annotated[int | None, Meta(description="The mention that it is about.")] = None
    publication: Annotated[int | None, Meta(description="The publication that it is about.")] = None


class IncidentChange(Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out stays. ``owner`` hands it over; whoever gets it is told."""

    title: Title | None = None
    owner: str | None = None


class IncidentMove(Struct, frozen=True, forbid_unknown_fields=True):
    """How far it is. ``words`` and ``rule`` are for ``learned``; back from ``resolved`` to ``acknowledged``, it is
    open again."""

    state: Literal["acknowledged", "contained", "resolved", "learned"]
    words: Words = ""
    rule: Annotated[str, Meta(max_length=64)] = ""


class NewLine(Struct, frozen=True, forbid_unknown_fields=True):
    """What happens, what is decided."""

    words: Annotated[str, Meta(min_length=1, max_length=LONGEST_WORDS)]


class NewTask(Struct, frozen=True, forbid_unknown_fields=True):
    """Something to do."""

    title: Title
    owner: str = ""
    due: Instant | None = None
    told: Annotated[str, Meta(max_length=LONGEST_TITLE)] = ""


class TaskState(Struct, frozen=True, forbid_unknown_fields=True):
    """Done, or not after all."""

    done: bool


@writes("POST", "/incidents", "handle-incidents", status=201)
def open_incident(request: Asked, data: JSONBody[NewIncident]) -> Response[Incident]:
    """Report an incident.

    Whoever is on call is called at once.
    """
    house, say = house_of(request), voice(request)
    charter = house.charter()
    known = [one.id for one in charter.channels] if charter else []
    if any(id not in known for id in data.channels):
        raise invalid_body(say, "choice", "#/channels", known=", ".join(known))
    about = about_of(house, data.mention or 0, data.publication or 0)
    if (data.mention and about.mention is None) or (data.publication and about.publication is None):
        raise RefusedError("not-found")
    channels = data.channels or channels_of(about, charter)
    return answered(request, reported(request, Report(data.title, data.words, channels, about)), 201)


@writes("PATCH", "/incidents/{id:int}", "handle-incidents", fails=(404,))
def change_incident(request: Asked, id: FromPath[int], data: JSONBody[IncidentChange]) -> Response[Incident]:
    """Name an incident, or hand it over."""
    house, say = house_of(request), voice(request)
    incident, by = there(house, id), doing(request)
    if data.title is not None:
        title = data.title
        incident = _done(house, id, by, lambda one, by: handling.rename(house.incidents, one, title, by))
    if data.owner is not None:
        owners = may_own(house)
        if data.owner not in owners:
            raise invalid_body(say, "choice", "#/owner", known=", ".join(owners))
        to = data.owner
        incident = _done(house, id, by, lambda one, by: flow.assign(house.incidents, house.notices, one, by, to))
    return answered(request, incident)


@writes("PUT", "/incidents/{id:int}/state", "handle-incidents", fails=(404,))
def move_incident(request: Asked, id: FromPath[int], data: JSONBody[IncidentMove]) -> Response[Incident]:
    """Say how far an incident is.

    `acknowledged`: you answer for it, and nobody else is called. Then `contained`, `resolved`, and `learned` with what
    the house takes from it. Who says so twice is answered as the first time.
    """
    house, say = house_of(request), voice(request)
    charter = house.charter()
    rules = [one.id for one in charter.rules] if charter else []
    if data.rule and data.rule not in rules:
        raise invalid_body(say, "choice", "#/rule", known=", ".join(rules[:50]))

    def move(one: model.Incident, by: Doing) -> model.Incident:
        if one.state == data.state:
            return one
        return _move(house, one, data, by)

    there(house, id)
    return answered(request, _done(house, id, doing(request), move))


@writes("POST", "/incidents/{id:int}/lines", "handle-incidents", status=201, fails=(404,))
def add_incident_line(request: Asked, id: FromPath[int], data: JSONBody[NewLine]) -> Line:
    """Note something in the timeline."""
    house = house_of(request)
    flow.say(house.incidents, there(house, id), doing(request), data.words)
    return line_out(house.incidents.timeline(id)[-1], house.charter(), voice(request))


@writes("POST", "/incidents/{id:int}/tasks", "handle-incidents", status=201, fails=(404,))
def add_incident_task(request: Asked, id: FromPath[int], data: JSONBody[NewTask]) -> Task:
    """Add something to do."""
    house, say = house_of(request), voice(request)
    there(house, id)
    owners = may_own(house)
    if data.owner and data.owner not in owners:
        raise invalid_body(say, "choice", "#/owner", known=", ".join(owners))
    wanted = model.Task(0, id, data.title, data.owner, milliseconds(data.due), data.told)
    return task_out(handling.add_task(house.incidents, id, wanted, doing(request)))


@writes("PUT", "/incidents/{id:int}/tasks/{task:int}", "handle-incidents", fails=(404,))
def tick_incident_task(request: Asked, id: FromPath[int], task: FromPath[int], data: JSONBody[TaskState]) -> Task:
    """Say that something is done, or not after all."""
    house = house_of(request)
    there(house, id)
    found = next((one for one in house.incidents.tasks(id) if one.id == task), None)
    if found is None:
        raise RefusedError("not-found")
    if (found.done_at is not None) == data.done:
        return task_out(found)
    return task_out(handling.tick(house.incidents, found, doing(request), done=data.done))


def _move(house: House, one: model.Incident, data: IncidentMove, by: Doing) -> model.Incident:
    state: IncidentState = data.state
    match state:
        case "acknowledged" if one.state == "resolved":
            return flow.reopen(house.incidents, one, by, data.words)
        case "acknowledged":
            return flow.acknowledge(house.incidents, house.notices, one, by)
        case "contained":
            return flow.contain(house.incidents, house.notices, one, by)
        case "resolved":
            return flow.resolve(house.incidents, house.notices, one, by)
        case _:
            return flow.learn(house.incidents, one, by, data.words, data.rule)


def _done(house: House, id: int, by: Doing, move: Any) -> model.Incident:
    try:
        return moved(house, id, by, move)
    except IncidentMovedError as error:
        raise RefusedError("in-progress") from error
    except MoveError as error:
        if error.code == "no-words":
            raise RefusedError("no-words") from error
        raise RefusedError("wrong-state", values={"state": error.code}) from error
