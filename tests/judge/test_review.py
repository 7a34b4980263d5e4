"""Drafts against checks and rules: who speaks, in which order, how strongly, and what is let pass."""

from collections.abc import Callable, Mapping

import pytest

from charter.example import VOCABULARY
from vigie.charter import Charter, parse
from vigie.checks import built_in
from vigie.judge.policy import policy
from vigie.judge.review import review
from vigie.judge.screen import Matches
from vigie.model import Draft, Facts, Finding, Suppression
from vigie.query import Matcher, PlainMatcher, Query
from vigie.query.shelf import Shelf

HEAD = """\
charter: 1
company: {name: A, languages: [fr, en], timezone: Europe/Paris}
queries: [{id: rivals, purpose: p, match: gravelot OR tadorne}]
channels: [{id: bsky, network: bluesky, account: a.example}, {id: masto, network: mastodon, account: a@b.example}]
"""
RULES = (
    HEAD
    + """\
rules:
- id: rivals
  was: [others, neighbours]
  match: '{rivals}'
  severity: block
  allow: [rue Gravelot]
  why: {fr: Pas les voisins., en: Not the neighbours.}
  suggest: Parlez de nous.
  bad: {fr: [Les cafés Gravelot], en: [Gravelot]}
  good: {fr: [12 rue Gravelot], en: [us]}
- {id: french, match: moka, languages: [fr], why: p, bad: [moka], good: [thé]}
- {id: here, match: moka, channels: [bsky], why: p, status: trial, severity: note, bad: [moka], good: [thé]}
- {id: there, match: moka, networks: [mastodon], why: p, bad: [moka], good: [thé]}
- {id: night, when: draft.hour >= 22, why: p, bad: [{at: 2026-11-20T23:00}], good: [x]}
"""
)
HOLLOW = "Nous sommes ravis de vous annoncer la nouvelle."


def charter(text: str) -> Charter:
    return parse(text, VOCABULARY)


def said(
    draft: Draft | str,
    text: str = RULES,
    facts: Facts = Facts(),  # noqa: B008 - frozen
    make: Callable[[Mapping[str, Query]], Matches] = PlainMatcher,
) -> tuple[Finding, ...]:
    draft = Draft(draft) if isinstance(draft, str) else draft
    return review([(draft, facts)], policy(charter(text) if text else None, make))[0]


def rules(*args: object, **kwargs: object) -> list[str]:
    return [finding.rule for finding in said(*args, **kwargs) if finding.rule not in BUILT_IN]  # type: ignore[arg-type]


BUILT_IN = {check.id for check in built_in()}


def test_a_rule_speaks_with_the_house_s_own_words() -> None:
    (found,) = [one for one in said("Les cafés Gravelot brûlent") if one.rule == "rivals"]
    assert (found.severity, found.code, found.spans[0].start, found.spans[0].end) == ("block", "", 10, 18)
    assert found.why == {"fr": "Pas les voisins.", "en": "Not the neighbours."}
    assert found.suggest == {"": "Parlez de nous."}
    assert found.stops


def test_a_rule_holds_where_it_is_limited_to() -> None:
    assert rules(Draft("moka", language="fr", network="bluesky", channel="bsky")) == ["french", "here"]
    assert rules(Draft("moka", language="en", network="mastodon", channel="masto")) == ["there"]
    assert rules("moka") == ["french", "here", "there"]


def test_a_rule_on_trial_stops_nothing() -> None:
    by_rule = {one.rule: one for one in said("moka")}
    assert (by_rule["here"].trial, by_rule["here"].severity, by_rule["french"].trial) == (True, "note", False)


def test_a_rule_without_words_is_about_the_draft() -> None:
    late = Facts(now=1_763_159_400_000)  # 23:30 in Paris
    (found,) = [one for one in said("x", facts=late) if one.rule == "night"]
    assert (found.spans, found.part) == ((), "draft")


def test_an_allowed_phrase_is_passed_over_and_the_rest_is_not() -> None:
    assert rules("Au 12, RUE GRAVELOT") == []
    (found,) = [one for one in said("rue Gravelot, chez Gravelot") if one.rule == "rivals"]
    assert [(span.start, span.end) for span in found.spans] == [(19, 27)]


