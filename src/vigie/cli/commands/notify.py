"""Where people and programs are told, and whether that works."""

import asyncio
import os
from typing import Annotated

import typer

from vigie.app.clock import now
from vigie.app.notifying import Notifying
from vigie.app.opened import Opened
from vigie.charter import Charter
from vigie.cli.house import house
from vigie.cli.speak import fail, out, settings
from vigie.flows.tell import NO_SERVER, tell
from vigie.model import Notice
from vigie.notify import new_secret
from vigie.notify.chat import is_address
from vigie.wording import Wording

app = typer.Typer(no_args_is_help=True)
SECRET_BYTES = 32


@app.callback()
def notify() -> None:
    """Where people and programs are told, and whether that works."""


@app.command()
def secret(
    webhook: Annotated[str, typer.Argument(help="The webhook's id in the charter.")],
    renew: Annotated[bool, typer.Option("--renew", help="Make a new one; the old one is worth nothing then.")] = False,  # noqa: FBT002
) -> None:
    """Shows the secret that signs what a webhook is sent, made with the first call."""
    chosen = settings()
    w = Wording(chosen.lang)
    with house(chosen) as vigie:
        charter = vigie.charter()
        ids = [one.id for one in charter.webhooks] if charter else []
        if webhook not in ids:
            fail(w("cli.notify.no-webhook", webhook=webhook, ids=", ".join(ids) or "-"), 2)
        name = f"webhook:{webhook}"
        if renew or not vigie.vault.get(name):
            vigie.vault.put(name, new_secret(os.urandom(SECRET_BYTES)))
        out.print(vigie.vault.get(name), markup=False, soft_wrap=True)


@app.command()
def chat(
    person: Annotated[str, typer.Argument(help="Somebody's id in the charter.")],
    drop: Annotated[bool, typer.Option("--drop", help="Forget the address.")] = False,  # noqa: FBT002
) -> None:
    """Asks for the address of somebody's chat or phone (slack://…, ntfy://…) and keeps it encrypted."""
    chosen = settings()
    w = Wording(chosen.lang)
    with house(chosen) as vigie:
        _knowing(vigie, person, w)
        name = f"person:{person}:chat"
        if drop:
            vigie.vault.drop(name)
            out.print(w("cli.notify.dropped", person=person), markup=False)
            return
        address = typer.prompt(w("cli.notify.ask", person=person), hide_input=True)
        if not is_address(address):
            fail(w("cli.notify.bad-address"), 2)
        vigie.vault.put(name, address)
        out.print(w("cli.notify.kept", person=person), markup=False)


@app.command()
def test(
    person: Annotated[str, typer.Argument(help="Somebody's id in the charter.")],
) -> None:
    """Tells somebody, and the webhooks, that this is a test; says what arrived."""
    chosen = settings()
    w = Wording(chosen.lang)
    with house(chosen) as vigie:
        charter = _knowing(vigie, person, w)
        wanted = Notice(id=0, at=now(), kind="test", urgency="now", to=(person,), path="/")
        told = tell(vigie.store.notices, charter, wanted)
        asyncio.run(Notifying(vigie, vigie.charter).round())
        made = [one for one, notice in vigie.store.notices.log() if notice.id == told.id]
    for one in reversed(made):
        state = "no_server" if one.answer == NO_SERVER else one.state
        out.print(w(f"notices.state.{state}", means=w(f"notices.means.{one.means}"), answer=one.answer), markup=False)
    if any(one.state in ("failed", "waiting") for one in made):
        raise typer.Exit(1)


def _knowing(vigie: Opened, person: str, w: Wording) -> Charter:
    """The charter, when it knows this person; the command ends otherwise."""
    charter = vigie.charter()
    if charter is None or charter.person(person) is None:
        fail(w("cli.notify.no-person", person=person), 2)
    return charter
