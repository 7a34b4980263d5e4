"""A link that sets a password: for somebody invited, or whose password was reset."""

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect
from msgspec import Struct

from vigie.model import Act
from vigie.web.guard import OPEN
from vigie.web.house import house_of
from vigie.web.invite import ticket_account
from vigie.web.passwords import hash_password, weakness
from vigie.web.sessions import open_session
from vigie.web.view import view

Asked = Request[Any, Any, Any]


class JoinForm(Struct):
    """The link's ticket, and the password twice."""

    ticket: str = ""
    password: str = ""
    again: str = ""


Join = Annotated[JoinForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/join/{ticket:str}", opt=OPEN, sync_to_thread=True)
def join(request: Asked, ticket: FromPath[str]) -> Response[str]:
    """Asks for the password; says so when the link is spent."""
    house = house_of(request)
    account = ticket_account(house.secret, house.accounts, ticket, house.clock())
    if account is None:
        return view(request, "login/spent.html", status=410)
    return view(request, "login/join.html", ticket=ticket, login=account.login, error="")


@post("/join", opt=OPEN, sync_to_thread=True)
def set_password(request: Asked, data: Join) -> Response[Any]:
    """Sets it and lets its owner in; the link works no more."""
    house, now = house_of(request), house_of(request).clock()
    account = ticket_account(house.secret, house.accounts, data.ticket, now)
    if account is None:
        return view(request, "login/spent.html", status=410)
    error = weakness(data.password, account.login) or ("account.password.differ" if data.password != data.again else "")
    if error:
        return view(request, "login/join.html", status=400, ticket=data.ticket, login=account.login, error=error)
    changed = msgspec.structs.replace(account, password_hash=hash_password(data.password), must_change=False)
    act = Act(
        at=now, who=account.person, verb="password.set", what=f"account:{account.login}", charter=house.charter_digest()
    )
    house.accounts.change(changed, act)
    return Redirect("/", status_code=303, cookies=[open_session(house, request, changed, account.person)])
