"""A charter's text as a tree that remembers where each word stands; a text that is no YAML becomes a problem."""

import re
from bisect import bisect_right
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from vigie.charter.problem import CharterError, Problem

MOST_BYTES = 1_000_000
"""A charter of ten thousand queries takes half of it; a larger file is something else."""

# What YAML 1.2 allows in a text (production c-printable), without lone surrogates.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A quoted phrase as the whole beginning of a value, with words after it: right in a query, not in YAML.
_QUOTE_THEN_WORDS = re.compile(
    r"^\s*(?:- +)?(?:[\w-]+: +)(?P<value>\"[^\"]*\"[ \t]*[^\s#,\]}].*|'[^']*'[ \t]*[^\s#,\]}].*)$"
)
_STARTS_BADLY = re.compile(r"^\s*(?:- +)?(?:[\w-]+: +)(?P<value>(?:[@`%*&]|\{[\w-]+\}[ \t]+[^\s#,}\]]).*)$")


class Places:
    """Turns positions in a text (characters from 0) into lines and columns (from 1)."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text))]

    def __call__(self, index: int) -> tuple[int, int]:
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1

    def start(self, line: int) -> int:
        """Where a line (from 1) starts."""
        return self._starts[min(line, len(self._starts)) - 1]


def grow(text: str) -> MappingNode:
    """The tree of a text whose top is a mapping. Aliases stay shared nodes: nothing is multiplied.

    Raises:
        CharterError: with one problem, the first place where reading was impossible.
    """
    places = Places(text)
    _refuse_unreadable(text, places)
    yaml = YAML(typ="safe", pure=True)
    try:
        root: Any = yaml.compose(text)
    except MarkedYAMLError as error:
        raise _refused(text, places, *_explained(error, text, places)) from None
    except RecursionError:
        raise _refused(text, places, 0, "charter.error.too-deep", "") from None
    except (YAMLError, ValueError, OverflowError, IndexError, AttributeError, KeyError, TypeError):
        # The library's own slips on hostile texts (``"\\U99999999"``) have no position.
        raise _refused(text, places, 0, "charter.error.yaml", "") from None
    if root is None:
        raise _refused(text, places, 0, "charter.error.nothing-written", "")
    if not isinstance(root, MappingNode):
        raise _refused(text, places, root.start_mark.index, "charter.error.not-a-charter", "")
    return root


def keyed(node: Node) -> dict[str, tuple[ScalarNode, Node]]:
    """The entries of a mapping by key, first one of each; keys that are no plain words are left out."""
    entries: dict[str, tuple[ScalarNode, Node]] = {}
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode):
                entries.setdefault(key.value, (key, value))
    return entries


def tag(node: Node) -> str:
    """What a scalar was taken for: ``str``, ``int``, ``float``, ``bool``, ``null``, ``timestamp`` or its own tag."""
    return str(node.tag).rpartition(":")[2]


def in_braces(node: Node) -> bool:
    """True for ``{…}`` and ``[…]``."""
    return isinstance(node, CollectionNode) and bool(node.flow_style)


def is_null(node: Node) -> bool:
    """True for ``null``, ``~`` and nothing at all."""
    return isinstance(node, ScalarNode) and tag(node) == "null"


def items(node: Node | None) -> list[Node]:
    """The items of a list; none of anything else."""
    return list(node.value) if isinstance(node, SequenceNode) else []


def _refuse_unreadable(text: str, places: Places) -> None:
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise _refused(text, places, 0, "charter.error.too-large", "")
    body = text.removeprefix("\ufeff")
    if found := _UNWRITABLE.search(body):
        raise _refused(text, places, found.start() + len(text) - len(body), "charter.error.bad-character", "")


def _refused(text: str, places: Places, index: int, code: str, hint: str) -> CharterError:
    line, column = places(min(index, len(text)))
    return CharterError((Problem(line, column, "", code, hint=hint),))


def _explained(error: MarkedYAMLError, text: str, places: Places) -> tuple[int, str, str]:
    """(position, code, hint) of what the YAML reader stumbled over, in terms of what a person did."""
    mark = error.problem_mark or error.context_mark
    index = min(mark.index, len(text)) if mark else 0
    line, _ = places(index)
    if value := _value_like_a_query(text, places, line):
        return value
    said = str(error.problem)
    for part, code in _SAID.items():
        if part in said:
            if code == "charter.error.unclosed-quote" and error.context_mark:
                index = error.context_mark.index
            return index, code, ""
    return index, "charter.error.yaml", ""


def _value_like_a_query(text: str, places: Places, line: int) -> tuple[int, str, str] | None:
    """A value that is right in the listening language but not in YAML, as one writes it at first."""
    start = places.start(line)
    written = text[start:].split("\n", 1)[0].rstrip("\r")
    for pattern in (_QUOTE_THEN_WORDS, _STARTS_BADLY):
        if found := pattern.match(written):
            value = re.sub(r"\s+#\s.*$", "", found["value"]).rstrip()
            quoted = "'" + value.replace("'", "''") + "'"
            return start + found.start("value"), "charter.error.needs-quotes", quoted
    return None


_SAID = {
    "'\\t'": "charter.error.tab",
    "unexpected end of stream": "charter.error.unclosed-quote",
    "found undefined alias": "charter.error.unknown-alias",
    "mapping values are not allowed": "charter.error.colon",
    "could not find expected ':'": "charter.error.no-colon",
    "expected <block end>": "charter.error.indentation",
    "expected ',' or": "charter.error.unclosed-bracket",
    "found duplicate anchor": "charter.error.duplicate-anchor",
    "another document": "charter.error.two-documents",
}
"""What the YAML reader says, as far as people meet it, and our sentence for it."""
