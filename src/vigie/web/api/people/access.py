"""Whether somebody can log in: invite, reset, disable, enable. No mail is sent; the caller hands the link over."""

from typing import Annotated, Any

from litestar import Request, Response
from litestar.params import FromPath
from msgspec import Meta, Struct, structs

from vigie.flows.ports.accounts import Account
from vigie.model import Act
from vigie.web import second_factor
from vigie.web.api.people.reading import Person, person_out, there
from vigie.web.api.problems import RefusedError
from vigie.web.api.routes import writes
from vigie.web.api.times import Instant, instant
from vigie.web.guard import visitor
from vigie.web.house import House, house_of
from vigie.web.invite import GOOD_FOR, link_ticket, locked_again
from vigie.web.pages.people.access import open_account
from vigie.web.pages.people.staff import last_owner

Asked = Request[Any, Any, Any]


class Invitation(Struct, frozen=True):
    """A link to set a password. It is shown once and works once."""

    login: str
    link: Annotated[str, Meta(examples=["http://127.0.0.1:8420/join/WyJpbmVz…"])]
    expires_at: Instant


@writes("POST", "/people/{id:str}/invitation", "manage-people", status=201, fails=(404,))
def invite_person(request: Asked, id: FromPath[str]) -> Response[Invitation]:
    """Invite a person.

    Makes the account and gives the link that sets its password, good for a week.
    """
    house = house_of(request)
    one = there(house, id)
    if one.stray:
        raise RefusedError("not-found")
    link = "" if one.account else open_account(request, house, id)
    if not link:
        raise RefusedError("has-account")
    return Response(Invitation(id, link, instant(house.clock() + GOOD_FOR)), status_code=201)


@writes("POST", "/people/{id:str}/reset", "manage-people", status=201, fails=(404,))
def reset_person(request: Asked, id: FromPath[str]) -> Response[Invitation]:
    """Reset a person's access.

    Their password, second factor, sessions, tokens and older links stop working at once; the new link sets a password.
    """
    house = house_of(request)
    account = _account(house, id)
    if id == visitor(request).id:
        raise RefusedError("yourself")
    changed = locked_again(account)
    house.accounts.change(changed, _act(request, house, "account.reset", account.login))
    second_factor.forget(house.vault, account.login)
    if sessions := [one.digest for one in house.accounts.sessions(account.login)]:
        house.accounts.close_sessions(sessions, _act(request, house, "sessions.closed", account.login))
    for token in house.accounts.tokens(account.login):
        house.accounts.drop_token(token.id, _act(request, house, "token.dropped", account.login))
    link = f"{str(request.base_url).rstrip('/')}/join/{link_ticket(house.secret, changed, house.clock())}"
    return Response(Invitation(account.login, link, instant(house.clock() + GOOD_FOR)), status_code=201)


@writes("POST", "/people/{id:str}/disable", "manage-people", fails=(404,))
def disable_person(request: Asked, id: FromPath[str]) -> Person:
    """Disable an account.

    They are logged out everywhere and their tokens are dropped; nothing else is lost.
    """
    house = house_of(request)
    account = _account(house, id)
    if id == visitor(request).id:
        raise RefusedError("yourself")
    if last_owner(house, id):
        raise RefusedError("last-owner")
    return _changed(request, house, structs.replace(account, disabled=True), "account.disabled", id)


@writes("POST", "/people/{id:str}/enable", "manage-people", fails=(404,))
def enable_person(request: Asked, id: FromPath[str]) -> Person:
    """Enable an account.

    With the password that they had.
    """
    house = house_of(request)
    return _changed(request, house, structs.replace(_account(house, id), disabled=False), "account.enabled", id)


def _changed(request: Asked, house: House, account: Account, verb: str, id: str) -> Person:
    house.accounts.change(account, _act(request, house, verb, account.login))
    return person_out(there(house, id))


def _account(house: House, id: str) -> Account:
    account = there(house, id).account
    if account is None:
        raise RefusedError("not-found")
    return account


def _act(request: Asked, house: House, verb: str, login: str) -> Act:
    return Act(
        at=house.clock(), who=visitor(request).id, verb=verb, what=f"account:{login}", charter=house.charter_digest()
    )
