"""What single operators mean at their edges, held against the plainest way to say it."""

import re
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigie.model import Author, Post
from vigie.query import Query, QueryError, evaluate, parse
from vigie.query.fields import country, hashtag_words, stands_in
from vigie.query.wildcards import finder
from vigie.query.windows import windows

DAY = 86_400_000


def matches(query: str, text: str = "", **more: object) -> bool:
    author = Author("id", **{name: more.pop(name) for name in ("followers", "created_at", "country") if name in more})  # type: ignore[arg-type]
    return evaluate(parse(query), Post("rss", "1", author, text, **{"created_at": 0} | more))  # type: ignore[arg-type]


@given(st.text("ab*?", max_size=8), st.text("abc", max_size=8))
def test_open_letters_are_what_a_plain_pattern_says(pattern: str, word: str) -> None:
    plain = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    assert bool(finder(pattern)(word)) is bool(re.fullmatch(plain, word))


@pytest.mark.parametrize("pattern", ["*a" * 31 + "*b", "*" + "a?" * 30 + "*b", "?*" * 31 + "ab", "a*" * 30 + "bb"])
def test_no_pattern_is_slow(pattern: str) -> None:
    assert not finder(pattern)("a" * 100_000)
    assert not matches(f"fin {pattern}", "a" * 99_990 + " fin")


def in_any_order(hits: list[list[int]], size: int) -> bool:
    """Whether each word can have a place of its own in a stretch so long: every way is tried."""
    places = sorted({place for found in hits for place in found})
    return any(
        max(some) - min(some) < size and all(place in found for place, found in zip(some, hits, strict=True))
        for some in permutations(places, len(hits))
    )


@settings(max_examples=300)
@given(
    st.lists(st.lists(st.integers(0, 9), max_size=4, unique=True).map(sorted), min_size=2, max_size=4),
    st.integers(2, 7),
)
def test_loose_phrases_try_every_way(hits: list[list[int]], size: int) -> None:
    found = windows(hits, size)
    assert bool(found) is in_any_order(hits, size)
    assert found == sorted(set(found))
    for start, end in found:
        inside = [[place for place in places if start <= place < end] for places in hits]
        assert in_any_order(inside, end - start)
        assert (
            not in_any_order([[place for place in places if place > start] for places in inside], size)
            or not (in_any_order([[place for place in places if place < end - 1] for places in inside], size))
            or end - start <= size
        )


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ('"caf* café"~3', "un café", False),
        ('"caf* café"~3', "un café au cafetier", True),
        ('"a a b"~0', "a b a", True),
        ('"a a b"~0', "a b x a", False),
        ('"a b" NEAR/1 "c d"~1', "d x c y a b", True),
        ("a ONEAR/0 a", "a a", True),
        ("a ONEAR/0 a", "a x a", False),
        ("(b ONEAR/1 a) ONEAR/0 c", "b x a c", True),
        ("(b ONEAR/1 a) ONEAR/0 c", "c b x a", False),
        ("a SENTENCE a", "a", True),
        ('"a b" SENTENCE c', "a. B c", False),
        ("(a NEAR/5 b) SENTENCE c", "a. b c", False),
        ("(a NEAR/5 b) SENTENCE c", "c a b", True),
        ('raw:"é"', "e\u0301 !", True),
        ('raw:"e"', "e\u0301 !", False),
        ('raw:"e\u0301"', "é !", True),
        ('raw:"port"', "porte", False),
        ('raw:"port"', "a_port", False),
        ('raw:"l’e" OR b', "l’eau", False),
        ('raw:"東"', "東京", True),
        ('raw:"👍"', "👍🏽", True),
        ('b raw:"🏽"', "b 👍🏽", True),
        ('raw:"A  B"', "A B", False),
        ("raw:A NEAR/1 raw:B", "A x B", True),
        ("raw:A NEAR/1 raw:B", "A x b", False),
        ("atleast/3(a OR b)", "a b a", True),
        ("atleast/3(a OR b)", "a b", False),
        ("atleast/2(gr?ve)", "grève, grave", True),
        ("b atleast/2(-a, -c, d)", "b", True),
        ("b atleast/2(-a, -c, d)", "b a", False),
        ("👍🏽*", "👍🏽", True),
        ("#gr?ve", "#grève", True),
        ("#gr?ve", "grève", False),
        ("gr?ve", "#grève", True),
        ("*ève a", "a GRE\u0300VE", True),
        ("le c?eur", "le cœur", True),
        ("le c?ur", "le cœur", False),
    ],
)
def test_edges(query: str, text: str, expected: bool) -> None:  # noqa: FBT001 (a column of the table)
    assert matches(query, text) is expected


def test_numbers() -> None:
    assert matches("a followers:1..", "a", followers=1)
    assert not matches("a followers:>=0", "a")
    assert matches("a -followers:>=0", "a")
    assert matches("a age:30", "a", created_at=31 * DAY - 1) is False
    post = Post("rss", "1", Author("id", created_at=0), "a", 30 * DAY)
    assert evaluate(parse("a age:30"), post)
    assert not evaluate(parse("a age:<30"), post)
    assert matches("a length:3", "a b")
    assert matches("a links:2 media:0", "a", links=("x", "y"))


def test_the_words_of_addresses_and_tags() -> None:
    assert matches("url:gr\u00e8ve", links=("https://a.example/la-greve/x",))
    assert not matches("url:grève", links=("https://a.example/la-greves/x",))
    assert not matches("url:a/c", links=("https://a.example/", "https://b.example/c"))
    assert matches("x hashtag:東京", "x", tags=("東京タワー",))
    assert not matches("x hashtag:京都", "x", tags=("東京タワー",))
    assert [hashtag_words(tag) for tag in ("iPhone15Pro", "MACRONdémission", "a_b", "")] == [
        "i phone 15 pro",
        "macro ndemission",
        "a b",
        "",
    ]
    assert stands_in("a b", ["x a b"])
    assert not stands_in("a b", ["xa b", "a", "b"])
    assert [country(name) for name in ("FR", "", "Espagne", "Côte d’Ivoire")] == ["fr", "", "es", "cote d ivoire"]


@pytest.mark.parametrize(
    "text",
    [
        " OR ".join(f'"w{n} x y"~{n % 100}' for n in range(10_001)),
        "atleast/2(a," * 101 + "b" + ",c)" * 101,
        "(a NEAR/5 " * 101 + "b" + ")" * 101,
        "a SENTENCE (" * 101 + "b" + ")" * 101,
        "*" * 199_999,
        "a" + "*a" * 100 + " b",
        "?" * 150_000 + " raw:",
        "atleast/2(" * 20_000,
        "atleast/99999999999999999999(a, b)",
        "a followers:>99999999999999999999",
        '"' + "?" * 199_990 + '"~5',
    ],
)
def test_hostile_queries_are_refused(text: str) -> None:
    with pytest.raises(QueryError):
        parse(text)


def test_the_widest_choice_that_is_accepted() -> None:
    names = [f"w{n:05}" for n in range(9_998)]
    query: Query = parse(f"atleast/5000({', '.join(names)})")
    assert evaluate(query, Post("rss", "1", Author("a"), " ".join(names[:5_000]), 0))
    assert not evaluate(query, Post("rss", "1", Author("a"), " ".join(names[:4_999]), 0))
