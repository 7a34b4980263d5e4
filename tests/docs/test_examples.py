"""The network and the page that two guides build are built in a copy of the product, and work; no file is edited."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from docs.reading import CHECKOUT, blocks
from docs.running import Folder

SHOWN_AT = re.compile(r"(?:#|\{#) (src/vigie/\S+)(?: #\})?\n")


def built(page: str, folder: Path) -> dict[str, str]:
    """A copy of the product with the files that a page shows. Returns the environment in which it is the one run."""
    shutil.copytree(CHECKOUT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "vendor"))
    vendor = "vigie/web/static/vendor"
    (folder / "src" / vendor).symlink_to(CHECKOUT / "src" / vendor)
    shown = 0
    for block in blocks(CHECKOUT / "docs/how-to" / page):
        if head := SHOWN_AT.match(block.text):
            path = folder / head[1]
            path.parent.mkdir(exist_ok=True)
            assert not path.exists(), f"{head[1]} is the product's"
            path.write_text(block.text[head.end() :], "utf-8")
            shown += 1
    assert shown >= 3
    return {name: value for name, value in os.environ.items() if not name.startswith("VIGIE_")} | {
        "PYTHONPATH": str(folder / "src"),
        "VIGIE_LANG": "en",
    }


class Shop(BaseHTTPRequestHandler):
    """A shop whose reviews can be had; one of them nobody can read."""

    REVIEWS = ({"id": 1, "by": "ana", "at": 1_763_541_000, "text": "Un café en retard"}, {"id": "two"})

    def do_GET(self) -> None:
        body = json.dumps(self.REVIEWS).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None: ...


@pytest.fixture
def shop() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/reviews.json"
    server.shutdown()
    server.server_close()
    thread.join(10)


def test_the_network_of_the_guide_reads(tmp_path: Path, shop: str) -> None:
    env = built("add-a-network.md", tmp_path)
    command = [sys.executable, "-m", "vigie", "watch", "café", "--source", f"reviews:{shop}", "--json", "--limit", "1"]
    done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["post"]["text"] == "Un café en retard"
    charter = tmp_path / "charter.yaml"
    charter.write_text(
        "charter: 1\ncompany: {name: M, languages: [fr], timezone: Europe/Paris}\n"
        f"listening:\n  sources:\n    - {{id: shop, network: reviews, address: '{shop}', colour: red}}\n"
    )
    command = [sys.executable, "-m", "vigie", "charter", "check", str(charter)]
    done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1, done.stdout
    assert f"{charter}:5:" in done.stderr, "the network's own check names the line"


def test_the_page_of_the_guide_is_served(tmp_path: Path) -> None:
    env = built("add-a-page.md", tmp_path)
    folder = Folder(tmp_path)
    folder.env |= env
    made = folder.run(f"{sys.executable} -m vigie init --demo")
    password = re.search(r"Password: (\S+)", made.stdout)
    assert password, made.stderr
    started = folder.start(f"{sys.executable} -m vigie web")
    try:
        started.until(folder.answers, "a page")
        with httpx.Client(base_url=f"http://127.0.0.1:{folder.port}", trust_env=False) as client:
            form = re.search(r'name="_csrf" value="([^"]+)"', client.get("/login").text)
            assert form
            client.post("/login", data={"login": "maelle", "password": password[1], "_csrf": form[1]})
            for lang, said in (("fr", "Langues"), ("en", "Languages")):
                page = client.get("/languages", headers={"accept-language": lang})
                assert page.status_code == 200, page.text
                assert f"<title>{said}" in page.text
    finally:
        assert started.end() == 0, started.said
