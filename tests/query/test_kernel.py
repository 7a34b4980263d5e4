"""Machine code is kept until what it is made of changes, memory grows with what it meets, queries are filed well."""

import ast
import sys
from pathlib import Path
from random import Random

import pytest

from query import generate
from vigie.model import Author, Post
from vigie.query import Matcher, QueryError, evaluate, native, parse, reading
from vigie.query.columns import columns
from vigie.query.flatten import SHIFT, Trees
from vigie.query.kernel import match
from vigie.query.memory import _GROWTH, LAST_NUMBER, room
from vigie.query.program import SEEN_FACTS, Compiled, compile_queries
from vigie.query.seen import Seen
from vigie.text import fold, tokenise

ROOM = Path(native.__file__).parent


def post(text: str, title: str = "") -> Post:
    return Post("rss", text, Author("a"), text, 0, title=title)


def imported(path: Path) -> set[str]:
    """Names of modules that a file imports from."""
    tree = ast.parse(path.read_text("utf-8"))
    return {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}


def test_machine_code_is_kept_until_any_file_that_it_is_made_of_changes() -> None:
    files = {ROOM.parent / name for name in native.MADE_OF}
    compiling = {path for path in ROOM.glob("*.py") if "vigie.query.native" in imported(path)}
    assert all(file.is_file() for file in files)
    assert compiling | {ROOM / "native.py"} <= files
    for path in compiling:
        for module in imported(path):
            if module.startswith("vigie."):
                assert (ROOM.parents[1] / f"{module.replace('.', '/')}.py") in files, f"{path.name} imports {module}"
    assert match._cache._cache_file._source_stamp == native._STAMP


def test_facts_are_numbered_as_the_program_orders_them() -> None:
    bits = (reading.SEES_MENTION, reading.SEES_HASHTAG, reading.SEES_EMOJI, reading.SEES_QUESTION)
    assert dict(zip(bits, SEEN_FACTS, strict=True)) == {1: "mention", 2: "hashtag", 4: "emoji", 8: "question"}


def test_memory_has_room_for_any_text_once_folded() -> None:
    for code in range(sys.maxunicode + 1):
        one = chr(code).encode("utf-8", "surrogatepass")
        folded = fold(chr(code)).encode("utf-8", "surrogatepass")
        assert len(folded) + 1 <= _GROWTH * len(one), hex(code)


def test_memory_is_kept_grows_and_is_renewed_before_numbers_run_out() -> None:
    matcher = Matcher({"q": parse("grève")})
    (segment,) = matcher.segments
    short, long = post("un petit texte"), post("é " * 40_000 + "grève")
    matcher.match([short])
    (kept,) = segment.idle
    matcher.match([short])
    assert segment.idle[0] is kept
    assert matcher.match([long]) == [(0, ("q",))]
    (grown,) = segment.idle
    assert room(grown) > room(kept)
    grown.number[0] = LAST_NUMBER
    assert matcher.match([long, short, long])[0] == (0, ("q",))
    assert not segment.idle


def test_fields_that_no_query_asks_for_are_not_computed() -> None:
    posts = [generate.post(Random(4), number) for number in range(10)]
    compiled = compile_queries({"a": parse("grève"), "b": parse("café lang:fr has:question")})
    assert set(compiled.fields) == {"lang", "has"}
    assert columns(posts, compiled.fields).values.shape == (1, 10)


def test_nothing_is_left_of_one_post_in_the_next() -> None:
    matcher = Matcher(
        {"both": parse("grève AND café"), "phrase": parse('"grève café"'), "near": parse("grève NEAR/9 café")}
    )
    assert matcher.match([post("grève"), post("café")] * 50) == []


def test_two_words_of_a_phrase_are_one_leaf() -> None:
    trees = Trees()
    assert trees.add(parse('"air france" OR "une longue phrase" OR "#air france"').root)
    named = {leaf: word for word, leaf in trees.words.items()}
    assert [(named[pair >> SHIFT], named[pair % 2**SHIFT]) for pair in trees.pairs] == [
        ("air", "france"),
        ("une", "longue"),
        ("longue", "phrase"),
    ]


def test_a_query_is_filed_under_what_is_rare_where_the_house_listens() -> None:
    query = parse("espresso AND finistere")
    posts = [post("un espresso" if number % 2 else "le finistère") for number in range(2000)]
    for common, rare in (("espresso", "finistere"), ("finistere", "espresso")):
        seen = Seen(one for one in posts if common in fold(one.text))
        assert filed_under(compile_queries({"q": query}, seen)) == filed_under(compile_queries({"q": parse(rare)}))


def filed_under(compiled: Compiled) -> set[int]:
    """Hashes of the words that queries are filed under."""
    program = compiled.program
    slots = [int(slot) for slot in program.slots if slot]
    return {slot >> program.bits for slot in slots if slot & ((1 << program.bits) - 1) < len(program.firsts) - 1}


@pytest.mark.parametrize("sign", ["", "#", "@", "$"])
@pytest.mark.parametrize("length", [*range(3, 20), 31, 32, 33, 40, 64, 65])
def test_prefixes_of_any_length_with_any_sign(sign: str, length: int) -> None:
    draw = Random(length)
    prefix = "".join(draw.choice("abcdeé") for _ in range(length))
    words = [prefix, prefix + "z", prefix[:-1], prefix[:-1] + "zz", "x" + prefix, prefix + "é" * 30]
    posts = [post(f"mot {mark}{word} fin") for word in words for mark in ("", "#", "@", "$")]
    query = parse(f"{sign}{prefix}* OR {sign}{prefix}zz*")
    expected = [index for index, one in enumerate(posts) if evaluate(query, one)]
    assert [index for index, _ in Matcher({"q": query}).match(posts)] == expected
    assert len(expected) == (12 if not sign else 3)


def test_as_many_inner_groups_as_one_likes() -> None:
    source = "grève"
    for number in range(40):
        source = (
            f"({source} OR w{number}) AND (v{number} OR u{number})"
            if number % 2
            else f"({source} z{number}) OR t{number}"
        )
    try:
        query = parse(source)
    except QueryError:
        pytest.skip("deeper than the language allows")
    draw = Random(1)
    words = sorted({token.word for token in tokenise(source)})
    posts = [post(" ".join(draw.sample(words, draw.randrange(1, 60)))) for _ in range(400)]
    expected = [index for index, one in enumerate(posts) if evaluate(query, one)]
    assert [index for index, _ in Matcher({"q": query}).match(posts)] == expected
    assert 0 < len(expected) < len(posts)
