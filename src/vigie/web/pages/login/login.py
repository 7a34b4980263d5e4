"""Logging in: a password, then a code where the account has a second factor."""

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import TooManyRequestsException
from litestar.params import Body, FromQuery
from litestar.response import Redirect
from msgspec import Struct

from vigie.flows.ports.accounts import Account
from vigie.model import Act
from vigie.web import second_factor, throttle, tickets
from vigie.web.guard import OPEN, visitor
from vigie.web.house import House, house_of
from vigie.web.passwords import right_password
from vigie.web.sessions import address, dead_cookie, open_session
from vigie.web.view import view, visitor_or_none

Asked = Request[Any, Any, Any]

CODE_MS = 5 * 60_000
"""Between the password and the code."""


class LoginForm(Struct):
    """``next``: where to go on."""

    login: str = ""
    password: str = ""
    next: str = "/"


class CodeForm(Struct):
    """The second step; ``ticket`` says who passed the first."""

    ticket: str = ""
    code: str = ""
    next: str = "/"


Login = Annotated[LoginForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
Code = Annotated[CodeForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/login", opt=OPEN, sync_to_thread=True)
def login_form(request: Asked, next: FromQuery[str] = "/") -> Response[Any]:
    """The form; somebody who is in already goes on."""
    if visitor_or_none(request):
        return Redirect(inside(next), status_code=303)
    return view(request, "login/page.html", next=inside(next), login="", error="")


@post("/login", opt=OPEN, sync_to_thread=True)
def log_in(request: Asked, data: Login) -> Response[Any]:
    """A wrong login and a wrong password get the same answer, after the same time."""
    house, login = house_of(request), data.login.strip().lower()
    if (refused := _too_often(request, house, login, data.next)) is not None:
        return refused
    account = house.accounts.get(login)
    usable = account if account and not account.disabled else None
    if not right_password(usable.password_hash if usable else "", data.password) or usable is None:
        throttle.failed(house.accounts, login, address(request), house.clock())
        return view(
            request, "login/page.html", status=403, next=inside(data.next), login=login, error="login.error.wrong"
        )
    if usable.totp:
        ticket = tickets.sign(house.secret, "code", login, house.clock() + CODE_MS)
        return view(request, "login/code.html", next=inside(data.next), ticket=ticket, error="")
    return _let_in(request, house, usable, data.next)


@post("/login/code", opt=OPEN, sync_to_thread=True)
def give_code(request: Asked, data: Code) -> Response[Any]:
    """The second factor, or one of the recovery codes."""
    house, now = house_of(request), house_of(request).clock()
    login = tickets.read(house.secret, "code", data.ticket, now)
    account = house.accounts.get(login) if login else None
    if account is None or account.disabled or not account.totp:
        return view(request, "login/page.html", status=403, next=inside(data.next), login="", error="login.error.late")
    if (refused := _too_often(request, house, login, data.next)) is not None:
        return refused
    if not second_factor.accept(house.accounts, house.vault, login, account.totp, data.code, now):
        throttle.failed(house.accounts, login, address(request), now)
        return view(
            request, "login/code.html", status=403, next=inside(data.next), ticket=data.ticket, error="login.error.code"
        )
    return _let_in(request, house, account, data.next)


@post("/logout", sync_to_thread=True)
def log_out(request: Asked) -> Response[Any]:
    """Closes this session alone."""
    house, who = house_of(request), visitor(request)
    if who.session:
        act = Act(at=house.clock(), who=who.id, verb="session.closed", what=f"account:{who.login}")
        house.accounts.close_sessions([who.session.digest], act)
    return Redirect("/login", status_code=303, cookies=[dead_cookie(request)])


def inside(address: str) -> str:
    r"""Where to go on: an address of this site, else its first page.

    >>> inside("/listening?q=x"), inside("//evil.example"), inside("/\\evil.example"), inside("https://evil.example")
    ('/listening?q=x', '/', '/', '/')
    """
    good = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if good else "/"


def _let_in(request: Asked, house: House, account: Account, next: str) -> Response[Any]:
    house.accounts.clear_failures(f"login:{account.login}")
    cookie = open_session(house, request, account, account.person)
    return Redirect(inside(next), status_code=303, cookies=[cookie])


def _too_often(request: Asked, house: House, login: str, next: str) -> Response[Any] | None:
    try:
        throttle.check(house.accounts, login, address(request), house.clock())
    except TooManyRequestsException as error:
        answer = view(request, "login/page.html", status=429, next=inside(next), login=login, error="login.error.many")
        answer.headers.update(error.headers or {})
        return answer
    return None
