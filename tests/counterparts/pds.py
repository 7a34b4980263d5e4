"""A real Bluesky server on this machine, and people who write on it. `bluesky/install.py` installs it."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from msgspec import Struct

from counterparts.bluesky import install

COLLECTION = "app.bsky.feed.post"
READY_S = 60


class Account(Struct, frozen=True):
    """Somebody with an account, logged in."""

    did: str
    handle: str
    token: str


class Ref(Struct, frozen=True):
    """A record that was written; ``root`` is the first post of its thread."""

    uri: str
    cid: str
    root: tuple[str, str] | None = None

    @property
    def rkey(self) -> str:
        return self.uri.rpartition("/")[2]


class Pds:
    """A running server. Its methods speak XRPC and raise `httpx.HTTPStatusError` with the server's own words."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"http://localhost:{port}"
        self._http = httpx.Client(base_url=self.url, timeout=20)

    @property
    def firehose(self) -> str:
        return f"ws://localhost:{self.port}/xrpc/com.atproto.sync.subscribeRepos"

    def close(self) -> None:
        self._http.close()

    def make_account(self, name: str) -> Account:
        """An account with the handle ``NAME.test``."""
        handle = f"{name}.test"
        made = self._call(
            "com.atproto.server.createAccount",
            {"handle": handle, "email": f"{name}@example.test", "password": "correct-horse"},
        )
        return Account(made["did"], handle, made["accessJwt"])

    def post(self, account: Account, text: str, **more: Any) -> Ref:
        """``more``: other fields of the record (``langs``, ``facets``, ``embed``, ``createdAt``)."""
        return self._create(account, {"text": text, **more})

    def reply(self, account: Account, parent: Ref, text: str, **more: Any) -> Ref:
        root = parent.root or (parent.uri, parent.cid)
        above = {"parent": {"uri": parent.uri, "cid": parent.cid}, "root": {"uri": root[0], "cid": root[1]}}
        written = self._create(account, {"text": text, "reply": above, **more})
        return Ref(written.uri, written.cid, root)

    def edit(self, account: Account, ref: Ref, text: str, **more: Any) -> Ref:
        """Replaces a post's words: an update on the event stream."""
        record = self._record({"text": text, **more})
        asked = {"repo": account.did, "collection": COLLECTION, "rkey": ref.rkey, "record": record}
        put = self._call("com.atproto.repo.putRecord", asked, account)
        return Ref(put["uri"], put["cid"], ref.root)

    def delete(self, account: Account, ref: Ref) -> None:
        asked = {"repo": account.did, "collection": COLLECTION, "rkey": ref.rkey}
        self._call("com.atproto.repo.deleteRecord", asked, account)

    def present(self, account: Account, name: str) -> None:
        """The name that people see beside an account's posts."""
        record = {"$type": "app.bsky.actor.profile", "displayName": name}
        asked = {"repo": account.did, "collection": "app.bsky.actor.profile", "rkey": "self", "record": record}
        self._call("com.atproto.repo.putRecord", asked, account)

    def rename(self, account: Account, name: str) -> None:
        """Gives an account another handle: an identity event."""
        self._call("com.atproto.identity.updateHandle", {"handle": f"{name}.test"}, account)

    def take_down(self, account: Account) -> None:
        """What a moderator does: an account event, ``takendown``."""
        subject = {"$type": "com.atproto.admin.defs#repoRef", "did": account.did}
        asked = {"subject": subject, "takedown": {"applied": True, "ref": "test"}}
        answer = self._http.post(
            "/xrpc/com.atproto.admin.updateSubjectStatus", json=asked, auth=("admin", "counterpart")
        )
        answer.raise_for_status()

    def _create(self, account: Account, record: dict[str, Any]) -> Ref:
        asked = {"repo": account.did, "collection": COLLECTION, "record": self._record(record)}
        made = self._call("com.atproto.repo.createRecord", asked, account)
        return Ref(made["uri"], made["cid"])

    def _record(self, record: dict[str, Any]) -> dict[str, Any]:
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")  # noqa: TID251  # a person's clock
        return {"$type": COLLECTION, "createdAt": now, **record}

    def _call(self, method: str, asked: dict[str, Any], account: Account | None = None) -> dict[str, Any]:
        headers = {"authorization": f"Bearer {account.token}"} if account else {}
        answer = self._http.post(f"/xrpc/{method}", json=asked, headers=headers)
        if answer.is_error:
            raise httpx.HTTPStatusError(answer.text, request=answer.request, response=answer)
        return answer.json() if answer.content else {}


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextlib.contextmanager
def running(folder: Path, installation: Path = install.FOLDER) -> Iterator[Pds]:
    """A server that keeps its data in ``folder`` and ends with the block."""
    port, plc = free_port(), free_port()
    environment = {
        **os.environ,
        "PDS_PORT": str(port),
        "PLC_PORT": str(plc),
        "FOLDER": str(folder),
        "LOG_ENABLED": "false",
    }
    log = folder / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [install.node(installation) / "node", "pds.mjs"],
            cwd=installation,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
    try:
        deadline = time.monotonic() + READY_S
        while "READY" not in log.read_text():
            if server.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the Bluesky server does not start: {log.read_text()}")
            time.sleep(0.05)
        pds = Pds(port)
        try:
            yield pds
        finally:
            pds.close()
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@pytest.fixture(scope="session")
def pds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pds]:
    """One server for all tests of a run; each makes accounts of its own."""
    if not install.installed():
        pytest.skip("the Bluesky server is not installed: make test-networks")
    with running(tmp_path_factory.mktemp("pds")) as server:
        yield server
