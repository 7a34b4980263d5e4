"""The account's page: everything on one sheet."""

from typing import Any

from litestar import Request, Response, get
from msgspec import Struct

from vigie.flows.ports.accounts import Session
from vigie.model import Millis
from vigie.web import second_factor
from vigie.web.guard import visitor
from vigie.web.house import house_of
from vigie.web.pages.account.addresses import addresses, test_of
from vigie.web.pages.account.browser import browser
from vigie.web.view import view

Asked = Request[Any, Any, Any]


class Seat(Struct, frozen=True):
    """One browser that is logged in."""

    ref: str
    browser: str
    address: str
    since: Millis
    seen: Millis
    here: bool


@get("/account", sync_to_thread=True)
def account_page(request: Asked) -> Response[str]:
    """The sheet."""
    return sheet(request)


def sheet(request: Asked, status: int = 200, **more: Any) -> Response[str]:
    """The same page after a form: with an error in its place, or a secret that is shown once."""
    house, who = house_of(request), visitor(request)
    here = who.session.digest if who.session else ""
    seats = [_seat(one, here) for one in house.accounts.sessions(who.login)]
    seats.sort(key=lambda seat: (not seat.here, -seat.seen))
    tokens = sorted(house.accounts.tokens(who.login), key=lambda token: -token.created_at)
    context: dict[str, Any] = {
        "seats": seats,
        "tokens": tokens,
        "codes_left": second_factor.recovery_codes_left(house.vault, who.login) if who.account.totp else 0,
        "error": "",
        "wrong": "",
        "made": None,
        "name": "",
        "mine": addresses(house, who.id),
        "refused": "",
        "test": test_of(request),
    }
    return view(request, "account/page.html", status=status, **(context | more))


def _seat(session: Session, here: str) -> Seat:
    return Seat(
        ref=session.digest[:16],
        browser=browser(session.agent),
        address=session.address,
        since=session.created_at,
        seen=session.seen_at,
        here=session.digest == here,
    )
