"""Why and why not: the verdict is the evaluator's, the failed clauses are enough and none too many."""

from collections.abc import Mapping
from itertools import combinations
from random import Random
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from query import generate
from vigie.model import Author, Post, Span
from vigie.query import QueryError, evaluate, parse, spans
from vigie.query.document import Document
from vigie.query.evaluate import holds
from vigie.query.explain import Clause, Explanation, explain
from vigie.query.fewest import Turn, clauses, fewest, same
from vigie.query.miss import Miss
from vigie.query.nodes import And, AtLeast, Named, Node, Not, Or, children
from vigie.wording import LANGS, Wording


def post(text: str, **fields: Any) -> Post:
    return Post("bluesky", "1", Author("did:plc:a", "ana.example"), text, 0, **fields)


def why(query: str, text: str, **fields: Any) -> Explanation:
    return explain(parse(query), post(text, **fields))


def missed(query: str, text: str, **fields: Any) -> tuple[str, Mapping[str, object]]:
    """The one clause that failed."""
    (miss,) = why(query, text, **fields).misses
    assert in_words(miss)
    return miss.code.removeprefix("why.miss."), miss.values


# ---------------------------------------------------------------- what each kind of clause says


def test_the_sentence_that_the_room_exists_for() -> None:
    text = "La grève continue : treize mots plus loin on lit enfin que la compagnie aérienne bien connue Air France"
    code, values = missed('grève NEAR/8 "Air France"', text)
    assert (code, values["left"], values["right"], values["distance"], values["most"]) == (
        "far",
        "grève",
        "Air France",
        14,
        8,
    )


@pytest.mark.parametrize(
    ("query", "text", "code", "values"),
    [
        ("bateau", "le port", "absent", {"clause": "bateau"}),
        ("grève", "des grèves partout", "close", {"words": "grèves"}),
        ("#grève", "la Grève", "unsigned", {"words": "Grève"}),
        ('"brûlerie du port"', "la Brûlerie du Nord", "phrase", {"words": "Brûlerie du"}),
        ('"brûlerie du port"', "port du brûlerie", "scattered", {"words": "brûlerie"}),
        ('"brûlerie du port"', "un café", "absent", {"clause": "brûlerie du port"}),
        ("colis NEAR/3 retard", "mon colis", "one_side", {"words": "colis", "missing": "retard"}),
        ("colis NEAR/3 retard", "rien", "neither", {"left": "colis", "right": "retard"}),
        ("port NOT bus", "le port et le Bus", "excluded", {"words": "Bus"}),
        ("port lang:fr", "port", "none.lang", {"asked": "fr"}),
        ("port has:image", "port", "has.image", {}),
        ("port is:reply", "port", "is.reply", {}),
        ("port from:lou.example", "port", "field.author", {"asked": "lou.example", "has": "ana.example, did:plc:a"}),
        ("port NOT network:bluesky", "port", "excluded_fact", {"clause": "network:bluesky"}),
        ("port country:fr", "port", "none.country", {"asked": "fr"}),
        ("port url:soldes", "port", "none.url", {"asked": "soldes"}),
        ("port hashtag:grève", "port", "none.hashtag", {"asked": "greve"}),
        ("port hashtag:grève", "port #GrandPort", "field.hashtag", {"has": "#GrandPort"}),
        ("port length:>100", "port", "range.length", {"has": 4, "clause": "length:>=101"}),
        ("port followers:>100", "port", "range_unknown", {"clause": "followers:>=101"}),
        ("por?al", "portillon", "absent", {"clause": "por?al"}),
        ('"colis en retard"~1', "en colis", "loose", {"missing": "retard"}),
        ('"colis retard"~1', "retard de trois jours pour mon colis", "loose_far", {"distance": 5, "most": 1}),
        ('"colis retard"~0', "retard du colis", "loose_far_one", {"distance": 1}),
        ('"colis colis"~2', "un colis", "loose_apart", {"clause": "colis colis"}),
        ('"colis retard"~2', "rien", "absent", {"clause": "colis retard"}),
        ('raw:"IT Crowd"', "the it crowd", "raw", {"words": "it crowd", "clause": "IT Crowd"}),
        ('raw:"IT"', "eux", "absent", {"clause": "IT"}),
        ("colis ONEAR/3 retard", "retard du colis", "order", {"left": "colis", "right": "retard"}),
        ("colis ONEAR/1 retard", "colis a b c retard", "far", {"distance": 3, "operator": "ONEAR/1"}),
        ("colis NEAR/0 retard", "colis en retard", "far_one", {"distance": 1}),
        ("colis SENTENCE retard", "Un colis. Du retard.", "sentence", {"clauses": "colis, retard"}),
        ("colis SENTENCE retard", "Un colis.", "sentence_lacks", {"missing": "retard"}),
        ("port atleast/3(train)", "port, train, train", "times", {"times": 2, "count": 3}),
        ("port atleast/3(train)", "port, train", "times_one", {"count": 3}),
        ("port atleast/3(train)", "port", "absent", {"clause": "train"}),
        ("👍🏽", "👍", "untoned", {"words": "👍"}),
    ],
)
def test_what_is_said_of_a_clause(query: str, text: str, code: str, values: Mapping[str, object]) -> None:
    found, given_values = missed(query, text)
    assert found == code
    assert given_values.items() >= values.items()


