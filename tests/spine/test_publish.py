"""Hundreds of posts on a real Bluesky server while `work` is killed and the line breaks: each is there exactly once."""

import sys
import time
from collections import Counter
from pathlib import Path

import httpx
import pytest

from counterparts.pds import COLLECTION, Pds, pds
from spine.house import until
from spine.publishing_house import (
    RATES,
    Account,
    PublishingHouse,
    answered_post,
    line_to,
    posts,
    unfinished,
    unrecalled,
)
from vigie.flows.ports.writer import Grant
from vigie.store import Store

__all__ = ["pds"]
pytestmark = [pytest.mark.network_server]


def records(server: Pds, did: str) -> dict[str, str]:
    """Every post that stands in somebody's repository: its CID by its key."""
    found: dict[str, str] = {}
    asked: dict[str, str | int] = {"repo": did, "collection": COLLECTION, "limit": 100}
    while True:
        page = httpx.get(f"{server.url}/xrpc/com.atproto.repo.listRecords", params=asked, timeout=20).json()
        found |= {one["uri"].rpartition("/")[2]: one["cid"] for one in page["records"]}
        if not page.get("cursor") or not page["records"]:
            return found
        asked["cursor"] = page["cursor"]


def run(server: Pds, folder: Path, count: int, kills: int, seed: int, name: str) -> None:
    accounts = []
    for number in range(4):
        made = server.make_account(f"{name}{number}")
        grant = Grant(server.url, "correct-horse", made.handle, made.did)
        accounts.append(Account(f"c{number}", "bluesky", made.handle, grant))
    asker = server.make_account(f"{name}asks")
    asked = [answered_post("bluesky", server.post(asker, f"Question {n}").uri, asker.did) for n in range(3)]
    with line_to("localhost", server.port, RATES, seed) as proxy:
        house = PublishingHouse(folder, accounts, proxy)
        with house.store() as store:
            wanted = posts(accounts, count, house.picture, asked)
            pieces = sum(len(outgoing.pieces) for _, outgoing in wanted)
            began = time.monotonic()
            numbers = house.schedule(store, wanted, over_ms=count * 40, seed=seed)
            killed = house.work_and_die(store, kills, seed, lambda: unfinished(store))
            sent = time.monotonic() - began
            each_is_there_once(server, store, accounts, numbers, pieces)
            house.recall(store, numbers)
            killed_again = house.work_and_die(store, kills, seed + 1, lambda: unrecalled(store))
            states = Counter((one.state, one.recall) for one in map(store.publications.get, numbers) if one)
            assert states == {("published", "recalled"): count}
            assert [records(server, account.grant.account_id) for account in accounts] == [{}] * 4
            assert store.check() == []
    sys.stdout.write(
        f"\n{count} publications, {pieces} posts, killed {killed} + {killed_again} times,"
        f" sent in {sent:.0f} s, all in {time.monotonic() - began:.0f} s, faults {dict(proxy.counts)}\n"
    )


def each_is_there_once(server: Pds, store: Store, accounts: list[Account], numbers: list[int], pieces: int) -> None:
    """What stands on the network is what the store says, key by key and CID by CID."""
    known: dict[str, dict[str, str]] = {account.channel: {} for account in accounts}
    for number in numbers:
        one = store.publications.get(number)
        assert one is not None
        assert (one.state, one.recall) == ("published", ""), one
        for sent in one.sent:
            assert sent.remote_id.rpartition("/")[2] == sent.key
            known[one.channel][sent.key] = sent.version
    assert sum(map(len, known.values())) == pieces
    for account in accounts:
        assert records(server, account.grant.account_id) == known[account.channel]


def test_forty_posts_six_deaths(pds: Pds, tmp_path: Path) -> None:
    run(pds, tmp_path, count=40, kills=3, seed=11, name="short")


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_five_hundred_posts_fifty_deaths(pds: Pds, tmp_path: Path) -> None:
    run(pds, tmp_path, count=500, kills=50, seed=5, name="long")


def test_what_was_written_under_a_key_before_is_never_written_twice(pds: Pds, tmp_path: Path) -> None:
    """The line is cut for good after the server has the post; it comes back later."""
    made = pds.make_account("cutoff")
    account = Account("c0", "bluesky", made.handle, Grant(pds.url, "correct-horse", made.handle, made.did))
    with line_to("localhost", pds.port, {}, 1) as proxy:
        house = PublishingHouse(tmp_path, [account], proxy)
        proxy.spoils = lambda request: b"createRecord" in request.raw[:200]
        proxy.script = ["cut-after"]
        with house.store() as store:
            (number,) = house.schedule(store, posts([account], 1, house.picture, []), over_ms=1, seed=1)
            process = house.start_work()
            until(lambda: proxy.counts["cut-after"], "the post on the server and the line cut")
            proxy.down = True
            process.kill()
            process.wait()
            again = house.start_work()
            try:
                until(lambda: store.publications.get(number).state == "unconfirmed", "doubt")
                proxy.down = False
                until(lambda: store.publications.get(number).state == "published", "the truth")
            finally:
                again.kill()
                again.wait()
            assert len(records(pds, made.did)) == 1
