"""Whatever stands in the file, the answer is a charter or a list of problems with places."""

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from charter.example import VOCABULARY, WHOLE
from vigie.charter import CharterError, parse
from vigie.charter.edit import drop_query, put_query, put_source
from vigie.model import SourceSpec

PIECES = [
    *(
        "charter",
        "company",
        "queries",
        "match",
        "id",
        "name",
        ": ",
        ":",
        "- ",
        "\n",
        "  ",
        "\t",
        "{",
        "}",
        "[",
        "]",
        ",",
    ),
    *(
        "&a ",
        "*a",
        "!!str ",
        "!<",
        "|\n",
        ">-\n",
        "'",
        '"',
        "\\",
        "#",
        "%YAML 1.1\n",
        "---\n",
        "...\n",
        "? ",
        "<<",
        "~",
    ),
    *("1", "é", "🦀", "\x00", "\u2028", "\x85", "\ufeff", "\ud800", "0x1g", "1e999", ".nan", "!!binary "),
]


def survives(text: str) -> bool:
    """True when the text is a good charter; fails on anything but a `CharterError` with places inside the text."""
    try:
        charter = parse(text, VOCABULARY)
    except CharterError as error:
        problems = error.problems
    else:
        assert charter.company.name
        return True
    lines = text.count("\n") + text.count("\r") + 1
    assert problems
    assert list(problems) == sorted(problems, key=lambda p: (p.line, p.column))
    assert all(1 <= p.line <= lines and p.column >= 1 for p in problems)
    return False


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@example("a: |9\n x")
@example("!<")
@example('"\\x"')
@example("? [a]: b\n")
def test_made_of_yaml_s_own_signs(text: str) -> None:
    survives(text)


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    survives(text)


@given(st.integers(0, 2**32))
def test_a_good_charter_with_bytes_changed(seed: int) -> None:
    chance = random.Random(seed)
    text = WHOLE
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice([*PIECES, ""]) + text[at + chance.randint(0, 30) :]
    survives(text)


@settings(max_examples=30)  # four edits of a whole charter each
@given(st.integers(0, 2**32))
def test_edits_of_a_damaged_charter_change_it_rightly_or_refuse(seed: int) -> None:
    chance = random.Random(seed)
    at = chance.randrange(len(WHOLE))
    text = WHOLE[:at] + chance.choice([*PIECES, ""]) + WHOLE[at + chance.randint(0, 10) :]
    for edit in (
        lambda: put_query(text, "brand", purpose="other", match="abc\nOR abd"),
        lambda: put_query(text, "fresh", purpose="other", match="abc"),
        lambda: drop_query(text, "parcels"),
        lambda: put_source(text, SourceSpec("bluesky", "bluesky", "wss://x.example", {"dids": ("a",)})),
    ):
        try:
            after = edit()
        except CharterError:
            continue
        survives(after)


@pytest.mark.parametrize(
    "text",
    [
        "a:\n" + " " * 5 + "b: " * 50_000,
        "- " * 100_000,
        "? " * 50_000,
        '"' * 300_000,
        "'" * 300_001,
        "a: &" + "b" * 900_000,
        "{a: " * 5_000,
        "\n" * 900_000,
        "#\n" * 400_000,
        "a: |\n" + " \n" * 400_000,
        "- a\n" * 100_000,
        "!" * 200_000,
        "k: " + "x " * 400_000,
        "a: [" + "1, " * 100_000 + "]",
    ],
    ids=len,
)
@pytest.mark.timeout(120)
def test_large_and_odd(text: str) -> None:
    assert not survives(text)
