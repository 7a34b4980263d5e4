"""A house on this machine for whole-product tests: its home folder, its charter, its roles as real processes."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec

from vigie.store import Store, open_store


def charter(sources: list[dict[str, object]], queries: Mapping[str, str], **more: object) -> str:
    """A charter's text; JSON is YAML."""
    document = {
        "charter": 1,
        "company": {"name": "Maison d'essai", "languages": ["fr", "en"], "timezone": "Europe/Paris"},
        "why": "Essayer.",
        "queries": [{"id": id, "purpose": "essai", "match": match} for id, match in queries.items()],
        "people": [{"id": "owner", "name": "Nous", "roles": ["owner"]}],
        "listening": {"sources": sources, **more},
    }
    return msgspec.json.format(msgspec.json.encode(document)).decode()


class House:
    """A home folder whose roles run as processes of their own."""

    def __init__(self, folder: Path, text: str, allow: tuple[str, ...] = ()) -> None:
        self.home = folder / "home"
        self.home.mkdir(mode=0o700)
        (self.home / "charter.yaml").write_text(text, "utf-8")
        env = {k: v for k, v in os.environ.items() if not k.startswith("VIGIE_")}
        self.env = env | {
            "VIGIE_HOME": str(self.home),
            "VIGIE_ALLOW_PRIVATE": ",".join(allow),
            "VIGIE_LOG": "json",
            "NUMBA_CACHE_DIR": env.get("NUMBA_CACHE_DIR", str(Path.home() / ".cache/vigie/numba")),
        }
        self.log = folder / "log"

    def start(self, role: str) -> subprocess.Popen[bytes]:
        """The role's process; its log is in ``log``."""
        with self.log.open("ab") as out:
            return subprocess.Popen(
                [sys.executable, "-m", "vigie", role], env=self.env, stdin=subprocess.DEVNULL, stdout=out, stderr=out
            )

    @contextlib.contextmanager
    def running(self, role: str) -> Iterator[subprocess.Popen[bytes]]:
        """The role until the end of the block, then ended as Ctrl-C would."""
        process = self.start(role)
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            process.wait(20)

    @contextlib.contextmanager
    def store(self) -> Iterator[Store]:
        """The store, read from here while the roles run."""
        store = open_store(self.home / "vigie.db", role="cli")
        try:
            yield store
        finally:
            store.close()

    def bytes(self) -> bytes:
        """Every byte of every file of the home folder."""
        return b"\n".join(path.read_bytes() for path in sorted(self.home.rglob("*")) if path.is_file())


def until(condition: Callable[[], object], what: str, seconds: float = 60) -> None:
    """Polls until the condition holds; fails by saying ``what`` was waited for."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds:.0f} s for: {what}"
        time.sleep(0.05)