def test_what_the_post_has_instead() -> None:
    assert missed("port lang:fr", "port", langs=("en", "de")) == ("field.lang", {"asked": "fr", "has": "de, en"})


def test_nothing_is_near_across_title_and_text() -> None:
    assert missed("colis NEAR/3 retard", "le colis", title="un retard")[0] == "apart"


def test_places_are_those_of_the_text_the_title_and_the_tags() -> None:
    said = why("port", "au port", title="Port", tags=("port",))
    assert said.clause.found.text == said.spans == (Span(3, 7),)
    assert said.clause.found.title == (Span(0, 4),)
    assert said.clause.found.tags == ("#port",)


def test_each_clause_says_for_itself_whether_it_holds() -> None:
    clause = why("grève AND (train OR bus) NOT avion", "la grève du bus").clause
    assert (clause.kind, clause.holds) == ("and", True)
    group = clause.parts[1]
    assert [(one.text, one.holds, one.found.text) for one in group.parts] == [
        ("train", False, ()),
        ("bus", True, (Span(12, 15),)),
    ]
    assert [(one.kind, one.holds, one.parts[0].holds) for one in clause.parts[2:]] == [("not", True, False)]


def test_nearness_says_its_distance_when_it_holds_too() -> None:
    clause = why("(colis OR paquet) NEAR/5 retard", "le paquet a du retard").clause
    assert (clause.holds, clause.distance) == (True, 2)


def test_others_that_would_have_done() -> None:
    (miss,) = why("port (grève OR blocage OR lang:fr)", "au port").misses
    assert (miss.clause, miss.instead) == ("grève", ("blocage", "lang:fr"))


def test_of_several_the_nearest_miss_is_told() -> None:
    (miss,) = why("avion OR colis NEAR/1 retard", "le colis a pris du retard").misses
    assert miss.code == "why.miss.far"
    assert miss.instead == ("avion",)


def test_of_several_only_as_many_as_are_missing() -> None:
    said = why("atleast/3(port, train, bus, avion, vélo)", "le port")
    assert [miss.clause for miss in said.misses] == ["train", "bus"]
    assert said.misses[0].instead == ("avion", "vélo")
    said = why("port NOT atleast/2(train, bus, avion)", "port, train, bus, avion")
    assert [(miss.clause, miss.excluded) for miss in said.misses] == [("train", True), ("bus", True)]


def test_a_clause_written_twice_is_missed_once() -> None:
    turns = why("(bus OR train) AND (avion OR Train)", "rien").misses
    assert [miss.clause for miss in turns] == ["train"]


def test_what_no_post_could_match_has_no_failed_clause() -> None:
    said = why("port NOT port", "au port")
    assert (said.matches, said.misses) == (False, ())


# ---------------------------------------------------------------- on whatever query and post


def forced(node: Node, values: Mapping[object, bool]) -> bool:
    """What a query answers when its clauses are as ``values`` says."""
    match node:
        case And(parts=parts):
            return all(forced(part, values) for part in parts)
        case Or(parts=parts):
            return any(forced(part, values) for part in parts)
        case Not(part=part):
            return not forced(part, values)
        case Named(part=part):
            return forced(part, values)
        case AtLeast(count=count, parts=(_, _, *_) as parts):
            return sum(forced(part, values) for part in parts) >= count
        case _:
            return values[same(node)]


def turned(root: Node, values: Mapping[object, bool], some: tuple[object, ...]) -> bool:
    return forced(root, {**values, **{clause: not values[clause] for clause in some}})


