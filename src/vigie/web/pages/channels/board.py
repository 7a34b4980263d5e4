"""Every account of the house with how it stands, and one account with what it takes to connect it."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from vigie.charter import Channel
from vigie.flows.connecting import server_of
from vigie.web.guard import requires, visitor
from vigie.web.house import House, house_of
from vigie.web.pages.channels.rows import Row, row_of, rows
from vigie.web.pages.channels.said import headline, lines
from vigie.web.pages.channels.shelf import GRANTS, INVITATIONS
from vigie.web.view import timezone, view, wording

Asked = Request[Any, Any, Any]

WITHOUT_PAGE = frozenset({"bluesky", "demo"})
"""Networks that have no page where a person lets Vigie in: an app password is made in their settings."""


@get("/channels", guards=[requires("read-publications")], sync_to_thread=True)
def board_page(request: Asked, dropped: FromQuery[str] = "") -> Response[str]:
    """All of them, those that need somebody first said in the headline."""
    house, w = house_of(request), wording(request)
    charter = house.charter()
    found, now, tz = rows(house), house.clock(), timezone(charter)
    return view(
        request,
        "channels/page.html",
        rows=found,
        headline=headline(found, w, now),
        lines=lambda row: lines(row, w, now, tz),
        may_connect=visitor(request).may("connect-accounts"),
        undo=dropped if GRANTS.get(dropped, visitor(request).id, now) else "",
    )


@get("/channels/{id:str}", guards=[requires("read-publications")], sync_to_thread=True)
def channel_page(request: Asked, id: FromPath[str]) -> Response[str]:
    """One of them."""
    return shown(request, there(house_of(request), id))


def there(house: House, id: str) -> Channel:
    """A channel of the charter. Raises NotFoundException."""
    charter = house.charter()
    found = charter.channel(id) if charter else None
    if found is None:
        raise NotFoundException
    return found


def shown(
    request: Asked,
    channel: Channel,
    *,
    status: int = 200,
    errors: dict[str, str] | None = None,
    filled: dict[str, str] | None = None,
) -> Response[str]:
    """A channel's page; its form as it was just filled, without the secret."""
    house, w = house_of(request), wording(request)
    row, now, tz = row_of(house, channel), house.clock(), timezone(house.charter())
    return view(
        request,
        "channels/channel.html",
        status=status,
        row=row,
        lines=lines(row, w, now, tz),
        errors=errors or {},
        values={"service": _server(house, row), "login": channel.account} | (filled or {}),
        may_connect=visitor(request).may("connect-accounts"),
        by_page=row.writes_on not in WITHOUT_PAGE,
        invitation=INVITATIONS.get(channel.id, visitor(request).id, now),
    )


def _server(house: House, row: Row) -> str:
    """Where the account was reached last, else where its handle says."""
    grant = house.keyring.grant(row.channel.id)
    return grant.service if grant and row.writes_on != "demo" else server_of(row.channel)
