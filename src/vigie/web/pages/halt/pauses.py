"""Pauses: those in force, past ones and drills; and one of them with what it holds."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec import Struct

from vigie.charter import Action, Charter, allows
from vigie.flows.pausing import one_is_enough, who_may_release
from vigie.model import HeldChoice, Pause, Publication
from vigie.web.guard import requires, visitor
from vigie.web.house import House, house_of
from vigie.web.pages.composer.form import written
from vigie.web.pages.composer.page import title
from vigie.web.view import timezone, view, wording
from vigie.wording import Wording
from vigie.wording.alerts import names, seconds

Asked = Request[Any, Any, Any]
MINUTE = 60_000
DAY = 86_400_000
_LISTED = 50


class HeldRow(Struct, frozen=True):
    """One held publication on the page. ``late``: its time has passed; ``choice``: what was proposed for it."""

    publication: Publication
    title: str
    late: bool
    choice: HeldChoice | None
    when: str


@get("/pauses", guards=[requires("read-publications")], sync_to_thread=True)
def pauses(request: Asked) -> Response[str]:
    """The log of pauses, the latest first."""
    house, w = house_of(request), wording(request)
    found = house.publications.latest_pauses(_LISTED)
    return view(request, "halt/pauses.html", pauses=found, headline=_state(request, house.publications.pauses(), w))


@get("/pauses/{id:int}", guards=[requires("read-publications")], sync_to_thread=True)
def pause_page(request: Asked, id: FromPath[int]) -> Response[str]:
    """One pause: who, why, how fast, what it holds, and how it ends."""
    return shown(request, there(house_of(request), id))


def there(house: House, id: int) -> Pause:
    """A pause. Raises NotFoundException."""
    found = house.publications.pause_of(id)
    if found is None:
        raise NotFoundException
    return found


def shown(request: Asked, pause: Pause, *, status: int = 200, error: str = "") -> Response[str]:
    """The page."""
    house, who, w = house_of(request), visitor(request), wording(request)
    charter = house.charter()
    releasers = who_may_release(charter)
    mine = pause.release is not None and pause.release.by == who.id
    return view(
        request,
        "halt/pause.html",
        status=status,
        pause=pause,
        headline=_headline(request, pause, w),
        rows=held_rows(house, pause, w),
        flight=flight(house, pause),
        may_release=who.may("release"),
        alone=one_is_enough(charter, who.id),
        mine=mine,
        others=[names(charter).person(id) for id in releasers if id != who.id],
        tomorrow=written(house.clock() + DAY, timezone(charter))[:11] + "09:00",
        error=error,
        title_of=title,
    )


def held_rows(house: House, pause: Pause, w: Wording) -> list[HeldRow]:
    """What a pause holds, by the time it was due."""
    now, tz = house.clock(), timezone(house.charter())
    chosen = {one.publication: one for one in (pause.release.choices if pause.release else ())}
    found = sorted(house.publications.held(pause.id), key=lambda one: (one.due, one.id))
    rows = []
    for one in found:
        choice = chosen.get(one.id)
        text = title(one.outgoing.pieces[0].text) or w("composer.untitled")
        when = choice.wall if choice and choice.fate == "reschedule" else written(max(one.due, now), tz)
        rows.append(HeldRow(one, text, one.due <= now, choice, when))
    return rows


def flight(house: House, pause: Pause) -> list[Publication]:
    """What was on its way when the order came, as it stands now."""
    around = house.publications.between(pause.at - DAY, pause.at + MINUTE, pause.channels)
    return [one for one in around if one.claimed_at is not None and one.claimed_at <= pause.at and _open_at(one, pause)]


def _open_at(one: Publication, pause: Pause) -> bool:
    if one.published_at is not None:
        return one.published_at >= pause.at
    if one.state in ("publishing", "unconfirmed"):
        return True
    return one.claimed_at is not None and one.claimed_at > pause.at - MINUTE


def people_with(charter: Charter | None, right: Action) -> list[str]:
    """Names of those whose roles allow something."""
    return [one.name for one in (charter.people if charter else ()) if allows(one.roles, right)]


def _state(request: Asked, found: list[Pause], w: Wording) -> str:
    house = house_of(request)
    if not found:
        return w("halt.list.headline.none")
    tz, now = timezone(house.charter()), house.clock()
    pause = next((one for one in found if not one.channels), found[0])
    when = w.when(pause.at, tz, now)
    if not pause.channels:
        return w("halt.list.headline.all", when=when)
    channels = names(house.charter()).all_channels(pause.channels, w)
    return w("halt.list.headline.some", channels=channels, when=when)


def _headline(request: Asked, pause: Pause, w: Wording) -> str:
    house = house_of(request)
    tz, now = timezone(house.charter()), house.clock()
    if pause.drill and pause.settled_ms is not None:
        return w("halt.pause.headline.drill", delay=seconds(pause.settled_ms, w))
    if pause.drill:
        return w("halt.pause.headline.drill_unmeasured")
    if pause.released_at is not None:
        return w("halt.pause.headline.over", when=w.when(pause.released_at, tz, now))
    when = w.when(pause.at, tz, now)
    if not pause.channels:
        return w("halt.pause.headline.all", when=when)
    channels = names(house.charter()).all_channels(pause.channels, w)
    return w("halt.pause.headline.some", channels=channels, when=when)
