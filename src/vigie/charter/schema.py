"""The charter's shape as a JSON Schema, for editors that complete and check while one types."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct, inspect

from vigie.charter.nouns import Example
from vigie.charter.whole import Written
from vigie.model import SourceSpec

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


_LANGUAGE = "^[a-z]{2,3}$"
_NO_CHECKS: Mapping[str, type[Struct]] = MappingProxyType({})


def json_schema(checks: Mapping[str, type[Struct]] = _NO_CHECKS) -> dict[str, Any]:
    """The whole schema; ``checks`` are those of `Vocabulary`.

    What a schema cannot say (ids that must exist, queries) is left to `vigie.charter.parse`.

    >>> json_schema()["properties"]["queries"]["items"]["required"]
    ['id', 'purpose', 'match']
    """
    whole = _schema(inspect.type_info(Written))
    whole["properties"]["checks"] = {
        "type": ["object", "null"],
        "description": "The built-in checks, tuned.",
        "properties": {id: _schema(inspect.type_info(options)) for id, options in sorted(checks.items())},
        "additionalProperties": False,
    }
    return {"$schema": _DIALECT, "title": "charter.yaml", **whole}


def _schema(kind: inspect.Type) -> dict[str, Any]:  # noqa: C901, PLR0911 - a table of types
    match kind:
        case inspect.Metadata(extra={"read": str(way)}):
            return _read_in_its_own_way(way, kind.type)
        case inspect.Metadata():
            form = {"type": "string"} if (kind.extra or {}).get("form") else _schema(kind.type)
            return form | (kind.extra_json_schema or {})
        case inspect.StructType() if kind.cls is SourceSpec:
            return _source()
        case inspect.StructType():
            made = {
                "type": "object",
                "description": (kind.cls.__doc__ or "").partition("\n")[0],
                "properties": {field.encode_name: _schema(field.type) for field in kind.fields},
                "required": [field.encode_name for field in kind.fields if field.required],
                "additionalProperties": False,
            }
            return {"anyOf": [{"type": "string"}, made]} if kind.cls is Example else made
        case inspect.VarTupleType():
            least = {"minItems": kind.min_length} if kind.min_length else {}
            return {"type": "array", "items": _schema(kind.item_type)} | least
        case inspect.UnionType():
            wanted = [one for one in kind.types if not isinstance(one, inspect.NoneType)]
            return _schema(wanted[0]) if len(wanted) == 1 else {"type": ["array", "object"]}
        case inspect.LiteralType():
            return {"enum": [value for value in kind.values if value != ""]}
        case inspect.IntType():
            return {"type": "integer", "minimum": kind.ge or 0} | ({"maximum": kind.le} if kind.le else {})
        case inspect.FloatType():
            return {"type": "number", "minimum": kind.ge or 0} | ({} if kind.le is None else {"maximum": kind.le})
        case inspect.BoolType():
            return {"type": "boolean"}
        case inspect.StrType():
            return {"type": "string"}
        case _:
            raise TypeError(f"the charter's nouns have a type that no schema was written for: {kind}")


def _read_in_its_own_way(way: str, kind: inspect.Type) -> dict[str, Any]:
    """What is written once, or by language; and the checks, which `json_schema` knows."""
    match way:
        case "words":
            once: dict[str, Any] = {"type": "string", "minLength": 1}
        case "examples":
            once = _schema(kind) | {"minItems": 1}
        case _:
            return {}
    return {"anyOf": [once, _by_language(once)]}


def _by_language(each: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "patternProperties": {_LANGUAGE: each}, "additionalProperties": False}


def _source() -> dict[str, Any]:
    word = {"type": "string", "minLength": 1}
    option = {"anyOf": [{"type": ["string", "integer", "boolean"]}, {"type": "array", "items": {"type": "string"}}]}
    return {
        "type": "object",
        "description": "One place on one network that is read; other keys are options of that network.",
        "properties": {"id": word | {"pattern": "^[a-z][a-z0-9_-]{0,63}$"}, "network": word, "address": word},
        "required": ["id", "network"],
        "additionalProperties": option,
    }
