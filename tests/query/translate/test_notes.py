"""What cannot be carried over is told: where, what it became, and whether the query finds more or less."""

from itertools import product
from random import Random

import pytest

from vigie.model import Author, Post
from vigie.query import QueryError, evaluate, parse
from vigie.query.translate import Vendor, translate


def told(query: str, vendor: Vendor) -> list[tuple[str, str, str]]:
    """(code without its area, effect, part) of each note."""
    return [
        (note.code.removeprefix("translate."), note.effect, query[note.start : note.end])
        for note in translate(query, vendor).notes
    ]


@pytest.mark.parametrize(
    ("vendor", "query", "text", "notes"),
    [
        (
            "brandwatch",
            "espresso AND sentiment:negative",
            "espresso",
            [("left_out.judged", "wider", "sentiment:negative")],
        ),
        (
            "brandwatch",
            "espresso OR sentiment:negative",
            "espresso",
            [("left_out.judged", "narrower", "sentiment:negative")],
        ),
        (
            "brandwatch",
            "espresso NOT (pub OR sentiment:negative)",
            "espresso AND NOT pub",
            [("left_out.judged", "wider", "sentiment:negative")],
        ),
        (
            "brandwatch",
            "espresso NOT (pub AND sentiment:negative)",
            "espresso AND NOT pub",
            [("left_out.judged", "narrower", "sentiment:negative")],
        ),
        (
            "brandwatch",
            "espresso NOT sentiment:negative",
            "espresso",
            [
                ("lost.exclusion", "wider", "NOT sentiment:negative"),
                ("left_out.judged", "wider", "sentiment:negative"),
            ],
        ),
        (
            "brandwatch",
            "espresso AND (gender:f OR sentiment:x)",
            "espresso",
            [("left_out.profile", "wider", "gender:f"), ("left_out.judged", "wider", "sentiment:x")],
        ),
        ("talkwalker", "a1 NEAR/150 b1", "a1 NEAR/100 b1", [("became.near_cap", "narrower", "a1 NEAR/150 b1")]),
        (
            "talkwalker",
            "c1 AND NOT title:b1",
            "c1 AND NOT b1",
            [("became.title", "narrower", "title:b1")],
        ),
        ("talkwalker", "c1 NEAR b1", "c1 NEAR/5 b1", [("read.near", "same", "NEAR")]),
        (
            "brandwatch",
            "(c1 AND d1) NEAR/5 author:ana",
            "c1 AND d1 AND author:ana",
            [("became.near_and", "wider", "(c1 AND d1) NEAR/5 author:ana")],
        ),
        ("x", "espresso and tea", "espresso AND and AND tea", [("read.lowercase", "same", "and")]),
        ("x", "espresso foo:bar", "espresso", [("left_out.unknown", "wider", "foo:bar")]),
        (
            "x",
            "sample:10 since:2024-01-01",
            "",
            [
                ("lost.everything", "different", "sample:10 since:2024-01-01"),
                ("left_out.field", "different", "sample:10"),
                ("left_out.dates", "different", "since:2024-01-01"),
            ],
        ),
        ("x", "lang:fr has:images", "lang:fr AND has:image", [("lost.too_broad", "same", "lang:fr has:images")]),
        ("meltwater", "tea^3", "tea", [("read.boost", "same", "^3")]),
    ],
)
def test_a_note(vendor: Vendor, query: str, text: str, notes: list[tuple[str, str, str]]) -> None:
    assert translate(query, vendor).text == text
    assert told(query, vendor) == notes


def test_what_the_language_refuses_comes_with_its_reason() -> None:
    (note,) = translate("espresso OR ca*", "brandwatch").notes
    assert note.problem is not None
    assert note.problem.code == "query.error.short_prefix"


@pytest.mark.parametrize(
    ("query", "code", "start", "end"),
    [
        ("", "query.error.empty", 0, 0),
        ("(espresso OR", "query.error.unclosed_paren", 0, 1),
        ("espresso)", "query.error.unopened_paren", 8, 9),
        ("espresso “tasse", "query.error.unclosed_quote", 9, 15),
        ("espresso OR", "query.error.nothing_after", 9, 11),
        ("espresso AND NOT", "query.error.nothing_after", 13, 16),
        ("OR espresso", "query.error.nothing_before", 0, 2),
        ("espresso NEAR/5", "query.error.nothing_after", 9, 15),
        ("() espresso", "query.error.empty_group", 0, 2),
        ("site: AND espresso", "query.error.missing_value", 0, 5),
        ("(" * 101 + "a" + ")" * 101, "query.error.too_deep", 100, 101),
        ("tea " * 10_001, "query.error.too_many_clauses", 0, 40_004),
        ("x" * 200_001, "query.error.too_long", 200_000, 200_001),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_cannot_be_read_is_told_with_its_place(query: str, code: str, start: int, end: int) -> None:
    with pytest.raises(QueryError) as raised:
        translate(query, "brandwatch")
    problem = raised.value.problems[0]
    assert (problem.code, problem.start, problem.end) == (code, start, end)


WORDS = ("ant", "bee", "cat", "dog")
GONE = ("sentiment:p", "gender:f")


def drawn(draw: Random, depth: int) -> str:
    """A query of words and of what has no equivalent, every operator in parentheses."""
    if depth == 0 or draw.random() < 0.25:
        return draw.choice(WORDS + GONE)
    kind = draw.choice(("AND", "OR", "NOT"))
    if kind == "NOT":
        return f"({drawn(draw, depth - 1)} AND NOT ({drawn(draw, depth - 1)}))"
    return f"({drawn(draw, depth - 1)} {kind} {drawn(draw, depth - 1)})"


def original(query: str, true: set[str]) -> bool:
    """What the other product would answer, for the words and conditions that hold."""
    names = {name: name in true for name in WORDS} | {name.replace(":", "_"): name in true for name in GONE}
    python = query.replace(":", "_").replace("AND NOT", "and not").replace("AND", "and").replace("OR", "or")
    return bool(eval(python, {"__builtins__": {}}, names))


POSTS = {
    words: Post("rss", "1", Author("a"), " ".join(sorted(words)), 0)
    for states in product((False, True), repeat=len(WORDS))
    for words in [frozenset(word for word, state in zip(WORDS, states, strict=True) if state)]
}


def test_wider_finds_all_that_the_original_finds_and_narrower_nothing_else() -> None:
    draw = Random(7)
    tried = 0
    for _ in range(300):
        query = drawn(draw, 3)
        found = translate(query, "brandwatch")
        if not found.ready:
            continue
        read = parse(found.text)
        effects = {note.effect for note in found.notes} - {"same"}
        for states in product((False, True), repeat=len(WORDS + GONE)):
            true = {name for name, state in zip(WORDS + GONE, states, strict=True) if state}
            before, after = original(query, true), evaluate(read, POSTS[frozenset(true.intersection(WORDS))])
            if effects <= {"wider"}:
                assert after or not before, query
            if effects <= {"narrower"}:
                assert before or not after, query
            tried += 1
    assert tried > 10_000
