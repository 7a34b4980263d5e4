"""The house's tokens for the networks that ask for one."""

from typing import Annotated

import typer

from vigie.cli.house import house
from vigie.cli.speak import fail, out, settings
from vigie.wording import Wording

app = typer.Typer(no_args_is_help=True)


@app.callback()
def source() -> None:
    """The house's tokens for the networks that ask for one."""


@app.command()
def token(
    id: Annotated[str, typer.Argument(help="The source's id in the charter.")],
    drop: Annotated[bool, typer.Option("--drop", help="Forget the token.")] = False,  # noqa: FBT002
) -> None:
    """Asks for a source's token and keeps it encrypted in the home folder."""
    chosen = settings()
    w = Wording(chosen.lang)
    with house(chosen) as vigie:
        charter = vigie.charter()
        ids = [spec.id for spec in charter.listening.sources] if charter else []
        if id not in ids:
            fail(w("cli.source.not-there", source=id, ids=", ".join(ids)), 2)
        if drop:
            vigie.vault.drop(f"source:{id}")
            out.print(w("cli.source.dropped", source=id), markup=False)
            return
        vigie.vault.put(f"source:{id}", typer.prompt(w("cli.source.ask", source=id), hide_input=True))
        out.print(w("cli.source.kept", source=id), markup=False)
