"""Several processes claim from one queue: each publication once, none after a pause, whatever is killed meanwhile."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from store.making import NOON, act
from store.publishing import schedule, wanted
from vigie.flows.ledger import export
from vigie.ledger import verify
from vigie.model import Pause
from vigie.store import Store, open_store

CLAIMER = """
import random, sys
from pathlib import Path
from vigie.model import Act
from vigie.store import open_store
store, who, now = open_store(Path(sys.argv[1]), role="work"), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
while found := store.publications.due(now, limit=40):
    random.shuffle(found)
    for one in found:
        act = Act(now, who, "publication.claimed", "")
        if store.publications.claim(one.id, one.revision, [f"{who}.{one.id}"], now, act):
            print(one.id, flush=True)
"""


class Claimer:
    """A process that claims until nothing is due."""

    def __init__(self, store: Store, who: str) -> None:
        self.who = who
        self.process = subprocess.Popen(
            [sys.executable, "-c", CLAIMER, store.path, who, str(NOON)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout
        assert self.process.stdout.readline() == "ready\n"

    def go(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def end(self) -> set[int]:
        """Numbers of those that it was told it had."""
        said, _ = self.process.communicate(timeout=120)
        claimed = [int(line) for line in said.split()]
        assert len(claimed) == len(set(claimed))
        return set(claimed)


def claimed(store: Store) -> dict[int, str]:
    """Who claimed which, by the keys."""
    found = store.publications.of_states(("publishing",), limit=1_000)
    assert all(one.attempts == 1 and len(one.sent) == 1 for one in found)
    return {one.id: one.sent[0].key.partition(".")[0] for one in found}


def wait_for(store: Store, count: int) -> None:
    deadline = time.monotonic() + 60
    while len(claimed(store)) < count:
        assert time.monotonic() < deadline, "waited in vain"


def check_ledger(store: Store) -> None:
    """Each claim stands in it once, in one chain."""
    assert verify(export(store.acts, bytes(32), NOON)).holds
    acts = [one for _, one in store.acts.latest(limit=2_000) if one.verb == "publication.claimed"]
    assert {one.what: one.who for one in acts} == {f"publication:{id}": who for id, who in claimed(store).items()}
    assert len(acts) == len(claimed(store))
    assert store.check() == []


@pytest.mark.parametrize("many", [150, pytest.param(500, marks=pytest.mark.long)])
def test_eight_processes_claim_each_once_while_two_are_killed(many: int, tmp_path: Path) -> None:
    store = open_store(tmp_path / "vigie.db", role="cli")
    schedule(store, *(wanted(str(n)) for n in range(many)))
    claimers = [Claimer(store, f"c{n}") for n in range(8)]
    for one in claimers:
        one.go()
    wait_for(store, many // 8)
    for one in claimers[:2]:
        one.process.send_signal(signal.SIGKILL)
    told = {one.who: one.end() for one in claimers}
    by = claimed(store)
    assert len(by) == many
    for number, one in enumerate(claimers):
        theirs = {id for id, who in by.items() if who == one.who}
        missing = theirs - told[one.who]
        assert told[one.who] <= theirs
        assert len(missing) <= (number < 2), missing  # claimed, and killed before it could say so
    check_ledger(store)
    store.close()


def test_none_is_claimed_after_a_pause(tmp_path: Path) -> None:
    store = open_store(tmp_path / "vigie.db", role="cli")
    schedule(store, *(wanted(str(n), channel=("bsky", "other")[n % 2]) for n in range(400)))
    claimers = [Claimer(store, f"c{n}") for n in range(3)]
    for one in claimers:
        one.go()
    wait_for(store, 20)
    found = store.publications.pause(Pause(0, (), "maelle", "vol", NOON), act("pause.set"))
    before = claimed(store)
    assert {one.id for one in found.in_flight} == set(before)
    assert set(found.held) | set(before) == set(range(1, 401))
    told = set().union(*(one.end() for one in claimers))
    assert claimed(store) == before
    assert told == set(before)
    check_ledger(store)
    store.close()
