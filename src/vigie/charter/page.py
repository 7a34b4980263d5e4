"""One YAML text with its tree: where things end in it, and which characters to cut for a change."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from vigie.charter import scribe
from vigie.charter.data import by_hand, data_of, plain
from vigie.charter.problem import CharterError
from vigie.charter.scribe import Value
from vigie.charter.tree import grow, in_braces, is_null, keyed

Entries: TypeAlias = Mapping[str, Value | None]
"""What an item shall say; None takes an entry out, what is not named stays."""

Cut: TypeAlias = tuple[int, int, str]
"""Characters from … to …, and what stands there instead."""


class Page:
    """One text, its tree, and where things end in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = grow(text)
        self._newline = "\r\n" if "\r\n" in text else "\n"

    def written(self, cuts: list[Cut], wanted: dict[str, Any]) -> str:
        """The text with the cuts made, once it says what is wanted."""
        text = self.text
        for start, end, put in sorted(cuts, reverse=True):
            text = text[:start] + put.replace("\n", self._newline) + text[end:]
        try:
            said = data_of(grow(text))
        except CharterError:
            said = {}
        if said != wanted:
            raise by_hand(self.root)
        return text

    # where things are

    def list_at(self, path: Sequence[str]) -> SequenceNode | None:
        """The list at a path; None when there is none yet."""
        node: Node = self.root
        for key in path:
            found = keyed(node).get(key)
            if found is None or is_null(found[1]):
                return None
            node = found[1]
        if not isinstance(node, SequenceNode):
            raise by_hand(node)
        return node

    def end(self, node: Node) -> int:
        """Where the last word of a node ends; what YAML counts besides (blank lines, comments) left out."""
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        if isinstance(node, ScalarNode) and node.style in ("|", ">"):
            return start + len(self.text[start:end].rstrip())
        if isinstance(node, ScalarNode) or in_braces(node) or not node.value:
            return end
        if isinstance(node, MappingNode):
            return self.entry_end(*node.value[-1])
        return self.end(node.value[-1])

    def entry_end(self, key: Node, value: Node) -> int:
        """Where an entry of a mapping ends, also one without a value or with an alias for one."""
        colon = self.text.index(":", key.end_mark.index) + 1
        if value.start_mark.index < key.start_mark.index:
            alias = re.compile(r"\s*\*[^\s,\]}]+").match(self.text, colon)
            return alias.end() if alias else colon
        return colon if _is_bare_null(value) else self.end(value)

    def line_end(self, index: int) -> int:
        """The end of the line of a position, before its line break."""
        found = re.compile(r"[^\r\n]*").match(self.text, index)
        return found.end() if found else index

    def line_start(self, index: int) -> int:
        """The start of the line of a position."""
        return max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) + 1

    def column(self, node: Node) -> int:
        """How far in a node starts."""
        return int(node.start_mark.index) - self.line_start(node.start_mark.index)

    # what to cut

    def after(self, node: Node, lines: Sequence[str]) -> Cut:
        """Puts lines under a block node."""
        at = self.line_end(self.end(node))
        return at, at, "\n" + "\n".join(lines)

    def entries_changed(self, mapping: Node, entries: Entries) -> list[Cut]:
        """Puts new values where the old ones stand, new entries at the end."""
        if not isinstance(mapping, MappingNode) or not mapping.value:
            raise by_hand(mapping)
        there = keyed(mapping)
        cuts: list[Cut] = []
        added: list[tuple[str, Value]] = []
        for key, value in entries.items():
            if key not in there:
                if value is not None:
                    added.append((key, value))
            elif value is None:
                cuts.append(self._entry_dropped(mapping, key))
            elif data_of(there[key][1]) != plain(value):
                cuts += self._value_changed(mapping, *there[key], value)
        return cuts + self._entries_added(mapping, added)

    def _entries_added(self, mapping: MappingNode, added: list[tuple[str, Value]]) -> list[Cut]:
        if not added:
            return []
        if in_braces(mapping):
            at = self.entry_end(*mapping.value[-1])
            return [(at, at, "".join(f", {key}: {scribe.inline(value)}" for key, value in added))]
        column = self.column(mapping.value[0][0])
        lines: list[str] = []
        for key, value in added:
            first, *rest = scribe.entry(key, value, column)
            lines += [" " * column + first, *rest]
        at = self.line_end(self.entry_end(*mapping.value[-1]))
        return [(at, at, "\n" + "\n".join(lines))]

    def _value_changed(self, mapping: MappingNode, key: ScalarNode, node: Node, value: Value) -> list[Cut]:
        if node.start_mark.index < key.start_mark.index:
            raise by_hand(key)
        start, end = int(node.start_mark.index), self.entry_end(key, node)
        body: list[str] = []
        written = scribe.inline(value)
        if not in_braces(mapping) and isinstance(value, str) and scribe.is_block(value):
            written, body = "|", scribe.block(value, self.column(key) + 2)
        if isinstance(node, ScalarNode) and node.style in ("|", ">"):
            header = re.compile(r"[|>][+\-0-9]*").search(self.text, start, end)
            head_end = header.end() if header else start
            line_end = self.line_end(head_end)
            return [(start, head_end, written), (line_end, max(end, line_end), _under(body))]
        if _is_bare_null(node) or not (isinstance(node, ScalarNode) or in_braces(node)):
            start = self.text.index(":", key.end_mark.index) + 1
            written = " " + written
        if not body:
            return [(start, end, written)]
        line_end = self.line_end(end)
        return [(start, end, written), (line_end, line_end, _under(body))]

    def _entry_dropped(self, mapping: MappingNode, key: str) -> Cut:
        index = next(i for i, (name, _) in enumerate(mapping.value) if name.value == key)
        name, value = mapping.value[index]
        if in_braces(mapping):
            return self._cut_from_flow([(k.start_mark.index, self.entry_end(k, v)) for k, v in mapping.value], index)
        if index == 0:
            raise by_hand(name)
        return self._lines_of(name.start_mark.index, self.entry_end(name, value))

    def item_added(self, path: Sequence[str], node: SequenceNode, entries: Mapping[str, Value]) -> list[Cut]:
        """Puts an item at the end of a list, in the list's own manner."""
        if not in_braces(node):
            dash = self.text.rfind("-", 0, node.value[-1].start_mark.index)
            column = dash - self.line_start(dash)
            blank = len(node.value) > 1 and not self.text[self.line_start(self.line_start(dash) - 1) : dash].strip()
            lines = scribe.item(entries, column)
            return [self.after(node, ["", *lines] if blank else lines)]
        if node.value:
            at = self.end(node.value[-1])
            return [(at, at, ", " + scribe.flow(entries))]
        return self._empty_list_filled(path, node, entries)

    def _empty_list_filled(self, path: Sequence[str], node: SequenceNode, entries: Mapping[str, Value]) -> list[Cut]:
        """``[]`` becomes a list of lines, unless it stands within braces."""
        parent: Node = self.root
        for name in path[:-1]:
            parent = keyed(parent)[name][1]
        key = keyed(parent)[path[-1]][0]
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        if in_braces(parent):
            return [(start, end, f"[{scribe.flow(entries)}]")]
        colon = self.text.index(":", key.end_mark.index) + 1
        line_end = self.line_end(end)
        return [(colon, end, ""), (line_end, line_end, _under(scribe.item(entries, self.column(key) + 2)))]

    def item_dropped(self, path: Sequence[str], node: SequenceNode, item: Node) -> list[Cut]:
        """Takes an item with its line, and the comma or the blank line that parted it from the others."""
        index = next(i for i, one in enumerate(node.value) if one is item)
        if in_braces(node):
            return [self._cut_from_flow([(one.start_mark.index, self.end(one)) for one in node.value], index)]
        dash = self.text.rfind("-", 0, item.start_mark.index)
        cut = self._lines_of(dash, self.end(item))
        if len(node.value) > 1:
            return [cut]
        parent: Node = self.root
        for name in path[:-1]:
            parent = keyed(parent)[name][1]
        colon = self.text.index(":", keyed(parent)[path[-1]][0].end_mark.index) + 1
        return [(colon, colon, " []"), cut]

    def list_made(self, path: Sequence[str], default: Sequence[Mapping[str, Value]]) -> list[Cut]:
        """Writes the list that a charter without one stands for."""
        node: Node = self.root
        indent = 0
        for depth, key in enumerate(path):
            found = keyed(node).get(key)
            if found is None:
                return [self._list_placed(node, path[depth:], indent, default)]
            if is_null(found[1]):
                colon = self.text.index(":", found[0].end_mark.index) + 1
                if in_braces(node):
                    raise by_hand(found[0])
                if depth + 1 == len(path):
                    return self._null_filled(colon, int(found[1].end_mark.index), found, default)
                rest = _nest(path[depth + 1 :], self.column(found[0]) + 2, default)
                return [(self.line_end(colon), self.line_end(colon), _under(rest))]
            node = found[1]
            if not isinstance(node, MappingNode) or not node.value:
                raise by_hand(node)
            indent = 0 if in_braces(node) else self.column(node.value[0][0])
        raise by_hand(node)

    def _null_filled(
        self, colon: int, end: int, found: tuple[ScalarNode, Node], default: Sequence[Mapping[str, Value]]
    ) -> list[Cut]:
        stop = colon if _is_bare_null(found[1]) else end
        if not default:
            return [(colon, stop, " []")]
        lines = [line for one in default for line in scribe.item(one, self.column(found[0]) + 2)]
        line_end = self.line_end(stop)
        return [(colon, stop, ""), (line_end, line_end, _under(lines))]

    def _list_placed(
        self, parent: Node, path: Sequence[str], indent: int, default: Sequence[Mapping[str, Value]]
    ) -> Cut:
        if in_braces(parent):
            if not parent.value:
                raise by_hand(parent)
            at = self.entry_end(*parent.value[-1])
            written = "[" + ", ".join(scribe.flow(one) for one in default) + "]"
            for key in reversed(path[1:]):
                written = f"{{{key}: {written}}}"
            return at, at, f", {path[0]}: {written}"
        lines = _nest(path, indent, default)
        return self.after(parent, ["", *lines] if parent is self.root else lines)

    def _cut_from_flow(self, spans: list[tuple[int, int]], index: int) -> Cut:
        if index + 1 < len(spans):
            return spans[index][0], spans[index + 1][0], ""
        return (spans[index - 1][1] if index else spans[index][0]), spans[index][1], ""

    def _lines_of(self, start: int, end: int) -> Cut:
        """The whole lines of something, with the blank line before them."""
        start, end = self.line_start(start), self.line_end(end)
        before = re.search(r"(?:\r\n|\n|\r)(?:[ \t]*(?:\r\n|\n|\r))*\Z", self.text[:start])
        if before:
            return before.start(), end, ""
        return start, end + len(self._newline), ""


def _nest(path: Sequence[str], indent: int, default: Sequence[Mapping[str, Value]]) -> list[str]:
    """The lines of ``a:``, under it ``b:``, under it the list."""
    *outer, last = path
    lines = [" " * (indent + 2 * depth) + f"{key}:" for depth, key in enumerate(outer)]
    column = indent + 2 * len(outer)
    if not default:
        return [*lines, " " * column + f"{last}: []"]
    return [*lines, " " * column + f"{last}:", *(line for one in default for line in scribe.item(one, column + 2))]


def _under(lines: Sequence[str]) -> str:
    return "\n" + "\n".join(lines) if lines else ""


def _is_bare_null(node: Node) -> bool:
    return is_null(node) and not node.value
