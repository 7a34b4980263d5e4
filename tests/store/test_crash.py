"""`listen` killed without warning: nothing lost, nothing doubled, counters equal to a recount."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from store.replayed import BATCHES, SIZE, expected
from vigie.flows.ports.archive import Filter
from vigie.store import open_store

KILLS = 20


def test_killed_at_random_moments(tmp_path: Path) -> None:
    path = tmp_path / "vigie.db"
    dice = random.Random(11)
    kills = 0
    while True:
        child = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("replayed.py"), path], stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        if kills < KILLS:
            child.stdout.readline()  # it has opened the store and begins
            time.sleep(dice.random() * 0.25)
            child.send_signal(signal.SIGKILL)
            kills += child.wait() == -signal.SIGKILL
        child.communicate()
        if child.returncode == 0:
            break
    store = open_store(path, role="cli")
    assert kills > 3  # the machine may be fast enough to be done before all of them
    assert store.check() == []
    stored = {
        mention.post.remote_id: (mention.post.text, mention.queries, mention.gone_at)
        for mention in store.archive.mentions(Filter(), limit=BATCHES * SIZE).mentions
    }
    assert stored == expected()
    assert store.archive.count(Filter()) == len(stored)
    counted = store.archive.volume(Filter(), "day")
    assert sum(one.count for one in counted if one.query) == sum(len(queries) for _, queries, _ in stored.values())
    assert sum(one.count for one in counted if not one.query) == len(stored)
    assert store.archive.cursor("replay") == str(BATCHES)
    store.close()
