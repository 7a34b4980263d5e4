"""Any text at all is read within bounds: as a query whose canonical form says the same, or as a list of mistakes."""

import os
import time
from collections.abc import Callable
from random import Random

import pytest

from query import generate
from vigie.query import Problem, Query, QueryError, parse, to_text, tokens_for_editor
from vigie.wording import LANGS, Wording

NAMED = {"brand": '"brûlerie du port" OR @brulerie', "loop": "x {pool}", "pool": "{loop}", "bad": "(", "raw": "raw:«“»"}
SAY = tuple(map(Wording, LANGS))
PIECES = (
    *'()"“”«»{}#@$*?~:-/,.<>=+|&!\\\n\t \x1f\x00\u2028\ufeff\ud800',
    *(
        " OR ",
        " AND ",
        " NOT ",
        " SENTENCE ",
        " NEAR/3 ",
        " ONEAR/2 ",
        " NEAR/",
        " near/3 ",
        "NEAR/5f",
        "~3",
        "~",
        "..",
        ">=10k",
    ),
    *(
        "atleast/2(",
        "atleast/3 (",
        "atleast(",
        "lang:",
        "raw:",
        'raw:"',
        "url:",
        "age:",
        "hashtag:",
        "{brand}",
        "{loop}",
        "{raw}",
    ),
    *(
        "a",
        "é",
        "bc",
        "x*",
        "gr?ve",
        "*gate",
        "咖啡",
        "ไทย",
        "👍🏽",
        "👩‍💻",
        "🇫🇷",
        "e\u0301",
        "æ",
        "ﬁ",
        "ß",
        "12",
        "# c\n",
    ),
)


def text(draw: Random) -> str:
    """Something between a query and noise: a query with pieces put in, taken out and doubled, or pieces alone."""
    start = generate.query(draw, draw.randint(0, 4)) if draw.random() < 0.7 else ""
    found = list(start)
    for _ in range(draw.choice((0, 1, 1, 2, 5, 30))):
        place = draw.randint(0, len(found))
        kind = draw.random()
        if kind < 0.6:
            found[place:place] = draw.choice(PIECES)
        elif kind < 0.7:
            found[place:place] = chr(draw.randrange(0x110000))
        elif kind < 0.85:
            del found[place : place + draw.randint(1, 8)]
        else:
            found[place:place] = found[draw.randint(0, len(found)) : place]
    return "".join(found)


def read(said: str) -> Query | tuple[Problem, ...]:
    try:
        return parse(said, NAMED)
    except QueryError as error:
        return error.problems


def check(said: str) -> bool:
    """Reads a text; True when it is a query."""
    for start, end, _ in tokens_for_editor(said):
        assert 0 <= start < end <= len(said)
    found = read(said)
    problems = found.warnings if isinstance(found, Query) else found
    for problem in problems:
        assert 0 <= problem.start <= problem.end <= len(said), said
        assert problem.code != "query.error.unexpected", said
        for say in SAY:
            assert say(problem.code, **problem.values), said
            assert say(problem.hint, **problem.values), said
    if not isinstance(found, Query):
        assert problems, said
        return False
    canonical = to_text(found)
    again = parse(canonical, NAMED)
    assert again.root == found.root, said
    assert to_text(again) == canonical, said
    return True


def test_two_thousand_texts() -> None:
    draw = Random(7)
    queries = sum(check(text(draw)) for _ in range(2_000))
    assert 200 < queries < 1_800


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_ten_minutes_of_texts(record_property: Callable[[str, object], None]) -> None:
    seconds, seed = float(os.environ.get("FUZZ_SECONDS", "600")), os.environ.get("FUZZ_SEED", str(time.time_ns()))
    until, done = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        check(text(Random(f"{seed} {done}")))
        done += 1
    record_property("seed", seed)
    record_property("texts", done)
    assert done
