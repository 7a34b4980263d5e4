"""The shelf of queries, and one of them."""

from typing import Annotated, Any, Literal

from litestar import Request, Response
from litestar.params import FromPath
from msgspec import Meta, Struct

from vigie import query
from vigie.flows import queries as flow
from vigie.flows.queries import Draft
from vigie.web.api.paging import Items
from vigie.web.api.preconditions import quoted
from vigie.web.api.problems import RefusedError
from vigie.web.api.routes import reads
from vigie.web.api.times import Instant, instant
from vigie.web.house import House, house_of

Asked = Request[Any, Any, Any]
MATCH = Meta(description="In the listening language.", examples=['"brûlerie du port" OR @brulerie'])


class Cost(Struct, frozen=True):
    """What a query costs for each post that is read, estimated."""

    nanoseconds: Annotated[float, Meta(description="Of matching.")]
    share: Annotated[float, Meta(description="Part of posts that must be looked at for this query.")]
    found: Annotated[float, Meta(description="Part of posts that it is expected to find.")]
    budget: Annotated[
        float, Meta(description="Part of what a post may cost in all (10 µs) that it takes, what it finds included.")
    ]
    level: Annotated[Literal["low", "medium", "high"], Meta(description="high above a twentieth of the budget.")]


class ShelvedQuery(Struct, frozen=True):
    """A query and how it does.

    ``days`` are its mentions a day over the last 30, oldest first, the last one being the 24 hours up to now.
    """

    id: str
    purpose: Annotated[str, Meta(description="Why we listen for it.")]
    match: Annotated[str, MATCH]
    state: Annotated[
        Literal["broken", "costly", "silent", "well"], Meta(description="silent: nothing found in 30 days.")
    ]
    version: Annotated[int, Meta(description="Grows with each change of match; 0 before it was first listened for.")]
    total: int
    days: tuple[int, ...]
    latest: Instant | None
    cost: Cost | None
    used_by: Annotated[tuple[str, ...], Meta(description="Ids of queries that name it.")]


class QueryVersion(Struct, frozen=True):
    """A text that the query had, and since when."""

    number: int
    at: Instant
    match: str


class OneQuery(Struct, frozen=True):
    """A query as the charter has it, with its versions, newest first."""

    id: str
    purpose: str
    match: Annotated[str, MATCH]
    keep_days: Annotated[int | None, Meta(description="How long its mentions are kept; null: as long as all others.")]
    versions: tuple[QueryVersion, ...]
    used_by: tuple[str, ...]


EXAMPLE = OneQuery("brand", "know what is said of us", '"brûlerie du port" OR @brulerie', None, (), ())


@reads("/queries", "read-queries")
def list_queries(request: Asked) -> Items[ShelvedQuery]:
    """List queries.

    In the charter's order, each with how it does.
    """
    house = house_of(request)
    return Items(tuple(_shelved(card) for card in flow.shelf(house.charter(), house.archive, house.clock())))


@reads("/queries/{id:str}", "read-queries", example=EXAMPLE, fails=(404,))
def read_query(request: Asked, id: FromPath[str]) -> Response[OneQuery]:
    """Read a query.

    Its `ETag` is what `If-Match` names when it is changed.
    """
    house = house_of(request)
    draft = flow.drafted(house.charter(), id)
    if draft is None:
        raise RefusedError("not-found")
    return query_out(house, draft)


def query_out(house: House, draft: Draft, status: int = 200) -> Response[OneQuery]:
    """A query for the answer, with its entity tag."""
    versions = house.archive.query_versions(draft.id)
    out = OneQuery(
        id=draft.id,
        purpose=draft.purpose,
        match=draft.match,
        keep_days=draft.keep_days,
        versions=tuple(QueryVersion(one.number, instant(at), one.match) for at, one in versions),
        used_by=flow.used_by(draft.id, flow.named(house.charter())),
    )
    return Response(out, status_code=status, headers={"ETag": quoted(flow.stamp(draft))})


def cost_out(cost: query.Cost | None) -> Cost | None:
    """A cost for the answer."""
    return Cost(cost.nanoseconds, cost.share, cost.found, cost.budget, cost.level) if cost else None


def _shelved(card: flow.Card) -> ShelvedQuery:
    return ShelvedQuery(
        id=card.id,
        purpose=card.purpose,
        match=card.match,
        state=card.state,  # type: ignore[arg-type]  # one of the four
        version=card.version,
        total=card.total,
        days=card.days,
        latest=instant(card.last.post.created_at) if card.last else None,
        cost=cost_out(card.examined.cost),
        used_by=card.used_by,
    )
