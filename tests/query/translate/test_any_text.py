"""Whatever is pasted, there is an answer: a query, or what is wrong and where."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigie.query import QueryError, parse
from vigie.query.translate import VENDORS, detect, translate

PIECES = (
    *(
        "a",
        "b",
        "café",
        '"x y"',
        "“",
        "”",
        '"',
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "<<<",
        ">>>",
        "AND",
        "OR",
        "NOT",
        "and",
        "or",
    ),
    *(
        "NEAR/5",
        "NEAR/5f",
        "NEAR/s",
        "ONEAR",
        "SENTENCE",
        "~5",
        "^9",
        "-",
        "+",
        "++",
        ":",
        ",",
        ";",
        "*",
        "?",
        "#t",
        "@h",
    ),
    *(
        "$T",
        "title:",
        "author:",
        "site:",
        "from:",
        "is:",
        "has:",
        "lang:fr",
        "country:fra",
        "followers:",
        ">10",
        "5..9",
    ),
    *(
        "[1 TO *]",
        "atleast/3(",
        "atleast2 (",
        "startword(",
        "raw:",
        "url:",
        "http://a.example/c",
        ":)",
        "👍🏽",
        "\u200b",
    ),
    *(
        "\x00",
        "\n",
        "\u00a0",
        "«",
        "»",
        "sentiment:x",
        "NOT\u00a0NEAR/2",
        "{name}",
        "# ",
        "//",
        "--",
        "https://",
        "OR OR",
    ),
)


def check(text: str) -> int:
    """Reads a text as each product's; the number of those that could be read."""
    detect(text)
    read = 0
    for vendor in VENDORS:
        try:
            found = translate(text, vendor)
        except QueryError:
            continue
        read += 1
        if found.ready:
            parse(found.text)
        assert found.text or found.notes
        assert all(0 <= note.start <= note.end <= len(text) for note in found.notes)
    return read


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_any_characters(text: str) -> None:
    check(text)


def test_any_pieces() -> None:
    draw = Random(3)
    texts = (
        "".join(draw.choice(PIECES) + draw.choice(("", " ", " ")) for _ in range(draw.randint(1, 14)))
        for _ in range(1500)
    )
    assert sum(map(check, texts)) > 1000


@pytest.mark.long
def test_any_pieces_at_length() -> None:
    draw = Random(4)
    for _ in range(50_000):
        check("".join(draw.choice(PIECES) + draw.choice(("", " ", " ")) for _ in range(draw.randint(1, 20))))


def test_what_is_large_is_answered() -> None:
    for text in (
        " OR ".join(f"word{number}" for number in range(2_000)),
        " NEAR/5 ".join(["word"] * 90),
        " NOT NEAR/5 ".join(["word"] * 90),
        " ".join(["NOT"] * 9_000) + " a",
        "(" * 90 + "a" + " b)" * 90,
        "("
        + " OR ".join(f"(a{n} AND b{n})" for n in range(300))
        + ") NEAR/5 ("
        + " AND ".join(f"c{n}" for n in range(300))
        + ")",
        "<<<" * 5_000,
        '"' * 5_001,
        "{" * 5_000,
        "-" * 5_000,
    ):
        check(text)
