"""`vigie up` as a person runs it: it says where to go, keeps its roles running, and ends cleanly."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from counterparts.pds import free_port
from spine.house import until


class Up:
    """A running `vigie up --demo` and what it printed."""

    def __init__(self, folder: Path) -> None:
        self.port, self.home = free_port(), folder / "home"
        env = {k: v for k, v in os.environ.items() if not k.startswith("VIGIE_")}
        env |= {"VIGIE_HOME": str(self.home), "VIGIE_PORT": str(self.port), "VIGIE_LANG": "fr"}
        self.printed = folder / "printed"
        with self.printed.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "vigie", "up", "--demo"],
                env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            )  # fmt: skip

    def said(self) -> str:
        return self.printed.read_text("utf-8")

    def roles(self) -> dict[str, psutil.Process]:
        found = {}
        for one in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.Error):  # it may end while we look
                found |= {word: one for word in ("listen", "work", "web") if word in one.cmdline()}
        return found


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Up]:
    one = Up(tmp_path)
    yield one
    if one.process.poll() is None:
        one.process.kill()
    one.process.wait()


def test_it_says_where_to_go_and_ends_cleanly(up: Up) -> None:
    until(lambda: "Prêt" in up.said(), "being ready")
    assert f"http://127.0.0.1:{up.port}" in up.said()
    assert "Mot de passe" in up.said()
    page = httpx.get(f"http://127.0.0.1:{up.port}/login", trust_env=False)
    assert page.status_code == 200
    roles = up.roles()
    assert set(roles) == {"listen", "work", "web"}
    up.process.send_signal(signal.SIGINT)
    assert up.process.wait(20) == 0
    assert "Traceback" not in up.said()
    assert not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in roles.values())


def test_a_role_that_dies_is_back_and_goes_on(up: Up) -> None:
    until(lambda: "Prêt" in up.said(), "being ready")
    before = up.roles()["listen"]
    before.kill()
    until(lambda: up.roles().get("listen", before).pid != before.pid, "another `listen`")
    assert "listen" in up.said()


def test_no_role_outlives_a_supervisor_that_was_killed(up: Up) -> None:
    until(lambda: "Prêt" in up.said(), "being ready")
    roles = list(up.roles().values())
    up.process.kill()
    up.process.wait()
    until(lambda: not any(_alive(one) for one in roles), "the roles' end")


def test_a_taken_port_is_told(up: Up) -> None:
    until(lambda: "Prêt" in up.said(), "being ready")
    env = os.environ | {"VIGIE_HOME": str(up.home) + "2", "VIGIE_PORT": str(up.port), "VIGIE_LANG": "en"}
    second = subprocess.run(
        [sys.executable, "-m", "vigie", "up"], env=env, capture_output=True, text=True, check=False, timeout=60
    )
    assert second.returncode == 1
    assert f"127.0.0.1:{up.port} is taken" in second.stderr


def _alive(one: psutil.Process) -> bool:
    try:
        return one.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
