"""Changes single entries of a YAML text where they stand; every other character stays as it was.

Each change is checked before it is given back: the new text must say exactly what the old one said, with the change
and nothing else. What cannot be done so (an entry behind an alias, say) is left to a person's hand.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from vigie.charter import scribe
from vigie.charter.data import by_hand, data_of, plain, refused
from vigie.charter.page import Entries, Page
from vigie.charter.scribe import Value
from vigie.charter.tree import grow, in_braces, items, keyed


def put_entries(text: str, section: str, entries: Entries) -> str:
    """Changes entries of a section (``company``), adding it where it is missing."""
    page = Page(text)
    found = keyed(page.root).get(section)
    wanted = data_of(page.root)
    wanted[section] = _changed(wanted.get(section) or {}, entries)
    if found and isinstance(found[1], MappingNode):
        return page.written(page.entries_changed(found[1], entries), wanted)
    kept = {key: value for key, value in entries.items() if value is not None}
    if found or in_braces(page.root):
        raise by_hand(page.root)
    lines = [f"{section}:"]
    for key, value in kept.items():
        first, *rest = scribe.entry(key, value, 2)
        lines += ["  " + first, *rest]
    return page.written([page.after(page.root, ["", *lines])], wanted)


def put_item(
    text: str, path: Sequence[str], id: str, entries: Entries, default: Sequence[Mapping[str, Value]] = ()
) -> str:
    """Changes the item of that id in the list at ``path``, or adds it at the list's end.

    ``default`` is what a missing list stands for: it is written out first, so that nothing is lost silently.
    """
    page = Page(text)
    wanted = data_of(page.root)
    there = _list_in(wanted, path, default)
    node = page.list_at(path)
    if node is None:
        text = page.written(page.list_made(path, default), wanted)
        return put_item(text, path, id, entries)
    data = next((one for one in there if isinstance(one, dict) and one.get("id") == id), None)
    if data is not None:
        item = next(one for one in items(node) if _id(one) == id)
        index = there.index(data)
        there[index] = _changed(data, entries)
        return page.written(page.entries_changed(item, entries), wanted)
    new = {"id": id, **{key: value for key, value in entries.items() if value is not None}}
    there.append(_changed({}, new))
    return page.written(page.item_added(path, node, new), wanted)


def drop_item(text: str, path: Sequence[str], id: str, default: Sequence[Mapping[str, Value]] = ()) -> str:
    """Takes the item of that id out of the list at ``path``. Comments above it stay: they may be about the others."""
    page = Page(text)
    wanted = data_of(page.root)
    there = _list_in(wanted, path, default)
    node = page.list_at(path)
    if node is None:
        return drop_item(page.written(page.list_made(path, default), wanted), path, id)
    item = next((one for one in items(node) if _id(one) == id), None)
    if item is None:
        raise refused(node, ".".join((*path, id)), "charter.error.not-there", {"name": id})
    there[:] = [one for one in there if not (isinstance(one, dict) and one.get("id") == id)]
    return page.written(page.item_dropped(path, node, item), wanted)


def entries_of(text: str, path: Sequence[str], id: str) -> dict[str, Any]:
    """What the item of that id says now; empty when it is not there."""
    node: Node = grow(text)
    for key in path:
        found = keyed(node).get(key)
        if found is None:
            return {}
        node = found[1]
    item = next((one for one in items(node) if _id(one) == id), None)
    return dict(data_of(item)) if isinstance(item, MappingNode) else {}


def _id(node: Node) -> str:
    found = keyed(node).get("id")
    return str(found[1].value) if found and isinstance(found[1], ScalarNode) else ""


def _changed(data: dict[str, Any], entries: Entries) -> dict[str, Any]:
    kept = {key: value for key, value in data.items() if key not in entries or entries[key] is not None}
    return kept | {key: plain(value) for key, value in entries.items() if value is not None}


def _list_in(data: dict[str, Any], path: Sequence[str], default: Sequence[Mapping[str, Value]]) -> list[Any]:
    """The list at a path of plain data, made where it is missing."""
    *outer, last = path
    for key in outer:
        if not isinstance(data.get(key), dict):
            data[key] = {}
        data = data[key]
    if not isinstance(data.get(last), list):
        data[last] = [_changed({}, one) for one in default]
    made: list[Any] = data[last]
    return made
