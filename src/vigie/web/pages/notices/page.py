"""What reached my page, and the house's delivery log; what did not arrive is sent again from here."""

from typing import Any, Literal, TypeAlias

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from vigie.flows.tell import NotAgainError, resend
from vigie.model import Delivery, DeliveryState, Millis
from vigie.web.guard import requires, visitor
from vigie.web.house import House, house_of
from vigie.web.pages.composer.page import doing
from vigie.web.pages.notices.lines import by_notice
from vigie.web.view import done, timezone, view, wording
from vigie.wording import Wording
from vigie.wording.alerts import names

Asked = Request[Any, Any, Any]
Which: TypeAlias = Literal["", "waiting", "delivered", "failed", "cancelled"]
STATES: tuple[DeliveryState, ...] = ("failed", "waiting", "delivered", "cancelled")
MOST = 200
"""Lines of the log."""
MINE = 20
WEEK: Millis = 7 * 86_400_000
"""What failed longer ago is history."""


@get("/notices", guards=[requires("read-incidents")], sync_to_thread=True)
def notices(request: Asked, which: FromQuery[Which] = "") -> Response[str]:
    """The page; ``which`` filters the log by state."""
    return _shown(request, which)


@post("/notices/{id:int}/again", guards=[requires("handle-incidents")], status_code=200, sync_to_thread=True)
def send_again(request: Asked, id: FromPath[int], which: FromQuery[Which] = "") -> Response[Any]:
    """Sends one delivery once more, under the same id."""
    house = house_of(request)
    try:
        resend(house.notices, there(house, id), doing(request))
    except NotAgainError:
        return _shown(request, which, status=409, error=wording(request)("notices.error.not_again"))
    return done(f"/notices?which={which}" if which else "/notices", "notices.done.again")


def there(house: House, id: int) -> Delivery:
    """A delivery. Raises NotFoundException."""
    found = house.notices.delivery(id)
    if found is None:
        raise NotFoundException
    return found


def _shown(request: Asked, which: Which, status: int = 200, error: str = "") -> Response[str]:
    house, who, w = house_of(request), visitor(request), wording(request)
    charter, now = house.charter(), house.clock()
    may_handle = who.may("handle-incidents")
    mine = house.notices.for_person(who.id, MINE)
    unread = house.notices.unread(who.id)
    log = house.notices.log(MOST, which) if may_handle else []
    return view(
        request,
        "notices/page.html",
        status=status,
        error=error,
        headline=_headline(house, w, unread=unread, ever=bool(mine or log), may_handle=may_handle),
        mine=[(notice, index < unread) for index, (notice, _) in enumerate(mine)],
        unread=unread,
        log=by_notice(log, names(charter), w, timezone(charter), now),
        whole=len(log) < MOST,
        most=MOST,
        which=which,
        states=STATES,
        may_handle=may_handle,
    )


def _headline(house: House, w: Wording, *, unread: int, ever: bool, may_handle: bool) -> str:
    """One sentence about now: what did not arrive comes first."""
    since = house.clock() - WEEK
    failed = sum(told.at > since for _, told in house.notices.log(MOST, "failed")) if may_handle else 0
    if failed:
        return w.count("notices.headline.failed", failed)
    if unread:
        return w.count("notices.headline.unread", unread)
    return w("notices.headline.quiet" if ever else "notices.headline.none")
