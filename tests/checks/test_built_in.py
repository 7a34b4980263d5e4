"""Every check is whole: words, page, sentences, tests, and options that a charter can say."""

from pathlib import Path

import msgspec
import pytest

from vigie.charter import Vocabulary, parse
from vigie.charter.schema import json_schema
from vigie.checks import Check, Options, built_in
from vigie.checks.patterns import LANGUAGES
from vigie.query import parse as parse_query
from vigie.wording import Wording

CHECKOUT = Path(__file__).parents[2]
CHECKS = pytest.mark.parametrize("check", built_in(), ids=lambda check: check.id)
HEAD = "charter: 1\ncompany: {name: A, languages: [fr], timezone: UTC}\n"


@CHECKS
def test_it_has_a_page_and_tests(check: Check) -> None:
    page = CHECKOUT / "docs/reference/checks" / f"{check.id}.md"
    assert page.is_file()
    more = {field.encode_name for field in msgspec.structs.fields(check.options)}
    more -= {field.encode_name for field in msgspec.structs.fields(Options)}
    assert [name for name in sorted(more) if f"`{name}`" not in page.read_text("utf-8")] == []
    assert (CHECKOUT / "tests/checks/builtin" / f"test_{check.id.replace('-', '_')}.py").is_file()


@CHECKS
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_it_has_its_sentences(check: Check, lang: str) -> None:
    w = Wording(lang)
    codes = {"name", "why", *(pattern.code for pattern in check.patterns if pattern.speaks)}
    assert [code for code in sorted(codes) if not w.has(f"checks.{check.id}.{code}")] == []


@CHECKS
def test_its_patterns_are_queries(check: Check) -> None:
    for pattern in check.patterns:
        for language in LANGUAGES:
            if text := pattern.query(language):
                assert parse_query(text).root


@CHECKS
def test_a_charter_can_tune_it(check: Check) -> None:
    vocabulary = Vocabulary(frozenset(), checks={check.id: check.options})
    tuned = parse(HEAD + f"checks: {{{check.id}: {{severity: note, trial: true, allow: [a b]}}}}\n", vocabulary)
    assert tuned.checks[check.id] == check.options(severity="note", trial=True, allow=("a b",))
    assert check.id in json_schema(vocabulary.checks)["properties"]["checks"]["properties"]