def test_a_check_is_tuned_by_the_charter() -> None:
    def hollow(options: str) -> list[Finding]:
        return [
            one for one in said(HOLLOW, HEAD + f"checks: {{corporate: {{{options}}}}}\n") if one.rule == "corporate"
        ]

    (usual,) = [one for one in said(HOLLOW, "") if one.rule == "corporate"]
    assert usual.code.startswith("checks.corporate.")
    assert HOLLOW[usual.spans[0].start : usual.spans[0].end].startswith("ravis")
    assert hollow("off: true") == []
    assert hollow("allow: [ravis de vous annoncer]") == []
    assert [one.severity for one in hollow("severity: block")] == ["block"]
    assert [one.trial for one in hollow("trial: true")] == [True]
    assert len(hollow("allow: [très ravis de vous annoncer]")) == 1


def test_patterns_of_another_language_are_silent() -> None:
    assert any(one.rule == "corporate" for one in said(Draft(HOLLOW, language="fr"), ""))
    assert not any(one.rule == "corporate" for one in said(Draft(HOLLOW, language="en"), ""))


def test_findings_stand_in_the_order_of_the_words() -> None:
    found = said(Draft("moka, puis Tadorne", when=1_763_159_400_000))
    assert [one.rule for one in found if one.rule not in BUILT_IN] == ["french", "here", "there", "rivals", "night"]


def test_a_finding_is_recognised_wherever_its_words_stand() -> None:
    def marks(text: str) -> list[str]:
        return [one.fingerprint for one in said(text) if one.rule == "rivals"]

    (mark,) = marks("Tadorne")
    assert len(mark) == 16
    assert marks("Et les autres, TADORNE encore ?") == [mark]
    assert marks("Gravelot") != [mark]


def test_a_renamed_rule_keeps_its_history() -> None:
    before = RULES.replace("was: [others, neighbours]", "was: []").replace("id: rivals\n  was", "id: others\n  was")
    (old,) = [one for one in said("Tadorne", before) if one.rule == "others"]
    (new,) = [one for one in said("Tadorne") if one.rule == "rivals"]
    assert old.fingerprint == new.fingerprint


@pytest.mark.parametrize("name", ["fingerprint", "rivals", "others", "neighbours"])
def test_what_a_person_lets_pass_stops_nothing_until_it_ends(name: str) -> None:
    (found,) = [one for one in said("Tadorne") if one.rule == "rivals"]
    name = found.fingerprint if name == "fingerprint" else name
    allowed = Suppression("maelle", "leur fête", at=0, until=1_000)

    def again(now: int) -> Finding:
        facts = Facts(now=now, suppressions={name: allowed})
        return next(one for one in said("Tadorne", facts=facts) if one.rule == "rivals")

    assert (again(999).suppressed, again(999).stops) == (allowed, False)
    assert (again(1_000).suppressed, again(1_000).stops) == (None, True)


def test_a_condition_without_an_answer_is_told_and_stops_nothing() -> None:
    text = (
        HEAD
        + "rules: [{id: r, when: 'recent[0].text == \"a\"', why: p, bad: [{recent: [a]}], good: [{recent: [b]}]}]\n"
    )
    (found,) = [one for one in said("x", text) if one.rule == "r"]
    assert (found.severity, found.code, found.values["rule"]) == ("note", "review.no-answer", "r")


def test_disguised_words_are_found_where_they_stand() -> None:
    for text in (
        "Chez Tаdоrne",
        "Chez T\u200badorne",
        "Chez 𝓣𝓪𝓭𝓸𝓻𝓷𝓮",
        "Chez Ｔａｄｏｒｎｅ",
        "Chez Ⓣⓐⓓⓞⓡⓝⓔ",
        "Chez Ta\u00addorne",
    ):
        (found,) = [one for one in said(text) if one.rule == "rivals"]
        assert (found.spans[0].start, found.spans[0].end) == (5, len(text)), text


def test_every_matcher_gives_the_same_findings() -> None:
    drafts = [HOLLOW, "moka, Tadorne", "rue Gravelot", "", "We are thrilled to announce synergies", "\ud800 Tadorne"]
    by = {name: policy(charter(RULES), make) for name, make in MATCHERS.items()}
    batch = [(Draft(text), Facts()) for text in drafts]
    plain, compiled, shelf = (review(batch, one) for one in by.values())
    assert plain == compiled == shelf
    assert [review([one], by["plain"])[0] for one in batch] == plain
    assert review([], by["plain"]) == []


MATCHERS: dict[str, Callable[[Mapping[str, Query]], Matches]] = {
    "plain": PlainMatcher,
    "compiled": Matcher,
    "shelf": Shelf().matcher,
}
