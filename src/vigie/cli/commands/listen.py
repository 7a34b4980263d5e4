"""Reads the charter's sources, matches and stores (one of the three roles)."""

from typing import Annotated

import typer

from vigie.app.listening import listen
from vigie.cli.roles import run_role


def run(
    supervised: Annotated[bool, typer.Option("--supervised", hidden=True)] = False,  # noqa: FBT002  # a typer flag
) -> None:
    """Reads the charter's sources, matches and stores (one of the three roles)."""
    run_role("listen", listen, supervised=supervised)
