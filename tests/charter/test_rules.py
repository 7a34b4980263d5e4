"""Rules of the house: proved by their own examples when the charter is read."""

import pytest

from charter.example import VOCABULARY, WHOLE
from vigie.charter import CharterError, Example, Problem, parse
from vigie.charter.proving import MOST_CONDITIONS_ALONE, MOST_RULES

HEAD = """\
charter: 1
company: {name: A, languages: [fr, en], timezone: Europe/Paris}
queries: [{id: q, purpose: p, match: moka}]
"""
RULE = "rules:\n- id: r\n  why: p\n  bad: [café]\n  good: [thé]\n"


def problems(text: str) -> list[Problem]:
    with pytest.raises(CharterError) as caught:
        parse(text, VOCABULARY)
    return list(caught.value.problems)


def only(text: str) -> tuple[str, int, int]:
    (found,) = problems(text)
    return found.code.removeprefix("charter.error."), found.line, found.column


def test_a_rule_is_read_with_its_examples() -> None:
    (rule,) = parse(WHOLE, VOCABULARY).rules
    assert (rule.id, rule.was, rule.origin, rule.severity, rule.status) == (
        "no-guarantee", ("guarantee",), "guarantee", "block", "trial",
    )  # fmt: skip
    assert rule.why == {"fr": "On ne promet que ce que l'on tient.", "en": "We promise what we can keep."}
    assert rule.suggest == {"": "Dites ce que vous ferez si cela casse."}
    assert rule.bad[1] == Example("Every mug has a lifetime guarantee", language="en")
    assert rule.good[1] == Example("Garanti à vie", language="fr", network="mastodon")
    assert (rule.languages, rule.channels, rule.networks) == (("fr", "en"), ("bsky",), ("bluesky", "mastodon"))


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ("", ("rule-asks-nothing", 5, 3)),
        ("  match: caf* NOT café\n", ("bad-example-passes", 7, 9)),
        ("  match: café OR thé\n", ("good-example-found", 8, 10)),
        ("  match: caf*\n  when: draft.length > 10\n", ("bad-example-passes", 7, 9)),
        ("  match: caf*\n  when: draft.lengt > 10\n", ("when-unknown-name", 10, 9)),
        ('  match: caf*\n  when: "draft.length >\\n  \'a\'"\n', ("when-types", 10, 23)),
        ("  match: caf*\n  when: recent[0].text == ''\n", ("when-fails", 7, 9)),
        ("  match: caf*\n  channels: [bsky]\n", ("unknown-channel", 10, 14)),
        ("  match: caf*\n  networks: [bluski]\n", ("unknown-network", 10, 14)),
        ("  match: caf*\n  severity: stop\n", ("not-one-of", 10, 13)),
        ("  match: caf*\n  suggest: [a]\n", ("wants-text-or-mapping", 10, 12)),
        ("  match: caf*\n  was: [r]\n", ("former-id-taken", 10, 8)),
        ("  match: caf*\n  allow: [café]\n", ("bad-example-passes", 7, 9)),
        ("  match: caf*\n  colour: red\n", ("unknown-key", 10, 3)),
    ],
)  # fmt: skip
def test_each_mistake_has_its_place(entries: str, expected: tuple[str, int, int]) -> None:
    assert only(HEAD + RULE + entries) == expected


def test_a_mistake_in_the_words_of_a_rule_is_shown_where_it_is() -> None:
    (found,) = problems(HEAD + RULE + "  match: caf* AND (\n")
    assert (found.code.partition(".")[0], found.line, found.column) == ("query", 9, 19)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("why: p, bad: [a], good: []", "empty-list"),
        ("why: p, bad: [a]", "missing-key"),
        ("why: p, bad: {fr: [café]}, good: {fr: [b], en: [b]}", "no-example"),
        ("why: p, bad: {fr: [café], en: []}, good: {fr: [b], en: [b]}", "no-example"),
        ("why: p, bad: {french: [café]}, good: [b]", "bad-language"),
        ("why: {fr: []}, bad: [café], good: [b]", "wants-text"),
        ("why: p, bad: café, good: [b]", "wants-list"),
        ("why: p, bad: [[café]], good: [b]", "wants-mapping"),
        ("why: p, bad: [{txt: café}], good: [b]", "unknown-key"),
        ("why: p, bad: [{text: café, at: noon}], good: [b]", "bad-moment"),
    ],
)
def test_examples_are_there_in_each_language(rule: str, expected: str) -> None:
    found = problems(f"{HEAD}rules: [{{id: r, match: café, {rule}}}]\n")
    assert f"charter.error.{expected}" in {problem.code for problem in found}


