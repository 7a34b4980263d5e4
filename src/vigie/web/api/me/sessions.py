"""Browsers in which I am logged in."""

from typing import Annotated, Any

from litestar import Request, Response
from litestar.params import FromPath
from msgspec import Meta, Struct

from vigie.model import Act
from vigie.web.api.paging import Items
from vigie.web.api.problems import RefusedError
from vigie.web.api.routes import LOGGED_IN, reads, writes
from vigie.web.api.times import Instant, instant
from vigie.web.guard import visitor
from vigie.web.house import house_of
from vigie.web.pages.account.browser import browser

Asked = Request[Any, Any, Any]
_SHOWN = 16  # of the digest, which is no secret: it opens nothing


class Session(Struct, frozen=True):
    """One browser."""

    id: str
    browser: Annotated[str, Meta(examples=["Firefox, Linux"])]
    address: str
    created_at: Instant
    seen_at: Instant
    here: Annotated[bool, Meta(description="The one that asks.")]


@reads("/me/sessions", LOGGED_IN)
def list_sessions(request: Asked) -> Items[Session]:
    """List your sessions."""
    who = visitor(request)
    here = who.session.digest if who.session else ""
    return Items(
        tuple(
            Session(
                id=one.digest[:_SHOWN],
                browser=browser(one.agent),
                address=one.address,
                created_at=instant(one.created_at),
                seen_at=instant(one.seen_at),
                here=one.digest == here,
            )
            for one in house_of(request).accounts.sessions(who.login)
        )
    )


@writes("DELETE", "/me/sessions/{id:str}", LOGGED_IN, status=204, fails=(404,))
def close_session(request: Asked, id: FromPath[str]) -> Response[None]:
    """Close one of your sessions."""
    mine = house_of(request).accounts.sessions(visitor(request).login)
    chosen = [one.digest for one in mine if one.digest[:_SHOWN] == id]
    if not chosen:
        raise RefusedError("not-found")
    return _closed(request, chosen)


@writes("DELETE", "/me/sessions", LOGGED_IN, status=204)
def close_other_sessions(request: Asked) -> Response[None]:
    """Close all your sessions but this one."""
    who = visitor(request)
    here = who.session.digest if who.session else ""
    return _closed(
        request, [one.digest for one in house_of(request).accounts.sessions(who.login) if one.digest != here]
    )


def _closed(request: Asked, digests: list[str]) -> Response[None]:
    house, who = house_of(request), visitor(request)
    if digests:
        act = Act(
            at=house.clock(), who=who.id, verb="sessions.closed", what=f"account:{who.login}",
            charter=house.charter_digest(), details={"count": len(digests)},
        )  # fmt: skip
        house.accounts.close_sessions(digests, act)
    return Response(None, status_code=204)
