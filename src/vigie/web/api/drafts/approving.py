"""Drafts approved: where a review stands, and one person's answer to it."""

from typing import Annotated, Any, Literal

from litestar import Request, Response
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from vigie import model
from vigie.flows import approving as flow
from vigie.flows.approving import AnswerError
from vigie.flows.drafts import StateError
from vigie.flows.ports.drafts import OutdatedError
from vigie.model import Content, DraftState, Opinion, SavedDraft
from vigie.web.api.drafts.changing import not_now, outdated
from vigie.web.api.drafts.reading import answered, there
from vigie.web.api.drafts.shapes import Draft
from vigie.web.api.preconditions import seen
from vigie.web.api.problems import Fault, RefusedError, voice
from vigie.web.api.routes import reads, writes
from vigie.web.api.shapes import Span
from vigie.web.api.times import Instant, instant
from vigie.web.house import House, house_of
from vigie.web.pages.composer.approvals import review_of, rooms
from vigie.web.pages.composer.looking import checked
from vigie.web.pages.composer.page import doing

Asked = Request[Any, Any, Any]
Words = Annotated[str, Meta(min_length=1, max_length=2000, description="What has to change.")]
Quote = Annotated[str, Meta(max_length=2000, description="The words that are meant, as they stand; empty: the whole.")]


class NewRemark(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody wants changed. ``start`` is where ``quote`` stands, when it stands there more than once."""

    words: Words
    quote: Quote = ""
    start: Annotated[int, Meta(ge=0)] = 0
    variant: Annotated[str, Meta(description="The channel whose own text is meant; empty: the shared one.")] = ""


class NewAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """An answer to a draft as it stands. Rejecting is final."""

    opinion: Opinion
    remarks: Annotated[tuple[NewRemark, ...], Meta(max_length=26)] = ()


class AskedChange(Struct, frozen=True):
    """A change that was asked for. ``span`` is where its words stand now; null when they were changed since."""

    words: str
    quote: str
    variant: str
    span: Span | None


class Answer(Struct, frozen=True):
    """What one person answered. It counts for that version, as it was then, and for no other."""

    who: str
    opinion: Opinion
    at: Instant
    step: Annotated[str, Meta(description="Id of the charter's approval.")]
    version: int
    counts: Annotated[bool, Meta(description="It was given to the text as it stands.")]
    remarks: tuple[AskedChange, ...]


class ReviewStep(Struct, frozen=True):
    """One of the charter's approvals that concern this draft; ``waits_for`` is empty once it is given."""

    id: str
    need: Literal["any", "all", "in-order"]
    by: Annotated[tuple[str, ...], Meta(description="Roles, or ids of people.")]
    given: bool
    waits_for: Annotated[tuple[str, ...], Meta(description="Ids of those who may answer next.")]


class Review(Struct, frozen=True):
    """Where a draft stands with those who approve it."""

    state: DraftState
    granted: Annotated[bool, Meta(description="Nobody has to approve it any more.")]
    steps: tuple[ReviewStep, ...]
    wrote: Annotated[tuple[str, ...], Meta(description="Who wrote words of it: they approve none of them.")]
    answers: Annotated[tuple[Answer, ...], Meta(description="Oldest first, those to earlier texts too.")]


@reads("/drafts/{id:int}/review", "read-drafts", fails=(404,))
def read_review(request: Asked, id: FromPath[int]) -> Review:
    """Read who has approved a draft, and who has still to."""
    house = house_of(request)
    saved = there(house, id)
    found = _found(house, saved)
    missing = {one.step: one.who for one in found.standing.missing}
    steps = tuple(
        ReviewStep(one.id, one.need, one.by, one.id not in missing, missing.get(one.id, ())) for one in found.needed
    )
    answers = tuple(_answer_out(one, saved.content, counts=one in found.round) for one in found.all)
    return Review(saved.state, found.granted, steps, tuple(sorted(found.wrote)), answers)


@writes("POST", "/drafts/{id:int}/answers", "approve", status=201, fails=(404, 412, 428))
def answer_draft(request: Asked, id: FromPath[int], data: JSONBody[NewAnswer]) -> Response[Draft]:
    """Approve a draft, ask for changes, or reject it.

    `If-Match` names the `ETag` of the text that you have read. Nobody answers for words of their own, nor where the
    charter does not ask them. Asking for changes says which.
    """
    house, say = house_of(request), voice(request)
    saved = there(house, id)
    seen(request, str(saved.revision))
    charter = house.charter()
    if charter is None:
        raise RefusedError("no-charter")
    remarks = tuple(_remark_in(one, saved.content) for one in data.remarks)
    try:
        return answered(
            flow.answer(rooms(house), _found(house, saved), charter, data.opinion, doing(request), remarks), 201
        )
    except OutdatedError as error:
        raise outdated(error) from error
    except StateError as error:
        raise not_now(f"composer.error.state.{error.state}", request) from error
    except AnswerError as error:
        code = f"composer.answer.error.{error.code.replace('-', '_')}"
        match error.code:
            case "own-words":
                raise RefusedError("own-words") from error
            case "no-words":
                raise RefusedError("invalid-body", Fault(say(code), code, pointer="#/remarks")) from error
            case "not-in-review":
                raise not_now(code, request) from error
            case _:
                raise RefusedError("not-asked", Fault(say(code), code)) from error


def _found(house: House, saved: SavedDraft) -> flow.Review:
    seen_now = checked(house, saved.content, saved.author, tuple(house.drafts.decisions(saved.id)), saved.id)
    return review_of(house, saved, seen_now)


def _remark_in(one: NewRemark, content: Content) -> model.Remark:
    variant = one.variant if one.variant in content.variants else ""
    near = model.Span(one.start, one.start + len(one.quote))
    remark = model.Remark(one.words.strip(), near, variant, one.quote)
    span = flow.placed(remark, content)
    return model.Remark(remark.words, span, variant, one.quote) if span else model.Remark(remark.words)


def _answer_out(one: model.Approval, content: Content, *, counts: bool) -> Answer:
    remarks = tuple(
        AskedChange(
            r.words, r.quote, r.sheet, Span(span.start, span.end) if (span := flow.placed(r, content)) else None
        )
        for r in one.remarks
    )
    return Answer(one.who, one.opinion, instant(one.at), one.step, one.version, counts, remarks)
