"""Drafts changed: begun, saved over the revision that was seen, found ready, and decided about."""

from typing import Annotated, Any, Literal

from litestar import Request, Response
from litestar.exceptions import PermissionDeniedException
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from vigie.flows import drafts as flow
from vigie.flows.drafts import Found, StoppedError
from vigie.flows.ports.drafts import OutdatedError
from vigie.model import DraftState
from vigie.web.api.drafts.reading import answered, there
from vigie.web.api.drafts.shapes import Draft, DraftText, content_in
from vigie.web.api.preconditions import quoted, seen
from vigie.web.api.problems import RefusedError, voice
from vigie.web.api.routes import writes
from vigie.web.api.times import Instant
from vigie.web.guard import visitor
from vigie.web.house import house_of
from vigie.web.pages.composer.looking import checked
from vigie.web.pages.composer.page import doing

Asked = Request[Any, Any, Any]


class NewState(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a draft goes: ``ready`` when nothing stops it, back to ``draft``, or set aside."""

    state: DraftState


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
    flow.count(house.drafts, saved.id, checked(house, content, saved.author), house.clock())
    return answered(saved, 201)


@writes("PUT", "/drafts/{id:int}", "write-drafts", fails=(404, 412, 428))
def put_draft(request: Asked, id: FromPath[int], data: JSONBody[DraftText]) -> Response[Draft]:
    """Save a draft.

    `If-Match` names the `ETag` that you have seen. A ready draft is a draft again.
    """
    house = house_of(request)
    before = there(house, id)
    revision = int(seen(request, str(before.revision)))
    content = content_in(data, house.charter(), voice(request))
    try:
        saved = flow.save(house.drafts, id, revision, content, doing(request))
    except OutdatedError as error:
        raise _outdated(error) from error
    found = checked(house, content, saved.author, tuple(house.drafts.decisions(id)))
    flow.count(house.drafts, id, found, house.clock())
    return answered(saved)


@writes("PUT", "/drafts/{id:int}/state", "write-drafts", fails=(404, 412, 428))
def move_draft(request: Asked, id: FromPath[int], data: JSONBody[NewState]) -> Response[Draft]:
    """Mark a draft as ready, take it up again, or set it aside.

    `If-Match` names the `ETag` that you have seen. It is not ready as long as a remark stops it.
    """
    house = house_of(request)
    saved = there(house, id)
    seen(request, str(saved.revision))
    found = checked(house, saved.content, saved.author, tuple(house.drafts.decisions(id)))
    try:
        return answered(flow.move(house.drafts, saved, data.state, found, doing(request)))
    except OutdatedError as error:
        raise _outdated(error) from error
    except StoppedError as error:
        raise RefusedError("stopped") from error


@writes("POST", "/drafts/{id:int}/decisions", "write-drafts", status=204, fails=(404,))
def decide_remark(request: Asked, id: FromPath[int], data: JSONBody[NewDecision]) -> Response[None]:
    """Dismiss a remark, or let it pass.

    What stops a draft is let pass by an approver, a publisher or an owner. The reason stays in the ledger.
    """
    house = house_of(request)
    saved = there(house, id)
    remarks = checked(house, saved.content, saved.author, tuple(house.drafts.decisions(id))).remarks
    finding = next((one.finding for one in remarks if one.finding.fingerprint == data.fingerprint), None)
    if finding is None:
        raise RefusedError("not-found")
    if finding.severity == "block" and not visitor(request).may("let-pass"):
        raise PermissionDeniedException(extra={"action": "let-pass"})
    until = int(data.until.timestamp() * 1000) if data.until else None
    of = Found(finding.rule, finding.fingerprint)
    flow.decide(house.drafts, id, of, data.verdict, doing(request), " ".join(data.why.split()), until)
    return Response(None, status_code=204)


def _outdated(error: OutdatedError) -> RefusedError:
    return RefusedError("precondition-failed", headers={"ETag": quoted(str(error.current.revision))})
