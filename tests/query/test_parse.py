"""Reading queries: what they mean, what is wrong with them, and that nothing at all breaks the reader."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from query import generate
from vigie.query import Problem, QueryError, parse, to_text, tokens_for_editor
from vigie.query.nodes import (
    And,
    AtLeast,
    Field,
    Loose,
    Named,
    Near,
    Not,
    Or,
    Pattern,
    Phrase,
    Range,
    Raw,
    Sentence,
    Word,
)
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
        ("from:@@Ana.Example source:Bluesky a", "author:ana.example AND network:bluesky AND a"),
        ("lang:(fr OR en-GB) a", "(lang:fr OR lang:en) AND a"),
        ("site:https://www.LeMonde.fr/x?y site:..www.www.x.", "site:lemonde.fr AND site:x"),
        ("{brand} -@brulerie", "{brand} AND NOT @brulerie"),
        ("a # b\n#c # d", "a AND #c"),
        ("#\na", "a"),
        ("C++ grèv*", "C AND grèv*"),
        ('"grèv* du"', '"grèv* du"'),
        ("👍🏽 👩‍💻", '👍🏽 AND "👩‍💻"'),
        ("咖啡 東京* กาแฟ", '"咖啡" AND "東京*" AND "กาแฟ"'),
        ("Gr?ve #w**fi* a", "Gr?ve AND #w**fi* AND a"),
        ('"gr?ve *gate"', '"gr?ve *gate"'),
        ('"a  b c"~3 « d e »~0', '"a b c"~3 AND "d e"~0'),
        ("a ONEAR/2 b NEAR/3 (c ONEAR/0 d)", "(a ONEAR/2 b) NEAR/3 (c ONEAR/0 d)"),
        ("a SENTENCE (b c) SENTENCE (d OR e) f", "a SENTENCE b SENTENCE c SENTENCE (d OR e) AND f"),
        ("a NEAR/2 b SENTENCE c OR d -e SENTENCE f", "a NEAR/2 b SENTENCE c OR (d AND NOT e SENTENCE f)"),
        ('raw:C++ raw:"Oh  NO!" raw:(A OR "b c")', 'raw:"C++" AND raw:"Oh  NO!" AND (raw:"A" OR raw:"b c")'),
        ('raw:« dit "oui" »', 'raw:«dit "oui"»'),
        ("atleast/2(a,b OR c, (d e),-f)", "atleast/2(a, b OR c, d AND e, NOT f)"),
        ("ATLEAST/3 (a) atleast/1(b, c) atleast/2(d, e)", "atleast/3(a) AND (b OR c) AND d AND e"),
        ('atleast/2(a, atleast/2("b, c", e, d), "e f"~2)', 'atleast/2(a, atleast/2("b, c", e, d), "e f"~2)'),
        ("a followers:>1000 following:10..500", "a AND followers:>=1001 AND following:10..500"),
        ("a followers:10k age:<30 posts:<=3", "a AND followers:10000 AND age:<=29 AND posts:<=3"),
        ("a length:..280 links:2.. media:1", "a AND length:<=280 AND links:>=2 AND media:1"),
        ("a country:(France OR US)", "a AND (country:fr OR country:us)"),
        ("url:lemonde.fr/Sport", 'url:"lemonde fr sport"'),
        ("a hashtag:GrèveDesBus", 'a AND hashtag:"greve des bus"'),
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
    rest = parse('gr?* "a bcd*"~2 ONEAR/3 #c SENTENCE raw:É atleast/2(x, lang:fr, followers:>5)').root
    loose = Loose((Word("a"), Word("bcd", prefix=True)), 2, "a bcd*")
    sentence = Sentence((Near(loose, Word("c", "#", written="#c"), 3, ordered=True), Raw("É")))
    several = AtLeast(2, (Word("x", written="x"), Field("lang", "fr"), Range("followers", 6, None)))
    assert rest == And((Pattern("gr?*", written="gr?*"), sentence, several))
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
        ("*a b", [("short_pattern", "*a", "")]),
        ("a*? b", [("short_prefix", "a*?", "")]),
        ("* b", [("lone_wildcard", "*", "")]),
        ('"a * b"', [("lone_wildcard", '"a * b"', "")]),
        ("*gate", [("open_start", "*gate", "")]),
        ("gr?ve OR w*fi", [("open_start", "gr?ve OR w*fi", "")]),
        (f"a{'b' * 70}*c d", [("long_pattern", f"a{'b' * 70}*c", "")]),
        ("a - b", [("no_word", "-", "")]),
        ("a && b", [("foreign_operator", "&&", "AND")]),
        ("a || b", [("foreign_operator", "||", "OR")]),
        ("a ~3 b", [("tilde", "~3", "")]),
        ("a (b c)~3", [("tilde", "~3", "")]),
        ("grève~ a", [("tilde", "grève~", "")]),
        ('"a b"~x', [("loose_number", '"a b"~x', '"a b"~5')]),
        ('"a b"~500', [("loose_number", '"a b"~500', '"a b"~100')]),
        ('"a b"~', [("loose_number", '"a b"~', '"a b"~5')]),
        ('"a"~3', [("loose_single", '"a"~3', '"a"')]),
        ('"a b c d e f g h i j k"~3', [("long_phrase", '"a b c d e f g h i j k"~3', "")]),
        ("a ONEAR b", [("near_number", "ONEAR", "ONEAR/5")]),
        ("a NEAR/5f b", [("near_number", "NEAR/5f", "ONEAR/5")]),
        ("a SENTENCE lang:fr", [("near_operand", "SENTENCE", "")]),
        ("a SENTENCE -b", [("near_operand", "SENTENCE", "")]),
        ("SENTENCE a", [("nothing_before", "SENTENCE", "")]),
        ("a NEAR/2 (b SENTENCE c)", [("near_operand", "NEAR/2", "")]),
        ('a NEAR/2 raw:"!!"', [("near_operand", "NEAR/2", "")]),
        ('a raw:" "', [("raw_empty", '" "', "")]),
        ("atleast/4(a, b, c)", [("atleast_number", "atleast/4", "atleast/2")]),
        ("atleast3(a, b, c)", [("atleast_number", "atleast3", "atleast/3")]),
        ("atleast(a)", [("atleast_number", "atleast", "atleast/2")]),
        ("atleast/2(lang:fr) a", [("near_operand", "atleast/2", "")]),
        ("atleast/2(a,,b)", [("nothing_before", ",", "")]),
        ("{atleast/2(b} a,c)", [("unknown_name", "{atleast/2(b}", ""), ("unopened_paren", ")", "")]),
        ('"atleast/2(a, b)', [("unclosed_quote", '"atleast/2', '"atleast/2"')]),
        ("x,atleast(a, b) (c", [("unclosed_paren", "(", "")]),
        ("atleast/2()", [("empty_group", "()", "")]),
        ("a followers:many", [("bad_range", "many", "")]),
        ("a followers:..", [("bad_range", "..", "")]),
        ("a followers:>1..5", [("bad_range", ">1..5", "")]),
        ("a followers:500..10", [("empty_range", "500..10", "10..500")]),
        ("a age:<0", [("empty_range", "<0", "0")]),
        ("a followers_count:>5", [("unknown_field", "followers_count:", "followers:")]),
        ("a language:fr", [("unknown_field", "language:", "lang:")]),
        ("a url:*sport*", [("bad_value", "*sport*", "")]),
        ("lang:fr followers:>5", [("too_broad", "lang:fr followers:>5", "")]),
        ("atleast/2(a, lang:fr, lang:en)", [("too_broad", "atleast/2(a, lang:fr, lang:en)", "")]),
        ('raw:"!!!"', [("too_broad", 'raw:"!!!"', "")]),
        ('a "…"', [("no_word", '"…"', "")]),
        ("a } b", [("stray_brace", "}", "")]),
        ("a {brnd}", [("unknown_name", "{brnd}", "{brand}")]),
        ("a {loop}", [("name_cycle", "{loop}", "")]),
        ("a {bad}", [("name_broken", "{bad}", "")]),
        ("a {far}", [("name_broken", "{far}", "")]),
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
        "a NEAR/5f b",
        "a || b",
        '"a b"~x',
        '"a b"~500',
        '"a"~3',
        "atleast3(a, b, c)",
        "atleast/9(a, b, c)",
        "a followers:500..10",
        "a followers_count:>5",
    ):
        (problem,) = problems(text)
        parse(text[: problem.start] + problem.suggestion + text[problem.end :], NAMED)


def test_doubts_do_not_hinder() -> None:
    query = parse("grève and bus ET train")
    assert [(w.code, w.start, w.end, w.suggestion) for w in query.warnings] == [
        ("query.warning.lowercase_operator", 6, 9, "AND"),
        ("query.warning.lowercase_operator", 14, 16, "AND"),
    ]
    query = parse("grèv? near/3 quoi")
    assert [(w.code, w.suggestion) for w in query.warnings] == [
        ("query.warning.final_mark", "grèv"),
        ("query.warning.lowercase_operator", "NEAR/3"),
    ]
    query = parse("café –thé 'du port' 'a' l'eau")
    assert [(w.code, query.source[w.start : w.end], w.suggestion) for w in query.warnings] == [
        ("query.warning.dash", "–thé", "-thé"),
        ("query.warning.single_quotes", "'du port'", '"du port"'),
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
    [
        *'()"“”«»{}#@$*?~:-/,.\n ',
        *(" OR ", " AND ", " NOT ", " NEAR/3 ", " ONEAR/2 ", " NEAR/", " SENTENCE "),
        *("lang:", "raw:", "age:>", "url:", "..", "~2", "atleast/2(", "{brand}", "a", "é", "bc", "咖", "👍🏽", "Ab3"),
    ]
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
    text = 'a SENTENCE atleast/2(b,NOT c) "d e"~2 followers:>3 raw:"F"'
    found = [(text[start:end], kind) for start, end, kind in tokens_for_editor(text)]
    assert found == [
        ("SENTENCE", "op"),
        ("atleast/2", "op"),
        ("(", "op"),
        ("NOT", "op"),
        (")", "op"),
        ('"d e"~2', "st"),
        ("followers:", "fl"),
        ("raw:", "fl"),
        ('"F"', "st"),
    ]
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
