"""What people may ask of the house about their own posts."""

from typing import Annotated

import typer

from vigie.app.clock import now
from vigie.cli.house import house
from vigie.cli.speak import out, settings
from vigie.model import Act
from vigie.wording import Wording

app = typer.Typer(no_args_is_help=True)


@app.callback()
def privacy() -> None:
    """What people may ask of the house about their own posts."""


@app.command()
def erase(
    handle: Annotated[str, typer.Argument(help="The person's handle or permanent id, on any network.")],
    reason: Annotated[str, typer.Option(help="Why, for the record; never other people's words.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,  # noqa: FBT002
) -> None:
    """Forgets a person: posts, versions, search, sample, quarantine and backups. They are not collected again."""
    chosen = settings()
    w = Wording(chosen.lang)
    with house(chosen) as vigie:
        if not yes:
            typer.confirm(w("cli.privacy.confirm", handle=handle), abort=True)
        # the handle itself is not written down: the record keeps that somebody was erased, not who
        act = Act(now(), "vigie", "person.erased", "person", why=reason)
        gone = vigie.erase(handle, act)
        out.print(w.count("cli.privacy.erased", gone), markup=False)
