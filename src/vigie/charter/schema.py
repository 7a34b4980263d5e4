"""The charter's shape as a JSON Schema, for editors that complete and check while one types."""

from typing import Any

from msgspec import inspect

from vigie.charter.nouns import Written
from vigie.model import SourceSpec

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """The whole schema. What a schema cannot say (ids that must exist, queries) is left to `vigie.charter.parse`.

    >>> json_schema()["properties"]["queries"]["items"]["required"]
    ['id', 'purpose', 'match']
    """
    return {"$schema": _DIALECT, "title": "charter.yaml", **_schema(inspect.type_info(Written))}


def _schema(kind: inspect.Type) -> dict[str, Any]:  # noqa: PLR0911 - a table of types
    match kind:
        case inspect.Metadata():
            form = {"type": "string"} if (kind.extra or {}).get("form") else _schema(kind.type)
            return form | (kind.extra_json_schema or {})
        case inspect.StructType() if kind.cls is SourceSpec:
            return _source()
        case inspect.StructType():
            return {
                "type": "object",
                "description": (kind.cls.__doc__ or "").partition("\n")[0],
                "properties": {field.encode_name: _schema(field.type) for field in kind.fields},
                "required": [field.encode_name for field in kind.fields if field.required],
                "additionalProperties": False,
            }
        case inspect.VarTupleType():
            least = {"minItems": kind.min_length} if kind.min_length else {}
            return {"type": "array", "items": _schema(kind.item_type)} | least
        case inspect.UnionType():
            wanted = [one for one in kind.types if not isinstance(one, inspect.NoneType)]
            return _schema(wanted[0]) if len(wanted) == 1 else {"type": ["array", "object"]}
        case inspect.LiteralType():
            return {"enum": list(kind.values)}
        case inspect.IntType():
            return {"type": "integer", "minimum": kind.ge or 0} | ({"maximum": kind.le} if kind.le else {})
        case inspect.BoolType():
            return {"type": "boolean"}
        case _:
            raise TypeError(f"the charter's nouns have a type that no schema was written for: {kind}")


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
