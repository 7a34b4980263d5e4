"""Words that would widen the query in the field or sharpen it, each ready to be taken up with one press."""

from typing import Any, Literal

from litestar import Request, Response, post
from msgspec import Struct

from vigie.flows import queries as flow
from vigie.flows.preview import latest_standing, suggestions
from vigie.query import Query
from vigie.query.suggest import Suggestion, changed
from vigie.web.guard import requires
from vigie.web.house import House, house_of
from vigie.web.pages.queries.reading import Form, draft_of
from vigie.web.pages.queries.sample import SAMPLE
from vigie.web.slow import slow_of
from vigie.web.view import fragment

Asked = Request[Any, Any, Any]
ENOUGH = 20
"""Posts found in the sample from which it is compared; else the latest kept posts are, which hold more of ours."""
COMPARED = 10_000


class Offer(Struct, frozen=True):
    """One word to take up: ``text`` is the whole query then."""

    term: str
    change: Literal["or", "and", "not"]
    posts: int
    text: str


class Offers(Struct, frozen=True):
    """What the page offers, and what it was compared over."""

    widen: tuple[Offer, ...]
    sharpen: tuple[Offer, ...]
    matched: int
    compared: int
    basis: Literal["sample", "kept"]


@post("/queries/-/suggest", guards=[requires("read-queries"), requires("read-mentions")], status_code=200)
async def suggested(request: Asked, data: Form) -> Response[str]:
    """Offers for the text in the field; nothing for one that cannot be read."""
    house, draft = house_of(request), draft_of(data)

    def work() -> Response[str]:
        said = flow.examine(draft.match, draft.id, flow.named(house.charter()))
        found = offers(house, said.query) if said.query else None
        return fragment(request, "queries/_suggest.html", offers=found)

    return await slow_of(request.app).run(work)


def offers(house: House, query: Query) -> Offers:
    """What could be changed, by the sample or, where it holds too little that is found, by the latest kept posts."""
    sample, _ = SAMPLE.posts(house.archive, house.clock())
    found, basis = suggestions(query, sample), "sample"
    if found.matched < ENOUGH:
        kept = suggestions(query, latest_standing(house.archive, COMPARED))
        if kept.matched > found.matched:
            found, basis = kept, "kept"
    return Offers(
        widen=tuple(_offer(query, one) for one in found.widen),
        sharpen=tuple(_offer(query, one) for one in found.sharpen),
        matched=found.matched,
        compared=found.matched + found.others,
        basis="kept" if basis == "kept" else "sample",
    )


def _offer(query: Query, one: Suggestion) -> Offer:
    return Offer(one.term, one.change, one.posts, changed(query, one))