def check_turns(root: Node, values: Mapping[object, bool], turns: tuple[Turn, ...], most: int) -> None:
    """Turning them is enough, and no smaller set is."""
    chosen = tuple(same(turn.clause) for turn in turns)
    if forced(root, values):
        assert not turns
        return
    sizes = range(len(turns) if turns else len(values) + 1)
    if len(values) <= most:
        smaller = [some for size in sizes for some in combinations(values, size) if turned(root, values, some)]
        assert not smaller
    if turns:
        assert len(set(chosen)) == len(chosen)
        assert all(values[same(turn.clause)] != turn.wanted for turn in turns)
        assert turned(root, values, chosen)
        for turn in turns:
            for other in turn.instead:
                swapped = tuple(same(other) if one == same(turn.clause) else one for one in chosen)
                assert turned(root, values, swapped)


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32))
def test_the_verdict_and_the_failed_clauses(seed: int) -> None:
    draw = Random(seed)
    try:
        query = parse(generate.query(draw))
    except QueryError:
        return
    for number in range(4):
        read = generate.post(draw, number)
        said = explain(query, read)
        assert said.matches == said.clause.holds == evaluate(query, read)
        assert said.spans == spans(query, read)
        document = Document(read)
        values = {same(node): holds(node, document) for node in clauses(query.root)}
        turns = fewest(query.root, lambda node: holds(node, document))  # noqa: B023 (called here and now)
        check_turns(query.root, values, turns, 8)
        assert len(said.misses) == len(turns)
        assert all(in_words(miss) for miss in said.misses)
        check_places(said.clause, read)


def in_words(miss: Miss) -> bool:
    """Both languages have a sentence for it, with all its values."""
    return all(Wording(lang).has(miss.code) and "{" not in Wording(lang)(miss.code, **miss.values) for lang in LANGS)


def check_places(clause: Clause, read: Post) -> None:
    """What is said to stand somewhere stands there."""
    assert all(0 <= span.start < span.end <= len(read.text) for span in clause.found.text)
    assert all(0 <= span.start < span.end <= len(read.title) for span in clause.found.title)
    assert clause.holds or clause.found == type(clause.found)()
    for part in clause.parts:
        check_places(part, read)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_no_smaller_set_where_clauses_come_back(seed: int) -> None:
    """Few different words, so that most are written more than once, and the answers are drawn."""
    draw = Random(seed)

    def group(depth: int) -> str:
        if depth == 0 or draw.random() < 0.3:
            return draw.choice(("", "", "NOT ")) + draw.choice("abcdefg")
        if draw.random() < 0.25:
            count = draw.randint(2, 4)
            return f"atleast/{draw.randint(1, count)}({', '.join(group(depth - 1) for _ in range(count))})"
        return "(" + draw.choice((" AND ", " OR ")).join(group(depth - 1) for _ in range(draw.randint(2, 4))) + ")"

    try:
        root = parse(f"x AND {group(4)}").root
    except QueryError:
        return
    values = {same(node): draw.random() < 0.5 for node in clauses(root)}
    check_turns(root, values, fewest(root, lambda node: values[same(node)]), 8)


def test_a_query_of_ten_thousand_clauses_is_explained_too() -> None:
    said = why(" OR ".join(f"mot{n}" for n in range(10_000)), "rien du tout")
    assert len(said.misses) == 1
    assert len(said.misses[0].instead) == 9_999
    said = why(" AND ".join(f"mot{n}" for n in range(3_000)), "rien du tout")
    assert len(said.misses) == 3_000


def test_every_kind_of_node_is_explained() -> None:
    kinds = {type(node) for source in EVERY_KIND for node in _all(parse(source, {"brand": "café"}).root)}
    assert kinds == set(get_args(Node))
    for source in EVERY_KIND:
        query = parse(source, {"brand": "café"})
        for read in (post(""), post("un café au port, c'est la grève")):
            assert explain(query, read).matches == evaluate(query, read)


EVERY_KIND = (
    "grève",
    '"la grève"',
    "café NEAR/2 port",
    "a AND b",
    "a OR b",
    "a NOT b",
    "a lang:fr",
    "{brand}",
    "café p?rt",
    '"la grève"~2',
    'raw:"Le Port"',
    "café ONEAR/2 port",
    "café SENTENCE port",
    "atleast/2(a, b, c)",
    "atleast/2(café)",
    "a followers:>10",
    "a country:fr",
    "a hashtag:b",
    "a url:b",
)


def _all(node: Node) -> list[Node]:
    return [node, *(inner for part in children(node) for inner in _all(part))]
