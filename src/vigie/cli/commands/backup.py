"""Copies everything while Vigie runs, and verifies the copy."""

from pathlib import Path
from typing import Annotated

import typer

from vigie.cli.house import house
from vigie.cli.speak import out, settings
from vigie.wording import Wording


def run(
    to: Annotated[Path | None, typer.Argument(help="Folder; the home folder's backups/ when left out.")] = None,
) -> None:
    """Copies everything while Vigie runs, and verifies the copy."""
    chosen = settings()
    w = Wording(chosen.lang)
    with house(chosen) as vigie:
        out.print(w("cli.backup.made", path=str(vigie.backup(to))), markup=False)
