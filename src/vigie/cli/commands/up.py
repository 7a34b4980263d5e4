"""Starts Vigie: makes the home folder ready if need be, then runs the three roles until Ctrl-C."""

import asyncio
import subprocess
import sys
from typing import Annotated

import httpx
import typer

from vigie.app.serving import port_is_free
from vigie.app.supervisor import Supervisor
from vigie.cli.speak import err, fail, out, settings
from vigie.settings import Settings
from vigie.wording import Wording

READY_EVERY_S = 0.1


def run(
    demo: Annotated[bool, typer.Option("--demo", help="With the demo workspace, a fictional coffee roaster.")] = False,  # noqa: FBT002
) -> None:
    """Starts Vigie: makes the home folder ready if need be, then runs the three roles until Ctrl-C."""
    chosen = settings()
    w = Wording(chosen.lang)
    if not port_is_free(chosen.host, chosen.port):
        fail(w("cli.up.port-taken", host=chosen.host, port=str(chosen.port)))
    # a process of its own: what the first start needs does not stay in the supervisor's memory
    made = subprocess.run([sys.executable, "-m", "vigie", "init", *(["--demo"] if demo else [])], check=False)  # noqa: S603
    if made.returncode:
        raise typer.Exit(made.returncode)
    asyncio.run(_supervise(chosen, w))
    out.print(w("cli.up.ended"), markup=False)


async def _supervise(chosen: Settings, w: Wording) -> None:
    def say(code: str, **values: str | float) -> None:
        if code != "role-started":
            err.print(w(f"cli.up.{code}", **values), markup=False)

    ready = asyncio.create_task(_say_ready(chosen, w))
    await Supervisor(say).run()
    ready.cancel()


async def _say_ready(chosen: Settings, w: Wording) -> None:
    host = "127.0.0.1" if chosen.host in {"0.0.0.0", "::"} else chosen.host  # noqa: S104  # compared, not bound
    async with httpx.AsyncClient(trust_env=False) as client:
        while True:
            try:
                await client.get(f"http://{host}:{chosen.port}/login")
            except httpx.HTTPError:
                await asyncio.sleep(READY_EVERY_S)
            else:
                out.print(w("cli.up.ready"), markup=False)
                return
