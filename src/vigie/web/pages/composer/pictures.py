"""Pictures of a draft: taken when they are what they say, kept by their digest, shown to people of the house alone."""

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body, FromPath
from litestar.response import Redirect
from msgspec import structs

from vigie.flows import drafts as flow
from vigie.flows.media import LARGEST, attached, recognised
from vigie.flows.ports.drafts import OutdatedError
from vigie.model import Attachment
from vigie.web.guard import requires
from vigie.web.house import House, house_of
from vigie.web.pages.composer.meeting import meeting_page
from vigie.web.pages.composer.page import WRITTEN, Asked, doing, opened, page
from vigie.web.pages.composer.writing import there
from vigie.web.view import fragment, wording

Sent = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
_ROOM = 1_000_000
"""Bytes of a request around its file."""


@post(
    "/drafts/-/picture",
    guards=[requires("write-drafts")],
    status_code=200,
    request_max_body_size=LARGEST + _ROOM,
)
async def bring(request: Asked, data: Sent) -> Response[Any]:
    """Keeps a picture and gives its row for the form; 415 for anything that is none."""
    found = await _brought(house_of(request), data)
    w = wording(request)
    if found is None:
        return Response({"error": w("composer.error.picture")}, status_code=415)
    n = str(data.get("n", "0"))[:6]
    row = fragment(request, "composer/_picture.html", n=n, one=found, may_write=True)
    return Response({"row": row.content})


@post(
    "/drafts/{id:int}/picture",
    guards=[requires("write-drafts")],
    status_code=200,
    request_max_body_size=LARGEST + _ROOM,
)
async def add(request: Asked, id: FromPath[int], data: Sent) -> Response[Any]:
    """The same on a page without script: the picture goes with the saved draft."""
    house = house_of(request)
    saved = there(house, id)
    if saved.state not in WRITTEN:
        return Redirect(f"/drafts/{id}", status_code=303)
    found = await _brought(house, data)
    if found is None:
        told = wording(request)("composer.error.picture")
        return page(request, opened(house, saved), status=415, told=told)
    content = structs.replace(saved.content, media=(*saved.content.media, found))
    try:
        flow.save(house.drafts, id, saved.revision, content, doing(request))
    except OutdatedError as error:
        return meeting_page(request, content, error.current)
    return Redirect(f"/drafts/{id}", status_code=303)


@get("/media/{id:str}", guards=[requires("read-drafts")], sync_to_thread=True)
def picture(request: Request[Any, Any, Any], id: FromPath[str]) -> Response[bytes]:
    """The bytes as they came. Their address is their digest, so a browser may keep them; nothing in them runs."""
    content = house_of(request).media.get(id)
    if content is None:
        raise NotFoundException
    headers = {
        "cache-control": "private, max-age=31536000, immutable",
        "content-security-policy": "default-src 'none'; sandbox",
    }
    return Response(content, media_type=recognised(content) or "application/octet-stream", headers=headers)


async def _brought(house: House, data: dict[str, Any]) -> Attachment | None:
    sent = data.get("picture")
    if not isinstance(sent, UploadFile):
        return None
    content = await sent.read(LARGEST + 1)
    if len(content) > LARGEST or not recognised(content):
        return None
    return attached(house.media.put(content), content)
