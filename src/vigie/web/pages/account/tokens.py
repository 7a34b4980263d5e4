"""Keys for the API: shown once, listed by name, dropped at will."""

import secrets
from typing import Annotated, Any, Literal

from litestar import Request, Response, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from msgspec import Struct

from vigie.flows.ports.accounts import Token
from vigie.model import Act
from vigie.web.guard import requires, visitor
from vigie.web.house import house_of
from vigie.web.pages.account.page import sheet
from vigie.web.sessions import TOKEN_PREFIX, digest
from vigie.web.view import done

_DAY = 86_400_000
DAYS = {"30": 30, "90": 90, "365": 365, "": 0}
LONGEST_NAME = 80


class TokenForm(Struct):
    """``days`` is one of `DAYS`; empty for ever."""

    name: str = ""
    scope: Literal["read", "write"] = "read"
    days: str = "90"


@post("/account/tokens", guards=[requires("use-api")], sync_to_thread=True)
def create(
    request: Request[Any, Any, Any], data: Annotated[TokenForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
) -> Response[str]:
    """The page itself shows the key, so that it is in no address and no history."""
    house, who, now = house_of(request), visitor(request), house_of(request).clock()
    name = data.name.strip()[:LONGEST_NAME]
    if not name:
        return sheet(request, status=400, error="account.token.nameless")
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    days = DAYS.get(data.days, 90)
    token = Token(
        id=secrets.token_hex(4), digest=digest(secret), login=who.login, name=name, scope=data.scope, created_at=now,
        expires_at=now + days * _DAY if days else None,
    )  # fmt: skip
    act = Act(
        at=now, who=who.id, verb="token.created", what=f"token:{token.id}", charter=house.charter_digest(),
        details={"scope": data.scope, "days": days},
    )  # fmt: skip
    house.accounts.add_token(token, act)
    return sheet(request, made=secret, name=name)


@post("/account/tokens/{id:str}/drop", sync_to_thread=True)
def drop(request: Request[Any, Any, Any], id: FromPath[str]) -> Response[Any]:
    """Only one's own."""
    house, who = house_of(request), visitor(request)
    if any(token.id == id for token in house.accounts.tokens(who.login)):
        act = Act(
            at=house.clock(), who=who.id, verb="token.dropped", what=f"token:{id}", charter=house.charter_digest()
        )  # fmt: skip
        house.accounts.drop_token(id, act)
    return done("/account", "account.done.token_dropped")
