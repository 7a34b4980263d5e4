"""The route of the acts."""

from typing import Annotated, Any

from litestar import Request, Response
from msgspec import Meta, Struct

from vigie.web.api.invalid import InvalidError
from vigie.web.api.paging import After, Items, Limit, page
from vigie.web.api.routes import reads
from vigie.web.api.times import Instant, instant
from vigie.web.house import house_of

Asked = Request[Any, Any, Any]
_DIGITS = 18


class Act(Struct, frozen=True):
    """Something that somebody did, kept for good."""

    id: int
    at: Instant
    who: Annotated[str, Meta(description="A person's id, or vigie for what the product does by itself.")]
    verb: Annotated[str, Meta(examples=["query.changed"])]
    what: Annotated[str, Meta(examples=["query:brand"])]
    why: str
    charter: Annotated[str, Meta(description="Digest of the charter in force.")]
    details: dict[str, str | int | bool | None]


@reads("/acts", "read-acts")
def list_acts(request: Asked, *, after: After = "", limit: Limit = 50) -> Response[Items[Act]]:
    """List acts.

    The latest first.
    """
    if after and not (after.isascii() and after.isdigit() and len(after) <= _DIGITS and int(after)):
        raise InvalidError("cursor", "after", body=False)
    found = house_of(request).acts.latest(int(after or 0), limit)
    items = tuple(
        Act(id, instant(one.at), one.who, one.verb, one.what, one.why, one.charter, one.details) for id, one in found
    )
    return page(request, items, str(items[-1].id) if len(items) == limit else "")
