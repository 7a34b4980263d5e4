"""Incidents contained: accounts paused, posts taken back, a statement begun."""

from typing import Annotated

from litestar import Response
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from vigie.desk.moves import MoveError
from vigie.flows.handling import RecallError
from vigie.flows.ports.publications import MovedError
from vigie.web.api.incidents.reading import Asked, answered, there
from vigie.web.api.incidents.shapes import Incident, OwnPost, post_out
from vigie.web.api.paging import Items
from vigie.web.api.problems import RefusedError, invalid_body, voice
from vigie.web.api.routes import writes
from vigie.web.house import house_of
from vigie.web.pages.incidents.acting import hold_for
from vigie.web.pages.incidents.answering import answer_text, ours, standing
from vigie.web.pages.incidents.containing import begun, take_back
from vigie.web.pages.incidents.found import LONGEST_WORDS


class NewRecall(Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be taken back. Without ``remote_id``, every post of the incident that stands."""

    remote_id: Annotated[str, Meta(max_length=1000)] = ""
    why: Annotated[str, Meta(max_length=LONGEST_WORDS)] = ""


class NewStatement(Struct, frozen=True, forbid_unknown_fields=True):
    """What the statement begins with: a prepared answer of the charter, or words of your own."""

    answer: Annotated[str, Meta(max_length=64)] = ""
    text: Annotated[str, Meta(max_length=100_000)] = ""


@writes("POST", "/incidents/{id:int}/pause", "pause", fails=(404,))
def pause_for_incident(request: Asked, id: FromPath[int]) -> Response[Incident]:
    """Pause the accounts that an incident is about.

    All of them for one that is about the whole house.
    """
    incident = there(house_of(request), id)
    return answered(request, hold_for(request, incident))


@writes("POST", "/incidents/{id:int}/recall", "recall", fails=(404,))
def recall_incident_post(request: Asked, id: FromPath[int], data: JSONBody[NewRecall]) -> Items[OwnPost]:
    """Ask for a post to be taken back from its network.

    Also one that Vigie did not send, and while publishing is paused. Reading the incident tells what became of it.
    """
    house, say = house_of(request), voice(request)
    incident = there(house, id)
    posts = ours(house, incident)
    wanted = (
        [one for one in posts if one.remote_id == data.remote_id] if data.remote_id else list(filter(standing, posts))
    )
    if not wanted:
        raise invalid_body(say, "choice", "#/remote_id", known=", ".join(one.remote_id for one in posts))
    for one in wanted:
        try:
            take_back(request, incident, one, data.why)
        except RecallError as error:
            raise RefusedError(
                "cannot-recall", values={"reason": say(f"incidents.recall.error.{error.code}")}
            ) from error
        except (MoveError, MovedError) as error:
            raise RefusedError("cannot-recall", values={"reason": say("incidents.recall.error.moved")}) from error
    return Items(tuple(post_out(one) for one in ours(house, incident)))


@writes("POST", "/incidents/{id:int}/statement", "write-drafts", status=201, fails=(404,))
def begin_incident_statement(request: Asked, id: FromPath[int], data: JSONBody[NewStatement]) -> Response[Incident]:
    """Begin a public statement.

    It is a draft like any other; `statement` of the incident is its number.
    """
    house, say = house_of(request), voice(request)
    incident, charter = there(house, id), house.charter()
    known = [one.id for one in (charter.crisis.answers if charter else ())]
    if data.answer and data.answer not in known:
        raise invalid_body(say, "choice", "#/answer", known=", ".join(known))
    begun(request, incident, answer_text(charter, data.answer, say.lang) or data.text)
    return answered(request, there(house, id), 201)
