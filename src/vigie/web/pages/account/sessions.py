"""Logs out other browsers: one, or all but this one."""

from typing import Annotated, Any

from litestar import Request, Response, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from msgspec import Struct

from vigie.model import Act
from vigie.web.guard import visitor
from vigie.web.house import house_of
from vigie.web.view import done


class CloseForm(Struct):
    """The beginning of a session's digest; empty for all others."""

    ref: str = ""


@post("/account/sessions/close", sync_to_thread=True)
def close(
    request: Request[Any, Any, Any], data: Annotated[CloseForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
) -> Response[Any]:
    """``ref`` names one; without it all others go."""
    house, who = house_of(request), visitor(request)
    here = who.session.digest if who.session else ""
    others = [one.digest for one in house.accounts.sessions(who.login) if one.digest != here]
    chosen = [digest for digest in others if digest.startswith(data.ref)]
    if chosen:
        act = Act(
            at=house.clock(), who=who.id, verb="sessions.closed", what=f"account:{who.login}",
            charter=house.charter_digest(), details={"count": len(chosen)},
        )  # fmt: skip
        house.accounts.close_sessions(chosen, act)
    return done("/account", "account.done.sessions")
