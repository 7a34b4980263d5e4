"""Costs are in the order that people feel, and accounts are found and widened."""

import subprocess
import sys

import pytest

from vigie.model import Author, Post
from vigie.query import accounts, cost, evaluate, parse, to_text, with_aliases
from vigie.query.cost import BUDGET_NS
from vigie.query.seen import Seen


@pytest.mark.parametrize(
    ("cheap", "dear"),
    [
        ("torréfaction", "café"),
        ("café", "le"),
        ("café AND le", "café OR le"),
        ('"brûlerie du port"', "du"),
        ("#love", "love"),
        ("espresso", "esp*"),
        ("from:brulerie.example", "bonjour"),
        ("(le NEAR/3 cappuccino)", "le"),
    ],
)
def test_rarer_is_cheaper(cheap: str, dear: str) -> None:
    assert cost(parse(cheap)).nanoseconds < cost(parse(dear)).nanoseconds


def test_levels() -> None:
    assert cost(parse('"brûlerie du port" OR @brulerie')).level == "low"
    assert cost(parse("the OR de")).level == "high"


def test_the_house_own_sample_is_believed_the_more_the_larger_it_is() -> None:
    text = parse("brûlerie")

    def seen(count: int) -> Seen:
        return Seen([Post("rss", str(n), Author("a"), "La Brûlerie", 0) for n in range(count)])

    shares = [cost(text, seen(count)).share for count in (0, 10, 1000, 10_000)]
    assert shares == sorted(shares)
    assert shares[0] == cost(text).share
    assert shares[2] == pytest.approx(0.5, abs=0.01)
    assert shares[3] > 0.9


def test_a_query_alone_may_take_a_twentieth_of_what_a_post_costs() -> None:
    seldom, often, slow = (cost(parse(text)) for text in ("torréfaction", "the", "the SENTENCE of"))
    assert not seldom.too_dear
    assert often.too_dear
    assert often.floods  # it is not the looking, it is what is found
    assert slow.too_dear
    assert slow.nanoseconds > 0.05 * BUDGET_NS


def test_accounts_and_aliases() -> None:
    query = parse(
        '(from:@Ana.Example OR to:@brulerie) -author:bob lang:fr "a b" NEAR/2 c {brand}', {"brand": "from:zoe"}
    )
    assert accounts(query) == {"ana.example", "brulerie", "bob", "zoe"}
    wider = with_aliases(query, {"Ana.Example": ["did:plc:ABC"], "zoe": ["did:plc:z"], "nobody": ["x"]})
    assert "author:ana.example OR author:did:plc:abc" in to_text(wider)
    assert accounts(wider) == accounts(query) | {"did:plc:abc", "did:plc:z"}
    by_id = Post("bluesky", "1", Author("did:plc:ABC"), "x", 0)
    read = parse("from:ana.example")
    assert not evaluate(read, by_id)
    assert evaluate(with_aliases(read, {"ana.example": ["did:plc:abc"]}), by_id)


def test_reading_a_query_does_not_load_numba() -> None:
    code = "import sys, vigie.query as q; q.parse('a'); sys.exit(bool({'numba', 'numpy'} & {*sys.modules}))"
    subprocess.run([sys.executable, "-c", code], check=True)
