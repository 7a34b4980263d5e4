"""Scheduling a draft: the moment, what the charter and the clock say of it, and exactly what will be sent where."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct, structs

from vigie.desk.when import wall_of
from vigie.flows.approving import Review
from vigie.flows.drafts import StateError, StoppedError
from vigie.flows.ports.drafts import OutdatedError
from vigie.flows.scheduling import Plan, Ready, ScheduleError, Timed, offers, schedule, timed
from vigie.model import Content, Repeat, SavedDraft
from vigie.web.guard import requires, visitor
from vigie.web.house import House, house_of
from vigie.web.pages.composer.approvals import review_of, rooms
from vigie.web.pages.composer.form import Form, number
from vigie.web.pages.composer.looking import Look, look
from vigie.web.pages.composer.page import Asked, doing, opened, title
from vigie.web.pages.composer.reading import read
from vigie.web.pages.composer.writing import there
from vigie.web.view import done, timezone, view, wording
from vigie.wording.alerts import channel_label

REPEATS: dict[str, Repeat] = {"": "", "day": "day", "week": "week", "month": "month"}


class Planned(Struct, frozen=True):
    """A draft looked at with its planned moment.

    Attributes:
        at: None when the moment is none; ``error`` then says why, a code of `ScheduleError`.
    """

    saved: SavedDraft
    at: Timed | None
    error: str
    look: Look
    review: Review


@get("/drafts/{id:int}/schedule", guards=[requires("schedule")], sync_to_thread=True)
def plan(request: Asked, id: FromPath[int], wall: FromQuery[str] = "", repeat: FromQuery[str] = "") -> Response[Any]:
    """The moment, proposed or chosen, before anything is decided."""
    house = house_of(request)
    saved = there(house, id)
    if saved.state not in ("draft", "approved", "scheduled") or (
        saved.state == "scheduled" and house.publications.of_draft(id)
    ):
        return Redirect(f"/drafts/{id}", status_code=303)
    return _page(request, _planned(request, saved, wall or _proposed(house, saved.content)), repeat)


@post("/drafts/{id:int}/schedule", guards=[requires("schedule")], status_code=200, sync_to_thread=True)
def confirm(request: Asked, id: FromPath[int], data: Form) -> Response[Any]:
    """Schedules it: ``wall``, or ``do=now``. A moment that the clock turns is shown once before it is taken."""
    house, w = house_of(request), wording(request)
    saved = there(house, id)
    given = data.get("wall", "")
    wall = "" if data.get("do") == "now" else given or "-"  # a field left empty is not now
    repeat = REPEATS.get(data.get("repeat", ""), "")
    planned = _planned(request, saved, wall)
    charter = house.charter()
    unseen = bool(planned.at and planned.at.turned) and data.get("seen", "") != wall
    if planned.at is None or charter is None or unseen:
        return _page(request, planned, repeat, status=422, wall=given)
    if number(data, "revision") not in (0, saved.revision):
        return _page(request, planned, repeat, status=409, told=w("composer.schedule.error.changed"), wall=given)
    ready = Ready(saved, planned.review, planned.look.checked, charter)
    try:
        made = schedule(rooms(house), ready, planned.at, doing(request), repeat)
    except ScheduleError as error:
        told = w(
            f"composer.schedule.error.{error.code.replace('-', '_')}", channel=channel_label(charter, error.channel)
        )
        return _page(request, planned, repeat, status=409, told=told, wall=given)
    except StoppedError:
        return _page(request, planned, repeat, status=409, wall=given)
    except (StateError, OutdatedError):
        return read(request, opened(house, there(house, id)), status=409, told=w("composer.schedule.error.changed"))
    return done(f"/publications/{made[0].id}" if len(made) == 1 else "/queue", "publications.done.scheduled")


def _proposed(house: House, content: Content) -> str:
    """The moment that its author planned, else the next good one of its channels, else none."""
    charter = house.charter()
    if content.when is not None and content.when > house.clock():
        return wall_of(content.when, timezone(charter))
    free = offers(charter, content.channels, house.publications, house.clock(), 1) if charter else []
    return free[0].wall if free else ""


def _planned(request: Asked, saved: SavedDraft, wall: str) -> Planned:
    house, w = house_of(request), wording(request)
    tz = timezone(house.charter())
    at, error = None, ""
    try:
        at = timed(Plan(wall), tz, house.clock())
    except ScheduleError as found:
        error = found.code
    content = structs.replace(saved.content, when=at.due if at and wall else None)
    decisions = tuple(house.drafts.decisions(saved.id))
    seen = look(house, content, saved.author, visitor(request), w, decisions, draft=saved.id)
    return Planned(saved, at, error, seen, review_of(house, saved, seen.checked))


def _page(
    request: Asked, planned: Planned, repeat: str, *, status: int = 200, told: str = "", wall: str | None = None
) -> Response[str]:
    house, w = house_of(request), wording(request)
    charter = house.charter()
    saved = planned.saved
    shown = planned.at.wall if planned.at else ""
    return view(
        request,
        "composer/schedule.html",
        status=status,
        saved=saved,
        title=title(saved.content.text) or w("composer.untitled"),
        planned=planned,
        look=planned.look,
        wall=shown if wall is None else wall,
        repeat=repeat,
        repeats=tuple(REPEATS),
        free=offers(charter, saved.content.channels, house.publications, house.clock()) if charter else [],
        labels={id: channel_label(charter, id) for id in saved.content.channels},
        unconnected=[id for id in saved.content.channels if not house.vault.get(f"channel:{id}")],
        told=told or (w(f"composer.schedule.error.{planned.error.replace('-', '_')}") if planned.error else ""),
    )
