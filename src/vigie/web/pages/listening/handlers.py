"""The routes of Listening."""

from collections.abc import AsyncIterator
from typing import Any
from zoneinfo import ZoneInfo

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Stream

from vigie.flows import mentions
from vigie.flows.volume import volumes
from vigie.web.charts import volume_chart
from vigie.web.guard import requires, visitor
from vigie.web.house import house_of
from vigie.web.live import live_of
from vigie.web.pages.listening import feed
from vigie.web.pages.listening.choice import choice_of
from vigie.web.pages.listening.hearing import hearing
from vigie.web.pages.listening.page import listening_page, opened_pane
from vigie.web.pages.listening.rows import drawn, shown
from vigie.web.pages.listening.sentence import aloud, headline, over_chart
from vigie.web.pages.listening.watching import place_of, watched_by
from vigie.web.sessions import visitor_of
from vigie.web.view import fragment, lang, view
from vigie.wording import LANGS

Asked = Request[Any, Any, Any]
_DIGITS = 18  # what SQLite counts with
MAY_READ = [requires("read-mentions")]


@get("/listening", guards=MAY_READ, sync_to_thread=True)
def listening(request: Asked) -> Response[str]:
    """The log under its chart."""
    return view(request, "listening/page.html", **listening_page(request))


@get("/listening/rows", guards=MAY_READ, sync_to_thread=True)
def rows(request: Asked) -> Response[str]:
    """The newest page of the log alone, for a page that has been left behind."""
    house, choice = house_of(request), choice_of(request.query_params)
    place = place_of(request)
    found = mentions.listing(house.archive, choice.where(place.now), watched_by(house))
    items = [shown(row, place) for row in found.rows]
    context: dict[str, Any] = {"rows": items, "next": found.next, "choice": choice, "search": choice.search()}
    return fragment(request, "listening/_log.html", **context)


@get("/listening/fresh", guards=MAY_READ, sync_to_thread=True)
def fresh(request: Asked) -> Response[list[dict[str, Any]]]:
    """Of mentions that have just come (``ids=12,13``), those that the filters let through: for searches in full text,
    which a browser cannot do by itself."""
    house, choice, place = house_of(request), choice_of(request.query_params), place_of(request)
    wanted = [
        number for one in request.query_params.get("ids", "").split(",")[-1000:] if (number := _number(one)) is not None
    ]
    found = mentions.fresh(house.archive, choice.where(place.now), wanted, watched_by(house))
    html = drawn(request.app.state.templates, found, place)
    return Response([{"id": row.mention.id, "html": text} for row, text in zip(found, html, strict=True)])


@get("/listening/chart", guards=MAY_READ, sync_to_thread=True)
def chart(request: Asked) -> Response[dict[str, Any]]:
    """The chart's specification and its words."""
    house, choice, place = house_of(request), choice_of(request.query_params), place_of(request)
    where = choice.where(place.now)
    counted = volumes(house.archive, where, choice.window, place.now, ZoneInfo(place.tz))
    found, last = counted.together, house.archive.mentions(where, "", 1).mentions
    hears = hearing(house.archive.sources(), place.now)
    words = {
        "heading": over_chart(found, choice.window, place),
        "aloud": aloud(found, place),
        "headline": headline(
            choice, None if choice.text else counted, last[0].post.created_at if last else None, hears, place
        ),
    }
    return Response({"spec": volume_chart(found, place.w, place.tz), **words})


@get("/listening/mention/{number:int}", guards=MAY_READ, sync_to_thread=True)
def mention(request: Asked, number: FromPath[int]) -> Response[str]:
    """One mention: beside the log on a page of its own, or its pane alone for a page that is open."""
    pane = opened_pane(request, number)
    if pane is None:
        raise NotFoundException
    if request.headers.get("x-part") == "pane":
        return fragment(request, "listening/_pane.html", **pane)
    return view(request, "listening/page.html", **(listening_page(request) | pane))


@get("/live", guards=MAY_READ)
async def events(request: Asked) -> Stream:
    """What changes, as it changes. One stream serves all tabs of a browser, whatever their filters."""
    visitor(request)
    house = house_of(request)
    live = live_of(request.app, feed.drawer(request.app))
    last = _number(request.headers.get("last-event-id", "") or request.query_params.get("since", ""))

    def still_welcome() -> bool:
        who = visitor_of(house, request, program=False)
        return who is not None and who.may("read-mentions")

    wished = request.query_params.get("lang", "")
    stream: AsyncIterator[bytes] = live.stream(wished if wished in LANGS else lang(request), last, still_welcome)
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return Stream(stream, media_type="text/event-stream", headers=headers)


def _number(text: str) -> int | None:
    """An id as a browser sends it back; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None
