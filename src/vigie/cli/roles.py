"""Runs one role in this process: logs, the opened home, a clean end."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import nullcontext

from vigie.app.alone import NotAloneError, alone
from vigie.app.logs import set_up_logs
from vigie.cli.house import house
from vigie.cli.speak import fail, settings
from vigie.wording import Wording

ALONE = ("listen", "work")


def run_role(role: str, main: Callable[..., Coroutine[None, None, None]], *, supervised: bool) -> None:
    """Opens the home folder and runs the role's coroutine until it is told to stop."""
    chosen = settings()
    set_up_logs(role, chosen.log)
    with house(chosen, role) as vigie:
        try:
            with alone(vigie.run_folder, role) if role in ALONE else nullcontext():
                asyncio.run(main(vigie, supervised=supervised))
        except NotAloneError:
            fail(Wording(chosen.lang)("cli.role.twice", role=role))
