"""Runs one role in this process: logs, the opened home, a clean end."""

import asyncio
from collections.abc import Callable, Coroutine

from vigie.app.logs import set_up_logs
from vigie.app.opened import Opened
from vigie.cli.house import house
from vigie.cli.speak import settings


def run_role(role: str, main: Callable[..., Coroutine[None, None, None]], *, supervised: bool) -> None:
    """Opens the home folder and runs the role's coroutine until it is told to stop."""
    chosen = settings()
    set_up_logs(role, chosen.log)
    with house(chosen, role) as vigie:
        asyncio.run(_run(main, vigie, supervised=supervised))


async def _run(main: Callable[..., Coroutine[None, None, None]], vigie: Opened, *, supervised: bool) -> None:
    await main(vigie, supervised=supervised)
