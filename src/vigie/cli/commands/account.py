"""Accounts, when the page cannot be reached: a new password."""

from typing import Annotated

import typer

from vigie.app.clock import now
from vigie.app.first_run import reset_password
from vigie.cli.house import house
from vigie.cli.speak import fail, out, settings
from vigie.wording import Wording

app = typer.Typer(no_args_is_help=True)


@app.callback()
def account() -> None:
    """Accounts, when the page cannot be reached: a new password."""


@app.command()
def reset(login: Annotated[str, typer.Argument(help="The account's login.")]) -> None:
    """Gives an account a new password, printed once, and closes its sessions."""
    chosen = settings()
    w = Wording(chosen.lang)
    with house(chosen) as vigie:
        known = [one.login for one in vigie.store.accounts.all()]
        if login not in known:
            fail(w("cli.account.unknown", login=login, logins=", ".join(known)), 2)
        password = reset_password(vigie, login, now())
        out.print(w("cli.account.reset", login=login, password=password), markup=False)