def test_a_plain_list_is_noted_where_the_house_speaks_two_languages() -> None:
    charter = parse(HEAD + RULE + "  match: caf*\n", VOCABULARY)
    assert [note.code for note in charter.notes] == ["charter.note.examples-without-language"]
    assert parse(HEAD + RULE + "  match: caf*\n  languages: [fr]\n", VOCABULARY).notes == ()


def test_a_rule_may_use_a_query_and_allow_a_phrase() -> None:
    rules = "rules:\n- {id: r, match: '{q}', why: p, allow: [moka fort], bad: [le moka], good: [le Moka fort]}\n"
    assert parse(HEAD + rules, VOCABULARY).rules[0].allow == ("moka fort",)


def test_an_example_brings_what_is_around_it() -> None:
    text = (
        HEAD
        + """
channels: [{id: here, network: rss, account: a}]
people: [{id: a, name: A, roles: [owner]}]
rules:
- id: r
  why: p
  when: >-
    draft.hour >= 20 && draft.weekday == "friday" && draft.channel == "here" && draft.objective == "o"
    && "author" in author.roles && author.certified && draft.ai && draft.media[0].alt == "a" && draft.answers == "b"
    && recent[1].text == "d" && recent[1].hours_ago == 48.0 && incidents == ["all"]
  bad:
    - {text: x, at: 2026-11-20T21:00, channel: here, objective: o, roles: [author], certified: true, ai: true,
       media: [a], answers: b, recent: [c, d], incidents: [all]}
  good: [x, "", {at: 2026-11-20T21:00}]
"""
    )
    assert parse(text, VOCABULARY).rules[0].when
    for told, other in (
        ("at: 2026-11-20T21:00", "at: 2026-11-19T21:00"),
        ("channel: here, ", ""),
        ("objective: o, ", ""),
        ("roles: [author], ", ""),
        ("certified: true, ", ""),
        (" ai: true,", ""),
        ("media: [a],", "media: [b],"),
        ("answers: b, ", ""),
        ("recent: [c, d]", "recent: [d, c]"),
        ("incidents: [all]", "incidents: [here]"),
    ):
        found = problems(text.replace(told, other))
        assert [problem.code for problem in found] == ["charter.error.bad-example-passes"], told


def test_ids_of_before_are_each_one_rule_s() -> None:
    one = "- {{id: {0}, was: [{1}], match: {0}, why: p, languages: [fr], bad: [{0}], good: [x]}}\n"
    assert only(HEAD + "rules:\n" + one.format("a", "z") + one.format("b", "z"))[0] == "former-id-taken"
    assert parse(HEAD + "rules:\n" + one.format("a", "y") + one.format("b", "z"), VOCABULARY)


@pytest.mark.parametrize(
    ("entry", "limit"),
    [("{{id: r{0}, match: ab, why: p, bad: [ab], good: [c]}}", MOST_RULES),
     ("{{id: r{0}, when: draft.ai, why: p, bad: [{{ai: true}}], good: [c]}}", MOST_CONDITIONS_ALONE)],
)  # fmt: skip
def test_too_many_rules_are_refused(entry: str, limit: int) -> None:
    text = HEAD + "rules:\n" + "".join(f"- {entry.format(number)}\n" for number in range(limit + 1))
    found = problems(text)
    assert [(one.code, one.values["limit"]) for one in found] == [("charter.error.too-many-rules", limit)]
