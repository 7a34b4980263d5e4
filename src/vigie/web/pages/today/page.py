"""What Today shows, put together for its templates."""

from typing import Any
from zoneinfo import ZoneInfo

from litestar import Request
from msgspec import Struct

from vigie.charter import Charter
from vigie.flows.today import Today, so_far, today
from vigie.flows.volume import Volume
from vigie.model import SourceState
from vigie.web.guard import visitor
from vigie.web.house import House, house_of
from vigie.web.pages.listening.hearing import hearing
from vigie.web.pages.listening.rows import Place, shown
from vigie.web.pages.listening.sentence import aloud, surging
from vigie.web.pages.listening.watching import place_of, watched_by
from vigie.web.view import timezone
from vigie.web.visitor import Visitor


class Step(Struct, frozen=True):
    """Something to do while the house is new."""

    code: str
    href: str
    done: bool


def today_page(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """The context of ``today/page.html``."""
    house, place, who = house_of(request), place_of(request), visitor(request)
    charter = _charter(house)
    change = house.archive.last_change()
    found = today(house.archive, charter, watched_by(house), place.now, ZoneInfo(place.tz))
    steps = first_steps(house, charter, who, found)
    return {
        "change": change,
        "found": found,
        "headline": headline(house, found, steps, place),
        "tide": found.tide,
        "words": over_tide(found.tide, place),
        "lately": [(one, [shown(row, place) for row in one.rows]) for one in found.lately],
        "trouble": [(state, reason(state, place)) for state in found.troubled],
        "steps": steps,
        "label": place.label,
        "search": "",
        "may_edit": who.may("edit-queries"),
    }


def headline(house: House, found: Today, steps: list[Step], place: Place) -> str:
    """The page's title: what matters most now, in one sentence."""
    return _pressing(house, found, place) or _calm(found, steps, place)


def _pressing(house: House, found: Today, place: Place) -> str:
    w, tz, now = place.w, place.tz, place.now
    if untaken := house.incidents.of_states(("open",)):
        return w.count("incidents.headline.open", len(untaken))
    if any(not one.channels for one in house.publications.pauses()):
        return w("today.headline.held")
    hears = hearing(house.archive.sources(), now)
    if hears.s == "stop":
        return hears.sentence(w, tz, now)
    if found.surges:
        lasting = [one for one in found.surges if one.until is None] or found.surges
        return surging([(one.query, one.since, one.until) for one in lasting], place)
    if down := [state.id for state in found.troubled if state.state != "reading"]:
        return w.count("today.headline.down", len(down), sources=w.list(down))
    look = len(found.silent) + len(found.floods)
    return w.count("today.headline.look", look) if look else ""


def _calm(found: Today, steps: list[Step], place: Place) -> str:
    w, tz, now = place.w, place.tz, place.now
    total, expected = so_far(found.tide, now)
    if total:
        usual = w("today.headline.expected", expected=expected) if expected is not None else ""
        return w.count("today.headline.calm", total, usual=usual)
    if found.latest is not None:
        return w("today.headline.quiet", when=w.when(found.latest, tz, now))
    left = sum(not step.done for step in steps)
    return w.count("today.headline.steps", left) if left else w("listening.headline.nothing")


def over_tide(tide: Volume, place: Place) -> dict[str, str]:
    """The words around the chart."""
    total, expected = so_far(tide, place.now)
    said = place.w.count("today.tide.total", total)
    if expected is not None:
        said = place.w("charts.of_expected", total=said, expected=place.w.count("today.tide.expected", expected))
    return {"heading": said, "aloud": aloud(tide, place)}


def first_steps(house: House, charter: Charter, who: Visitor, found: Today) -> list[Step]:
    """What is left to do in a new house, for those who may do it; none once all is done or the archive has settled."""
    steps = []
    if who.may("edit-queries"):
        steps.append(Step("query", "/queries/new", bool(charter.queries)))
    if who.may("edit-sources"):
        steps.append(Step("source", "/sources", len(charter.listening.sources) > 1))
    if who.may("manage-people"):
        steps.append(Step("people", "/people", len(house.accounts.all()) > 1))
    steps.append(Step("lock", "/account", bool(who.account.totp)))
    settled = not found.tide.unusual
    return [] if settled or all(step.done for step in steps) else steps


def reason(state: SourceState, place: Place) -> str:
    """Why a source is in trouble, in plain words."""
    w = place.w
    if state.error:
        code = f"sources.error.{state.error}"
        return w(code, detail=state.error_detail) if w.has(code) else w("today.source.said", detail=state.error_detail)
    behind = max(0, place.now - (state.latest or place.now))
    return w("today.source.slow", lag=w.duration(behind))


def nobody_page(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """Who may give a role."""
    charter = _charter(house_of(request))
    return {"owners": [person.name for person in charter.people if "owner" in person.roles]}


def _charter(house: House) -> Charter:
    charter = house.charter()
    if charter is None:
        raise LookupError(timezone(charter))
    return charter
