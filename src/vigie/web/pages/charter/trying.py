"""Trying a text against the rules: nothing is kept of it."""

from typing import Annotated, Any

from litestar import Request, Response, post
from litestar.enums import RequestEncodingType
from litestar.params import Body

from vigie.model import Content
from vigie.web.guard import requires, visitor
from vigie.web.house import house_of
from vigie.web.pages.charter.page import shown
from vigie.web.pages.composer.looking import look
from vigie.web.view import fragment, wording

Asked = Request[Any, Any, Any]
Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]

LONGEST = 20_000
"""Characters of a text that is tried; twice what is ever read of one."""


@post("/charter/try", guards=[requires("read-drafts")], status_code=200, sync_to_thread=True)
def try_text(request: Asked, data: Form) -> Response[str]:
    """What the rules and checks say of a text, on a channel or on none."""
    house, who, w = house_of(request), visitor(request), wording(request)
    charter = house.charter()
    text, channel = data.get("text", "")[:LONGEST], data.get("channel", "")
    channels = (channel,) if charter and charter.channel(channel) else ()
    tried = look(house, Content(text, channels), who.id, who, w) if text.strip() else None
    if request.headers.get("hx-request"):
        return fragment(request, "charter/_tried.html", tried=tried, text=text)
    return shown(request, "rules", tried=tried, text=text, channel=channel)
