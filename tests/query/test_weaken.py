"""What compiled code is given lets through all that the query does, and nothing else where it says so."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from query import generate
from vigie.query import QueryError, parse
from vigie.query.anchors import anchors
from vigie.query.document import Document
from vigie.query.evaluate import holds
from vigie.query.nodes import And, Field, Named, Near, Node, Not, Or, Phrase, Word, children, measure
from vigie.query.printer import node_text
from vigie.query.weaken import COLUMN_FIELDS, weaken


def known(node: Node) -> bool:
    """Whether compiled code has a test for this, as the module's first lines promise."""
    match node:
        case Word(word=word):
            return "🏽" not in word
        case Phrase(parts=parts):
            return all(isinstance(part, Word) and known(part) for part in parts)
        case Near(left=left, right=right):
            sides = [part for side in (left, right) for part in (side.parts if isinstance(side, Or) else (side,))]
            return all(isinstance(side, Word | Phrase) and known(side) for side in sides)
        case And() | Or() | Not():
            return all(map(known, children(node)))
        case Field(name=name):
            return name in COLUMN_FIELDS
        case _:
            return False


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32))
def test_weaker_never_stronger(seed: int) -> None:
    draw = Random(seed)
    documents = [Document(generate.post(draw, number)) for number in range(20)]
    for _ in range(20):
        try:
            root = parse(generate.query(draw)).root
        except QueryError:
            continue
        weak, exact = weaken(root)
        assert known(weak)
        for document in documents:
            strict, loose = holds(root, document), holds(weak, document)
            assert loose if strict else not (exact and loose), node_text(root)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_a_match_holds_one_of_the_anchors(seed: int) -> None:
    draw = Random(seed)
    documents = [Document(generate.post(draw, number)) for number in range(20)]
    for _ in range(20):
        try:
            root = parse(generate.query(draw)).root
        except QueryError:
            continue
        for found in filter(None, (anchors(root), anchors(weaken(root)[0]))):
            for document in documents:
                assert not holds(root, document) or any(holds(leaf, document) for leaf in found.leaves)


@pytest.mark.parametrize(
    ("text", "weak", "exact"),
    [
        ('a OR ("b cde*" NEAR/3 d) lang:fr', 'a OR ("b cde*" NEAR/3 d AND lang:fr)', True),
        ('"a b"~3', "a NEAR/3 b", True),
        ('"a b c"~3', "a NEAR/4 b AND a NEAR/4 c", False),
        ("a ONEAR/3 b", "a ONEAR/3 b", True),
        ("gr?ve ONEAR/3 b", "gr* ONEAR/3 b", False),
        ("(a ONEAR/3 b) ONEAR/3 b", "a ONEAR/3 b AND b", False),
        ("(a NEAR/1 b) NEAR/3 c", "a NEAR/1 b AND c", False),
        ("gr?ve NEAR/3 (b OR caf*s)", "gr* NEAR/3 (b OR caf*)", False),
        ("*gate NEAR/3 b", "b", False),
        ('"gr?ve des *gate"', "gr* AND des", False),
        ('"gr?ve des"', '"gr* des"', False),
        ("a SENTENCE b", "a AND b", False),
        ('raw:"Oh NO!" 👍🏽', '"oh no" AND 👍', False),
        ("a followers:>5 country:fr url:b/c", "a AND country:fr AND url:b AND url:c", False),
        ("a -followers:>5 -gr?ve", "a", False),
        ("a NOT (b OR raw:C)", "a AND NOT b", False),
        ("a NOT (b raw:C)", "a", False),
        ("atleast/2(a, b, c)", "(a AND b) OR (a AND c) OR (b AND c)", True),
        ("atleast/3(a)", "a", False),
        ("atleast/5(le, la, les, un, une, des, zythum, xérès)", "zythum AND xérès", None),
        ("{x} d", "a AND b AND d", True),
    ],
)
def test_what_becomes_of_it(text: str, weak: str, exact: bool | None) -> None:  # noqa: FBT001 (a column of the table)
    found, same = weaken(parse(text, {"x": "a b"}).root)
    if exact is None:
        assert not same
        assert isinstance(found, Or)
        assert {"zythum", "xeres"} <= {part.word for part in found.parts if isinstance(part, Word)}
    else:
        assert (_written(found), same) == (weak, exact)


def test_choices_inside_choices_stay_small() -> None:
    weak, exact = weaken(parse("atleast/2(a, b, " * 99 + "c" + ")" * 99).root)
    assert measure(weak, 1_000)[1] <= 1_000
    assert not exact


def _written(node: Node) -> str:
    """As printed; phrases made on the way know their words only."""
    match node:
        case Phrase(parts=parts, written=""):
            return f'"{" ".join(part.key + "*" * part.prefix for part in parts if isinstance(part, Word))}"'
        case And(parts=parts):
            return " AND ".join(f"({_written(part)})" if isinstance(part, Or) else _written(part) for part in parts)
        case Named(part=part):
            return _written(part)
        case _:
            return node_text(node)
