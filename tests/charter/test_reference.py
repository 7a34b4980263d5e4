"""The reference page: its examples are good charters, and it leaves no key out."""

import json
import re
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from charter.example import CHECKS, VOCABULARY, WHOLE
from vigie.charter import ACTIONS, ROLES, allows, parse
from vigie.charter.conditions import MEDIA_KEYS, RECENT_KEYS, VARIABLES
from vigie.charter.guarding import Crisis, Hook, PreparedAnswer, ReflexSheet, Signing, Step, Trigger, Tripwire
from vigie.charter.nouns import (
    Calendar,
    Channel,
    Company,
    Example,
    Listening,
    Mourning,
    NamedQuery,
    Objective,
    Partner,
    Person,
    Retention,
    Rule,
)
from vigie.charter.schema import json_schema
from vigie.charter.whole import Charter, Written
from vigie.checks import Options
from vigie.model import Origin
from vigie.wording import Wording

PAGE = (Path(__file__).parents[2] / "docs/reference/charter.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
CODES = sorted(
    {
        code
        for file in (Path(__file__).parents[2] / "src/vigie/charter").glob("*.py")
        for code in re.findall(r'"(charter\.(?:error|note)\.[a-z-]+)"', file.read_text(encoding="utf-8"))
    }
)


def as_json(text: str) -> Any:
    """What an editor's validator sees: dates are texts."""
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(text), default=str))


@pytest.mark.parametrize("text", EXAMPLES, ids=range(len(EXAMPLES)))
def test_each_example_is_a_good_charter_for_the_parser_and_the_schema(text: str) -> None:
    assert parse(text, VOCABULARY).notes == ()
    assert not list(Draft202012Validator(json_schema(CHECKS)).iter_errors(as_json(text)))


def test_the_page_names_every_key_and_every_action() -> None:
    keys = [
        field.encode_name
        for noun in (
            *(Written, Company, NamedQuery, Person, Channel, Listening, Retention, Objective, Partner, Calendar),
            *(Mourning, Rule, Example, Options, Signing, Crisis, Tripwire, ReflexSheet, Step, PreparedAnswer, Hook),
        )
        for field in msgspec.structs.fields(noun)
    ]
    names = [*keys, *ACTIONS, *VARIABLES, *MEDIA_KEYS, *RECENT_KEYS, *get_args(Trigger), *get_args(Origin)]
    missing = [name for name in names if f"`{name}`" not in PAGE and f"`{name}: 1`" not in PAGE]
    assert missing == []


def test_the_page_s_table_of_rights_is_the_product_s() -> None:
    rows = re.findall(r"^\| ((?:`[a-z-]+`(?:, )?)+) \|(.*)\|$", PAGE, re.MULTILINE)
    said = {
        (role, action): cell.strip() == "yes"
        for actions, cells in rows
        if len(cells.split("|")) == len(ROLES)
        for action in re.findall("`([a-z-]+)`", actions)
        for role, cell in zip(ROLES, cells.split("|"), strict=True)
    }
    assert said == {(role, action): allows((role,), action) for role in ROLES for action in ACTIONS}


def test_the_schema_is_one_and_takes_the_whole_charter() -> None:
    schema = json_schema(CHECKS)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    whole = as_json(WHOLE)
    assert not list(validator.iter_errors(whole))
    assert set(schema["properties"]) == {field.encode_name for field in msgspec.structs.fields(Written)}
    assert "digest" in {field.encode_name for field in msgspec.structs.fields(Charter)}
    for wrong in (
        {"reply_within": "soon"},
        {"selling_at_most": 20},
        {"cadence": {"at_most": "often"}},
        {"color": "red"},
        {"slots": ["mardi 11h30"]},
    ):
        assert list(validator.iter_errors(whole | {"channels": [whole["channels"][1] | wrong]}))
    for section in (
        {"checks": {"corporat": {}}},
        {"checks": {"corporate": {"severity": "stop"}}},
        {"rules": [whole["rules"][0] | {"bad": []}]},
        {"rules": [whole["rules"][0] | {"good": {"french": ["a"]}}]},
        {"rules": [{"id": "a", "match": "abc"}]},
        {"objectives": [{"id": "a", "statement": "b", "until": "soon"}]},
        {"approvals": [{"id": "a", "need": "some"}]},
        {"approvals": [{"id": "a", "by": []}]},
        {"approvals": [{"id": "a", "severity": ""}]},
        {"crisis": {"pause_when": [{"id": "a"}]}},
        {"crisis": {"pause_when": [{"id": "a", "on": "reactions", "at_least": 0}]}},
        {"crisis": {"playbook": [{"id": "a", "steps": []}]}},
        {"crisis": {"contain_within": 10}},
    ):
        assert list(validator.iter_errors(whole | section))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_code_has_its_sentence(lang: str) -> None:
    w = Wording(lang)
    assert len(CODES) > 50
    assert [code for code in CODES if not w.has(code)] == []
