"""Saving and dropping a query: through the charter's file, whose comments stay."""

from typing import Annotated, Any

from litestar import Request, Response
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from vigie.flows import queries as flow
from vigie.flows.queries import Draft, QueryGoneError, QueryMovedError, QueryTakenError
from vigie.web.api.naming import check_id
from vigie.web.api.preconditions import quoted, seen
from vigie.web.api.problems import RefusedError, invalid_body, query_faults, voice
from vigie.web.api.queries.reading import EXAMPLE, MATCH, OneQuery, query_out
from vigie.web.api.routes import writes
from vigie.web.guard import visitor
from vigie.web.house import house_of
from vigie.wording import Wording

Asked = Request[Any, Any, Any]
LONGEST = 60_000


class QueryText(Struct, frozen=True, forbid_unknown_fields=True):
    """What a query is: why, what, and how long its mentions are kept (null: as long as all others)."""

    purpose: Annotated[str, Meta(min_length=1, max_length=500, examples=["know what is said of us"])]
    match: Annotated[
        str, Meta(min_length=1, max_length=LONGEST, description=MATCH.description, examples=MATCH.examples)
    ]
    keep_days: Annotated[int, Meta(ge=1, le=36_500)] | None = None


@writes("PUT", "/queries/{id:str}", "edit-queries", also=201, example=EXAMPLE, fails=(412, 428))
def put_query(request: Asked, id: FromPath[str], data: JSONBody[QueryText]) -> Response[OneQuery]:
    """Add or change a query.

    To change one, `If-Match` names the `ETag` that you have seen. The charter's file is changed in its place; what
    others changed elsewhere in it stays.
    """
    house, say = house_of(request), voice(request)
    there = flow.drafted(house.charter(), id)
    if there is None:
        check_id(id, say)
    if house.charter() is None:
        raise RefusedError("no-charter")
    was = seen(request, flow.stamp(there))
    draft = Draft(id, " ".join(data.purpose.split()), data.match.replace("\r\n", "\n").strip(), data.keep_days)
    _check(draft, flow.named(house.charter()), say)
    try:
        flow.save(
            house.charter_file,
            draft,
            was=was,
            parse_charter=house.parse_charter,
            who=visitor(request).id,
            now=house.clock(),
        )
    except (QueryMovedError, QueryGoneError, QueryTakenError) as error:
        theirs = error.theirs if isinstance(error, QueryMovedError) else None
        raise RefusedError(
            "precondition-failed", headers={"ETag": quoted(flow.stamp(theirs))} if theirs else None
        ) from error
    return query_out(house, draft, 200 if was else 201)


@writes("DELETE", "/queries/{id:str}", "edit-queries", status=204, fails=(404, 412))
def drop_query(request: Asked, id: FromPath[str]) -> Response[None]:
    """Drop a query.

    Its mentions stay until their retention ends. `If-Match` is honoured when it is sent. To take this back, put the
    query again.
    """
    house = house_of(request)
    there = flow.drafted(house.charter(), id)
    if there is None:
        raise RefusedError("not-found")
    if request.headers.get("if-match"):
        seen(request, flow.stamp(there))
    try:
        flow.drop(house.charter_file, id, parse_charter=house.parse_charter, who=visitor(request).id, now=house.clock())
    except QueryGoneError as error:
        raise RefusedError("not-found") from error
    return Response(None, status_code=204)


def _check(draft: Draft, others: dict[str, str], say: Wording) -> None:
    """Raises RefusedError with everything that is wrong with a query, before the charter is touched."""
    if not draft.purpose:
        raise invalid_body(say, "short", "#/purpose", least=1)
    said = flow.examine(draft.match, draft.id, others)
    if said.query is None:
        raise RefusedError("invalid-query", *query_faults(said.problems, say))
