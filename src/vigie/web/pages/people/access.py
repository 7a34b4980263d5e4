"""Whether somebody can log in: invite, new link, disable, enable. No mail is sent; the owner hands the link over."""

from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Request, Response, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from vigie.flows.ports.accounts import Account, LoginTakenError
from vigie.model import Act
from vigie.web import second_factor
from vigie.web.guard import requires, visitor
from vigie.web.house import House, house_of
from vigie.web.invite import closed_account, link_ticket, locked_again
from vigie.web.pages.people.page import sheet
from vigie.web.pages.people.staff import last_owner, member
from vigie.web.view import done

Asked = Request[Any, Any, Any]
_OWNERS = [requires("manage-people")]


@post("/people/{id:str}/invite", guards=_OWNERS, sync_to_thread=True)
def invite(request: Asked, id: FromPath[str]) -> Response[Any]:
    """Makes the account and shows the link."""
    house = house_of(request)
    one = member(house, id)
    if one is None or one.stray:
        raise NotFoundException
    return sheet(request, id, link=open_account(request, house, id))


@post("/people/{id:str}/renew", guards=_OWNERS, sync_to_thread=True)
def renew(request: Asked, id: FromPath[str]) -> Response[Any]:
    """A new link: the old password, second factor, sessions, keys and links stop working at once."""
    house = house_of(request)
    account = _account(house, id)
    if id == visitor(request).id:
        return sheet(request, id, status=409, errors=["people.error.renew_self"])
    sessions = [one.digest for one in house.accounts.sessions(account.login)]
    act = _act(request, house, "account.reset", account.login)
    changed = locked_again(account)
    house.accounts.change(changed, act)
    second_factor.forget(house.vault, account.login)
    if sessions:
        house.accounts.close_sessions(sessions, _act(request, house, "sessions.closed", account.login))
    for token in house.accounts.tokens(account.login):
        house.accounts.drop_token(token.id, _act(request, house, "token.dropped", account.login))
    return sheet(request, id, link=_link(request, house, changed))


@post("/people/{id:str}/disable", guards=_OWNERS, sync_to_thread=True)
def disable(request: Asked, id: FromPath[str]) -> Response[Any]:
    """Nothing of theirs is lost; they are logged out everywhere."""
    house = house_of(request)
    account = _account(house, id)
    if id == visitor(request).id or last_owner(house, id):
        return sheet(request, id, status=409, errors=["people.error.last_owner"])
    changed = msgspec.structs.replace(account, disabled=True)
    house.accounts.change(changed, _act(request, house, "account.disabled", account.login))
    return done(f"/people/{quote(id)}", "people.done.disabled")


@post("/people/{id:str}/enable", guards=_OWNERS, sync_to_thread=True)
def enable(request: Asked, id: FromPath[str]) -> Response[Any]:
    """With the password they had."""
    house = house_of(request)
    account = _account(house, id)
    changed = msgspec.structs.replace(account, disabled=False)
    house.accounts.change(changed, _act(request, house, "account.enabled", account.login))
    return done(f"/people/{quote(id)}", "people.done.enabled")


def open_account(request: Asked, house: House, id: str) -> str:
    """The link for a person without an account; empty when they have one."""
    account = closed_account(id, id, house.clock())
    try:
        house.accounts.add(account, _act(request, house, "account.created", account.login))
    except LoginTakenError:
        return ""
    return _link(request, house, account)


def _link(request: Asked, house: House, account: Account) -> str:
    return f"{str(request.base_url).rstrip('/')}/join/{link_ticket(house.secret, account, house.clock())}"


def _account(house: House, id: str) -> Account:
    one = member(house, id)
    if one is None or one.account is None:
        raise NotFoundException
    return one.account


def _act(request: Asked, house: House, verb: str, login: str) -> Act:
    return Act(
        at=house.clock(), who=visitor(request).id, verb=verb, what=f"account:{login}", charter=house.charter_digest()
    )
