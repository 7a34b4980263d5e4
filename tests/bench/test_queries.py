"""The benchmark's own queries: each says the same to Vigie and to the other matcher."""

import random
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from vigie.model import Author, Post
from vigie.query import evaluate, parse
from vigie.query.document import Document
from vigie.text import tokenise

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture(scope="module")
def posts() -> list[Post]:
    draw = random.Random(1)
    words = ["".join(draw.choices("abdegilmnoprstu", k=draw.randint(3, 9))) for _ in range(3_000)]
    rows = ([words[int(len(words) * draw.random() ** 3)] for _ in range(14)] for _ in range(400))
    return [
        Post("rss", str(at), Author(f"a{at % 7}"), " ".join(row), 0, langs=(("fr", "en")[at % 2],))
        for at, row in enumerate(rows)
    ]


@pytest.fixture(scope="module")
def made(posts: list[Post]) -> list[tuple[str, str, str]]:
    sys.path.insert(0, str(BENCH))
    try:
        from queries_100k import generate  # noqa: PLC0415  # beside the product, not in it
    finally:
        sys.path.remove(str(BENCH))
    assert generate(posts, 50, 1) == generate(posts, 50, 1) != generate(posts, 50, 2)
    return generate(posts, 1_000, 3)


def holds(words: Iterator[str], post: Post) -> bool:
    """What an expression means, read one sign after the other."""
    word = next(words)
    document = Document(post)
    if word != "(":
        return leaf(word, document)
    match next(words):
        case "ph":
            phrase = list(iter(words.__next__, ")"))
            said = [token.word for token in tokenise(post.text)]
            return any(said[at : at + len(phrase)] == phrase for at in range(len(said)))
        case "near":
            between = int(next(words))
            ones, others = (side(words, document) for _ in range(2))
            assert next(words) == ")"
            return any(0 < abs(one - other) <= between + 1 for one in ones for other in others)
        case "not":
            inner = holds(words, post)
            assert next(words) == ")"
            return not inner
        case operator:
            found = []
            while (sign := next(words)) != ")":
                found.append(holds(chain((sign,), words), post))
            return all(found) if operator == "and" else any(found)


def side(words: Iterator[str], document: Document) -> list[int]:
    assert [next(words), next(words)] == ["(", "or"]
    return [place for word in iter(words.__next__, ")") for place in document.places.get(word[2:], ())]


def leaf(word: str, document: Document) -> bool:
    kind, _, value = word.partition(":")
    match kind:
        case "t":
            return value in document.places
        case "p":
            return any(known.startswith(value) for known in document.places)
        case _:
            name, _, asked = value.partition(":")
            return asked in document.fields[name]


def test_text_and_expression_say_the_same(posts: list[Post], made: list[tuple[str, str, str]]) -> None:
    matches = 0
    for _, text, expression in made:
        query = parse(text)
        for post in posts[::10]:
            expected = holds(iter(expression.split(" ")), post)
            assert evaluate(query, post) == expected, text
            matches += expected
    assert matches > 20


def test_each_operator_is_there(made: list[tuple[str, str, str]]) -> None:
    texts = " ".join(text for _, text, _ in made)
    assert all(sign in texts for sign in ("NEAR/", " NOT ", " OR ", " AND ", '"', "* ", "lang:", "network:", "author:"))
