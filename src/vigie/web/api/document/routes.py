"""The route of the document."""

from typing import Any

from litestar import Request, Response, get

from vigie.web.api.document.describe import described
from vigie.web.api.problems import answer
from vigie.web.api.routes import BASE
from vigie.web.guard import OPEN

Asked = Request[Any, Any, Any]


@get(f"{BASE}/openapi.json", opt=OPEN, exception_handlers={Exception: answer}, sync_to_thread=True)
def openapi(request: Asked) -> Response[dict[str, Any]]:
    """OpenAPI 3.1, made once."""
    state = request.app.state
    found: dict[str, Any] | None = state.get("api_document")
    if found is None:
        found = state.api_document = described(request.app)
    return Response(found, headers={"Cache-Control": "public, max-age=300"})
