"""Writing a draft: opening it, looking at what is typed, saving, handing it on, setting it aside."""

import re
from collections.abc import Iterator
from typing import Any

from litestar import Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import structs

from vigie.flows import drafts as flow
from vigie.flows.approving import ask
from vigie.flows.drafts import Found, StateError, StoppedError
from vigie.flows.ports.drafts import OutdatedError
from vigie.flows.scheduling import take_up
from vigie.model import Content, Draft, SavedDraft
from vigie.web.guard import requires, visitor
from vigie.web.house import House, house_of
from vigie.web.pages.composer.approvals import rooms
from vigie.web.pages.composer.form import Form, content_of, moment, number
from vigie.web.pages.composer.looking import checked, fits
from vigie.web.pages.composer.meeting import meeting, meeting_page
from vigie.web.pages.composer.page import WRITTEN, Asked, Open, doing, opened, page, parts, untried
from vigie.web.pages.composer.reading import read
from vigie.web.view import done, timezone, wording

_MARK = re.compile(r"[0-9a-f]{16}")


@get("/drafts/new", guards=[requires("write-drafts")], sync_to_thread=True)
def new(request: Asked, when: FromQuery[str] = "", on: FromQuery[str] = "") -> Response[str]:
    """An empty sheet, for the channel ``on`` and the wall time ``when``; with one channel only, that one is chosen."""
    charter = house_of(request).charter()
    known = [channel.id for channel in charter.channels] if charter else []
    chosen = (on,) if on in known else tuple(known) if len(known) == 1 else ()
    return page(request, Open(None, Content(channels=chosen, when=moment(when, timezone(charter)))))


@get("/drafts/{id:int}", guards=[requires("read-drafts")], sync_to_thread=True)
def edit(request: Asked, id: FromPath[int]) -> Response[str]:
    """A saved draft: where it is written, or where it is read while people decide about it."""
    house = house_of(request)
    saved = there(house, id)
    return page(request, opened(house, saved)) if saved.state in WRITTEN else read(request, opened(house, saved))


@post("/drafts/-/look", guards=[requires("read-drafts")], status_code=200, sync_to_thread=True)
def typed(request: Asked, data: Form) -> dict[str, Any]:
    """What the charter says of the text in the field, saved or not."""
    return parts(request, _open(request, data))


@post("/drafts/-/links", guards=[requires("write-drafts")], status_code=200)
async def links(request: Asked, data: Form) -> dict[str, int]:
    """Asks the addresses in the text whether they lead anywhere; the next look tells."""
    house = house_of(request)
    one = await sync_to_thread(_open, request, data)
    texts = [one.content.text, *one.content.variants.values()]
    wanted = untried(house, [Draft(text) for text in texts])
    await house.links.ask(wanted, house.fetch, house.clock())
    return {"tried": len(wanted)}


@post("/drafts/-/save", guards=[requires("write-drafts")], status_code=200, sync_to_thread=True)
def keep(request: Asked, data: Form) -> Response[dict[str, Any]]:
    """Saves what is typed, as the page does by itself; 409 with what another one left who saved meanwhile."""
    house, w = house_of(request), wording(request)
    one = _open(request, data)
    try:
        saved = flow.save(house.drafts, one.id, number(data, "revision"), one.content, doing(request))
    except OutdatedError as error:
        return Response(meeting(request, one.content, error.current), status_code=409)
    except StateError:  # scheduled meanwhile, or set aside: what was typed is shown beside it
        return Response(meeting(request, one.content, there(house, one.id or 0)), status_code=409)
    flow.count(
        house.drafts, saved.id, checked(house, saved.content, saved.author, one.decisions, saved.id), house.clock()
    )
    for found in _took(data, house):
        flow.decide(house.drafts, saved.id, found, "accepted", doing(request))
    at = w.time(saved.saved_at, timezone(house.charter()))
    said = w("composer.saved", version=saved.version, time=at)
    return Response({"id": saved.id, "revision": saved.revision, "said": said, "new": one.id is None})


@get("/drafts/{id:int}/now", guards=[requires("read-drafts")], sync_to_thread=True)
def now(request: Asked, id: FromPath[int]) -> dict[str, Any]:
    """Where a draft is: for a page that stays open while others write."""
    house, w = house_of(request), wording(request)
    saved = there(house, id)
    charter = house.charter()
    person = charter.person(saved.saved_by) if charter else None
    name = person.name if person else saved.saved_by
    at = w.time(saved.saved_at, timezone(charter))
    return {"revision": saved.revision, "said": w("composer.moved", name=name, time=at)}


@post("/drafts/new", guards=[requires("read-drafts")], status_code=200, sync_to_thread=True)
def begin(request: Asked, data: Form) -> Response[Any]:
    """The form of a new draft, whatever button was pressed."""
    return _pressed(request, data)


