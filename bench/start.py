"""How quickly Vigie is there, how much memory its roles take, and how large the install is."""

import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
import psutil

VIGIE = Path(sys.executable).parent / "vigie"
ROOT = Path(__file__).resolve().parents[1]
SETTLE_S = 20.0


def main() -> None:
    """Prints ``help_s``, ``start_to_page_s`` (first start and later ones), ``roles_mb`` and ``install_mb``."""
    spent = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([VIGIE, "--help"], check=True, capture_output=True)
        spent.append(time.perf_counter() - start)
    print(f"help_s {statistics.median(spent):.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        print(f"first_start_to_page_s {_up(folder, settle=False):.2f} s")
        print(f"start_to_page_s {statistics.median(_up(folder, settle=False) for _ in range(3)):.2f} s")
        _up(folder, settle=True)
    _install()
    print(f"load_1min {os.getloadavg()[0]:.2f} of_{os.cpu_count()}_cores")


def _install() -> None:
    """The base install alone, in an environment of its own: as many bytes as `make run` brings."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [f"{folder}/bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes"]
        subprocess.run([*pip, "-r", ROOT / "requirements/base.txt"], check=True, stderr=subprocess.DEVNULL)
        paths = (*Path(folder).rglob("*"), *(ROOT / "src").rglob("*"))
        megabytes = sum(path.lstat().st_blocks * 512 for path in paths) / 1e6
        print(f"install_mb {megabytes:.0f} MB")


def _up(folder: str, *, settle: bool) -> float:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {k: v for k, v in os.environ.items() if not k.startswith(("VIGIE_", "NUMBA_"))}
    env |= {"VIGIE_HOME": f"{folder}/home", "VIGIE_PORT": str(port)}
    start = time.perf_counter()
    process = subprocess.Popen([VIGIE, "up", "--demo"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                if httpx.get(f"http://127.0.0.1:{port}/login", trust_env=False).is_success:
                    break
            except httpx.HTTPError:
                if process.poll() is not None:
                    raise
            time.sleep(0.02)
        spent = time.perf_counter() - start
        if settle:
            time.sleep(SETTLE_S)
            _memory(process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)
    return spent


def _memory(pid: int) -> None:
    total = 0.0
    for child in psutil.Process(pid).children():
        role = next((word for word in child.cmdline() if re.fullmatch("listen|work|web", word)), "")
        if role:
            megabytes = child.memory_info().rss / 1e6
            total += megabytes
            print(f"{role}_rest_mb {megabytes:.0f} MB")
    print(f"roles_mb {total:.0f} MB")


if __name__ == "__main__":
    main()
