"""The forms of `vigie check` that programs read, read back by one."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from vigie.cli.reports import form, forms
from vigie.flows.check_texts import Baseline, Defaults, Document, Report, check, known_of, read_calendar, read_markdown
from vigie.judge.policy import Policy, policy
from vigie.query import PlainMatcher
from vigie.wording import Wording

NOW = 1_796_119_200_000
"""2026-12-01T10:00:00Z."""
BY = Defaults(detect=lambda _: "fr", now=NOW)
MARKDOWN = """\
---
media: [{alt: ""}]
---
👩🏽‍🍳 Achetez vite: 20% de remise, https://port.example/?utm_source=x
Achetez vite <!-- relire -->
<!-- vigie-allow corporate until 2999-12-31: citation -->
Ravis de vous annoncer
"""
CALENDAR = 'texte;réseau\r\n"Le ""vrai"" #bonneannee";bluesky\r\nBonjour;mastodon\r\n'
COMMAND = re.compile(r"^::(?P<level>error|warning|notice) (?P<properties>[^:]*)::(?P<data>.*)$")


@pytest.fixture(scope="module")
def checks() -> Policy:
    return policy(None, PlainMatcher)


def documents() -> list[Document]:
    return [
        read_markdown("posts/lundi, café.md", MARKDOWN, BY),
        read_calendar("posts/calendar.csv", CALENDAR, BY),
    ]


@pytest.fixture
def report(checks: Policy) -> Report:
    return check(documents(), checks, NOW, strict=True)


@pytest.fixture
def half_known(checks: Policy, report: Report) -> Report:
    """The same where what is said of the calendar was known before."""
    known = known_of((file.name, told.finding) for file, _, told in report.each() if file.name.endswith(".csv"))
    assert known != Baseline()
    return check(documents(), checks, NOW, known=known, strict=True)


def test_each_file_of_the_folder_is_a_form() -> None:
    assert forms() == ("github", "json", "junit", "sarif", "text")


# SARIF


def sarif(report: Report) -> dict[str, Any]:
    return json.loads(str(form("sarif")(report, Wording("fr"))))


def results(log: dict[str, Any]) -> list[dict[str, Any]]:
    return log["runs"][0]["results"]


def test_sarif_is_what_its_schema_asks(half_known: Report, evaluation_data: Path) -> None:
    schema = json.loads((evaluation_data / "schemas" / "sarif-schema-2.1.0.json").read_text("utf-8"))
    jsonschema.validators.validator_for(schema)(schema).validate(sarif(half_known))
    jsonschema.validators.validator_for(schema)(schema).validate(sarif(Report(())))


def test_sarif_says_where_in_utf_16(report: Report) -> None:
    units = {line: text.encode("utf-16-le") for line, text in enumerate(MARKDOWN.split("\n"), 1)}
    seen = 0
    for one in results(sarif(report)):
        place = one["locations"][0]["physicalLocation"]
        region = place["region"]
        if not place["artifactLocation"]["uri"].endswith(".md") or "startColumn" not in region:
            continue
        words = units[region["startLine"]][2 * region["startColumn"] - 2 : 2 * region["endColumn"] - 2]
        if "utm_source" in one["message"]["text"]:
            assert words.decode("utf-16-le") == "https://port.example/?utm_source=x"
            assert region["startColumn"] == MARKDOWN.split("\n")[3].index("https") + 1 + 3  # three signs of two units
            assert one["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"] == region
            seen += 1
    assert seen == 1


def test_sarif_names_files_and_rules(report: Report) -> None:
    log = sarif(report)
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    for one in results(log):
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
        location = one["locations"][0]["physicalLocation"]["artifactLocation"]
        assert location in (
            {"uri": "posts/lundi%2C%20caf%C3%A9.md", "uriBaseId": "%SRCROOT%"},
            {"uri": "posts/calendar.csv", "uriBaseId": "%SRCROOT%"},
        )


def test_sarif_marks_what_is_let_pass(half_known: Report) -> None:
    found = {one["ruleId"]: one["suppressions"] for one in results(sarif(half_known))}
    assert found["corporate"] == [{"kind": "inSource", "status": "accepted", "justification": "citation"}]
    assert found["overselling"] == []
    known = [one for one in results(sarif(half_known)) if "calendar" in str(one["locations"])]
    assert known
    assert all(one["suppressions"][0]["kind"] == "external" for one in known)


def test_fingerprints_stay_when_words_move(checks: Policy, report: Report) -> None:
    moved = read_markdown("posts/lundi, café.md", MARKDOWN.replace("👩🏽‍🍳", "Bonjour.\n\n"), BY)
    again = check([moved], checks, NOW, strict=True)

    def marks(of: Report) -> Iterator[str]:
        for one in results(sarif(of)):
            if "lundi" in str(one["locations"]):
                yield one["partialFingerprints"]["vigieFinding/v1"]

    assert sorted(marks(again)) == sorted(marks(report))


# GitHub


def unescaped(words: str) -> str:
    for sign, written in ((":", "%3A"), (",", "%2C"), ("\n", "%0A"), ("\r", "%0D"), ("%", "%25")):
        words = words.replace(written, sign)
    return words


def test_github_s_runner_understands_the_annotations(half_known: Report) -> None:
    lines = str(form("github")(half_known, Wording("fr"))).splitlines()
    assert lines
    places = []
    for line in lines:
        found = COMMAND.match(line)
        assert found, line
        told = {key: unescaped(value) for key, value in (one.split("=", 1) for one in found["properties"].split(","))}
        assert told["file"] == "posts/lundi, café.md"  # what the baseline knows is not told
        assert int(told["line"]) <= int(told["endLine"])
        assert "(corporate)" not in found["data"]  # nor what is let pass
        if "col" in told:
            text = MARKDOWN.split("\n")[int(told["line"]) - 1]
            places.append(text[int(told["col"]) - 1 : int(told["endColumn"]) - 1])
    assert "https://port.example/?utm_source=x" in places


def test_a_percent_sign_and_a_line_end_survive_github(checks: Policy) -> None:
    text = "Achetez\nvite"
    report = check([Document("50%: a.md", text, read_markdown("", text, BY).writings)], checks, NOW)
    line = str(form("github")(report, Wording("fr"))).splitlines()[0]
    assert "file=50%25%3A a.md," in line


# JUnit


def test_junit_counts_what_it_holds(half_known: Report) -> None:
    root = ET.fromstring(str(form("junit")(half_known, Wording("fr"))).encode())
    cases = root.findall("testsuite/testcase")
    assert int(root.get("tests", "")) == len(cases)
    assert int(root.get("failures", "")) == len(root.findall("testsuite/testcase/failure")) == half_known.stopping
    assert int(root.get("skipped", "")) == len(root.findall("testsuite/testcase/skipped")) > 1
    assert [one.get("name") for one in root] == ["posts/lundi, café.md", "posts/calendar.csv:2", "posts/calendar.csv:3"]
    assert "rien à redire" in [case.get("name") for case in cases]
    for suite in root:
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))


def test_junit_holds_no_character_that_xml_cannot(checks: Policy) -> None:
    document = read_markdown("a\x01.md", "Achetez vite\x00 \ud800 https://port.example/?utm_source=\x02", BY)
    report = check([document], checks, NOW)
    for lang in ("fr", "en"):
        assert ET.fromstring(str(form("junit")(report, Wording(lang))).encode()).get("failures")


def test_every_form_tells_nothing_of_nothing() -> None:
    for name in forms():
        assert form(name)(Report(()), Wording("en")) is not None
