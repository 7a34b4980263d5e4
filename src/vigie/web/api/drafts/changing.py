"""Drafts changed: begun, saved over the revision that was seen, handed on, and decided about."""

from typing import Annotated, Any, Literal

from litestar import Request, Response
from litestar.exceptions import PermissionDeniedException
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct, structs

from vigie.flows import drafts as flow
from vigie.flows.approving import ask
from vigie.flows.drafts import Found, StateError, StoppedError
from vigie.flows.ports.drafts import OutdatedError
from vigie.flows.scheduling import take_up
from vigie.web.api.drafts.reading import answered, there
from vigie.web.api.drafts.shapes import Draft, DraftText, content_in
from vigie.web.api.preconditions import quoted, seen
from vigie.web.api.problems import Fault, RefusedError, voice
from vigie.web.api.routes import writes
from vigie.web.api.times import Instant
from vigie.web.guard import visitor
from vigie.web.house import house_of
from vigie.web.pages.composer.approvals import rooms
from vigie.web.pages.composer.looking import checked
from vigie.web.pages.composer.page import doing

Asked = Request[Any, Any, Any]


class NewState(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a draft goes: to those who approve it, back to its author, or set aside."""

    state: Literal["in_review", "draft", "discarded"]


class NewDecision(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody decides about a remark: it is wrong here, or it is right and passes until a moment."""

    fingerprint: Annotated[str, Meta(pattern="^[0-9a-f]{16}$", examples=["8fb7545fc09823b9"])]
    verdict: Literal["dismissed", "suppressed"]
    why: Annotated[str, Meta(min_length=1, max_length=1000)]
    until: Instant | None = None


@writes("POST", "/drafts", "write-drafts", status=201)
def create_draft(request: Asked, data: JSONBody[DraftText]) -> Response[Draft]:
    """Begin a draft."""
    house = house_of(request)
    content = content_in(data, house.charter(), voice(request))
    saved = flow.save(house.drafts, None, 0, content, doing(request))
    flow.count(house.drafts, saved.id, checked(house, content, saved.author, draft=saved.id), house.clock())
    return answered(saved, 201)


@writes("PUT", "/drafts/{id:int}", "write-drafts", fails=(404, 412, 428))
def put_draft(request: Asked, id: FromPath[int], data: JSONBody[DraftText]) -> Response[Draft]:
    """Save a draft.

    `If-Match` names the `ETag` that you have seen. Whatever was approved is a draft again; one that is scheduled,
    rejected or set aside is taken up first.
    """
    house = house_of(request)
    before = there(house, id)
    revision = int(seen(request, str(before.revision)))
    answers = before.content.answers  # that is not a program's to change
    content = structs.replace(content_in(data, house.charter(), voice(request)), answers=answers)
    try:
        saved = flow.save(house.drafts, id, revision, content, doing(request))
    except OutdatedError as error:
        raise outdated(error) from error
    except StateError as error:
        raise not_now(f"composer.error.state.{error.state}", request) from error
    found = checked(house, content, saved.author, tuple(house.drafts.decisions(id)), id)
    flow.count(house.drafts, id, found, house.clock())
    return answered(saved)


@writes("PUT", "/drafts/{id:int}/state", "write-drafts", fails=(404, 412, 428))
def move_draft(request: Asked, id: FromPath[int], data: JSONBody[NewState]) -> Response[Draft]:
    """Ask for approval, take a draft up again, or set it aside.

    `If-Match` names the `ETag` that you have seen. Nobody is asked to approve what a remark stops. Where the charter
    asks for no approval, the draft is `approved` at once and waits to be scheduled. Taking up what is scheduled drops
    what has not gone out, and voids every approval.
    """
    house = house_of(request)
    saved = there(house, id)
    seen(request, str(saved.revision))
    by = doing(request)
    try:
        if data.state == "draft":
            return answered(take_up(rooms(house), saved, by))
        if data.state == "discarded":
            return answered(flow.discard(house.drafts, saved, by))
        found = checked(house, saved.content, saved.author, tuple(house.drafts.decisions(id)), id)
        return answered(ask(rooms(house), saved, house.charter(), found, by))
    except OutdatedError as error:
        raise outdated(error) from error
    except StateError as error:
        raise not_now(f"composer.error.state.{error.state}", request) from error
    except StoppedError as error:
        raise RefusedError("stopped") from error


@writes("POST", "/drafts/{id:int}/decisions", "write-drafts", status=204, fails=(404,))
def decide_remark(request: Asked, id: FromPath[int], data: JSONBody[NewDecision]) -> Response[None]:
    """Dismiss a remark, or let it pass.

    What stops a draft is let pass by an approver, a publisher or an owner. The reason stays in the ledger.
    """
    house = house_of(request)
    saved = there(house, id)
    remarks = checked(house, saved.content, saved.author, tuple(house.drafts.decisions(id)), id).remarks
    finding = next((one.finding for one in remarks if one.finding.fingerprint == data.fingerprint), None)
    if finding is None:
        raise RefusedError("not-found")
    if finding.severity == "block" and not visitor(request).may("let-pass"):
        raise PermissionDeniedException(extra={"action": "let-pass"})
    until = int(data.until.timestamp() * 1000) if data.until else None
    of = Found(finding.rule, finding.fingerprint)
    flow.decide(house.drafts, id, of, data.verdict, doing(request), " ".join(data.why.split()), until)
    return Response(None, status_code=204)


def outdated(error: OutdatedError) -> RefusedError:
    """Somebody changed it meanwhile."""
    return RefusedError("precondition-failed", headers={"ETag": quoted(str(error.current.revision))})


def not_now(code: str, request: Asked, **values: str) -> RefusedError:
    """It is not in the state for that; ``code`` is the message that says why."""
    return RefusedError("not-now", Fault(voice(request)(code, **values), code))
