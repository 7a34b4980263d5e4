"""The file of an incident, for those who judge it later: everything that is known about it, in one document."""

from typing import Any

import msgspec
from litestar import Response, get
from litestar.params import FromPath

from vigie.model import Incident
from vigie.web.guard import requires
from vigie.web.house import House, house_of
from vigie.web.pages.incidents.found import Asked, there


@get("/incidents/{id:int}/file", guards=[requires("export")], sync_to_thread=True)
def export(request: Asked, id: FromPath[int]) -> Response[bytes]:
    """JSON to keep: the incident, its timeline, its tasks, its pause, and the facts as they were frozen."""
    house = house_of(request)
    content = msgspec.json.format(msgspec.json.encode(dossier(house, there(house, id))), indent=2)
    headers = {"content-disposition": f'attachment; filename="incident-{id}.json"'}
    return Response(content, media_type="application/json", headers=headers)


def dossier(house: House, incident: Incident) -> dict[str, Any]:
    """All that is known. Each fact carries the SHA-256 of its bytes; the acts around it are in the ledger."""
    pause = house.publications.pause_of(incident.pause) if incident.pause else None
    return {
        "incident": incident,
        "timeline": house.incidents.timeline(incident.id),
        "tasks": house.incidents.tasks(incident.id),
        "pause": pause,
        "evidence": house.incidents.evidence(incident.id),
    }