@post("/drafts/{id:int}", guards=[requires("read-drafts")], status_code=200, sync_to_thread=True)
def change(request: Asked, id: FromPath[int], data: Form) -> Response[Any]:
    """The same of a saved one."""
    return _pressed(request, data | {"id": str(id)})


def _pressed(request: Asked, data: dict[str, str]) -> Response[Any]:
    """What the pressed button asks for, on a page without script; and what hands a draft on, on any page."""
    one = _open(request, data)
    do = data.get("do", "save")
    if do == "look" or not visitor(request).may("write-drafts"):
        return page(request, one)
    try:
        if one.saved is None or one.saved.state in WRITTEN:
            return _written(request, one, number(data, "revision"), do)
        return _taken_up(request, one.saved, do)
    except OutdatedError as error:
        return meeting_page(request, one.content, error.current)
    except StateError as error:
        there_now = there(house_of(request), one.id or 0)
        told = wording(request)(f"composer.error.state.{error.state}")
        return read(request, opened(house_of(request), there_now), status=409, told=told)


def _written(request: Asked, one: Open, revision: int, do: str) -> Response[Any]:
    """Saves it, then hands it on. Raises OutdatedError, StateError."""
    house = house_of(request)
    saved = flow.save(house.drafts, one.id, revision, one.content, doing(request))
    found = checked(house, saved.content, saved.author, one.decisions, saved.id)
    flow.count(house.drafts, saved.id, found, house.clock())
    act, _, of = do.partition(":")
    if act == "put":
        _put(request, saved, of)
    elif act == "cut":
        content = flow.split(saved.content, of, fits(house.charter(), saved.content, of))
        flow.save(house.drafts, saved.id, saved.revision, content, doing(request))
    elif act == "schedule":
        if saved.state == "changes_requested":  # nobody has to approve it any more
            take_up(rooms(house), saved, doing(request))
        return Redirect(f"/drafts/{saved.id}/schedule", status_code=303)
    elif act == "discard":
        flow.discard(house.drafts, saved, doing(request))
        return Redirect(f"/drafts?gone={saved.id}", status_code=303)
    elif act == "ask":
        try:
            ask(rooms(house), saved, house.charter(), found, doing(request))
        except StoppedError:
            return page(request, opened(house, there(house, saved.id)), status=422)
        return done(f"/drafts/{saved.id}", "composer.done.asked")
    return done(f"/drafts/{saved.id}", "composer.done.saved")


def _taken_up(request: Asked, saved: SavedDraft, do: str) -> Response[Any]:
    """One that people decided about is written again, or gives its words to a new one. Raises StateError."""
    house = house_of(request)
    if do == "copy":
        content = structs.replace(saved.content, when=None)
        fresh = flow.save(house.drafts, None, 0, content, doing(request))
        return done(f"/drafts/{fresh.id}", "composer.done.copied")
    if do != "back":
        raise StateError(saved.state)
    take_up(rooms(house), saved, doing(request))
    return done(f"/drafts/{saved.id}", "composer.done.back")


def there(house: House, id: int) -> SavedDraft:
    """A saved draft. Raises NotFoundException."""
    saved = house.drafts.get(id)
    if saved is None:
        raise NotFoundException
    return saved


def _open(request: Asked, data: dict[str, str]) -> Open:
    house = house_of(request)
    id = number(data, "id")
    saved = there(house, id) if id else None
    charter = house.charter()
    content = content_of(data, charter, timezone(charter), saved.content if saved else None)
    return opened(house, saved, content, number(data, "revision")) if saved else Open(None, content)


def _put(request: Asked, saved: SavedDraft, fingerprint: str) -> None:
    """Puts what a remark proposes in the place of its words."""
    house = house_of(request)
    seen = checked(house, saved.content, saved.author, tuple(house.drafts.decisions(saved.id)), saved.id)
    remark = next((one for one in seen.remarks if one.finding.fingerprint == fingerprint), None)
    if remark is not None:
        found = Found(remark.finding.rule, fingerprint)
        flow.decide(house.drafts, saved.id, found, "accepted", doing(request))
        flow.save(house.drafts, saved.id, saved.revision, flow.replaced(saved.content, remark), doing(request))


def _took(data: dict[str, str], house: House) -> Iterator[Found]:
    """The remarks whose proposal was taken up since the last saving: ``took:RULE FINGERPRINT``."""
    for key in data:
        rule, _, mark = key.removeprefix("took:").partition(" ")
        if key.startswith("took:") and _MARK.fullmatch(mark) and rule in house.judge().rules:
            yield Found(rule, mark)
