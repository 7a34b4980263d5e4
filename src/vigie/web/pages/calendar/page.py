"""The calendar: a month or a week of what goes out, moved by hand, by key or by form."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromQuery

from vigie.desk.when import wall_of
from vigie.flows.ports.drafts import OPEN
from vigie.flows.scheduling import Offer, offers
from vigie.model import Millis
from vigie.web.guard import requires, visitor
from vigie.web.house import House, house_of
from vigie.web.pages.calendar.days import Day, Shown, View, days, edges, shown
from vigie.web.pages.calendar.feed import address
from vigie.web.pages.composer.lines import Line, lines
from vigie.web.pages.composer.page import title
from vigie.web.view import timezone, view, wording
from vigie.wording import Wording
from vigie.wording.alerts import channel_label

Asked = Request[Any, Any, Any]
_DRAFTS = 500
_FREE = 100
"""Free moments that are looked for, from now on."""
_REPEATED = 2_000
"""Scheduled publications among which those that repeat are looked for."""


@get("/calendar", guards=[requires("read-publications")], sync_to_thread=True)
def calendar(
    request: Asked, at: FromQuery[str] = "", by: FromQuery[View] = "month", channel: FromQuery[str] = ""
) -> Response[str]:
    """The month or week that ``at`` (a day) lies in."""
    house, w, who = house_of(request), wording(request), visitor(request)
    charter, now = house.charter(), house.clock()
    tz = timezone(charter)
    found = shown(by, _day(at) or date.fromisoformat(wall_of(now, tz)[:10]))
    known = [one.id for one in charter.channels] if charter else []
    only = (channel,) if channel in known else ()
    first, last = edges(found, tz)
    planned = [one for one in house.publications.between(first, last, only) if one.state != "dropped"]
    repeated = [
        one for one in house.publications.of_states(("scheduled",), _REPEATED) if one.repeat and one.due < first
    ]
    planned += [one for one in repeated if not only or one.channel in only]
    drafts = [one for one in house.drafts.latest(OPEN, _DRAFTS) if not only or channel in one.content.channels]
    by_id = {line.one.id: line for line in lines(planned, charter, w, now)}
    filled = days(found, planned, drafts, charter, now)
    return view(
        request,
        "calendar/page.html",
        shown=found,
        days=filled,
        free=_free(house, found, only or tuple(known)) if found.view == "week" and who.may("write-drafts") else {},
        lines=by_id,
        title_of=lambda draft: title(draft.content.text) or w("composer.untitled"),
        headline=_headline(filled, by_id, found, w),
        channel=channel if only else "",
        channels=known,
        labels={id: channel_label(charter, id) for id in known},
        noon=_noon,
        first_ms=_noon(found.days[0]),
        may_move=who.may("schedule"),
        may_write=who.may("write-drafts"),
        feed=address(house, who.login),
    )


def _free(house: House, found: Shown, channels: Sequence[str]) -> dict[str, list[Offer]]:
    """By day, the good moments of the charter that nothing has taken."""
    charter = house.charter()
    by_day: dict[str, list[Offer]] = {}
    for one in offers(charter, channels, house.publications, house.clock(), _FREE) if charter else ():
        if one.wall[:10] <= found.days[-1].isoformat():
            by_day.setdefault(one.wall[:10], []).append(one)
    return by_day


def _noon(day: date) -> Millis:
    """The middle of a day anywhere near Greenwich, for writing its name."""
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp() * 1000)


def _headline(filled: Sequence[Day], by_id: Mapping[int, Line], found: Shown, w: Wording) -> str:
    """One sentence about these days; what needs somebody comes first."""
    inside = [day for day in filled if day.inside]
    here = [by_id[one.id] for day in inside for one in day.publications]
    if trouble := sum(line.troubled for line in here):
        return w.count("publications.headline.trouble", trouble)
    waits = sum(line.one.state == "scheduled" for line in here) + sum(len(day.turns) for day in inside)
    when = w(f"calendar.in.month.{found.at.month}") if found.view == "month" else w("calendar.in.week")
    return w.count("calendar.headline", waits, when=when) if waits else w("calendar.headline.none", when=when)


def _day(written: str) -> date | None:
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if 1971 <= found.year <= 9997 else None  # noqa: PLR2004 - the years that `desk.when` knows, with room
