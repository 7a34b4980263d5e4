"""The frozen examples: unchanged since before the patterns were written, and the way they are scored."""

import json
from hashlib import sha256

import pytest

from checks.score import EXAMPLES, LANGUAGES, score, sets
from vigie.checks import built_in

FROZEN = dict(
    reversed(line.split(maxsplit=1)) for line in (EXAMPLES / "digests.txt").read_text("utf-8").splitlines() if line
)


def test_no_example_was_changed() -> None:
    found = {
        str(file.relative_to(EXAMPLES)): sha256(file.read_bytes()).hexdigest() for file in EXAMPLES.rglob("*.jsonl")
    }
    assert found == FROZEN


@pytest.mark.parametrize("half", ["seen", "held_out"])
def test_there_are_examples_of_each_check_in_each_language(half: str) -> None:
    there = set(sets(half))  # type: ignore[arg-type]
    assert {check for check, _ in there} == {check.id for check in built_in()}
    assert all((check, language) in there for check, _ in there for language in LANGUAGES)


def test_the_ids_of_both_halves_are_each_one_s_own() -> None:
    ids = [
        json.loads(line)["id"] for file in EXAMPLES.rglob("*.jsonl") for line in file.read_text("utf-8").splitlines()
    ]
    assert len(ids) == len(set(ids))
    assert len(ids) > 36 * 2 * 20


@pytest.mark.parametrize(("check", "language"), list(sets("seen")))
def test_each_check_tells_bad_from_good_on_the_half_that_was_read(check: str, language: str) -> None:
    found = score(check, language, "seen")
    assert (found.bad, found.good) >= (10, 10)
    assert found.precision >= 0.9, [one["id"] for one in found.alarms]
    assert found.recall >= 0.8, [one["id"] for one in found.misses]
