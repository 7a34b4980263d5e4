"""A folder as a newcomer has it, in which the commands of a page are run for real."""

import asyncio
import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx

from counterparts.jetstream import Bridge, bridge
from docs.reading import CHECKOUT, words
from vigie.app.pulse import pulses

SECONDS = 60
PORT = "8420"
"""As the pages write it; each folder has a free one of its own."""


class Folder:
    """Where a page's commands run, with the files that pages speak of. Its home is ``vigie-home``, as after `vigie up`.

    Attributes:
        stamp: of the last backup made there, as in its file's name.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.port = _free_port()
        (path / ".venv").symlink_to(CHECKOUT / ".venv")
        clean = {name: value for name, value in os.environ.items() if not name.startswith("VIGIE_")}
        self.env = clean | {
            "PATH": f"{CHECKOUT / '.venv/bin'}:{clean['PATH']}",
            "VIGIE_PORT": str(self.port),
            "VIGIE_LANG": "en",
            "NO_COLOR": "1",
        }
        _furnish(path)

    @property
    def stamp(self) -> str:
        made = sorted((self.path / "vigie-home/backups").glob("vigie-*.db"))
        return made[-1].stem.removeprefix("vigie-") if made else ""

    def run(self, command: str, **more: Any) -> subprocess.CompletedProcess[str]:
        """The command in a shell, to its end."""
        return subprocess.run(
            ["bash", "-euc", command],
            cwd=self.path,
            env=self.env,
            text=True,
            check=False,
            capture_output=True,
            timeout=SECONDS,
            **more,
        )

    def start(self, command: str) -> "Started":
        """The command without a shell in between, so that SIGINT reaches it."""
        variables, typed = words(command)
        return Started(
            subprocess.Popen(
                typed, cwd=self.path, env=self.env | variables, text=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )
        )  # fmt: skip

    def kept(self) -> float:
        """How many posts its sources have brought that were kept, as its own metrics say."""
        said = httpx.get(f"http://127.0.0.1:{self.port}/metrics", trust_env=False).text
        return sum(map(float, re.findall(r"^vigie_source_kept_total{.*} (\S+)$", said, re.MULTILINE)))

    def alive(self, role: str) -> bool:
        """Whether a role gives signs of life."""
        return any(pulse.role == role and pulse.at for pulse in pulses(self.path / "vigie-home/run"))

    def answers(self) -> bool:
        """Whether the pages can be had."""
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"http://127.0.0.1:{self.port}/login", trust_env=False).status_code == httpx.codes.OK
        return False


class Started:
    """A command that runs until it is ended, with what it has printed so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process, self.said = process, ""
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Polls; fails with what was printed when the command ends before, or after a minute."""
        deadline = time.monotonic() + SECONDS
        while not condition():
            assert self.process.poll() is None, f"ended with {self.process.returncode} before {what}:\n{self.said}"
            assert time.monotonic() < deadline, f"{what} did not come:\n{self.said}"
            time.sleep(0.05)

    def end(self) -> int:
        """As Ctrl-C ends it."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(SECONDS)
        finally:
            self.process.kill()
            self._reading.join(10)


@contextlib.contextmanager
def chatting(text: str) -> Iterator[Bridge]:
    """A Bluesky stream on this machine on which somebody writes ``text`` again and again."""
    ready, over, found = threading.Event(), threading.Event(), []

    async def talk() -> None:
        async with bridge() as running:
            found.append(running)
            ready.set()
            number = 0
            while not over.is_set():
                number += 1
                await running.say([_written(text, number)])
                await asyncio.sleep(0.1)

    thread = threading.Thread(target=lambda: asyncio.run(talk()), daemon=True)
    thread.start()
    assert ready.wait(SECONDS)
    try:
        yield found[0]
    finally:
        over.set()
        thread.join(10)


def _written(text: str, number: int) -> dict[str, Any]:
    record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2026-11-20T10:00:00.000Z", "langs": ["fr"]}
    key = f"3lbt{number:09d}"
    commit = {
        "rev": key, "operation": "create", "collection": "app.bsky.feed.post", "rkey": key, "record": record,
        "cid": "bafyreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy",
    }  # fmt: skip
    return {"did": "did:plc:z72i7hdynmk6r22z27h6tvur", "kind": "commit", "commit": commit}


def _furnish(path: Path) -> None:
    """The files that pages speak of."""
    (path / "posts.csv").write_text(
        "Message;Date;Auteur\nLivraison en retard, encore la Brûlerie du Port;19/11/2026 09:30;Ana\n", "utf-8"
    )
    (path / "export.csv").write_text(
        "Message,Created,Author\nLa brûlerie du port ferme ?,2026-11-19 09:30,Ana\nOui,2026-11-19 09:31,Léo\n", "utf-8"
    )
    author = {"id": "https://masto.example/users/ana", "handle": "ana@masto.example"}
    post = {"network": "mastodon", "remote_id": "https://masto.example/1", "author": author, "text": "Bonjour",
            "created_at": 1_763_541_000_000}  # fmt: skip
    (path / "posts.jsonl").write_text(json.dumps(post) + "\n", "utf-8")
    actor = {"type": "Person", "id": author["id"], "preferredUsername": "ana"}
    note = {
        "type": "Note", "id": "https://masto.example/2", "content": "<p>Bonjour</p>", "attributedTo": author["id"],
        "published": "2026-11-19T09:00:00Z", "to": ["https://www.w3.org/ns/activitystreams#Public"],
    }  # fmt: skip
    create = {"type": "Create", "id": note["id"] + "#c", "actor": author["id"], "published": note["published"],
              "to": note["to"], "object": note}  # fmt: skip
    outbox = {"@context": "https://www.w3.org/ns/activitystreams", "type": "OrderedCollection", "totalItems": 1,
              "orderedItems": [create]}  # fmt: skip
    (path / "actor.json").write_text(json.dumps(actor), "utf-8")
    (path / "outbox.json").write_text(json.dumps(outbox), "utf-8")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
