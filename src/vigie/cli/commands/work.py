"""Forgets on time, finds names, backs up (one of the three roles)."""

from typing import Annotated

import typer

from vigie.app.working import work
from vigie.cli.roles import run_role


def run(
    supervised: Annotated[bool, typer.Option("--supervised", hidden=True)] = False,  # noqa: FBT002  # a typer flag
) -> None:
    """Forgets on time, finds names, backs up (one of the three roles)."""
    run_role("work", work, supervised=supervised)
