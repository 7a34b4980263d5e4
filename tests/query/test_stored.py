"""A compiled set of queries written as bytes and read back."""

from random import Random

import pytest

from query import generate
from vigie.query import Matcher, PlainMatcher, Query, QueryError, parse
from vigie.query.stored import pack, unpack


@pytest.fixture(scope="module")
def queries() -> dict[str, Query]:
    draw = Random(3)
    found: dict[str, Query] = {}
    while len(found) < 200:
        try:
            found[f"q{len(found):03}"] = parse(generate.query(draw))
        except QueryError:
            continue
    return found


def packed(queries: dict[str, Query], code: str = "1") -> bytes:
    (segment,) = Matcher(queries).segments
    return pack(segment, {id: query.source for id, query in queries.items()}, code)


def test_the_same_answers(queries: dict[str, Query]) -> None:
    read = unpack(packed(queries), "1")
    assert read is not None
    segment, keys = read
    assert keys == {id: query.source for id, query in queries.items()}
    posts = [generate.post(Random(5), number) for number in range(100)]
    assert Matcher(segment).match(posts) == PlainMatcher(queries).match(posts)


def test_trees_are_read_when_asked_for(queries: dict[str, Query]) -> None:
    read = unpack(memoryview(packed(queries)), "1")
    assert read is not None
    assert dict(read[0].queries) == queries
    with pytest.raises(KeyError):
        read[0].queries["never there"]


def test_it_can_be_changed_and_written_again(queries: dict[str, Query]) -> None:
    read = unpack(packed(queries), "1")
    assert read is not None
    matcher = Matcher(read[0])
    matcher.change({f"n{number}": parse(f"neuf{number}") for number in range(40)}, list(queries)[:20])
    matcher.settle()
    asked = dict(list(queries.items())[20:]) | {f"n{number}": parse(f"neuf{number}") for number in range(40)}
    posts = [generate.post(Random(6), number) for number in range(100)]
    assert matcher.match(posts) == PlainMatcher(asked).match(posts)


def test_another_version_is_not_read(queries: dict[str, Query]) -> None:
    assert unpack(packed(queries), "2") is None


@pytest.mark.parametrize("damage", [b"", b"\x00", b"\xc1", b"\x93\x01\x02\x03"])
def test_what_cannot_be_read(damage: bytes) -> None:
    assert unpack(damage, "1") is None


def test_half_a_file(queries: dict[str, Query]) -> None:
    whole = packed(queries)
    assert unpack(whole[: len(whole) // 2], "1") is None


def test_a_changed_bit(queries: dict[str, Query]) -> None:
    whole = bytearray(packed(queries))
    segment, _ = unpack(bytes(whole), "1") or pytest.fail("not read")
    at = whole.index(segment.compiled.program.code.tobytes())
    whole[at + 5] ^= 1
    assert unpack(bytes(whole), "1") is None
