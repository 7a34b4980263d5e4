"""Identifiers are made as the network makes them: keys that sort by time, names that follow from what is said."""

import json
import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from vigie.networks.bluesky.when import EARLIEST, tid_millis
from vigie.networks.bluesky.writing.keys import Keys, record_cid


def test_recorded_records_have_the_names_that_we_compute(evaluation_data: Path) -> None:
    checked, skipped = 0, 0
    files = ("expected_v1.jsonl", "golden_v1.jsonl")
    for line in "".join((evaluation_data / "bluesky" / name).read_text("utf-8") for name in files).splitlines():
        commit = json.loads(line).get("commit", {})
        if "record" not in commit:
            continue
        if "$bytes" in json.dumps(commit["record"]) or has_float(commit["record"]):
            skipped += 1  # kinds of values that our records never have
            continue
        assert record_cid(commit["record"]) == commit["cid"], commit["record"]
        checked += 1
    assert checked > 100
    assert skipped < 5


def has_float(value: object) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return isinstance(value, float) or any(map(has_float, inner))


@given(st.lists(st.integers(EARLIEST, 4_000_000_000_000), min_size=2), st.randoms())
def test_keys_grow_whatever_the_clock_does(instants: list[int], chance: random.Random) -> None:
    keys = Keys(chance.random)
    made = [keys.new(at) for at in instants]
    assert made == sorted(set(made))
    assert tid_millis(made[0]) == instants[0]


def test_keys_of_two_processes_differ() -> None:
    made = [Keys(random.Random(seed).random).new(EARLIEST) for seed in range(200)]
    assert len(set(made)) == 200
