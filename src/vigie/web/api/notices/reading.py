"""What reached my page, and marking it as read."""

from typing import Annotated, Any

from litestar import Request
from litestar.params import JSONBody
from msgspec import Meta, Struct

from vigie.model import Urgency
from vigie.web.api.paging import Items, Limit
from vigie.web.api.problems import voice
from vigie.web.api.routes import reads, writes
from vigie.web.api.times import Instant, instant
from vigie.web.guard import visitor
from vigie.web.house import house_of
from vigie.wording.alerts import names, told

Asked = Request[Any, Any, Any]


class Notice(Struct, frozen=True):
    """One thing that you were told."""

    id: int
    at: Instant
    kind: Annotated[str, Meta(examples=["incident.opened"])]
    urgency: Urgency
    says: Annotated[str, Meta(description="In the language asked for.")]
    path: Annotated[str, Meta(description="Page where one acts on it.")]
    incident: int | None
    step: Annotated[int, Meta(description="0 for those called first, 1 for the next, and so on.")]


class Unread(Struct, frozen=True):
    """How many are left that you have not seen."""

    unread: int


class SeenNotices(Struct, frozen=True, forbid_unknown_fields=True):
    """You have seen those up to this number."""

    upto: Annotated[int, Meta(ge=0)]


@reads("/notices", "read-incidents")
def list_notices(request: Asked, *, limit: Limit = 50) -> Items[Notice]:
    """List what you were told.

    The latest first.
    """
    house, say = house_of(request), voice(request)
    known = names(house.charter())
    found = house.notices.for_person(visitor(request).id, limit)
    return Items(
        tuple(
            Notice(
                one.id, instant(one.at), one.kind, one.urgency, told(one, known, say), one.path, one.incident or None,
                one.step,
            )
            for one, _ in found
        )
    )  # fmt: skip


@writes("PUT", "/notices/read", "read-incidents")
def read_notices(request: Asked, data: JSONBody[SeenNotices]) -> Unread:
    """Mark what you have seen."""
    house, who = house_of(request), visitor(request)
    house.notices.read(who.id, data.upto)
    return Unread(house.notices.unread(who.id))
