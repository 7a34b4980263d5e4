"""A new password, which also logs out every other browser."""

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from msgspec import Struct

from vigie.model import Act
from vigie.web import throttle
from vigie.web.guard import visitor
from vigie.web.house import house_of
from vigie.web.passwords import hash_password, right_password, weakness
from vigie.web.sessions import address
from vigie.web.view import done, view

Asked = Request[Any, Any, Any]


class PasswordForm(Struct):
    """The present password, and the new one twice."""

    now: str = ""
    password: str = ""
    again: str = ""


@get("/account/password", sync_to_thread=True)
def password_form(request: Asked) -> Response[str]:
    """Also where somebody with a printed password lands first."""
    return view(request, "account/password.html", error="", wrong="")


@post("/account/password", sync_to_thread=True)
def change(
    request: Asked, data: Annotated[PasswordForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
) -> Response[Any]:
    """Asks for the present one: an unlocked computer is not enough to take an account over."""
    house, who, now = house_of(request), visitor(request), house_of(request).clock()
    throttle.check(house.accounts, who.login, address(request), now)
    if not right_password(who.account.password_hash, data.now):
        throttle.failed(house.accounts, who.login, address(request), now)
        return view(request, "account/password.html", status=403, wrong="account.password.wrong", error="")
    error = weakness(data.password, who.login) or ("account.password.differ" if data.password != data.again else "")
    if not error and data.password == data.now:
        error = "account.password.same"
    if error:
        return view(request, "account/password.html", status=400, error=error, wrong="")
    digest = house.charter_digest()
    act = Act(at=now, who=who.id, verb="password.changed", what=f"account:{who.login}", charter=digest)
    changed = msgspec.structs.replace(who.account, password_hash=hash_password(data.password), must_change=False)
    house.accounts.change(changed, act)
    here = who.session.digest if who.session else ""
    others = [one.digest for one in house.accounts.sessions(who.login) if one.digest != here]
    if others:
        house.accounts.close_sessions(others, msgspec.structs.replace(act, verb="sessions.closed"))
    return done("/account", "account.done.password")
