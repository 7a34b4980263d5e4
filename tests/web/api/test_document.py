"""The document of the API: whole, consistent, and true."""

import re
from typing import Any, get_args

import httpx
import msgspec
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from litestar import Response

from vigie.web.api.document.describe import routes
from vigie.web.site import create_app
from web.served import Site


@pytest.fixture
def document(site: Site) -> dict[str, Any]:
    answer = site.visit().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    return answer.json()


def every(value: Any, key: str) -> list[Any]:
    """All values under a key, anywhere in the document."""
    if isinstance(value, dict):
        here = [value[key]] if key in value else []
        return here + [found for inside in value.values() for found in every(inside, key)]
    return [found for inside in value for found in every(inside, key)] if isinstance(value, list) else []


def test_it_is_openapi_3_1_and_describes_the_api_alone(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert document["info"]["title"] == "Vigie"
    assert all(path.startswith("/api/v1/") for path in document["paths"])
    assert len(document["paths"]) >= 25


def test_every_operation_explains_itself(site: Site, document: dict[str, Any]) -> None:
    described = {tag["name"]: tag["description"] for tag in document["tags"]}
    seen = set()
    for path, method, handler in routes(create_app(site.house)):
        operation = document["paths"][path][method]
        assert operation["operationId"] == handler.operation_id
        assert operation["summary"]
        assert operation["summary"][-1] != "."
        assert operation["description"]
        assert described[operation["tags"][0]]
        named = {one["name"] for one in operation.get("parameters", []) if one.get("in") == "path"}
        assert named == set(re.findall(r"{(\w+)}", path))
        if operation["security"]:
            assert {"401", "403", "429"} <= set(operation["responses"])
        if method != "get" and handler.opt.get("writes"):
            assert {"$ref": "#/components/parameters/Idempotency-Key"} in operation["parameters"]
        seen.add((path, method))
    assert seen == {(path, method) for path, methods in document["paths"].items() for method in methods}
    ids = every(document, "operationId")
    assert len(ids) == len(set(ids))


def test_every_reference_leads_somewhere_and_every_name_is_plain(document: dict[str, Any]) -> None:
    for reference in every(document, "$ref"):
        found: Any = document
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
    schemas = document["components"]["schemas"]
    assert all(re.fullmatch(r"[A-Z][A-Za-z]+", name) for name in schemas)
    assert [name for name, schema in schemas.items() if not schema.get("description")] == []


def test_every_schema_is_one(document: dict[str, Any]) -> None:
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_example_is_one(site: Site) -> None:
    shown = 0
    for _, _, handler in routes(create_app(site.house)):
        example = handler.opt["example"]
        if example is None:
            continue
        kind = handler.opt["hints"]["return"]
        wanted = get_args(kind)[0] if getattr(kind, "__origin__", None) is Response else kind
        if wanted is not Any:
            msgspec.convert(msgspec.to_builtins(example), wanted)
            shown += 1
    assert shown >= 10


def test_answers_have_the_shape_that_is_described(site: Site, api: httpx.Client, document: dict[str, Any]) -> None:
    site.hear("la Brûlerie du Port", "le colis est perdu")
    for path in ("/mentions", "/mentions/1", "/volume", "/today", "/queries", "/queries/brand", "/sources", "/people",
                 "/acts", "/me", "/me/tokens", "/me/sessions", "/health", "/problems", "/charter"):  # fmt: skip
        answer = api.get(path)
        assert answer.status_code == 200, answer.text
        described = re.sub(r"/(1|brand)$", "/{id}", path)
        content = document["paths"][f"/api/v1{described}"]["get"]["responses"]["200"]["content"]["application/json"]
        schema = content["schema"] | {"components": document["components"]}
        Draft202012Validator(schema, format_checker=FormatChecker()).validate(answer.json())
