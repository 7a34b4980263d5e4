"""The reference page: its examples are good charters, and it leaves no key out."""

import re
from pathlib import Path

import msgspec
import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from charter.example import VOCABULARY, WHOLE
from vigie.charter import ACTIONS, ROLES, allows, parse
from vigie.charter.nouns import Channel, Charter, Company, Listening, NamedQuery, Person, Retention, Written
from vigie.charter.schema import json_schema
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


@pytest.mark.parametrize("text", EXAMPLES, ids=range(len(EXAMPLES)))
def test_each_example_is_a_good_charter_for_the_parser_and_the_schema(text: str) -> None:
    assert parse(text, VOCABULARY).notes == ()
    assert not list(Draft202012Validator(json_schema()).iter_errors(YAML(typ="safe", pure=True).load(text)))


def test_the_page_names_every_key_and_every_action() -> None:
    keys = [
        field.encode_name
        for noun in (Written, Company, NamedQuery, Person, Channel, Listening, Retention)
        for field in msgspec.structs.fields(noun)
    ]
    missing = [name for name in [*keys, *ACTIONS] if f"`{name}`" not in PAGE and f"`{name}: 1`" not in PAGE]
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
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    whole = YAML(typ="safe", pure=True).load(WHOLE)
    assert not list(validator.iter_errors(whole))
    assert set(schema["properties"]) == {field.encode_name for field in msgspec.structs.fields(Written)}
    assert "digest" in {field.encode_name for field in msgspec.structs.fields(Charter)}
    for wrong in (
        {"reply_within": "soon"},
        {"selling_at_most": 20},
        {"cadence": {"at_most": "often"}},
        {"color": "red"},
    ):
        assert list(validator.iter_errors(whole | {"channels": [whole["channels"][1] | wrong]}))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_code_has_its_sentence(lang: str) -> None:
    w = Wording(lang)
    assert len(CODES) > 40
    assert [code for code in CODES if not w.has(code)] == []
