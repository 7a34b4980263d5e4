"""Publications scheduled, moved, dropped, looked at again and taken back."""

from collections.abc import Callable
from typing import Annotated

from litestar import Response
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct, structs

from vigie import model
from vigie.desk.moves import MoveError
from vigie.flows import scheduling as flow
from vigie.flows.drafts import StateError, StoppedError
from vigie.flows.ports.drafts import OutdatedError
from vigie.flows.ports.publications import MovedError
from vigie.flows.scheduling import Plan, Ready, ScheduleError, timed
from vigie.model import Repeat
from vigie.web.api.drafts.changing import not_now, outdated
from vigie.web.api.drafts.reading import there as draft_there
from vigie.web.api.paging import Items
from vigie.web.api.preconditions import quoted, seen
from vigie.web.api.problems import RefusedError
from vigie.web.api.publications.reading import Asked, answered, there
from vigie.web.api.publications.shapes import Publication, Wall, publication_out
from vigie.web.api.routes import writes
from vigie.web.house import house_of
from vigie.web.pages.composer.approvals import review_of, rooms
from vigie.web.pages.composer.looking import checked
from vigie.web.pages.composer.page import doing
from vigie.web.pages.queue.acting import StoppedMoveError, moved
from vigie.web.view import timezone
from vigie.wording.alerts import channel_label

Why = Annotated[str, Meta(max_length=1000)]


class NewSchedule(Struct, frozen=True, forbid_unknown_fields=True):
    """When a draft goes out, and how often."""

    wall: Wall
    repeat: Repeat = ""


class NewMoment(Struct, frozen=True, forbid_unknown_fields=True):
    """When a publication goes out instead."""

    wall: Wall


class Reason(Struct, frozen=True, forbid_unknown_fields=True):
    """Why, in a person's words."""

    why: Why = ""


class GivenReason(Struct, frozen=True, forbid_unknown_fields=True):
    """Why, in a person's words; it stays in the ledger."""

    why: Annotated[str, Meta(min_length=1, max_length=1000)]


@writes("POST", "/drafts/{id:int}/publications", "schedule", status=201, fails=(404, 412, 428))
def schedule_draft(request: Asked, id: FromPath[int], data: JSONBody[NewSchedule]) -> Items[Publication]:
    """Schedule a draft: one publication for each of its channels.

    `If-Match` names the draft's `ETag` that you have seen. It is approved, as far as the charter asks for that, and no
    remark stops it at that moment. In the hour that clocks skip, it goes out as much later; in the one that comes
    twice, at the first: `due` says when.
    """
    house = house_of(request)
    charter = house.charter()
    if charter is None:
        raise RefusedError("no-charter")
    saved = draft_there(house, id)
    seen(request, str(saved.revision))
    try:
        at = timed(_plan(data.wall), timezone(charter), house.clock())
        content = structs.replace(saved.content, when=None if data.wall == "now" else at.due)
        found = checked(house, content, saved.author, tuple(house.drafts.decisions(id)))
        ready = Ready(saved, review_of(house, saved, found), found, charter)
        made = flow.schedule(rooms(house), ready, at, doing(request), data.repeat)
    except ScheduleError as error:
        code = f"composer.schedule.error.{error.code.replace('-', '_')}"
        raise not_now(code, request, channel=channel_label(charter, error.channel)) from error
    except StateError as error:
        raise not_now(f"composer.error.state.{error.state}", request) from error
    except StoppedError as error:
        raise RefusedError("stopped") from error
    except OutdatedError as error:
        raise outdated(error) from error
    return Items(tuple(publication_out(one) for one in made))


@writes("PUT", "/publications/{id:int}/moment", "schedule", fails=(404, 412, 428))
def move_publication(request: Asked, id: FromPath[int], data: JSONBody[NewMoment]) -> Response[Publication]:
    """Put a publication at another moment.

    `If-Match` names the `ETag` that you have seen. One that failed or was missed is tried again then.
    """
    house = house_of(request)
    return _changed(request, id, lambda one: moved(house, one, _plan(data.wall), request))


@writes("POST", "/publications/{id:int}/skip", "schedule", fails=(404, 412, 428))
def skip_publication(request: Asked, id: FromPath[int]) -> Response[Publication]:
    """Leave out one turn of a repetition.

    `If-Match` names the `ETag` that you have seen.
    """
    house = house_of(request)
    return _changed(request, id, lambda one: flow.skip(house.publications, one, doing(request)))


@writes("POST", "/publications/{id:int}/drop", "schedule", fails=(404, 412, 428))
def drop_publication(request: Asked, id: FromPath[int], data: JSONBody[Reason]) -> Response[Publication]:
    """Drop a publication: it does not go out.

    `If-Match` names the `ETag` that you have seen. One that repeats repeats no more.
    """
    house, why = house_of(request), " ".join(data.why.split())
    return _changed(request, id, lambda one: flow.drop(house.publications, one, doing(request), why))


@writes("POST", "/publications/{id:int}/look", "schedule", fails=(404, 412, 428))
def look_at_network(request: Asked, id: FromPath[int]) -> Response[Publication]:
    """Have the network read back now.

    `If-Match` names the `ETag` that you have seen. For what is `unconfirmed`.
    """
    house = house_of(request)
    return _changed(request, id, lambda one: flow.look_again(house.publications, one, doing(request)))


@writes("POST", "/publications/{id:int}/recall", "recall", fails=(404, 412, 428))
def recall_publication(request: Asked, id: FromPath[int], data: JSONBody[GivenReason]) -> Response[Publication]:
    """Take a publication back from its network.

    `If-Match` names the `ETag` that you have seen. `recall` says how far it has come.
    """
    house, why = house_of(request), " ".join(data.why.split())
    return _changed(request, id, lambda one: flow.recall(house.publications, one, doing(request), why))


def _plan(wall: str) -> Plan:
    return Plan("" if wall == "now" else wall)


def _changed(request: Asked, id: int, act: Callable[[model.Publication], model.Publication]) -> Response[Publication]:
    """Does it over the revision that was seen. Raises RefusedError."""
    one = there(house_of(request), id)
    seen(request, str(one.revision))
    try:
        return answered(act(one))
    except MovedError as error:
        headers = {"ETag": quoted(str(error.current.revision))}
        raise RefusedError("precondition-failed", headers=headers) from error
    except MoveError as error:
        raise not_now(f"publications.move.{error.code.replace('-', '_')}", request) from error
    except ScheduleError as error:
        raise not_now(f"composer.schedule.error.{error.code.replace('-', '_')}", request) from error
    except StoppedMoveError as error:
        raise RefusedError("stopped") from error
