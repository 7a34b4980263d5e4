"""Incidents read: the list, one with everything around it, how far it has gone, and its file."""

from typing import Annotated, Any, Literal

from litestar import Request, Response
from litestar.params import FromPath, QueryParameter
from msgspec import Meta, Struct

from vigie import model
from vigie.model import IncidentState
from vigie.web.api.incidents.shapes import Incident, WholeIncident, incident_out, line_out, post_out, task_out
from vigie.web.api.paging import Items, Limit
from vigie.web.api.preconditions import quoted
from vigie.web.api.problems import RefusedError, voice
from vigie.web.api.routes import reads
from vigie.web.api.times import Instant, instant
from vigie.web.house import House, house_of
from vigie.web.pages.incidents.answering import ours, timeline
from vigie.web.pages.incidents.file import dossier
from vigie.web.pages.incidents.spreading import gone

Asked = Request[Any, Any, Any]
Which = Annotated[
    Literal["running", "resolved", "learned", "all"],
    QueryParameter(description="Those under way, those to learn from, those learned from, or all."),
]
_STATES: dict[str, tuple[IncidentState, ...]] = {
    "running": ("open", "acknowledged", "contained"),
    "resolved": ("resolved",),
    "learned": ("learned",),
    "all": ("open", "acknowledged", "contained", "resolved", "learned"),
}


class SpreadBar(Struct, frozen=True):
    """Posts in a stretch of time."""

    start: Instant
    end: Instant
    count: int


class Spread(Struct, frozen=True):
    """How far an incident has gone, as far as Vigie hears."""

    answers: Annotated[int, Meta(description="Replies and quotes of its post.")]
    quotes: int
    people: Annotated[int, Meta(description="Who wrote them, each once.")]
    per_minute: Annotated[float, Meta(description="Over the last ten minutes.")]
    bars: Annotated[tuple[SpreadBar, ...], Meta(description="Answers, or mentions of the query that surges.")]


@reads("/incidents", "read-incidents")
def list_incidents(request: Asked, *, which: Which = "running", limit: Limit = 50) -> Items[Incident]:
    """List incidents.

    The latest opened first.
    """
    house, say = house_of(request), voice(request)
    found = house.incidents.of_states(_STATES[which], limit)
    return Items(tuple(incident_out(one, house.charter(), say) for one in found))


@reads("/incidents/{id:int}", "read-incidents", fails=(404,))
def read_incident(request: Asked, id: FromPath[int]) -> Response[WholeIncident]:
    """Read an incident with its posts, tasks and timeline."""
    house, say = house_of(request), voice(request)
    incident, charter = there(house, id), house.charter()
    posts = ours(house, incident)
    whole = WholeIncident(
        incident_out(incident, charter, say),
        tuple(map(post_out, posts)),
        tuple(task_out(one) for one in house.incidents.tasks(id)),
        tuple(line_out(one, charter, say) for one in timeline(house, incident, posts)),
    )
    return Response(whole, headers={"ETag": quoted(str(incident.revision))})


@reads("/incidents/{id:int}/spread", "read-incidents", fails=(404,))
def read_incident_spread(request: Asked, id: FromPath[int]) -> Spread:
    """Read how far an incident has gone."""
    house = house_of(request)
    found = gone(house, there(house, id))
    bars = found.volume.bars if found.volume else ()
    return Spread(
        answers=len(found.spread.answers),
        quotes=found.spread.quotes,
        people=found.spread.people,
        per_minute=found.lately,
        bars=tuple(SpreadBar(instant(one.start), instant(one.end), one.count) for one in bars),
    )


@reads("/incidents/{id:int}/file", "export", fails=(404,))
def read_incident_file(request: Asked, id: FromPath[int]) -> dict[str, Any]:
    """Read the file of an incident.

    Everything that is known about it, with the facts as they were frozen and the SHA-256 of each.
    """
    house = house_of(request)
    return dossier(house, there(house, id))


def there(house: House, id: int) -> model.Incident:
    """An incident. Raises RefusedError."""
    found = house.incidents.get(id)
    if found is None:
        raise RefusedError("not-found")
    return found


def answered(request: Asked, one: model.Incident, status: int = 200) -> Response[Incident]:
    """An incident with its ``ETag``."""
    body = incident_out(one, house_of(request).charter(), voice(request))
    return Response(body, status_code=status, headers={"ETag": quoted(str(one.revision))})
