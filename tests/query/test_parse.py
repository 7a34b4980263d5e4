"""Reading queries: what they mean, what is wrong with them, and that nothing at all breaks the reader."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from query import generate
from vigie.query import Problem, QueryError, parse, to_text, tokens_for_editor
from vigie.query.nodes import And, Field, Named, Near, Not, Or, Phrase, Word
from vigie.wording import LANGS, Wording

NAMED = {"brand": '"brûlerie du port" OR @brulerie', "loop": "x {pool}", "pool": "{loop}", "bad": "(", "far": "{bad}"}


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(QueryError) as raised:
        parse(text, NAMED)
    return raised.value.problems


def short(text: str) -> list[tuple[str, str, str]]:
    return [(p.code.rpartition(".")[2], text[p.start : p.end], p.suggestion) for p in problems(text)]


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("grève   bus", "grève AND bus"),
        ("a b OR c d", "(a AND b) OR (c AND d)"),
        ("((a)) AND (b AND (c d))", "a AND b AND c AND d"),
        ("a -b -(c OR d)", "a AND NOT b AND NOT (c OR d)"),
        ("a NOT NOT b", "a AND b"),
        ("NOT a NEAR/2 b c", "NOT a NEAR/2 b AND c"),
        ("a NEAR/3 b NEAR/5 (c OR d)", "(a NEAR/3 b) NEAR/5 (c OR d)"),
        ("a NEAR/100 b", "a NEAR/100 b"),
        ('"OR" "a"', '"OR" AND a'),
        ("« du port » “à l’eau”", '"du port" AND "à l’eau"'),
        ("l'eau", '"l\'eau"'),
        ("from:@Ana.Example source:Bluesky a", "author:ana.example AND network:bluesky AND a"),
        ("lang:(fr OR en-GB) a", "(lang:fr OR lang:en) AND a"),
        ("site:https://www.LeMonde.fr/x?y", "site:lemonde.fr"),
        ("{brand} -@brulerie", "{brand} AND NOT @brulerie"),
        ("a # b\n#c # d", "a AND #c"),
        ("#\na", "a"),
        ("C++ grèv*", "C AND grèv*"),
        ('"grèv* du"', '"grèv* du"'),
        ("👍🏽 👩‍💻", '👍 AND "👩‍💻"'),
        ("12:30 a", '"12:30" AND a'),
        ("e-mail a", '"e-mail" AND a'),
        ("quoi? a", "quoi AND a"),
    ],
)
def test_canonical_form(text: str, canonical: str) -> None:
    query = parse(text, NAMED)
    assert to_text(query) == canonical
    again = parse(canonical, NAMED)
    assert again.root == query.root
    assert to_text(again) == canonical


def test_the_tree() -> None:
    query = parse('grève NEAR/2 ("a b" OR #cde*) lang:fr -x')
    phrase = Phrase((Word("a"), Word("b")), "a b")
    near = Near(Word("greve", written="grève"), Or((phrase, Word("cde", "#", prefix=True, written="#cde"))), 2)
    assert query.root == And((near, Field("lang", "fr"), Not(Word("x", written="x"))))
    assert parse("{brand}", {"brand": "x"}).root == Named("brand", Word("x", written="x"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("empty", "", "")]),
        (" # only a comment", [("empty", " # only a comment", "")]),
        ('x "café', [("unclosed_quote", '"café', '"café"')]),
        ('("a b) OR c', [("unclosed_quote", '"a b', '"a b"')]),
        ("(a", [("unclosed_paren", "(", "")]),
        ("a)", [("unopened_paren", ")", "")]),
        ("a () b", [("empty_group", "()", "")]),
        ("OR a", [("nothing_before", "OR", "")]),
        ("a AND", [("nothing_after", "AND", "")]),
        ("a OR OR b", [("nothing_before", "OR", "")]),
        ("(a OR) b", [("nothing_after", "OR", "")]),
        ("a NOT", [("nothing_after", "NOT", "")]),
        ("a NEAR b", [("near_number", "NEAR", "NEAR/5")]),
        ("a NEAR/500 b", [("near_number", "NEAR/500", "NEAR/100")]),
        ("a NEAR/1x b", [("near_number", "NEAR/1x", "NEAR/5")]),
        ("a NEAR/² b", [("near_number", "NEAR/²", "NEAR/5")]),
        ("a NEAR/2 (b AND c)", [("near_operand", "NEAR/2", "")]),
        ("a NEAR/2 -b", [("near_operand", "NEAR/2", "")]),
        ("a NEAR/2 lang:fr", [("near_operand", "NEAR/2", "")]),
        ("lan:fr b", [("unknown_field", "lan:", "lang:")]),
        ("foo:bar b", [("unknown_field", "foo:", "")]),
        ("foo:(a OR b) b", [("unknown_field", "foo:", "")]),
        ("lang: fr b", [("missing_value", "lang: fr", "lang:fr")]),
        ("a lang:", [("missing_value", "lang:", "")]),
        ("a lang:(fr AND en)", [("field_group", "AND", "")]),
        ("a lang:(fr en)", [("field_group", "en", "")]),
        ("a has:imag", [("unknown_value", "imag", "image")]),
        ("a lang:françoise", [("bad_value", "françoise", "")]),
        ("a https://www.lemonde.fr/x", [("address", "https://www.lemonde.fr/x", "site:lemonde.fr")]),
        ("a gr*", [("short_prefix", "gr*", "")]),
        ("*a b", [("wildcard", "*", "")]),
        ("caf*s b", [("wildcard", "*", "")]),
        ("w?rd b", [("wildcard", "?", "")]),
        ("a - b", [("no_word", "-", "")]),
        ("a && b", [("no_word", "&&", "")]),
        ('a "…"', [("no_word", '"…"', "")]),
        ("a } b", [("stray_brace", "}", "")]),
        ("a {brnd}", [("unknown_name", "{brnd}", "{brand}")]),
        ("a {loop}", [("name_cycle", "{loop}", "")]),
        ("a {bad}", [("name_broken", "{bad}", "")]),
        ("a {far}", [("name_broken", "{far}", "")]),
        ("a ONEAR/3 b", [("not_supported", "ONEAR/3", "")]),
        ('"a b"~3', [("not_supported", "~3", "")]),
        ("NOT a", [("only_not", "NOT a", "")]),
        ("-a -b", [("only_not", "-a -b", "")]),
        ("lang:fr", [("too_broad", "lang:fr", "")]),
        ("a OR (has:link lang:fr)", [("too_broad", "a OR (has:link lang:fr)", "")]),
        ('gr* OR OR "x', [("short_prefix", "gr*", ""), ("nothing_before", "OR", ""), ("unclosed_quote", '"x', '"x"')]),
    ],
)
def test_mistakes_and_what_to_write_instead(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert short(text) == expected


def test_every_suggestion_mends_its_mistake() -> None:
    for text in (
        'x "café',
        "a NEAR b",
        "a NEAR/500 b",
        "lan:fr b",
        "a has:imag",
        "lang: fr b",
        "a https://x.fr/y",
        "a {brnd}",
    ):
        (problem,) = problems(text)
        parse(text[: problem.start] + problem.suggestion + text[problem.end :], NAMED)


def test_doubts_do_not_hinder() -> None:
    query = parse("grève and bus ET train")
    assert [(w.code, w.start, w.end, w.suggestion) for w in query.warnings] == [
        ("query.warning.lowercase_operator", 6, 9, "AND"),
        ("query.warning.lowercase_operator", 14, 16, "AND"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(" * 101 + "a" + ")" * 101, "too_deep"),
        ("a " + "NOT " * 101 + "b", "too_deep"),
        ("(" * 100_000, "too_deep"),
        ("NOT (" * 1000 + "a" + ")" * 1000, "too_deep"),
        (" OR ".join(["a"] * 10_001), "too_many_clauses"),
        ("a " * 150_000, "too_long"),
        ('"' + "a " * 51 + '"', "long_phrase"),
    ],
)
def test_limits(text: str, code: str) -> None:
    assert f"query.error.{code}" in {problem.code for problem in problems(text)}


def test_limits_hold_through_names() -> None:
    bomb = {"n0": "a OR b"} | {f"n{level}": f"{{n{level - 1}}} OR {{n{level - 1}}}" for level in range(1, 40)}
    with pytest.raises(QueryError) as raised:
        parse("{n39}", bomb)
    assert raised.value.problems[0].code in {"query.error.too_many_clauses", "query.error.name_broken"}
    chain = {"n0": "a"} | {f"n{level}": f"x OR (y {{n{level - 1}}})" for level in range(1, 5000)}
    with pytest.raises(QueryError):
        parse("{n4999}", chain)


def test_the_deepest_and_the_longest_that_are_accepted() -> None:
    deep = "".join("(a OR (b " for _ in range(50)) + "c" + "))" * 50
    assert to_text(parse(to_text(parse(deep)))) == to_text(parse(deep))
    assert len(parse(" OR ".join(f"w{n}" for n in range(10_000))).root.parts) == 10_000  # type: ignore[union-attr]


@pytest.mark.parametrize("lang", LANGS)
def test_each_mistake_has_its_sentence_and_hint(lang: str) -> None:
    say = Wording(lang)
    texts = [mark.args[1] for test in (test_mistakes_and_what_to_write_instead,) for mark in test.pytestmark]
    for text, _ in [case for cases in texts for case in cases]:
        for problem in problems(text):
            for code in (problem.code, problem.hint):
                assert say.has(code), code
                assert say(code, **problem.values)


SIGNS = st.sampled_from(
    [*'()"“”«»{}#@$*?~:-/\n ', " OR ", " AND ", " NOT ", " NEAR/3 ", " NEAR/", "lang:", "{brand}", "a", "é"]
)


@settings(max_examples=1500, deadline=None)
@given(st.text() | st.lists(SIGNS | st.text(max_size=3), max_size=30).map("".join))
def test_any_text_is_a_query_or_a_list_of_mistakes(text: str) -> None:
    for start, end, kind in tokens_for_editor(text):
        assert 0 <= start < end <= len(text)
        assert kind in {"op", "st", "fl", "nm", "cm", "er"}
    try:
        query = parse(text, NAMED)
    except QueryError as error:
        check_problems(text, error.problems)
        return
    canonical = to_text(query)
    again = parse(canonical, NAMED)
    assert again.root == query.root
    assert to_text(again) == canonical


def check_problems(text: str, found: tuple[Problem, ...]) -> None:
    assert found
    for problem in found:
        assert 0 <= problem.start <= problem.end <= len(text)
        assert problem.code != "query.error.unexpected"


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_canonical_form_reads_back(seed: int) -> None:
    text = generate.query(Random(seed), 4)
    try:
        query = parse(text)
    except QueryError:
        return
    assert parse(to_text(query)).root == query.root


def test_colours() -> None:
    text = 'a OR lang:fr "b c" {x} (d) # e\nf "g'
    found = [(text[start:end], kind) for start, end, kind in tokens_for_editor(text)]
    assert found == [
        ("OR", "op"),
        ("lang:", "fl"),
        ('"b c"', "st"),
        ("{x}", "nm"),
        ("(", "op"),
        (")", "op"),
        ("# e", "cm"),
        ('"g', "er"),
    ]
