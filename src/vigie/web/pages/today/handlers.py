"""The routes of Today."""

from typing import Any
from zoneinfo import ZoneInfo

from litestar import Request, Response, get
from litestar.response import Redirect

from vigie.flows.ports.archive import Filter
from vigie.flows.volume import day
from vigie.web.charts import tide_chart
from vigie.web.guard import requires, visitor
from vigie.web.house import house_of
from vigie.web.pages.listening.watching import place_of
from vigie.web.pages.today.page import nobody_page, over_tide, today_page
from vigie.web.view import view

Asked = Request[Any, Any, Any]


@get("/", sync_to_thread=True)
def today(request: Asked) -> Response[str] | Redirect:
    """The day so far. A house without a charter is set up first; somebody without a role learns who gives one."""
    house = house_of(request)
    if house.charter() is None:
        return Redirect("/setup") if house.charter_error() is None else view(request, "today/unread.html")
    if not visitor(request).may("read-mentions"):
        return view(request, "today/nobody.html", **nobody_page(request))
    return view(request, "today/page.html", **today_page(request))


@get("/today/tide", guards=[requires("read-mentions")], sync_to_thread=True)
def tide(request: Asked) -> Response[dict[str, Any]]:
    """The tide's specification and its words."""
    house, place = house_of(request), place_of(request)
    found = day(house.archive, Filter(), place.now, ZoneInfo(place.tz)).together
    return Response({"spec": tide_chart(found, place.now, place.w, place.tz), **over_tide(found, place)})
