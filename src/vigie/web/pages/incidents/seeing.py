"""Putting away what I was told: it does not come back on my pages."""

from litestar import post
from litestar.response import Redirect

from vigie.web.guard import requires, visitor
from vigie.web.house import house_of
from vigie.web.pages.composer.form import number
from vigie.web.pages.incidents.found import Asked, Form


@post("/incidents/-/seen", guards=[requires("read-incidents")], sync_to_thread=True)
def seen(request: Asked, data: Form) -> Redirect:
    """I have seen it, and those before it."""
    house_of(request).notices.read(visitor(request).id, number(data, "upto"))
    back = data.get("back", "")
    return Redirect(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/", status_code=303)
