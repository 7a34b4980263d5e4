"""Highlighting: the characters that made a post match, and no others."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from query import generate
from vigie.model import Author, Post
from vigie.query import QueryError, evaluate, parse, spans


def marked(query: str, text: str, title: str = "") -> str:
    """The text with brackets around what matched."""
    for span in reversed(spans(parse(query), Post("rss", "1", Author("a"), text, 0, title=title))):
        text = f"{text[: span.start]}[{text[span.start : span.end]}]{text[span.end :]}"
    return text


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("grève", "La Grève, la grève", "La [Grève], la [grève]"),
        ("grève", "Tous en #grève", "Tous en [#grève]"),
        ("caf*", "Cafés et cafetières", "[Cafés] et [cafetières]"),
        ('"du port"', "le port du port", "le port [du port]"),
        ("port AND NOT bus", "le port", "le [port]"),
        ("port AND bus", "le port", "le port"),
        ("bus OR port", "le port", "le [port]"),
        ("(bus AND le) OR port", "le port", "le [port]"),
        ("a NEAR/1 b", "a x b x x a", "[a] x [b] x x a"),
        ('("a b" OR c) NEAR/0 d', "a b d c", "[a b] [d] [c]"),
        ("(a NEAR/0 b) NEAR/1 c", "a b x c b a b", "[a] [b] x [c] [b] [a] [b]"),
        ("👍", "Merci 👍🏽 !", "Merci [👍🏽] !"),
        ("👍🏽", "Merci 👍 👍🏽 !", "Merci 👍 [👍🏽] !"),
        ("咖啡", "我要咖啡！", "我要[咖啡]！"),
        ("gr?v*", "Gravier, grève", "[Gravier], [grève]"),
        ('"a b c"~1', "c x b a et a", "[c] x [b] [a] et a"),
        ("a ONEAR/1 b", "b a x b a", "b [a] x [b] a"),
        ("a SENTENCE (b OR c)", "a. b a! c\nA x c", "a. [b] [a]! c\n[A] x [c]"),
        ("a SENTENCE b", "a. b", "a. b"),
        ('raw:"C++" OR raw:"A"', "c++ C++ a A", "c++ [C++] a [A]"),
        ("atleast/2(a, b, c)", "a x c", "[a] x [c]"),
        ("atleast/2(a)", "a x a", "[a] x [a]"),
        ("a NEAR/1 raw:Oh!", "Oh! a, oh! b", "[Oh]! [a], oh! b"),
        ("🇫🇷", "Allez 🇫🇷", "Allez [🇫🇷]"),
        ("oeuvre", "Chef-d’Œuvre", "Chef-d’[Œuvre]"),
        ("greve", "gre\u0300ve", "[gre\u0300ve]"),
        ("lang:fr OR a", "x a", None),
    ],
)
def test_marks(query: str, text: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(QueryError):
            parse(query)
    else:
        assert marked(query, text) == expected


def test_what_matched_in_the_title_leaves_the_text_alone() -> None:
    assert marked("port", "la grève", title="Le port") == "la grève"
    assert marked("port", "le port", title="Le port") == "le [port]"
    assert marked("port", "le port", title="le port") == "le [port]"


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_spans_are_of_the_text_sorted_and_apart(seed: int) -> None:
    draw = Random(seed)
    try:
        query = parse(generate.query(draw))
    except QueryError:
        return
    for _ in range(10):
        post = generate.post(draw)
        found = spans(query, post)
        assert not found or evaluate(query, post)
        edges = [edge for span in found for edge in (span.start, span.end)]
        assert edges == sorted(set(edges))
        assert all(0 <= edge <= len(post.text) for edge in edges)
