"""Drafts read: the list, one of them, its versions, and what the charter says of it or of one that is not saved."""

from typing import Annotated, Any, Literal

from litestar import Request, Response
from litestar.params import FromPath, JSONBody, QueryParameter

from vigie.flows.ports.drafts import OPEN
from vigie.model import SavedDraft
from vigie.web.api.drafts.shapes import (
    Draft,
    DraftText,
    DraftVersion,
    Reviewed,
    content_in,
    draft_out,
    reviewed_out,
    version_out,
)
from vigie.web.api.paging import Items, Limit
from vigie.web.api.preconditions import quoted
from vigie.web.api.problems import RefusedError, voice
from vigie.web.api.routes import asks, reads
from vigie.web.guard import visitor
from vigie.web.house import House, house_of
from vigie.web.pages.composer.looking import checked

Asked = Request[Any, Any, Any]
State = Annotated[
    Literal["", "draft", "in_review", "changes_requested", "rejected", "expired", "approved", "scheduled", "discarded"],
    QueryParameter(name="state", description="Drafts in this state alone."),
]


@reads("/drafts", "read-drafts")
def list_drafts(request: Asked, *, wanted: State = "", limit: Limit = 50) -> Items[Draft]:
    """List drafts.

    The last saved first; those on which somebody still works, unless another state is asked for.
    """
    found = house_of(request).drafts.latest((wanted,) if wanted else OPEN, limit)
    return Items(tuple(draft_out(one) for one in found))


@reads("/drafts/{id:int}", "read-drafts", fails=(404,))
def read_draft(request: Asked, id: FromPath[int]) -> Response[Draft]:
    """Read a draft."""
    return answered(there(house_of(request), id))


@reads("/drafts/{id:int}/versions", "read-drafts", fails=(404,))
def list_draft_versions(request: Asked, id: FromPath[int]) -> Items[DraftVersion]:
    """List the versions of a draft.

    Oldest first; the last one is what it says now.
    """
    house = house_of(request)
    there(house, id)
    return Items(tuple(version_out(one) for one in house.drafts.versions(id)))


@reads("/drafts/{id:int}/remarks", "read-drafts", fails=(404,))
def list_remarks(request: Asked, id: FromPath[int]) -> Reviewed:
    """Read what the charter says of a draft."""
    house = house_of(request)
    saved = there(house, id)
    found = checked(house, saved.content, saved.author, tuple(house.drafts.decisions(id)), id)
    return reviewed_out(found, voice(request), tunes=visitor(request).may("edit-company"))


@asks("/drafts/-/look", "read-drafts", cost=5, example=Reviewed(stops=False, items=()))
def check_draft(request: Asked, data: JSONBody[DraftText]) -> Reviewed:
    """Hold a draft against the charter without saving it."""
    house, who = house_of(request), visitor(request)
    content = content_in(data, house.charter(), voice(request))
    return reviewed_out(checked(house, content, who.id), voice(request), tunes=who.may("edit-company"))


def there(house: House, id: int) -> SavedDraft:
    """A saved draft. Raises RefusedError."""
    saved = house.drafts.get(id)
    if saved is None:
        raise RefusedError("not-found")
    return saved


def answered(saved: SavedDraft, status: int = 200) -> Response[Draft]:
    """A draft with its ``ETag``."""
    return Response(draft_out(saved), status_code=status, headers={"ETag": quoted(str(saved.revision))})
