"""Plain values: what a scalar says, what stands in for one that could not be read, and what was probably meant."""

from difflib import get_close_matches
from typing import Any

from msgspec import inspect
from ruamel.yaml.nodes import Node

from vigie.charter.tree import tag


def scalar(node: Node) -> str | int | float | bool | None:
    """The value of a scalar as JSON knows it."""
    match tag(node):
        case "null":
            return None
        case "bool":
            return bool(node.value.lower() == "true")
        case "int" if node.value.lstrip("+-").isdigit() and len(node.value) < 19:  # noqa: PLR2004 - 64 bits
            return int(node.value)
        case _:
            return str(node.value)


def meant(written: str, known: tuple[str, ...]) -> str:
    """The known name that was probably meant; empty when none is near."""
    close = get_close_matches(written.lower()[:100], known, 1, 0.6)
    return close[0] if close else ""


def empty(kind: inspect.Type) -> Any:  # noqa: PLR0911 - a table of types
    """Stands in for a value that could not be read."""
    match kind:
        case inspect.Metadata():
            return empty(kind.type)
        case inspect.StructType():
            return kind.cls(**{field.name: empty(field.type) for field in kind.fields if field.required})
        case inspect.VarTupleType():
            return ()
        case inspect.LiteralType():
            return kind.values[0]
        case inspect.IntType():
            return 0
        case inspect.FloatType():
            return 0.0
        case inspect.DictType():
            return {}
        case inspect.BoolType():
            return False
        case inspect.StrType():
            return ""
        case _:
            return None
