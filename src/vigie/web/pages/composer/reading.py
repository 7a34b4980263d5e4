"""A draft that is not being written: who has approved it, who has still to, what was asked for, where it goes."""

from collections.abc import Iterator
from typing import Any

from litestar import Response
from msgspec import Struct

from vigie.charter import ROLES, Charter
from vigie.flows.approving import Review
from vigie.model import Approval, SavedDraft
from vigie.web.guard import visitor
from vigie.web.house import house_of
from vigie.web.pages.composer.approvals import review_of, who_may
from vigie.web.pages.composer.lines import lines
from vigie.web.pages.composer.page import Asked, Open, context
from vigie.web.view import view, wording
from vigie.wording import Wording


class Asking(Struct, frozen=True):
    """One of the charter's approvals that concern this draft.

    Attributes:
        says: whom it asks.
        answers: those given to this very text.
        waits: names of those whose turn it is; ``nobody`` of the house could give it.
    """

    id: str
    says: str
    answers: tuple[Approval, ...]
    waits: tuple[str, ...]
    nobody: bool


def read(request: Asked, one: Open, *, status: int = 200, **more: Any) -> Response[str]:
    """The page of a saved draft while people decide about it, and after."""
    house, who, w = house_of(request), visitor(request), wording(request)
    charter = house.charter()
    given = context(request, one)
    saved: SavedDraft = given["saved"]
    review = review_of(house, saved, given["look"].checked)
    mine, why_not = review.steps_for(who.id)
    planned = house.publications.of_draft(saved.id)
    return view(
        request,
        "composer/read.html",
        status=status,
        **given,
        review=review,
        steps=tuple(_steps(review, charter, w)),
        may_answer=bool(mine) and who.may("approve"),
        why_not=why_not if who.may("approve") else "no-right",
        sentence=_sentence(saved, review, charter, w),
        history=tuple(reversed(review.all)),
        publications=lines(planned, charter, w, house.clock()),
        out=any(one.state == "published" for one in planned),
        approvers=who_may(house, "approve"),
        schedulers=who_may(house, "schedule"),
        **({"told": "", "error": "", "remarks": ()} | more),
    )


def _steps(review: Review, charter: Charter | None, w: Wording) -> Iterator[Asking]:
    missing = {one.step: one.who for one in review.standing.missing}
    for one in review.needed:
        named = [
            w("composer.step.role", role=w(f"people.role.{entry}")) if entry in ROLES else _name(entry, charter)
            for entry in one.by
        ]
        answers = tuple(given for given in review.round if given.step == one.id)
        waits = tuple(_name(id, charter) for id in missing.get(one.id, ()))
        says = w(f"composer.step.{one.need.replace('-', '_')}", who=w.list(named))
        yield Asking(one.id, says, answers, waits, nobody=one.id in missing and not waits)


def _sentence(saved: SavedDraft, review: Review, charter: Charter | None, w: Wording) -> str:
    """Where it stands, in a sentence."""
    if saved.state == "in_review":
        names = [_name(id, charter) for id in review.waits_for]
        return w("composer.waits", names=w.list(names)) if names else w("composer.waits.nobody")
    if saved.state == "rejected":
        return w("composer.rejected", name=_name(review.all[-1].who, charter) if review.all else "")
    if saved.state == "approved" and review.needed and not review.granted:
        return w("composer.lapsed")
    if saved.state == "approved" and not review.needed:
        return w("composer.handed_over")
    return w(f"composer.state.{saved.state}.says")


def _name(id: str, charter: Charter | None) -> str:
    person = charter.person(id) if charter else None
    return person.name if person else id
