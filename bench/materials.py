"""Posts and queries to measure matchers with: real ones where they lie beside the checkout, made ones otherwise."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

from queries_100k import Written, generate
from texts import texts

from vigie.model import Author, Post
from vigie.query import Query, parse

DATA = Path(__file__).resolve().parents[2] / "shared/data/percolation"


def posts(count: int) -> list[Post]:
    """At most so many."""
    path = DATA / "posts.tsv.gz"
    if not path.exists():
        langs = ("fr", "en")
        said, _ = texts(count)
        return [
            Post("demo", str(at), Author(f"a{at % 997}"), text, 0, langs=(langs[at % 2],))
            for at, text in enumerate(said)
        ]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t", 4) for line, _ in zip(lines, range(count), strict=False)]
    return [Post(network, id, Author(author), text, 0, langs=(lang,)) for id, lang, network, author, text in rows]


def queries(count: int, said: Sequence[Post], seed: int) -> list[Written]:
    """So many, as text and as expression."""
    path = DATA / f"queries_{count}.jsonl.gz"
    if not path.exists():
        return generate(said, count, seed)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        written = {row["id"]: row["q"] for row in map(json.loads, lines)}
    with gzip.open(DATA / f"queries_{count}.sexp.gz", "rt", encoding="utf-8") as lines:
        expressions = dict(line.rstrip("\n").replace(" f:source:", " f:network:").split("\t", 1) for line in lines)
    return [Written(id, text, expressions[id]) for id, text in written.items()]


def parsed(written: Sequence[Written]) -> dict[str, Query]:
    """The queries read."""
    return {one.id: parse(one.text) for one in written}
