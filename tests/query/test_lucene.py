"""On real posts and ten thousand queries, the answers are those of Lucene Monitor, recorded beside the checkout."""

import gzip
import json
from pathlib import Path

import pytest

from vigie.model import Author, Post
from vigie.query import Matcher, PlainMatcher, parse

DATA = Path(__file__).parents[2] / "../shared/data/percolation"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="evaluation data is not beside the checkout")

# How many posts, from the first on, Lucene's recorded answers cover.
COVERED = {1000: 20_000, 10_000: 8_000}


def posts(count: int) -> list[Post]:
    with gzip.open(DATA / "posts.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t", 4) for line, _ in zip(lines, range(count), strict=False)]
    return [Post(network, id, Author(author), text, 0, langs=(lang,)) for id, lang, network, author, text in rows]


def queries(count: int) -> dict[str, str]:
    with gzip.open(DATA / f"queries_{count}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {row["id"]: row["q"] for row in map(json.loads, lines)}


def expected(count: int) -> dict[str, set[str]]:
    lines = (DATA / f"expected_{count}.tsv").read_text("utf-8").splitlines()
    return {line.split()[0]: set(line.split()[1:]) for line in lines}


@pytest.mark.parametrize(
    ("count", "kind"),
    [(1000, Matcher), (1000, PlainMatcher), pytest.param(10_000, Matcher, marks=pytest.mark.long)],
)
def test_not_one_difference(count: int, kind: type[Matcher | PlainMatcher]) -> None:
    batch = posts(COVERED[count])
    matcher = kind({id: parse(text) for id, text in queries(count).items()})
    found = {batch[index].remote_id: set(ids) for index, ids in matcher.match(batch)}
    assert found == expected(count)
