"""Copies everything while Vigie runs, and verifies the copy."""

from pathlib import Path
from typing import Annotated

import typer

from vigie.app.opened import opened
from vigie.cli.speak import fail, out, settings
from vigie.wording import Wording


def run(
    to: Annotated[Path | None, typer.Argument(help="Folder; the home folder's backups/ when left out.")] = None,
) -> None:
    """Copies everything while Vigie runs, and verifies the copy."""
    chosen = settings()
    w = Wording(chosen.lang)
    with opened(chosen, "backup") as vigie:
        try:
            made = vigie.backup(to)
        except OSError as error:
            fail(w("cli.backup.failed", detail=str(error)))
        out.print(w("cli.backup.made", path=str(made)), markup=False)
