"""One version of the charter: the lines that it changed."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from vigie.flows.charter_page import changed, versions
from vigie.web.guard import requires
from vigie.web.house import house_of
from vigie.web.pages.charter.page import names
from vigie.web.view import view

Asked = Request[Any, Any, Any]
_MOST = 200
_LINES = 600
"""Changed lines that are shown; the file has the rest."""


@get("/charter/versions/{digest:str}", guards=[requires("edit-company")], sync_to_thread=True)
def version_page(request: Asked, digest: FromPath[str]) -> Response[str]:
    """What changed when it came into force. For owners: the file names people and how to reach them."""
    house = house_of(request)
    version = next((one for one in versions(house.acts, _MOST) if one.digest == digest), None)
    if version is None:
        raise NotFoundException
    lines = changed(house.charter_file, version)
    return view(
        request,
        "charter/version.html",
        version=version,
        lines=lines[:_LINES] if lines is not None else None,
        more=max(0, len(lines or ()) - _LINES),
        names=names(house.charter()),
    )
