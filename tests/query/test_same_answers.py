"""The compiled matcher and the plain one give the reference's answers, whatever the query and the post."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from query import generate
from vigie.model import Author, Post
from vigie.query import Matcher, PlainMatcher, Query, QueryError, evaluate, parse
from vigie.query.document import Document
from vigie.query.evaluate import holds
from vigie.text import TEXT_CAP


def queries_from(draw: Random, count: int) -> dict[str, Query]:
    found: dict[str, Query] = {}
    while len(found) < count:
        try:
            found[f"q{len(found):03}"] = parse(generate.query(draw))
        except QueryError:
            continue
    return found


def disagreements(queries: dict[str, Query], posts: list[Post], counted: Counter[str] | None = None) -> list[object]:
    """Which matcher is wrong about which query and which post."""
    documents = [Document(post) for post in posts]
    expected = [{id for id, query in queries.items() if holds(query.root, document)} for document in documents]
    if counted is not None:
        counted.update(pairs=len(queries) * len(posts), matches=sum(map(len, expected)))
    wrong: list[object] = []
    for matcher in (Matcher(queries), PlainMatcher(queries)):
        answers = {index: set(ids) for index, ids in matcher.match(posts)}
        for index, post in enumerate(posts):
            differing = expected[index] ^ answers.get(index, set())
            wrong += [(type(matcher).__name__, queries[id].source, post) for id in sorted(differing)]
    return wrong


def compare(rounds: int) -> Counter[str]:
    """A hundred queries on fifty posts, so many times."""
    counted: Counter[str] = Counter()

    @settings(max_examples=rounds, deadline=None)
    @given(st.integers(0, 2**32))
    def check(seed: int) -> None:
        draw = Random(seed)
        queries = queries_from(draw, 100)
        posts = [generate.post(draw, number) for number in range(50)]
        assert not disagreements(queries, posts, counted)[:3]

    check()
    return counted


def test_a_hundred_thousand_pairs() -> None:
    counted = compare(24)
    assert counted["pairs"] >= 100_000
    assert 0.05 < counted["matches"] / counted["pairs"] < 0.5


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_a_million_pairs() -> None:
    assert compare(220)["pairs"] >= 1_000_000


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "grève",
                "café OR ☕",
                '"grève café"',
                "caf* NEAR/1 grève",
                "#café -grève",
                "🇫🇷",
                "gr*e",
                "gr?ve SENTENCE caf*",
                "raw:é OR raw:👍",
                "👍🏽",
                '"grève café ☕"~2',
                "(grève ONEAR/1 ☕) ONEAR/2 café",
                "atleast/2(grève)",
                "atleast/2(grève, ☕, -café)",
            ]
        ),
        min_size=1,
    ),
    st.lists(
        st.text() | st.text(st.sampled_from("grève café#@☕🇫🇷👍🏽.\n\ud800\u0301\x00\u200d️ ")), min_size=1, max_size=8
    ),
)
def test_any_text(sources: list[str], texts: list[str]) -> None:
    queries = {source: parse(source) for source in sorted(sources)}
    posts = [Post("rss", "", Author("a"), text, 0, title=text[::-1]) for text in texts]
    assert not disagreements(queries, posts)[:3]


@pytest.mark.parametrize("unit", ["grève ", "é", "a", "a. ", "東京", "#a@b", "😂", "\ud800", "\x00", "🇫🇷", "œ"])
def test_a_megabyte(unit: str) -> None:
    queries = {
        id: parse(source)
        for id, source in {
            "near": "grève NEAR/3 (grève OR 😂)",
            "phrase": '"grève grève fin"',
            "prefix": "东* OR grè* OR œœœ* OR 東京*",
            "last": "fin OR 😂 OR a",
            "nested": "(grève NEAR/1 grève) ONEAR/3 (fin OR a)",
            "loose": '"grève grève fin a"~9 OR "œœ* œœœ* oeoe*"~100',
            "open": "gr?v* *a*a*a*a*b* fin",
            "sentence": "fin SENTENCE (grève OR a)",
            "raw": 'raw:"grève fin" OR raw:"a fin"',
            "times": "atleast/50(fin OR grève) OR atleast/50(东)",
            "most": "atleast/2(fin, grève, 😂, 🇫🇷) OR 京東",
        }.items()
    }
    text = unit * (1_000_000 // len(unit))
    posts = [
        Post("rss", "1", Author("a"), text + " fin", 0),
        Post("rss", "2", Author("a"), text[: TEXT_CAP - 4] + " fin", 0),
        Post("rss", "3", Author("a"), "", 0, title=text, tags=(text, "fin")),
        Post("rss", "4", Author("a"), "fin", 0),
    ]
    assert len(disagreements(queries, posts)) == 0


def test_what_lies_beyond_the_cap_is_not_searched() -> None:
    beyond = Post("rss", "1", Author("a"), "é" * TEXT_CAP + " fin", 0)
    within = Post("rss", "2", Author("a"), "é" * (TEXT_CAP - 4) + " fin", 0)
    query = parse("fin")
    assert [evaluate(query, post) for post in (beyond, within)] == [False, True]
    assert Matcher({"q": query}).match([beyond, within]) == [(1, ("q",))]


def test_many_threads_share_a_matcher() -> None:
    draw = Random(1)
    queries = queries_from(draw, 60)
    posts = [generate.post(draw, number) for number in range(150)]
    matcher = Matcher(queries)
    expected = matcher.match(posts)
    with ThreadPoolExecutor(4) as threads:
        assert all(answer == expected for answer in threads.map(lambda _: matcher.match(posts), range(12)))


def test_nothing_to_match() -> None:
    assert Matcher({}).match([generate.post(Random(1))]) == []
    assert Matcher({"q": parse("a")}).match([]) == []


def test_a_text_that_repeats_itself_costs_little() -> None:
    queries = {"q": parse("(a NEAR/100 b) NEAR/100 (c NEAR/100 (a NEAR/100 b)) NEAR/100 x")}
    assert Matcher(queries).match([Post("rss", "1", Author("a"), "a b c " * 16_000 + "x", 0)]) == [(0, ("q",))]
