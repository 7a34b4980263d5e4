"""Serves the pages and the API (one of the three roles)."""

from typing import Annotated

import typer

from vigie.app.serving import serve
from vigie.cli.roles import run_role


def run(
    supervised: Annotated[bool, typer.Option("--supervised", hidden=True)] = False,  # noqa: FBT002  # a typer flag
) -> None:
    """Serves the pages and the API (one of the three roles)."""
    run_role("web", serve, supervised=supervised)
