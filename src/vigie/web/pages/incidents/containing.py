"""Containing it: a post taken back, and a statement put in its place; never silently."""

from typing import Any

from litestar import Response, post
from litestar.params import FromPath
from litestar.response import Redirect

from vigie.desk.moves import MoveError
from vigie.flows import handling
from vigie.flows.handling import Ours, RecallError
from vigie.flows.ports.publications import MovedError
from vigie.model import Incident
from vigie.web.guard import requires
from vigie.web.house import house_of
from vigie.web.pages.composer.page import doing
from vigie.web.pages.incidents.acting import moved
from vigie.web.pages.incidents.answering import answer_text, content_of, ours, standing
from vigie.web.pages.incidents.found import LONGEST_WORDS, Asked, Form, there
from vigie.web.pages.incidents.room import shown
from vigie.web.view import done, wording


@post("/incidents/{id:int}/recall", guards=[requires("recall")], status_code=200, sync_to_thread=True)
def recall(request: Asked, id: FromPath[int], data: Form) -> Response[Any]:
    """Asks the network to take back one post of the incident, or all that stand."""
    house, w = house_of(request), wording(request)
    incident, wanted = there(house, id), data.get("post", "")
    refused = ""
    for one in ours(house, incident):
        if wanted not in ("", one.remote_id) or (not wanted and not standing(one)):
            continue
        try:
            take_back(request, incident, one, data.get("why", "").strip()[:LONGEST_WORDS])
        except RecallError as error:
            refused = f"incidents.recall.error.{error.code}"
        except (MoveError, MovedError):
            refused = "incidents.recall.error.moved"
    if refused:
        return shown(request, there(house, id), status=409, error=w(refused))
    return done(f"/incidents/{id}", "incidents.recall.done.asked")


def take_back(request: Asked, incident: Incident, one: Ours, why: str) -> None:
    """Asks for one of them. Raises RecallError, MoveError, MovedError."""
    house = house_of(request)
    handling.recall(house.incidents, house.publications, incident, one, doing(request), house.charter(), why)


@post("/incidents/{id:int}/statement", guards=[requires("write-drafts")], status_code=200, sync_to_thread=True)
def begin_statement(request: Asked, id: FromPath[int], data: Form) -> Response[Any]:
    """Begins the statement, from a prepared answer or from nothing, and opens it in the composer."""
    house = house_of(request)
    text = answer_text(house.charter(), data.get("answer", ""), wording(request).lang)
    draft = begun(request, there(house, id), text)
    return Redirect(f"/drafts/{draft}?done=incidents.statement.done.begun", status_code=303)


def begun(request: Asked, incident: Incident, text: str) -> int:
    """The number of a new draft, tied to the incident."""
    house, by = house_of(request), doing(request)
    content = content_of(incident, house.charter(), text)
    saved = handling.begin_statement(house.drafts, content, by)
    moved(house, incident.id, by, lambda one, by: handling.answered_by(house.incidents, one, saved, by))
    return saved.id
