"""The kernel's own numbers are those of the rooms it is made for, and its memory grows with what it meets."""

from random import Random

from query import generate
from vigie.query import Matcher, kernel, parse
from vigie.query.columns import columns
from vigie.query.memory import LAST_NUMBER, room
from vigie.query.program import SEEN_FACTS, compile_queries
from vigie.text import table


def test_it_speaks_of_characters_as_the_table_does() -> None:
    for name in ("WORD", "EMOJI", "SYMBOL", "FLAG", "MARK", "SIGN", "QUESTION", "GAP", "KIND_BITS", "EXPANDED"):
        assert getattr(kernel, name) == getattr(table, name), name
    bits = (kernel._SEES_MENTION, kernel._SEES_HASHTAG, kernel._SEES_EMOJI, kernel._SEES_QUESTION)
    assert dict(zip(bits, SEEN_FACTS, strict=True)) == {1: "mention", 2: "hashtag", 4: "emoji", 8: "question"}


def test_memory_is_kept_grows_and_is_renewed_before_numbers_run_out() -> None:
    matcher = Matcher({"q": parse("grève")})
    draw = Random(3)
    short, long = generate.post(draw), generate.post(draw)
    long = type(long)(long.network, "2", long.author, "é " * 40_000 + "grève", 0)
    matcher.match([short])
    (kept,) = matcher._idle
    matcher.match([short])
    assert matcher._idle[0] is kept
    assert matcher.match([long]) == [(0, ("q",))]
    (grown,) = matcher._idle
    assert room(grown) > room(kept)
    grown.number[0] = LAST_NUMBER
    assert matcher.match([long, short, long])[0] == (0, ("q",))
    assert not matcher._idle


def test_fields_that_no_query_asks_for_are_not_computed() -> None:
    posts = [generate.post(Random(4), number) for number in range(10)]
    compiled = compile_queries({"a": parse("grève"), "b": parse("café lang:fr has:question")})
    assert set(compiled.fields) == {"lang", "has"}
    assert columns(posts, compiled.fields).values.shape == (1, 10)


def test_nothing_is_left_of_one_post_in_the_next() -> None:
    matcher = Matcher(
        {"both": parse("grève AND café"), "phrase": parse('"grève café"'), "near": parse("grève NEAR/9 café")}
    )
    base = generate.post(Random(5))
    one, other = (type(base)("rss", text, base.author, text, 0) for text in ("grève", "café"))
    assert matcher.match([one, other] * 50) == []
