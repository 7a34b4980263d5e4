"""Connecting an account, proving that it works, letting it go. Secrets go into the vault and are never shown again."""

from collections.abc import Awaitable
from typing import Any

from litestar import Response, post
from litestar.concurrency import sync_to_thread
from litestar.params import FromPath
from litestar.response import Redirect

from vigie.charter import Channel
from vigie.flows import connecting as flow
from vigie.flows.connecting import WrongAccountError
from vigie.flows.ports.writer import Grant, Standing, WriteError
from vigie.flows.standing import Watched, fails, stands
from vigie.web.guard import requires, visitor
from vigie.web.house import House, house_of
from vigie.web.pages.channels.board import Asked, shown, there
from vigie.web.pages.channels.said import trouble
from vigie.web.pages.channels.shelf import GRANTS, INVITATIONS
from vigie.web.pages.composer.form import Form
from vigie.web.pages.composer.page import doing
from vigie.web.view import done, wording

LONGEST = 4_000
_MAY = requires("connect-accounts")


@post("/channels/{id:str}", guards=[_MAY], status_code=200)
async def connect(request: Asked, id: FromPath[str], data: Form) -> Response[Any]:
    """With a login and an app password or access token. Nothing is kept unless it opens the charter's account."""
    house, w = house_of(request), wording(request)
    channel = there(house, id)
    writing = house.keyring.writing(channel)
    service, login, secret = (data.get(name, "").strip()[:LONGEST] for name in ("service", "login", "secret"))
    filled = {"service": service, "login": login}
    if writing is None or not secret:
        said = w("channels.error.reads-only" if writing is None else "channels.error.no-secret")
        errors = {"" if writing is None else "secret": said}
        return await sync_to_thread(shown, request, channel, status=422, errors=errors, filled=filled)
    asked = flow.connected(writing, channel, service, login, secret, house.keyring.write_tools())
    return await _kept(request, channel, asked, filled, "secret")


@post("/channels/{id:str}/invite", guards=[_MAY], status_code=200)
async def begin(request: Asked, id: FromPath[str], data: Form) -> Response[Any]:
    """Asks the account's server for a page where a person lets Vigie in."""
    house, w = house_of(request), wording(request)
    channel = there(house, id)
    writing = house.keyring.writing(channel)
    service = data.get("service", "").strip()[:LONGEST]
    invitation, errors = None, {"": w("channels.error.no-page")}
    if writing is not None:
        try:
            invitation = await flow.invited(writing, channel, service, "", house.keyring.write_tools())
        except WriteError as error:
            errors = {"": trouble(error, channel.network.capitalize(), w)}
    if invitation is None:
        return await sync_to_thread(shown, request, channel, status=422, errors=errors, filled={"service": service})
    INVITATIONS.put(id, visitor(request).id, invitation, house.clock())
    return Redirect(f"/channels/{id}#code", status_code=303)


@post("/channels/{id:str}/code", guards=[_MAY], status_code=200)
async def finish(request: Asked, id: FromPath[str], data: Form) -> Response[Any]:
    """With the code that the server's page has shown."""
    house, w = house_of(request), wording(request)
    channel = there(house, id)
    writing = house.keyring.writing(channel)
    invitation = INVITATIONS.get(id, visitor(request).id, house.clock())
    code = data.get("code", "").strip()[:LONGEST]
    if writing is None or invitation is None or not code:
        late = "channels.error.late" if invitation is None else "channels.error.no-code"
        errors = {"" if invitation is None else "code": w(late)}
        return await sync_to_thread(shown, request, channel, status=422, errors=errors)
    asked = flow.accepted(writing, channel, invitation, code, house.keyring.write_tools())
    return await _kept(request, channel, asked, {}, "code")


@post("/channels/{id:str}/proof", guards=[_MAY], status_code=200)
async def prove(request: Asked, id: FromPath[str]) -> Response[Any]:
    """Asks the network whether Vigie can write there now. Nothing is written."""
    house, w = house_of(request), wording(request)
    channel = there(house, id)
    error = await sync_to_thread(remembered, house, channel, await answered(house, channel))
    if error is None:
        return done(f"/channels/{id}", "channels.done.proved")
    errors = {"": trouble(error, channel.network.capitalize(), w)}
    return await sync_to_thread(shown, request, channel, errors=errors)


@post("/channels/{id:str}/disconnect", guards=[_MAY], status_code=200, sync_to_thread=True)
def disconnect(request: Asked, id: FromPath[str]) -> Response[Any]:
    """Forgets the key; the next page offers to undo, for some minutes, to who did it."""
    house = house_of(request)
    forgotten = flow.let_go(house.keyring, house.acts, there(house, id), doing(request))
    if forgotten is None:
        return Redirect(f"/channels/{id}", status_code=303)
    GRANTS.put(id, visitor(request).id, forgotten, house.clock())
    return Redirect(f"/channels?dropped={id}", status_code=303)


@post("/channels/{id:str}/undo", guards=[_MAY], status_code=200, sync_to_thread=True)
def undo(request: Asked, id: FromPath[str]) -> Response[Any]:
    """Gives the key back that this person has just let go."""
    house = house_of(request)
    channel = there(house, id)
    grant = GRANTS.take(id, visitor(request).id, house.clock())
    if grant and flow.taken_back(house.keyring, house.acts, channel, grant, doing(request)):
        return done("/channels", "channels.done.back")
    return shown(request, channel, status=409, errors={"": wording(request)("channels.error.late")})


async def answered(house: House, channel: Channel) -> Standing | WriteError:
    """What the network says of the account now."""
    try:
        return await flow.proved(house.keyring, channel)
    except WriteError as error:
        return error


def remembered(house: House, channel: Channel, answer: Standing | WriteError) -> WriteError | None:
    """Keeps what was `answered`, and tells whom it concerns; None when Vigie can write there."""
    watched = Watched(house.signals, house.notices)
    if isinstance(answer, WriteError):
        if answer.code != "not-connected":
            fails(watched, house.charter(), channel.id, answer, house.clock())
        return answer
    stands(watched, house.charter(), channel.id, answer, house.clock())
    return None


async def _kept(
    request: Asked, channel: Channel, asked: Awaitable[tuple[Grant, Standing]], filled: dict[str, str], field: str
) -> Response[Any]:
    """Waits for the network's answer and keeps what it opens. A wrong secret is said at its ``field``."""
    house, w = house_of(request), wording(request)
    try:
        opens = await asked
    except (WriteError, WrongAccountError) as error:
        here = field if getattr(error, "code", "") == "bad-token" else ""
        errors = {here: trouble(error, channel.network.capitalize(), w)}
        return await sync_to_thread(shown, request, channel, status=422, errors=errors, filled=filled)
    watched = Watched(house.signals, house.notices)
    by = doing(request)
    await sync_to_thread(flow.kept, house.keyring, watched, house.acts, house.charter(), channel, opens, by)
    INVITATIONS.take(channel.id, visitor(request).id, house.clock())
    return done(f"/channels/{channel.id}", "channels.done.connected")
