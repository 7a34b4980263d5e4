"""Who may ask for what: every route is closed unless it says ``opt=OPEN``, and actions follow the charter's roles."""

import hmac
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

from litestar import Request
from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers.base import BaseRouteHandler
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult

from vigie.charter import Action
from vigie.web import hosts, tickets
from vigie.web.house import house_of
from vigie.web.sessions import visitor_of
from vigie.web.visitor import Visitor

OPEN: Final = {"open": True}
"""``@get("/login", opt=OPEN)``: a route for people who are not logged in."""

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_NEW_PASSWORD = frozenset({"/account/password", "/logout"})
DOOR_COOKIE = "vigie_door"
Asked = ASGIConnection[Any, Any, Any, Any]


class MustChangePasswordError(Exception):
    """The password was printed or handed over: its owner sets a new one first."""


class WrongHostError(Exception):
    """The request names a host that is not ours."""


class Doorkeeper(AbstractAuthenticationMiddleware):
    """Finds out who is asking; whether they may is the guards' business."""

    async def authenticate_request(self, connection: Asked) -> AuthenticationResult:
        """Never refuses a visitor; refuses a foreign host name (DNS rebinding)."""
        house = house_of(connection)
        if not hosts.ours(connection.headers.get("host", ""), house.base_url):
            raise WrongHostError
        program = connection.scope["path"].startswith("/api/")
        visitor = await sync_to_thread(visitor_of, house, connection, program=program)
        return AuthenticationResult(user=visitor, auth=None)


def visitor(request: Asked) -> Visitor:
    """The person asking. Raises NotAuthorizedException."""
    found = request.scope.get("user")
    if not isinstance(found, Visitor):
        raise NotAuthorizedException
    return found


def requires(action: Action) -> Callable[[Asked, BaseRouteHandler], None]:
    """A guard: ``@get("/people", guards=[requires("manage-people")])``."""

    def guard(connection: Asked, _: BaseRouteHandler) -> None:
        if not visitor(connection).may(action):
            raise PermissionDeniedException(extra={"action": action})

    return guard


def logged_in(connection: Asked, handler: BaseRouteHandler) -> None:
    """For every route: open ones aside, somebody must have logged in, with a password of their own."""
    if handler.opt.get("open"):
        return
    who = visitor(connection)
    if who.account.must_change and who.session and connection.scope["path"] not in _NEW_PASSWORD:
        raise MustChangePasswordError


async def same_site(connection: Asked, handler: BaseRouteHandler) -> None:
    """For every writing route: it was our own page that sent this. A program with a token shows the token instead."""
    if connection.scope.get("method", "GET") in _SAFE or handler.opt.get("any_site"):
        return
    who = connection.scope.get("user")
    if isinstance(who, Visitor) and who.token is not None:
        if who.token.scope != "write":
            raise PermissionDeniedException(extra={"reason": "scope"})
        return
    headers = connection.headers
    origin = headers.get("origin", "")
    foreign = origin not in {"", "null"} and urlsplit(origin).netloc != headers.get("host", "")
    if foreign or headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise PermissionDeniedException(extra={"reason": "other-site"})
    given = headers.get("x-csrf-token", "")
    if not given and isinstance(connection, Request):
        given = str((await connection.form()).get("_csrf", ""))
    if not hmac.compare_digest(given.encode(), csrf_token(connection).encode()):
        raise PermissionDeniedException(extra={"reason": "stale-form"})


def csrf_token(connection: Asked) -> str:
    """What our forms carry: bound to the session, or to the door's cookie before there is one; never empty."""
    who = connection.scope.get("user")
    bound = who.session.digest if isinstance(who, Visitor) and who.session else door(connection)
    return tickets.seal(house_of(connection).secret, "csrf", bound)


def door(connection: Asked) -> str:
    """The value of the door's cookie, as it came or as `view` will set it."""
    return str(connection.scope.get("vigie_door") or connection.cookies.get(DOOR_COOKIE, ""))
