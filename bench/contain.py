"""How fast and how surely things are contained: the order to stop among a thousand posts, an alert, the ledger."""

import asyncio
import contextlib
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import httpx
from msgspec import structs
from playwright.async_api import async_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from counterparts.bluesky import install
from counterparts.fault_proxy import FaultProxy
from counterparts.jetstream import bridge
from counterparts.pds import COLLECTION, Pds, free_port, running
from counterparts.pds import Account as Owner
from counterparts.threaded import threaded
from ledger.test_ledger import cut, edit, export, garble, move, repeat, take_out
from spine.house import House, charter, until
from spine.publishing_house import Account, PublishingHouse, posts
from vigie.flows.drafts import Doing
from vigie.flows.pausing import Waiting, agree, pause, same_for_all
from vigie.flows.ports.incidents import IncidentMovedError
from vigie.flows.ports.writer import Grant
from vigie.ledger import verify
from vigie.model import Act, Incident, Millis, Release
from vigie.store import Store

THOUSAND = 1_000
ALERTS = 50
TAMPERINGS = 1_000
VIGIE = Path(sys.executable).parent / "vigie"
OBSERVE = """() => {
  window.told = {};
  const look = () => document.querySelectorAll('.band a[href^="/incidents/"]').forEach((link) => {
    window.told[link.getAttribute('href')] ??= Date.now();
  });
  look();
  new MutationObserver(look).observe(document.body, {childList: true, subtree: true});
}"""
ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def main() -> None:
    """Prints its figures, one a line; of the parts that are named, or of all: tampering, stopping, alerting."""
    wanted = set(sys.argv[1:]) or {"tampering", "stopping", "alerting"}
    if "tampering" in wanted:
        tampering()
    with tempfile.TemporaryDirectory() as folder, _server(Path(folder)) as pds:
        if pds is None:
            print("# the Bluesky server is not installed: make test-networks")
            return
        if "stopping" in wanted:
            stopping(pds, Path(folder))
        if "alerting" in wanted:
            alerting(pds, Path(folder))


def tampering() -> None:
    """A thousand random tamperings with an exported ledger; each must be found at its entry."""
    whole, kinds = export(200), (edit, take_out, move, cut, repeat, garble)
    missed = 0
    for number in range(TAMPERINGS):
        lines = list(whole)
        touched = kinds[number % len(kinds)](lines, Random(number))
        faults = verify(lines).faults
        missed += not faults or faults[0].entry != touched
    print(f"tampering_missed {missed} of_{TAMPERINGS}")


