"""What people answered to rules, counted and weighed, over a real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from vigie.charter import Charter, Vocabulary, parse
from vigie.checks import built_in
from vigie.flows.ports.drafts import Drafts
from vigie.flows.rules_report import DAY, Line, report
from vigie.model import Act, Content, Decision, Millis, Raised, Severity, Verdict
from vigie.store import open_store

NOW: Millis = 1_794_501_720_000
CHARTER = """\
charter: 1
company: {name: Port, languages: [fr], timezone: Europe/Paris}
checks: {bait: {off: true}, claims: {trial: true, severity: warn}}
rules:
  - {id: garantie, match: garanti, severity: block, why: on tient parole, bad: [garanti], good: [on le répare]}
  - {id: voisins, was: [concurrents, rivaux], match: gravelot, why: on se tait, bad: [gravelot], good: [le nôtre]}
  - {id: essai, match: zut, status: trial, why: on reste poli, bad: [zut], good: [bien]}
"""


@pytest.fixture(scope="module")
def charter() -> Charter:
    return parse(CHARTER, Vocabulary(frozenset(), checks={check.id: check.options for check in built_in()}))


@pytest.fixture
def drafts(tmp_path: Path) -> Iterator[Drafts]:
    store = open_store(tmp_path / "vigie.db", role="test")
    yield store.drafts
    store.close()


def begin(drafts: Drafts, at: Millis) -> int:
    act = Act(at=at, who="ines", verb="draft.begun", what="draft")
    return drafts.begin(Content(text="un texte"), "ines", at, act).id


def fire(drafts: Drafts, rule: str, verdict: Verdict | None = None, *, at: Millis = NOW - DAY, why: str = "") -> int:
    """The rule speaks in a draft of its own, and somebody answers."""
    id = begin(drafts, at)
    severity: Severity = "block" if rule == "garantie" else "warn"
    drafts.raise_findings([Raised(id, rule, f"mark-{rule}", severity, rule == "essai", at)])
    if verdict:
        decide(drafts, id, rule, verdict, at=at, why=why)
    return id


def decide(
    drafts: Drafts, id: int, rule: str, verdict: Verdict, *, at: Millis, why: str = "", until: Millis | None = None
) -> None:
    made = Decision(id, rule, f"mark-{rule}", verdict, "ines", why, at, until)
    drafts.decide(made, Act(at=at, who="ines", verb=f"finding.{verdict}", what=f"draft:{id}"))


def line(charter: Charter, drafts: Drafts, id: str) -> Line:
    found = report(charter, built_in(), drafts, NOW - 90 * DAY, NOW).line(id)
    assert found
    return found


def test_every_rule_and_every_check_has_its_line_even_where_nothing_happened(charter: Charter, drafts: Drafts) -> None:
    found = report(charter, built_in(), drafts, 0, NOW)
    ids = [one.id for one in found.lines]
    assert ids[:3] == ["garantie", "voisins", "essai"]
    assert set(ids[3:]) == {check.id for check in built_in()}
    assert (found.drafts, sum(one.fired for one in found.lines)) == (0, 0)
    assert not any(one.advice for one in found.lines), "nobody wrote: silence proves nothing"
    assert line(charter, drafts, "bait").status == "off"
    assert (line(charter, drafts, "claims").status, line(charter, drafts, "claims").severity) == ("trial", "warn")


def test_each_answer_is_counted_once_and_the_last_word_counts(charter: Charter, drafts: Drafts) -> None:
    fire(drafts, "garantie", "accepted")
    fire(drafts, "garantie")
    changed = fire(drafts, "garantie", "dismissed", why="une citation")
    decide(drafts, changed, "garantie", "suppressed", at=NOW - DAY + 1, why="la directrice est d'accord")
    found = line(charter, drafts, "garantie")
    assert (found.fired, found.accepted, found.dismissed, found.suppressed, found.unanswered) == (3, 1, 0, 1, 1)
    assert [one.why for one in found.reasons] == ["la directrice est d'accord"]
    assert found.drafts == 3


def test_a_no_that_was_taken_back_is_no_answer(charter: Charter, drafts: Drafts) -> None:
    id = fire(drafts, "garantie", "dismissed", why="une erreur")
    decide(drafts, id, "garantie", "suppressed", at=NOW, until=NOW)
    found = line(charter, drafts, "garantie")
    assert (found.fired, found.decided, found.reasons) == (1, 0, ())


def test_a_renamed_rule_keeps_its_history_and_a_lost_one_is_told(charter: Charter, drafts: Drafts) -> None:
    for name in ("rivaux", "concurrents", "voisins", "disparue"):
        fire(drafts, name, "accepted")
    assert line(charter, drafts, "voisins").fired == 3
    gone = line(charter, drafts, "disparue")
    assert (gone.status, gone.fired, gone.advice) == ("gone", 1, "")


def test_what_is_older_does_not_count(charter: Charter, drafts: Drafts) -> None:
    fire(drafts, "garantie", "accepted", at=NOW - 91 * DAY)
    assert line(charter, drafts, "garantie").fired == 0


@pytest.mark.parametrize(
    ("rule", "verdicts", "advice"),
    [
        ("garantie", ["dismissed"] * 8 + ["accepted"], "dismissed"),
        ("garantie", ["dismissed"] * 2, ""),
        ("garantie", ["dismissed"] * 3 + ["accepted"] * 3, ""),
        ("garantie", ["suppressed"] * 3 + ["accepted"], "let-pass"),
        ("voisins", ["suppressed"] * 3 + ["accepted"], ""),
        ("essai", [None] * 5, "proven"),
        ("essai", [None] * 5 + ["dismissed"], ""),
        ("essai", [None] * 4, ""),
    ],
)
def test_what_the_figures_speak_for(
    charter: Charter, drafts: Drafts, rule: str, verdicts: list[Verdict | None], advice: str
) -> None:
    for verdict in verdicts:
        fire(drafts, rule, verdict, why="parce que")
    assert line(charter, drafts, rule).advice == advice


def test_a_silent_rule_is_named_once_others_spoke_enough(charter: Charter, drafts: Drafts) -> None:
    for _ in range(9):
        fire(drafts, "garantie")
    assert line(charter, drafts, "voisins").advice == ""
    fire(drafts, "corporate")
    assert line(charter, drafts, "voisins").advice == "silent"
    assert line(charter, drafts, "secrets").advice == "", "a built-in check that is silent costs nobody anything"


def test_without_a_charter_the_checks_are_told(drafts: Drafts) -> None:
    fire(drafts, "corporate", "accepted")
    found = report(None, built_in(), drafts, 0, NOW).line("corporate")
    assert found
    assert (found.status, found.severity, found.accepted) == ("active", "warn", 1)
