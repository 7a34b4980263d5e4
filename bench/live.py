"""A post on the socket to its row in the open page, while 1,500 events a second arrive; and what `listen` needs."""

import asyncio
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
from playwright.async_api import async_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from texts import queries, texts

from counterparts.jetstream import Bridge, bridge
from counterparts.pds import free_port
from spine.house import charter

RATE = 1500
SECONDS = 60
SLICE_S = 0.05
MARKED = 100
"""One event in so many carries a mark that a query matches."""
VIGIE = Path(sys.executable).parent / "vigie"
OBSERVE = """() => {
  window.marks = {};
  const look = (node) => {
    for (const found of (node.textContent || '').matchAll(/zzmarque(\\d+)/g)) window.marks[found[1]] ??= Date.now();
  };
  new MutationObserver((all) => all.forEach((m) => m.addedNodes.forEach(look)))
    .observe(document.body, {childList: true, subtree: true});
}"""
ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


async def main() -> None:
    """Prints ``socket_to_page_p50_ms``, ``socket_to_page_p99_ms``, ``listen_peak_mb``, ``live_roles_mb``."""
    words, _ = texts(20_000)
    with tempfile.TemporaryDirectory() as folder:
        async with bridge() as jetstream:
            house = _queries(words)
            home = Path(folder) / "home"
            home.mkdir(mode=0o700)
            source = {"id": "live", "network": "bluesky", "address": jetstream.v1}
            (home / "charter.yaml").write_text(charter([source], house), "utf-8")
            port = free_port()
            env = {k: v for k, v in os.environ.items() if not k.startswith("VIGIE_")}
            env |= {
                "VIGIE_HOME": str(home),
                "VIGIE_PORT": str(port),
                "VIGIE_ALLOW_PRIVATE": f"127.0.0.1:{jetstream.port}",
            }
            made = subprocess.run([VIGIE, "init"], env=env, check=True, capture_output=True, text=True)
            password = made.stdout.split("Password: ")[1].split()[0]
            process = subprocess.Popen([VIGIE, "up"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                await _measure(jetstream, f"http://127.0.0.1:{port}", password, words, process.pid)
            finally:
                process.send_signal(signal.SIGINT)
                process.wait(20)


def _queries(words: list[str]) -> dict[str, str]:
    found = queries(words, 999, 0.0)
    return {"marque": "zzmarque*"} | {f"b{id}": text for id, text in found.items()}


async def _measure(jetstream: Bridge, url: str, password: str, words: list[str], pid: int) -> None:
    while not jetstream.connections:
        await asyncio.sleep(0.05)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        page = await (await browser.new_context(base_url=url)).new_page()
        await page.goto("/login")
        await page.fill("[name=login]", "owner")
        await page.fill("[name=password]", password)
        await page.press("[name=password]", "Enter")
        await page.wait_for_url(lambda at: "/login" not in at)
        await page.goto("/listening")
        await page.evaluate(OBSERVE)
        await asyncio.sleep(1)
        sent = await _send(jetstream, words)
        await asyncio.sleep(3)
        marks = {int(n): at for n, at in (await page.evaluate("window.marks")).items()}
        roles = {r: c for c in psutil.Process(pid).children() for r in ("listen", "work", "web") if r in c.cmdline()}
        await browser.close()
    spent = sorted(marks[n] - at for n, at in sent.items() if n in marks)
    if not spent:
        print("socket_to_page_rows_seen 0 of_all")
        raise SystemExit(1)
    print(f"socket_to_page_rows_seen {len(spent)} of_{len(sent)}")
    print(f"socket_to_page_p50_ms {statistics.median(spent):.0f} ms")
    print(f"socket_to_page_p99_ms {spent[int(len(spent) * 0.99)]:.0f} ms")
    peak = _peak(roles["listen"].pid)
    print(f"listen_peak_mb {peak:.0f} MB")
    print(f"live_roles_mb {sum(c.memory_info().rss for c in roles.values()) / 1e6:.0f} MB")
    print(f"load_1min {os.getloadavg()[0]:.2f} of_{os.cpu_count()}_cores")


def _peak(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024 / 1e6
    return 0.0


async def _send(jetstream: Bridge, words: list[str]) -> dict[int, float]:
    chance, sent, count = random.Random(5), {}, 0
    start = time.monotonic()
    while (passed := time.monotonic() - start) < SECONDS:
        due = int(passed * RATE) - count
        batch: list[dict[str, Any]] = []
        for _ in range(due):
            mark = count if count % MARKED == 0 else None
            text = f"zzmarque{mark} {chance.choice(words)[:120]}" if mark is not None else chance.choice(words)
            batch.append(_event(chance, text, count))
            if mark is not None:
                sent[mark] = time.time() * 1000
            count += 1
        await jetstream.say(batch, step_us=600)
        await asyncio.sleep(SLICE_S)
    print(f"live_events_per_s {count / SECONDS:.0f} events/s")
    return sent


def _event(chance: random.Random, text: str, count: int) -> dict[str, Any]:
    made = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
    record = {"$type": "app.bsky.feed.post", "createdAt": made, "langs": ["en"], "text": text}
    commit = {"rev": f"r{count}", "operation": "create", "collection": "app.bsky.feed.post", "rkey": f"k{count:09}"}
    return {"did": f"did:plc:{chance.randrange(5000):024}", "kind": "commit", "commit": commit | {"record": record}}


if __name__ == "__main__":
    asyncio.run(main())
