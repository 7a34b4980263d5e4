"""The war room: one page with all that there is to know and to do about an incident."""

from collections.abc import Iterator
from typing import Any

import msgspec
from litestar import Response, get
from litestar.params import FromPath
from msgspec import Struct

from vigie.flows.mentions import marked
from vigie.model import Evidence, Incident, Pause
from vigie.web.guard import requires, visitor
from vigie.web.house import House, house_of
from vigie.web.pages.composer.page import title
from vigie.web.pages.halt.pauses import people_with
from vigie.web.pages.incidents.answering import ours, prepared, standing, timeline
from vigie.web.pages.incidents.found import Asked, may_own, there
from vigie.web.pages.incidents.learning import rule_begun
from vigie.web.pages.incidents.listing import promise
from vigie.web.pages.incidents.spreading import aloud, gone
from vigie.web.pages.listening.rows import shown as row_shown
from vigie.web.pages.listening.watching import place_of, watched_by
from vigie.web.view import fragment, view, wording

PARTS = ("war", "ours", "statement", "spread", "tasks", "timeline", "evidence")
"""Parts of the page that change while it is open: templates, and ids of their elements."""


class Fact(Struct, frozen=True):
    """A frozen fact, readable: its JSON on several lines."""

    evidence: Evidence
    text: str


@get("/incidents/{id:int}", guards=[requires("read-incidents")], sync_to_thread=True)
def room(request: Asked, id: FromPath[int]) -> Response[Any]:
    """The page; for one that is open, its parts as they are now."""
    incident = there(house_of(request), id)
    if request.headers.get("x-part") == "all":
        given = context(request, incident)
        return Response({part: fragment(request, f"incidents/_{part}.html", **given).content for part in PARTS})
    return shown(request, incident)


def shown(request: Asked, incident: Incident, *, status: int = 200, error: str = "") -> Response[str]:
    """The page."""
    change = house_of(request).archive.last_change()
    return view(request, "incidents/room.html", status=status, error=error, change=change, **context(request, incident))


def context(request: Asked, incident: Incident) -> dict[str, Any]:
    """What every part of the page is made of."""
    house, who, w = house_of(request), visitor(request), wording(request)
    charter, place, watch = house.charter(), place_of(request), watched_by(house)
    found, posts = gone(house, incident), ours(house, incident)
    statement = house.drafts.get(incident.statement) if incident.statement else None
    text = next((one.post.text for one in posts if one.post), "")
    return {
        "incident": incident,
        "kept": promise(incident, house.clock()),
        "posts": posts,
        "standing": standing,
        "gone": found,
        "aloud": aloud(found.volume, w) if found.volume else "",
        "rows": [row_shown(marked(one, watch), place) for one in found.latest],
        "search": "",
        "pauses": _pauses(house, incident),
        "statement": statement,
        "statement_title": title(statement.content.text) or w("composer.untitled") if statement else "",
        "statement_out": _out(house, incident),
        "prepared": [] if statement else prepared(house, incident, who.id, w.lang),
        "tasks": house.incidents.tasks(incident.id),
        "lines": timeline(house, incident, posts)[::-1],
        "facts": list(_facts(house.incidents.evidence(incident.id))),
        "rule": rule_begun(incident, text, charter.company.languages if charter else (), w),
        "rules": [one.id for one in (charter.rules if charter else ())],
        "owners": may_own(house),
        "may": {right: who.may(right) for right in ("handle-incidents", "recall", "pause", "write-drafts", "export")},
        "handlers": people_with(charter, "handle-incidents"),
        "recallers": people_with(charter, "recall"),
    }


def _pauses(house: House, incident: Incident) -> list[Pause]:
    """The pauses in force that hold the accounts it is about."""
    charter = house.charter()
    ids = incident.channels or tuple(one.id for one in (charter.channels if charter else ()))
    return [one for one in house.publications.pauses() if not one.channels or any(one.covers(id) for id in ids)]


def _out(house: House, incident: Incident) -> int:
    """On how many accounts the statement is out."""
    if not incident.statement:
        return 0
    return sum(one.state == "published" for one in house.publications.of_draft(incident.statement))


def _facts(evidence: list[Evidence]) -> Iterator[Fact]:
    for one in evidence:
        try:
            yield Fact(one, msgspec.json.format(one.content, indent=2))
        except msgspec.DecodeError:  # its words were erased
            yield Fact(one, one.content)