def stopping(pds: Pds, folder: Path) -> None:
    """A thousand posts due within the same second; everything is stopped while they go out, then let go again."""
    accounts = []
    for number in range(4):
        made = pds.make_account(f"stop{number}")
        accounts.append(Account(f"c{number}", "bluesky", made.handle, Grant(pds.url, "correct-horse", made.handle)))
    home = folder / "stopping"
    home.mkdir()
    arrived: list[float] = []
    with threaded(FaultProxy("localhost", pds.port, spoils=lambda request: _note(request.raw, arrived))) as proxy:
        house = PublishingHouse(home, accounts, proxy)
        with house.store() as store, house.store() as orders:
            numbers = house.schedule(store, posts(accounts, THOUSAND, house.picture, []), over_ms=1_000, seed=1)
            process = house.start_work()
            until(lambda: len(arrived) > 100, "a hundred posts on the network")
            by = Doing("owner", time.time_ns() // 1_000_000)
            stopped = pause(orders.publications, (), "bench", by, Waiting(time.monotonic, time.sleep))
            acknowledged = time.monotonic()
            time.sleep(3)
            late = sum(at > acknowledged for at in arrived)
            there = sum(len(_keys(pds, account.grant.login)) for account in accounts)
            print(f"pause_ms {stopped.settled_ms} ms")
            print(f"pause_held {len(stopped.held)} publications")
            print(f"pause_in_flight {len(stopped.in_flight)} publications")
            print(f"sent_after_pause {late} of_{THOUSAND - len(stopped.held)}_sent_before")

            choices = same_for_all(orders.publications, stopped.pause.id, "send")
            act = Act(by.now, "owner", "pause.release-proposed", f"pause:{stopped.pause.id}")
            orders.publications.propose_release(stopped.pause.id, Release("owner", by.now, choices), act)
            agree(orders.publications, stopped.pause.id, Doing("second", by.now))
            waiting = ("scheduled", "publishing", "unconfirmed")
            until(lambda: not store.publications.of_states(waiting, 1), "all of them sent", 600)
            process.send_signal(signal.SIGINT)
            process.wait(30)
            known = {sent.key for number in numbers for sent in store.publications.get(number).sent}  # type: ignore[union-attr]
            found = [key for account in accounts for key in _keys(pds, account.grant.login)]
            assert there <= len(found)
            print(f"publications_missing {len(known - set(found))} of_{len(known)}_posts")
            print(f"publications_doubled {len(found) - len(known & set(found))} posts")


def alerting(pds: Pds, folder: Path) -> None:
    """A post written behind our back, until it is told in an open page, and until its channel is suspended."""
    asyncio.run(_alerting(pds, folder / "alerting"))


async def _alerting(pds: Pds, folder: Path) -> None:
    folder.mkdir()
    ours, port = pds.make_account("ours"), free_port()
    async with bridge() as jetstream:
        follower = asyncio.create_task(jetstream.follow(pds.firehose))
        source: dict[str, object] = {"id": "live", "network": "bluesky", "address": jetstream.v1}
        document = json.loads(charter([source], {"marque": "zzmarque"}))
        document["channels"] = [{"id": "bsky", "network": "bluesky", "account": ours.handle, "account_id": ours.did}]
        document["crisis"] = {"on_call": ["owner"], "pause_when": [{"id": "hand", "on": "unknown-hand"}]}
        house = House(folder, json.dumps(document), (f"127.0.0.1:{jetstream.port}",))
        env = house.env | {"VIGIE_PORT": str(port)}
        made = subprocess.run([VIGIE, "init"], env=env, check=True, capture_output=True, text=True)
        password = made.stdout.split("Password: ")[1].split()[0]
        process = subprocess.Popen([VIGIE, "up"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while not jetstream.connections:
                await asyncio.sleep(0.05)
            await asyncio.sleep(5)
            with house.store() as store:
                await _alerts(pds, ours, store, f"http://127.0.0.1:{port}", password)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)
            follower.cancel()


async def _alerts(pds: Pds, ours: Owner, store: Store, url: str, password: str) -> None:
    told, suspended = [], []
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
        for number in range(ALERTS):
            known = await page.evaluate("Object.keys(window.told).length")
            before = time.time() * 1000
            pds.post(ours, f"Offre folle {number}")
            suspended.append(await _paused(store) - before)
            deadline = time.monotonic() + 30
            while await page.evaluate("Object.keys(window.told).length") == known and time.monotonic() < deadline:
                await asyncio.sleep(0.01)
            told.append(max((await page.evaluate("window.told")).values(), default=before + 30_000) - before)
            _put_right(store)
        await browser.close()
    print(f"alerts_seen {len(told)} of_{ALERTS}")
    for name, spent in (("alert", sorted(told)), ("suspension", sorted(suspended))):
        print(f"{name}_p50_ms {statistics.median(spent):.0f} ms")
        print(f"{name}_p99_ms {spent[min(len(spent) - 1, int(len(spent) * 0.99))]:.0f} ms")
    print(f"load_1min {os.getloadavg()[0]:.2f} of_{os.cpu_count()}_cores")


async def _paused(store: Store) -> float:
    """When the channel was seen to be suspended."""
    deadline = time.monotonic() + 30
    while not store.publications.pauses() and time.monotonic() < deadline:
        await asyncio.sleep(0.005)
    return time.time() * 1000


def _put_right(store: Store) -> None:
    """Ends the pause and the incident, so that the next post is news again."""
    now = time.time_ns() // 1_000_000
    for one in store.publications.pauses():
        act = Act(now, "owner", "pause.released", f"pause:{one.id}")
        store.publications.propose_release(one.id, Release("owner", now, ()), act)
        store.publications.agree_release(one.id, "second", now, act)
    for incident in store.incidents.of_states(("open", "acknowledged", "contained")):
        _resolve(store, incident, now)


def _resolve(store: Store, incident: Incident, now: Millis) -> None:
    act = Act(now, "owner", "incident.resolved", f"incident:{incident.id}")
    try:
        store.incidents.change(structs.replace(incident, state="resolved", resolved_at=now), [], act)
    except IncidentMovedError as moved:  # `listen` was writing its pause down
        _resolve(store, moved.current, now)


def _note(raw: bytes, arrived: list[float]) -> bool:
    """Writes down when a post passes; nothing is spoilt."""
    if raw.startswith(b"POST /xrpc/com.atproto.repo.createRecord"):
        arrived.append(time.monotonic())
    return False


def _keys(pds: Pds, handle: str) -> list[str]:
    found: list[str] = []
    asked: dict[str, str | int] = {"repo": handle, "collection": COLLECTION, "limit": 100}
    while True:
        page = httpx.get(f"{pds.url}/xrpc/com.atproto.repo.listRecords", params=asked, timeout=30).json()
        found += [one["uri"].rpartition("/")[2] for one in page["records"]]
        if not page.get("cursor") or not page["records"]:
            return found
        asked["cursor"] = page["cursor"]


@contextlib.contextmanager
def _server(folder: Path) -> Iterator[Pds | None]:
    if not install.installed():
        yield None
        return
    (folder / "pds").mkdir()
    with running(folder / "pds") as pds:
        yield pds


if __name__ == "__main__":
    main()
