"""Sessions and tokens: the secret goes to the browser or program, we keep its digest."""

import secrets
from hashlib import sha256
from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie

from vigie.flows.ports.accounts import Account, Session, Token
from vigie.model import Act, Millis
from vigie.web.house import House
from vigie.web.visitor import Visitor

_DAY = 86_400_000
IDLE = 14 * _DAY
"""A browser not seen for two weeks logs in again."""
LONGEST = 90 * _DAY
"""And any browser after three months."""
_TOUCH = 5 * 60_000  # written down at most this often
TOKEN_PREFIX = "vigie_"  # noqa: S105 - so that a leaked one is recognised by scanners

Connection = ASGIConnection[Any, Any, Any, Any]


def digest(secret: str) -> str:
    """What is stored of a secret that was long and random."""
    return sha256(secret.encode()).hexdigest()


def secure(connection: Connection) -> bool:
    """Whether the browser came by https (also through a proxy that says so)."""
    return bool(connection.scope["scheme"] in {"https", "wss"})


def cookie_name(connection: Connection) -> str:
    """``__Host-`` binds the cookie to this very host; browsers allow it over https alone."""
    return "__Host-vigie" if secure(connection) else "vigie"


def address(connection: Connection) -> str:
    """Where the browser is."""
    return connection.client.host if connection.client else ""


def open_session(house: House, connection: Connection, account: Account, person: str) -> Cookie:
    """Starts a session; the cookie to set."""
    secret = secrets.token_urlsafe(32)
    now = house.clock()
    agent = connection.headers.get("user-agent", "")[:200]
    session = Session(digest(secret), account.login, now, now, address(connection), agent)
    act = Act(
        at=now, who=person, verb="session.opened", what=f"account:{account.login}", charter=house.charter_digest()
    )
    house.accounts.open_session(session, act)
    return _cookie(connection, secret, LONGEST // 1000)


def dead_cookie(connection: Connection) -> Cookie:
    """Takes the cookie away."""
    return _cookie(connection, "", 0)


def visitor_of(house: House, connection: Connection, *, program: bool) -> Visitor | None:
    """Who sends this request: by session, or by bearer token where ``program`` says that one is accepted."""
    now = house.clock()
    bearer = connection.headers.get("authorization", "")
    if program and bearer.lower().startswith("bearer "):
        return _by_token(house, bearer[7:].strip(), now)
    secret = connection.cookies.get(cookie_name(connection), "")
    return _by_session(house, secret, now) if secret else None


def _by_session(house: House, secret: str, now: Millis) -> Visitor | None:
    session = house.accounts.session(digest(secret))
    if session is None or now - session.seen_at > IDLE or now - session.created_at > LONGEST:
        return None
    if now - session.seen_at > _TOUCH:
        house.accounts.touch_session(session.digest, now)
    return _visitor(house, session.login, session=session)


def _by_token(house: House, secret: str, now: Millis) -> Visitor | None:
    token = house.accounts.token(digest(secret))
    if token is None or (token.expires_at is not None and token.expires_at <= now):
        return None
    if now - (token.used_at or 0) > _TOUCH:
        house.accounts.touch_token(token.id, now)
    return _visitor(house, token.login, token=token)


def _visitor(house: House, login: str, session: Session | None = None, token: Token | None = None) -> Visitor | None:
    account = house.accounts.get(login)
    if account is None or account.disabled:
        return None
    charter = house.charter()
    if charter is None:
        roles = () if house.charter_error() else ("owner",)
        return Visitor(account, account.person, account.person, roles, session, token)
    person = next((one for one in charter.people if one.id == account.person), None)
    if person is None:
        return Visitor(account, account.person, account.person, (), session, token)
    return Visitor(account, person.id, person.name, tuple(person.roles), session, token)


def _cookie(connection: Connection, value: str, seconds: int) -> Cookie:
    return Cookie(
        key=cookie_name(connection), value=value, max_age=seconds, path="/", httponly=True, samesite="lax",
        secure=secure(connection),
    )  # fmt: skip
