"""The supervisor with small programs in place of the roles."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from vigie.app.supervisor import Supervisor

ROLE = """
import os, sys, time
folder, role = sys.argv[1], sys.argv[2]
open(f"{folder}/{role}-{os.getpid()}", "w").close()
if os.path.exists(f"{folder}/fail-{role}"):
    os.unlink(f"{folder}/fail-{role}"); sys.exit(3)
sys.stdin.read()
"""


def supervisor(folder: Path, said: list[tuple[str, dict]], roles: tuple[str, ...]) -> Supervisor:
    script = folder / "role.py"
    script.write_text(ROLE)
    return Supervisor(lambda code, **v: said.append((code, v)), roles, [sys.executable, str(script), str(folder)])


async def until(condition, seconds: float = 20.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.02)


async def test_a_role_that_ends_is_started_again(tmp_path: Path) -> None:
    said: list[tuple[str, dict]] = []
    (tmp_path / "fail-listen").touch()
    one = supervisor(tmp_path, said, ("listen", "web"))
    running = asyncio.create_task(one.run())
    await until(lambda: len(list(tmp_path.glob("listen-*"))) == 2)
    assert ("role-ended", {"role": "listen", "status": "3", "wait": 0.5}) in said
    assert len(list(tmp_path.glob("web-*"))) == 1
    one.stop()
    await asyncio.wait_for(running, 15)


async def test_stop_ends_every_role(tmp_path: Path) -> None:
    said: list[tuple[str, dict]] = []
    one = supervisor(tmp_path, said, ("listen", "work", "web"))
    running = asyncio.create_task(one.run())
    await until(lambda: len(list(tmp_path.glob("*-*"))) == 3)
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(running, 15)
    pids = [int(p.name.split("-")[1]) for p in tmp_path.glob("*-*")]
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
