"""What a tree says, as plain values: to compare a text before and after a change."""

from typing import Any

from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from vigie.charter.problem import CharterError, Problem
from vigie.charter.scribe import Value
from vigie.charter.values import scalar

_MOST_NODES = 200_000


def data_of(root: Node) -> Any:
    """What a tree says, as plain values; line ends after the last word of a text do not count."""
    left = _MOST_NODES

    def value(node: Node, depth: int) -> Any:
        nonlocal left
        left -= 1
        if left < 0 or depth > 60:  # noqa: PLR2004 - deeper than any charter
            raise refused(root, "", "charter.error.too-deep", {})
        if isinstance(node, MappingNode):
            return {str(getattr(key, "value", "")): value(one, depth + 1) for key, one in node.value}
        if isinstance(node, SequenceNode):
            return [value(one, depth + 1) for one in node.value]
        plain = scalar(node)
        return plain.rstrip("\r\n") if isinstance(plain, str) else plain

    return value(root, 0)


def plain(value: Value) -> Any:
    """A value as `data_of` would give it back."""
    if isinstance(value, str):
        return value.rstrip("\n")
    return value if isinstance(value, int) else [plain(one) for one in value]


def by_hand(node: Node) -> CharterError:
    """What only a person can change."""
    return refused(node, "", "charter.error.edit-by-hand", {})


def refused(node: Node, path: str, code: str, values: dict[str, str | int]) -> CharterError:
    """One problem at the place where a node starts."""
    mark = node.start_mark
    return CharterError((Problem(mark.line + 1, mark.column + 1, path, code, values),))
