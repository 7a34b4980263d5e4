"""The second factor: put on with a code that proves it works, taken off with the password."""

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from msgspec import Struct

from vigie.model import Act
from vigie.web import second_factor, throttle, tickets
from vigie.web.guard import visitor
from vigie.web.house import House, house_of
from vigie.web.pages.account.page import sheet
from vigie.web.passwords import right_password
from vigie.web.sessions import address
from vigie.web.view import done, view
from vigie.web.visitor import Visitor

Asked = Request[Any, Any, Any]

SETUP_MS = 15 * 60_000


class CodeForm(Struct):
    """What the app shows, and the ticket that holds the secret it should come from."""

    ticket: str = ""
    code: str = ""


class ConsentForm(Struct):
    """The password, asked for again."""

    password: str = ""


Consent = Annotated[ConsentForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@post("/account/factor", sync_to_thread=True)
def start(request: Asked) -> Response[str]:
    """Shows the picture for the app. Nothing is stored until a code has come back."""
    return _setup(request, second_factor.new_secret(), "", 200)


@post("/account/factor/confirm", sync_to_thread=True)
def confirm(
    request: Asked, data: Annotated[CodeForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
) -> Response[Any]:
    """Puts it on and shows the recovery codes, once."""
    house, who, now = house_of(request), visitor(request), house_of(request).clock()
    secret = tickets.read(house.secret, f"factor:{who.login}", data.ticket, now)
    if not secret:
        return sheet(request, status=400, error="account.factor.late")
    if second_factor.right_code(secret, data.code, now) is None:
        return _setup(request, secret, "account.factor.wrong", 400)
    house.accounts.change(msgspec.structs.replace(who.account, totp=secret), _act(house, who, "factor.added"))
    return _codes(request)


@post("/account/factor/codes", sync_to_thread=True)
def new_codes(request: Asked, data: Consent) -> Response[Any]:
    """Ten new recovery codes in place of the old ones."""
    if (refused := _without_consent(request, data.password, "codes")) is not None:
        return refused
    house, who = house_of(request), visitor(request)
    house.accounts.change(who.account, _act(house, who, "recovery_codes.made"))
    return _codes(request)


@post("/account/factor/off", sync_to_thread=True)
def take_off(request: Asked, data: Consent) -> Response[Any]:
    """Back to the password alone."""
    if (refused := _without_consent(request, data.password, "off")) is not None:
        return refused
    house, who = house_of(request), visitor(request)
    house.accounts.change(msgspec.structs.replace(who.account, totp=""), _act(house, who, "factor.removed"))
    second_factor.forget(house.vault, who.login)
    return done("/account", "account.done.factor_off")


def _setup(request: Asked, secret: str, error: str, status: int) -> Response[str]:
    house, who = house_of(request), visitor(request)
    charter = house.charter()
    uri = second_factor.setup_uri(secret, who.login, charter.company.name if charter else "")
    ticket = tickets.sign(house.secret, f"factor:{who.login}", secret, house.clock() + SETUP_MS)
    grouped = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    picture = second_factor.picture(uri)
    context = {"secret": grouped, "picture": picture, "ticket": ticket, "error": error}
    return view(request, "account/factor.html", status=status, **context)


def _codes(request: Asked) -> Response[str]:
    house, who = house_of(request), visitor(request)
    return view(request, "account/codes.html", codes=second_factor.new_recovery_codes(house.vault, who.login))


def _without_consent(request: Asked, password: str, form: str) -> Response[Any] | None:
    house, who, now = house_of(request), visitor(request), house_of(request).clock()
    throttle.check(house.accounts, who.login, address(request), now)
    if right_password(who.account.password_hash, password):
        return None
    throttle.failed(house.accounts, who.login, address(request), now)
    return sheet(request, status=403, wrong=form)


def _act(house: House, who: Visitor, verb: str) -> Act:
    return Act(at=house.clock(), who=who.id, verb=verb, what=f"account:{who.login}", charter=house.charter_digest())
