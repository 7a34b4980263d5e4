"""A look back comes to what the reference says, whatever the stretches; its days are the house's; its words help."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from query import generate
from store.making import keep
from store.making import post as made
from vigie.flows.preview import (
    FIRST,
    STRETCH,
    Bar,
    LookBack,
    bars,
    latest_standing,
    preview,
    standing,
    suggestions,
)
from vigie.model import Author, Post
from vigie.query import evaluate, parse, spans
from vigie.store import Store, open_store

PARIS = ZoneInfo("Europe/Paris")
NIGHT = int(datetime(2026, 10, 31, 23, 40, tzinfo=PARIS).timestamp() * 1000)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "vigie.db", role="listen")
    yield opened
    opened.close()


def said(text: str, at: int = NIGHT, number: int = 0) -> Post:
    return Post("rss", str(number), Author("a"), text, at)


@pytest.mark.parametrize(
    "text", ["café", "grève AND NOT sncf", "caf* OR #grève", "lang:fr AND port", "café SENTENCE port"]
)
def test_what_is_found_is_what_the_reference_finds(text: str) -> None:
    draw, query = Random(5), parse(text)
    posts = [generate.post(draw, n) for n in range(3000)]
    back = LookBack(query, PARIS)
    at, sizes = 0, iter([100, FIRST, 1, 900, STRETCH])
    while at < len(posts):
        size = next(sizes)
        back.read(posts[at : at + size])
        at += size
    expected = [post for post in posts if evaluate(query, post)]
    found = back.found()
    assert (found.read, found.matched) == (3000, len(expected))
    assert sum(count for _, count in found.days) == len(expected)
    newest = sorted(expected, key=lambda post: post.created_at, reverse=True)[:10]
    assert [example.post.created_at for example in found.examples] == [post.created_at for post in newest]
    assert all(example.spans == spans(query, example.post) for example in found.examples)


def test_days_are_those_of_the_house() -> None:
    back = LookBack(parse("café"), PARIS)
    back.read([said("café", NIGHT + minutes * 60_000) for minutes in (0, 19, 21, 22)])
    assert back.found().days == ((date(2026, 10, 31), 2), (date(2026, 11, 1), 2))


def test_bars_grow_wider_rather_than_too_many() -> None:
    days = [(date(2024, 2, 29), 2), (date(2026, 11, 1), 3), (date(2026, 11, 2), 4)]
    row = bars(days, date(2024, 1, 1), date(2026, 11, 2), most=100)
    assert len(row) <= 100
    assert row[-1] == Bar(date(2026, 10, 20), 14, 7)
    assert sum(bar.count for bar in row) == 9
    assert row[0].first <= date(2024, 1, 1)
    # a post dated before the first or after the last day widens the row instead of being lost
    assert [bar.count for bar in bars(days[1:], date(2026, 11, 2), date(2026, 11, 2))] == [3, 4]


def test_all_kept_posts_are_read_in_stretches(store: Store) -> None:
    keep(store, *(made(f"café {n}") for n in range(FIRST + 10)))
    sizes = [len(posts) for posts in standing(store.archive)]
    assert sizes == [FIRST, 10]
    assert len(latest_standing(store.archive, 100)) == FIRST
    assert len(latest_standing(store.archive, 10_000)) == FIRST + 10


def test_the_preview_finds_the_newest_first_with_what_matched() -> None:
    posts = [Post("bluesky", str(n), Author("a"), "un café" if n % 7 == 0 else "du thé", n) for n in range(1000)]
    seen = preview(parse("cafe"), posts, since=5)
    assert (seen.matched, seen.size, seen.since, seen.says_little) == (143, 1000, 5, False)
    assert [example.post.created_at for example in seen.examples] == list(range(994, 924, -7))
    assert seen.examples[0].post.text[seen.examples[0].spans[0].start :] == "café"
    assert preview(parse("cafe"), [], None).says_little


def test_words_that_would_widen_say_how_many_posts_they_add() -> None:
    posts = [said("grève des trains", number=n) for n in range(40)]
    posts += [said("trains en retard", number=n) for n in range(5)]
    posts += [said("autre chose", number=n) for n in range(400)]
    found = suggestions(parse("grève"), posts)
    assert (found.matched, found.others) == (40, 405)
    assert [(one.term, one.posts) for one in found.widen] == [("trains", 5)]
