"""The accounts that Vigie writes with: connect one, prove that it works, let it go."""

import asyncio
from typing import Annotated

import typer

from vigie.app.clock import now
from vigie.app.opened import Opened
from vigie.charter import Channel, Charter
from vigie.cli.house import house
from vigie.cli.people import As, doing, zone_of
from vigie.cli.speak import fail, out, settings
from vigie.flows.connecting import WrongAccountError, accepted, connected, invited, kept, let_go
from vigie.flows.ports.writer import Grant, Standing, WriteError, Writing
from vigie.flows.standing import Known, Watched, known, stands
from vigie.wording import Wording

app = typer.Typer(no_args_is_help=True)
Id = Annotated[str, typer.Argument(help="The channel's id in the charter.")]


@app.callback()
def channel() -> None:
    """The accounts that Vigie writes with: connect one, prove that it works, let it go."""


@app.command(name="list")
def listed() -> None:
    """Each channel of the charter, and whether Vigie can write there. Asks no network."""
    chosen = settings()
    w = Wording(chosen.lang)
    with house(chosen) as vigie:
        charter = vigie.charter()
        for one in charter.channels if charter else ():
            grant = vigie.grant(one.id)
            state = "yes" if grant else "no" if vigie.writing(one) else "reads-only"
            said = w(f"connecting.state.{state}", service=grant.service if grant else "")
            out.print(f"{one.id}  {one.network} @{one.account}  {said}", markup=False)
            if grant:
                _tell(known(vigie.store.signals, one.id), zone_of(charter), w)


@app.command()
def connect(
    id: Id,
    service: Annotated[str, typer.Option(help="Address of the account's server, where it is not the usual one.")] = "",
    login: Annotated[str, typer.Option(help="Handle or e-mail, where it is not the charter's account.")] = "",
    token: Annotated[bool, typer.Option("--token", help="Give an access token; open no page.")] = False,  # noqa: FBT002
    who: As = "",
) -> None:
    """Connects a channel's account. The secret is asked for, proved, and kept encrypted in the home folder."""
    chosen = settings()
    w = Wording(chosen.lang)
    with house(chosen) as vigie:
        charter, by = doing(vigie, who, "connect-accounts", w)
        one = _channel(charter, id, w)
        writing = vigie.writing(one)
        if writing is None:
            fail(w("connecting.error.unsupported", network=one.network), 2)
        try:
            opens = asyncio.run(_let_in(vigie, writing, one, w, service=service, login=login, token=token))
        except WrongAccountError as error:
            fail(w("connecting.error.wrong-account", expected=error.expected, found=error.found))
        except WriteError as error:
            fail(w("connecting.error.refused", network=one.network, code=error.code, detail=error.detail))
        proved = kept(vigie, _watched(vigie), vigie.store.acts, charter, one, opens, by)
        out.print(w("connecting.connected", channel=id, account=proved.account), markup=False)
        _tell(proved, zone_of(charter), w)


@app.command()
def check(id: Id) -> None:
    """Asks the network whether Vigie can write there now. Nothing is written. Status 1 when it cannot."""
    chosen = settings()
    w = Wording(chosen.lang)
    with house(chosen) as vigie:
        charter = vigie.charter()
        one = _channel(charter, id, w)
        try:
            standing = asyncio.run(vigie.writer(id).standing())
        except WriteError as error:
            fail(w("connecting.error.refused", network=one.network, code=error.code, detail=error.detail))
        proved = stands(_watched(vigie), charter, id, standing, now())
        out.print(w("connecting.works", channel=id, account=proved.account), markup=False)
        _tell(proved, zone_of(charter), w)


@app.command()
def disconnect(id: Id, who: As = "") -> None:
    """Forgets a channel's secrets. What is scheduled there waits for an account until it is too late."""
    chosen = settings()
    w = Wording(chosen.lang)
    with house(chosen) as vigie:
        charter, by = doing(vigie, who, "connect-accounts", w)
        one = _channel(charter, id, w)
        if let_go(vigie, vigie.store.acts, one, by) is None:
            fail(w("connecting.error.not-connected", channel=id), 2)
        out.print(w("connecting.disconnected", channel=id, network=one.network), markup=False)


def _channel(charter: Charter | None, id: str, w: Wording) -> Channel:
    found = charter.channel(id) if charter else None
    if found is None:
        known = ", ".join(one.id for one in charter.channels) if charter else ""
        fail(w("connecting.error.unknown", channel=id, channels=known), 2)
    return found


async def _let_in(
    vigie: Opened, writing: Writing, one: Channel, w: Wording, *, service: str, login: str, token: bool
) -> tuple[Grant, Standing]:
    tools = vigie.write_tools()
    invitation = None if token else await invited(writing, one, service, "", tools)
    if invitation is not None:
        out.print(w("connecting.page", url=invitation.url), markup=False)
        code = typer.prompt(w("connecting.ask.code"))
        return await accepted(writing, one, invitation, code, tools)
    secret = typer.prompt(w("connecting.ask.secret", account=login or one.account), hide_input=True)
    return await connected(writing, one, service, login, secret, tools)


def _watched(vigie: Opened) -> Watched:
    return Watched(vigie.store.signals, vigie.store.notices)


def _tell(proved: Known, zone: str, w: Wording) -> None:
    budget = proved.budget
    if proved.code:
        when = f"{w.day(proved.at, zone)} {w.time(proved.at, zone)}"
        out.print("  " + w("connecting.trouble", code=proved.code, detail=proved.detail, when=when), markup=False)
    if budget.left is not None and budget.of is not None:
        out.print("  " + w("connecting.budget", left=budget.left, of=budget.of), markup=False)
    if proved.expires_at is not None:
        out.print("  " + w("connecting.expires", day=w.day(proved.expires_at, zone)), markup=False)
