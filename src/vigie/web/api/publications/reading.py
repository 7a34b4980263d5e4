"""Publications read: what goes out and went out, one of them, and the free moments of a channel."""

from typing import Annotated, Any, Literal

from litestar import Request, Response
from litestar.params import FromPath, QueryParameter
from msgspec import Meta, Struct

from vigie import model
from vigie.flows.scheduling import offers
from vigie.model import PublicationState
from vigie.web.api.filters import Since, Until
from vigie.web.api.paging import Items, Limit
from vigie.web.api.preconditions import quoted
from vigie.web.api.problems import RefusedError
from vigie.web.api.publications.shapes import Publication, publication_out
from vigie.web.api.routes import reads
from vigie.web.api.times import Instant, instant, millis
from vigie.web.house import House, house_of

Asked = Request[Any, Any, Any]
_DAY = 86_400_000
State = Annotated[
    Literal["", "scheduled", "publishing", "unconfirmed", "published", "failed", "missed", "dropped"],
    QueryParameter(name="state", description="Publications in this state alone."),
]
Channels = Annotated[
    list[str] | None, QueryParameter(name="channel", description="Ids of channels; repeat for several.", max_items=50)
]
OfDraft = Annotated[int, QueryParameter(name="draft", ge=0, description="Those of one draft, whenever they go out.")]


class FreeMoment(Struct, frozen=True):
    """A good moment of the charter that nothing has taken."""

    wall: Annotated[str, Meta(description="On the company's clock.", examples=["2026-11-21T09:30"])]
    at: Instant
    channels: Annotated[tuple[str, ...], Meta(description="For which it is one.")]


@reads("/publications", "read-publications")
def list_publications(
    request: Asked,
    *,
    since: Since = "",
    until: Until = "",
    channels: Channels = None,
    wanted: State = "",
    draft: OfDraft = 0,
    limit: Limit = 50,
) -> Items[Publication]:
    """List publications by when they go out.

    Due from `since` on (a day ago when left out) and before `until` (31 days ahead when left out).
    """
    house = house_of(request)
    now = house.clock()
    first, last = millis(since, "since"), millis(until, "until")
    if draft:
        found = house.publications.of_draft(draft)
    else:
        begin = now - _DAY if first is None else first
        end = max(now, begin) + 31 * _DAY if last is None else last
        found = house.publications.between(begin, end, channels or ())
    state: PublicationState | str = wanted
    chosen = [one for one in found if state in ("", one.state) and (not channels or one.channel in channels)]
    return Items(tuple(publication_out(one) for one in chosen[:limit]))


@reads("/publications/{id:int}", "read-publications", fails=(404,))
def read_publication(request: Asked, id: FromPath[int]) -> Response[Publication]:
    """Read a publication."""
    return answered(there(house_of(request), id))


@reads("/publications/-/free", "read-publications")
def list_free_moments(request: Asked, *, channels: Channels = None, limit: Limit = 10) -> Items[FreeMoment]:
    """List the next good moments that nothing has taken.

    The charter's `slots` of those channels (of all when left out), outside their quiet hours.
    """
    house = house_of(request)
    charter = house.charter()
    if charter is None:
        return Items(())
    wanted = channels or [one.id for one in charter.channels]
    found = offers(charter, wanted, house.publications, house.clock(), limit)
    return Items(tuple(FreeMoment(one.wall, instant(one.due), one.channels) for one in found))


def there(house: House, id: int) -> model.Publication:
    """A publication. Raises RefusedError."""
    one = house.publications.get(id)
    if one is None:
        raise RefusedError("not-found")
    return one


def answered(one: model.Publication, status: int = 200) -> Response[Publication]:
    """A publication with its ``ETag``."""
    return Response(publication_out(one), status_code=status, headers={"ETag": quoted(str(one.revision))})
