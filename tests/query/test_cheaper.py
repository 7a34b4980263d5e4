"""A cheaper text finds the same posts, or says that it is narrower and then finds no other ones."""

from random import Random

import pytest

from query import generate
from vigie.model import Author, Post
from vigie.query import QueryError, evaluate, parse, to_text
from vigie.query.cheaper import cheaper, implies, simplified
from vigie.query.cost import cost
from vigie.query.nodes import Query
from vigie.query.seen import Seen


def said(*texts: str) -> list[Post]:
    return [Post("rss", str(n), Author("a"), text, 0) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("(colis AND retard) OR (colis AND perdu)", "colis AND (retard OR perdu)"),
        ("(colis AND le) OR colis", "colis"),
        ('"le monde" OR monde', "monde"),
        ("gre* OR grève OR grévistes", "gre*"),
        ("café AND (café OR thé)", "café"),
        ("#grève AND grève", "#grève"),
        ("grève OR #grève", "grève"),
        ('café NOT (thé OR "le thé")', "café AND NOT thé"),
        ("colis NEAR/3 retard OR retard", "retard"),
        ("café OR {brand}", "café OR {brand}"),
        ("café AND café", "café"),
    ],
)  # fmt: skip
def test_what_is_said_twice_is_said_once(text: str, plain: str) -> None:
    read = parse(text, {"brand": "café OR port"})
    assert to_text(Query(simplified(read.root))) == plain


def test_the_same_answers_on_generated_posts() -> None:
    draw = Random(31)
    posts = [generate.post(draw, n) for n in range(60)]
    changed = compared = 0
    for _ in range(400):
        try:
            # two queries of the same few words, so that they have something in common
            one, other = (generate.query(draw) for _ in range(2))
            read = parse(
                draw.choice((f"({one}) OR ({other})", f"({one}) AND ({other} OR {one})", f"{one} OR ({one}) ({other})"))
            )
        except QueryError:
            continue
        plain = Query(simplified(read.root))
        compared += 1
        if plain.root == read.root:
            continue
        changed += 1
        assert parse(to_text(plain)), to_text(plain)
        for post in posts:
            assert evaluate(plain, post) == evaluate(read, post), (to_text(read), to_text(plain), post)
    assert changed > compared / 10, (changed, compared)


def test_what_is_said_to_follow_follows() -> None:
    draw = Random(32)
    posts = [generate.post(draw, n) for n in range(60)]
    followed = 0
    queries = []
    while len(queries) < 250:
        try:
            queries.append(parse(generate.query(draw)))
        except QueryError:
            continue
    answers = [[evaluate(query, post) for post in posts] for query in queries]
    for one, its in zip(queries, answers, strict=True):
        for other, theirs in zip(queries, answers, strict=True):
            if one is not other and implies(one.root, other.root):
                followed += 1
                assert not any(mine and not yours for mine, yours in zip(its, theirs, strict=True)), (one, other)
    assert followed > 50, followed


def test_a_narrower_text_names_what_it_leaves_out_and_finds_nothing_else() -> None:
    posts = said(*["Le port est calme", "La torréfaction du jour", "Les cartes postales"] * 100, "Un cargo", "Carnet")
    seen = Seen(posts)
    found = cheaper(parse("le OR torréfaction"), seen)
    assert found is not None
    assert (found.text, found.same, found.without) == ("torréfaction", False, "le")
    for text in ("le OR torréfaction", "car* AND le", "ca?go OR le", "the OR (du AND le) OR jour"):
        read = parse(text)
        narrow = cheaper(read, seen)
        if narrow is not None:
            assert cost(parse(narrow.text), seen).budget < cost(read, seen).budget
            less, more = ([evaluate(one, post) for post in posts] for one in (parse(narrow.text), read))
            assert all(b or not a for a, b in zip(less, more, strict=True))
            assert less == more or not narrow.same


def test_notes_in_the_text_stay() -> None:
    found = cheaper(parse("# what we sell\n(love AND the) OR (love AND a) OR (love AND to)"))
    assert found is not None
    assert found.text.splitlines()[0] == "# what we sell"
    assert parse(found.text)


def test_nothing_is_sought_in_a_rare_word_or_in_a_thousand_clauses() -> None:
    assert cheaper(parse("torréfaction")) is None
    assert cheaper(parse(" OR ".join(f"mot{n}" for n in range(1000)))) is None
