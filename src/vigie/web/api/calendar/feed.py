"""The address at which a person's own calendar reads the publications."""

from typing import Annotated, Any

from litestar import Request, Response
from msgspec import Meta, Struct

from vigie.web.api.routes import reads, writes
from vigie.web.guard import visitor
from vigie.web.house import house_of
from vigie.web.pages.calendar.feed import address, dropped, made

Asked = Request[Any, Any, Any]
_ADDRESS = Meta(description="Secret, iCalendar (RFC 5545); empty while there is none.")


class CalendarFeed(Struct, frozen=True):
    """Where publications can be subscribed to. Whoever knows the address reads what its person may read."""

    address: Annotated[str, _ADDRESS]


@reads("/calendar/feed", "read-publications")
def read_calendar_feed(request: Asked) -> CalendarFeed:
    """Read the address of your calendar."""
    return CalendarFeed(address(house_of(request), visitor(request).login))


@writes("POST", "/calendar/feed", "read-publications", status=201)
def create_calendar_feed(request: Asked) -> CalendarFeed:
    """Make an address for your calendar; the one before is void."""
    house, who = house_of(request), visitor(request)
    made(house, who.login, who.id)
    return CalendarFeed(address(house, who.login))


@writes("DELETE", "/calendar/feed", "read-publications", status=204)
def drop_calendar_feed(request: Asked) -> Response[None]:
    """Make the address of your calendar void."""
    house, who = house_of(request), visitor(request)
    dropped(house, who.login, who.id)
    return Response(None, status_code=204)
