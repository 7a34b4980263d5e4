"""Retention, on a real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from vigie.charter import Charter, Vocabulary, parse
from vigie.flows.ports.archive import Filter
from vigie.flows.retain import DAY, retain
from vigie.model import Author, Batch, Kept, Post, Sighting
from vigie.store import Store, open_store

NOW = 1_790_000_000_000
EVERY = Filter(kept=("match", "own", "thread", "all"))


def charter(queries: str) -> Charter:
    text = f"""\
charter: 1
company: {{name: Maison Bleue, languages: [fr], timezone: Europe/Paris}}
why: Être utile.
queries:
{queries}
people:
  - {{id: owner, name: Nous, roles: [owner]}}
retention: {{mentions_days: 100}}
"""
    return parse(text, Vocabulary(frozenset({"bluesky"}), lambda _: []))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "vigie.db", role="cli")
    yield store
    store.close()


def put(store: Store, id: str, days: int, queries: tuple[str, ...], kept: Kept = "match") -> None:
    post = Post("bluesky", id, Author("did:x"), "café", NOW - days * DAY)
    store.archive.append("s", Batch(posts=(post,)), [Sighting(post, queries, kept)], NOW)


def left(store: Store) -> list[str]:
    return sorted(mention.post.remote_id for mention in store.archive.mentions(EVERY).mentions)


def test_each_query_keeps_its_own_time(store: Store) -> None:
    store.archive.set_queries([("short", "café"), ("long", "café")], NOW)
    put(store, "short-old", 31, ("short",))
    put(store, "short-new", 29, ("short",))
    put(store, "both", 31, ("long", "short"))
    put(store, "long-old", 101, ("long",))
    one = "  - {id: short, purpose: x, match: café, keep_days: 30}\n  - {id: long, purpose: x, match: café}"
    assert retain(charter(one), store.archive, NOW) == 2
    assert left(store) == ["both", "short-new"]
    assert store.check() == []


def test_mentions_of_a_query_taken_out_of_the_charter_go_when_their_time_is_up(store: Store) -> None:
    store.archive.set_queries([("gone", "café")], NOW)
    put(store, "old", 101, ("gone",))
    put(store, "new", 99, ("gone",))
    store.archive.set_queries([("brand", "café")], NOW)
    retain(charter("  - {id: brand, purpose: x, match: café}"), store.archive, NOW)
    assert left(store) == ["new"]


def test_threads_go_and_our_own_words_stay(store: Store) -> None:
    put(store, "thread", 101, (), "thread")
    put(store, "ours", 101, (), "own")
    retain(charter("  - {id: brand, purpose: x, match: café}"), store.archive, NOW)
    assert left(store) == ["ours"]
