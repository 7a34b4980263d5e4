"""Queries come and go while threads match; each answer is that of one of the sets that were asked."""

import threading
from random import Random

import pytest

from query import generate
from vigie.model import Author, Post
from vigie.query import Matcher, PlainMatcher, Query, QueryError, parse
from vigie.query.matcher import OPEN

WORDS = ("grève", "bus", "métro", "gare", "train", "quai", "file", "orage", "café", "thé")


def post(number: int, text: str) -> Post:
    return Post("rss", str(number), Author("a"), text, 0)


def queries_from(draw: Random, count: int) -> dict[str, Query]:
    found: dict[str, Query] = {}
    while len(found) < count:
        try:
            found[f"q{len(found):03}"] = parse(generate.query(draw))
        except QueryError:
            continue
    return found


@pytest.mark.parametrize("kind", [Matcher, PlainMatcher])
def test_as_if_made_anew(kind: type[Matcher | PlainMatcher]) -> None:
    draw = Random(7)
    pool = queries_from(draw, 120)
    posts = [generate.post(draw, number) for number in range(25)]
    asked = {id: pool[id] for id in list(pool)[:60]}
    matcher = kind(asked)
    for _ in range(15):
        put = {
            f"q{draw.randrange(120):03}": pool[f"q{draw.randrange(120):03}"]
            for _ in range(draw.choice((0, 1, 1, 3, 40)))
        }
        gone = draw.sample(sorted(pool), draw.choice((0, 1, 1, 30)))
        matcher.change(put, gone)
        asked = {id: query for id, query in asked.items() if id not in gone} | put
        assert matcher.match(posts) == PlainMatcher(asked).match(posts)
    if isinstance(matcher, Matcher):
        matcher.settle()
        assert matcher.match(posts) == PlainMatcher(asked).match(posts)


def test_what_was_put_and_taken_at_once_is_there() -> None:
    matcher = Matcher({"a": parse("bus")})
    matcher.change({"b": parse("bus")}, ["b", "a", "never there"])
    assert matcher.match([post(1, "le bus")]) == [(0, ("b",))]


def test_small_segments_are_joined() -> None:
    matcher = Matcher({f"q{number}": parse(f"mot{number}") for number in range(400)})
    for number in range(10 * OPEN):
        matcher.change({f"n{number}": parse(f"neuf{number}")})
    matcher.settle()
    sizes = [len(segment.queries) for segment in matcher.segments]
    assert sum(sizes) == 400 + 10 * OPEN
    assert len(sizes) <= 3
    matcher.change({}, [f"q{number}" for number in range(400)])
    matcher.settle()
    assert sum(len(segment.queries) for segment in matcher.segments) == 10 * OPEN


def test_nothing_is_left() -> None:
    matcher = Matcher({"a": parse("bus")})
    matcher.change({}, ["a"])
    matcher.settle()
    assert matcher.match([post(1, "le bus")]) == []
    matcher.change({"b": parse("le")})
    assert matcher.match([post(1, "le bus")]) == [(0, ("b",))]


@pytest.mark.parametrize("kind", [Matcher, PlainMatcher])
def test_an_answer_is_that_of_one_moment(kind: type[Matcher | PlainMatcher]) -> None:
    """``even`` and ``odd`` change places in one step, each under all words; none ever sees both, half, or none."""
    posts = [post(number, f"{word} et {word}") for number, word in enumerate(WORDS)]
    sets = [{f"{name}{word}": parse(word) for word in WORDS} for name in ("even", "odd")]
    expected = [PlainMatcher(asked).match(posts) for asked in sets]
    matcher = kind(sets[0])
    stop, seen, wrong = threading.Event(), [0, 0], []

    def keep_matching() -> None:
        while not stop.is_set():
            answer = matcher.match(posts)
            if answer in expected:
                seen[expected.index(answer)] += 1
            else:
                wrong.append(answer)
                return

    threads = [threading.Thread(target=keep_matching) for _ in range(3)]
    for thread in threads:
        thread.start()
    turn = 0
    while not wrong and (turn < 50 or min(seen) == 0) and turn < 5_000:
        turn += 1
        matcher.change(sets[turn % 2], sets[1 - turn % 2])
    stop.set()
    for thread in threads:
        thread.join()
    assert not wrong[:1]
    assert min(seen) > 0
