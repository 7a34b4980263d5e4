"""The same on Mastodon, where a server knows our key for an hour: each post is there exactly once."""

import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from counterparts.mastodon import TOKEN
from counterparts.mastodon_writing import WritingMastodon
from counterparts.threaded import threaded
from spine.publishing_house import RATES, Account, PublishingHouse, line_to, posts, unfinished, unrecalled
from vigie.flows.ports.writer import Grant


def run(folder: Path, count: int, kills: int, seed: int) -> None:
    with threaded(WritingMastodon()) as server:
        server.left = {"posts": 10**6, "deletions": 10**6}
        server.works_s = 0.01
        at = urlsplit(server.url)
        account = Account("masto", "mastodon", f"maison@{at.netloc}", Grant(server.url, TOKEN))
        with line_to(at.hostname or "", server.port, RATES, seed) as proxy:
            house = PublishingHouse(folder, [account], proxy)
            with house.store() as store:
                wanted = posts([account], count, house.picture, [])
                texts = Counter(piece.text for _, outgoing in wanted for piece in outgoing.pieces)
                began = time.monotonic()
                numbers = house.schedule(store, wanted, over_ms=count * 40, seed=seed)
                killed = house.work_and_die(store, kills, seed, lambda: unfinished(store))
                sent_in = time.monotonic() - began
                found = [store.publications.get(number) for number in numbers]
                assert Counter(one.state for one in found if one) == {"published": count}
                # what was ever written there, each as often as it was wanted, under the identifiers that the store has
                assert Counter(text for _, text in server.written) == texts
                stored = [sent.remote_id.rpartition("/")[2] for one in found if one for sent in one.sent]
                assert sorted(stored) == sorted(key for key, _ in server.written)
                house.recall(store, numbers)
                again = house.work_and_die(store, kills, seed + 1, lambda: unrecalled(store))
                recalled = Counter(one.recall for one in map(store.publications.get, numbers) if one)
                assert recalled == {"recalled": count}
                assert server.standing == []
                assert store.check() == []
    sys.stdout.write(
        f"\n{count} publications, {texts.total()} posts, killed {killed} + {again} times, sent in {sent_in:.0f} s,"
        f" all in {time.monotonic() - began:.0f} s, faults {dict(proxy.counts)}\n"
    )


@pytest.mark.network_server
def test_sixteen_posts_two_deaths(tmp_path: Path) -> None:
    run(tmp_path, count=16, kills=1, seed=3)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_five_hundred_posts_fifty_deaths(tmp_path: Path) -> None:
    run(tmp_path, count=500, kills=50, seed=9)
