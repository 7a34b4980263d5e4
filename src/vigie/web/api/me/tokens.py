"""Keys for the API: shown once, listed by name, dropped at will."""

import secrets
from typing import Annotated, Any, Literal

from litestar import Request, Response
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from vigie.flows.ports import accounts as port
from vigie.model import Act, Millis
from vigie.web.api.paging import Items
from vigie.web.api.problems import RefusedError, invalid_body, voice
from vigie.web.api.routes import reads, writes
from vigie.web.api.times import Instant, instant, instant_or_none
from vigie.web.guard import visitor
from vigie.web.house import house_of
from vigie.web.sessions import TOKEN_PREFIX, digest

Asked = Request[Any, Any, Any]
_DAY: Millis = 86_400_000


class Token(Struct, frozen=True):
    """A key, without its secret."""

    id: str
    name: str
    scope: Literal["read", "write"]
    created_at: Instant
    used_at: Annotated[Instant | None, Meta(description="To within five minutes.")]
    expires_at: Annotated[Instant | None, Meta(description="null: never.")]


class NewToken(Struct, frozen=True, forbid_unknown_fields=True):
    """What the key is for, and for how long; ``days`` null is for ever."""

    name: Annotated[str, Meta(min_length=1, max_length=80, examples=["export every night"])]
    scope: Literal["read", "write"] = "read"
    days: Annotated[int, Meta(ge=1, le=3660)] | None = 90


class MadeToken(Struct, frozen=True):
    """A new key. ``secret`` is shown this once; we keep its digest."""

    token: Token
    secret: Annotated[str, Meta(examples=["vigie_XXXXXXXX"])]


@reads("/me/tokens", "use-api")
def list_tokens(request: Asked) -> Items[Token]:
    """List your tokens.

    The newest first.
    """
    found = house_of(request).accounts.tokens(visitor(request).login)
    return Items(tuple(map(_out, sorted(found, key=lambda token: -token.created_at))))


@writes("POST", "/me/tokens", "use-api", status=201)
def create_token(request: Asked, data: JSONBody[NewToken]) -> Response[MadeToken]:
    """Make a token.

    A token may make another one only for as long as it lives itself.
    """
    house, who, now = house_of(request), visitor(request), house_of(request).clock()
    name, say = data.name.strip(), voice(request)
    if not name:
        raise invalid_body(say, "short", "#/name", least=1)
    until = now + data.days * _DAY if data.days else None
    limit = who.token.expires_at if who.token else None
    if limit is not None and (until is None or until > limit):
        raise RefusedError("token-too-strong")
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = port.Token(
        id=secrets.token_hex(4), digest=digest(secret), login=who.login, name=name, scope=data.scope, created_at=now,
        expires_at=until,
    )  # fmt: skip
    act = Act(
        at=now, who=who.id, verb="token.created", what=f"token:{token.id}", charter=house.charter_digest(),
        details={"scope": data.scope, "days": data.days or 0},
    )  # fmt: skip
    house.accounts.add_token(token, act)
    return Response(MadeToken(_out(token), secret), status_code=201)


@writes("DELETE", "/me/tokens/{id:str}", "use-api", status=204, fails=(404,))
def drop_token(request: Asked, id: FromPath[str]) -> Response[None]:
    """Drop one of your tokens.

    It stops working at once.
    """
    house, who = house_of(request), visitor(request)
    if not any(token.id == id for token in house.accounts.tokens(who.login)):
        raise RefusedError("not-found")
    act = Act(at=house.clock(), who=who.id, verb="token.dropped", what=f"token:{id}", charter=house.charter_digest())
    house.accounts.drop_token(id, act)
    return Response(None, status_code=204)


def _out(token: port.Token) -> Token:
    return Token(
        id=token.id,
        name=token.name,
        scope=token.scope,
        created_at=instant(token.created_at),
        used_at=instant_or_none(token.used_at),
        expires_at=instant_or_none(token.expires_at),
    )
