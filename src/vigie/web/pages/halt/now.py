"""The parts of the frame that change while a page is open: the halt, the held band, alerts, and what waits."""

from typing import Any

from litestar import Request, get

from vigie.web.frame import frame
from vigie.web.guard import requires, visitor
from vigie.web.house import house_of
from vigie.web.view import fragment, navigation

Asked = Request[Any, Any, Any]
_PARTS = {"halt-switch": "_halt.html", "held": "_held.html", "alerts": "_alerts.html", "halt": "_halt_dialog.html"}


@get("/halt/now", guards=[requires("read-publications")], sync_to_thread=True)
def now(request: Asked) -> dict[str, Any]:
    """Each part by the id of its element; how many things wait, by the address of their page."""
    given: dict[str, Any] = {
        "frame": frame(house_of(request), visitor(request)),
        "path": request.query_params.get("on", "/"),
    }
    parts = {id: fragment(request, "_frame_part.html", part=part, **given).content for id, part in _PARTS.items()}
    return {"parts": parts, "waiting": navigation(request).waiting}
