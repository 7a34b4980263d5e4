"""Reads the tree of a charter into its nouns, and collects everything that does not fit on the way."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec import inspect
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from vigie.charter.forms import FORMS, NotThisForm
from vigie.charter.nouns import Example
from vigie.charter.problem import Problem
from vigie.charter.tree import Places, is_null, items, keyed, tag
from vigie.charter.values import empty, meant, scalar
from vigie.charter.whole import Note
from vigie.model import SourceSpec

_Noun = TypeVar("_Noun", bound=msgspec.Struct)
_DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_DEEPEST = 40
_MOST_NODES = 200_000
"""Aliases multiply when they are read; a real charter stays far below."""

_NO_CHECKS: Mapping[str, type[msgspec.Struct]] = MappingProxyType({})

_WANTS = {
    "text": "charter.error.wants-text",
    "number": "charter.error.wants-number",
    "decimal": "charter.error.wants-decimal",
    "list": "charter.error.wants-list",
    "mapping": "charter.error.wants-mapping",
    "list-or-mapping": "charter.error.wants-list-or-mapping",
    "text-or-mapping": "charter.error.wants-text-or-mapping",
}


class Spot(NamedTuple):
    """Where something is: its path for people, the node of its key (or of itself in a list) and of its value."""

    path: str
    key: Node
    value: Node


class Reader:
    """One reading of one text. ``problems`` and ``notes`` grow; nothing is raised.

    A value that does not fit is reported and replaced by an empty one of its type, so that reading goes on and all
    problems are found at once.
    """

    def __init__(self, text: str, checks: Mapping[str, type[msgspec.Struct]] = _NO_CHECKS) -> None:
        self.text = text
        self._checks = checks
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self._places = Places(text)
        self._read = 0

    def report(self, spot: Spot, code: str, hint: str = "", *, at_key: bool = False, **values: str | int) -> None:
        """Adds a problem at a spot's value, or at its key."""
        self.report_at((spot.key if at_key else spot.value).start_mark.index, spot.path, code, hint, values)

    def report_with(self, spot: Spot, code: str, values: dict[str, str | int], hint: str = "") -> None:
        """Adds a problem at a spot's value."""
        self.report_at(spot.value.start_mark.index, spot.path, code, hint, values)

    def report_at(self, index: int, path: str, code: str, hint: str, values: dict[str, str | int]) -> None:
        """Adds a problem at a character of the text."""
        self.problems.append(Problem(*self._places(index), path, code, values, hint))

    def note(self, spot: Spot, code: str, **values: str | int) -> None:
        """Adds a note at a spot's key."""
        self.notes.append(Note(*self._places(spot.key.start_mark.index), spot.path, code, values))

    def line(self, spot: Spot) -> int:
        """The line of a spot's value, from 1."""
        return self._places(spot.value.start_mark.index)[0]

    def noun(self, node: Node, cls: type[_Noun]) -> _Noun:
        """The whole tree as a noun."""
        kind = inspect.type_info(cls)
        assert isinstance(kind, inspect.StructType)  # noqa: S101 - for the type checker
        made: _Noun = self._struct(Spot("", node, node), kind, 0)
        return made

    # by kind of type

    def _value(self, spot: Spot, kind: inspect.Type, depth: int) -> Any:  # noqa: C901, PLR0911, PLR0912 - a table of types
        if self._spent(spot, depth):
            return empty(kind)
        match kind:
            case inspect.Metadata(extra={"form": str(form)}):
                return self._formed(spot, form, kind.type)
            case inspect.Metadata(extra={"read": "words"}):
                return self._words(spot)
            case inspect.Metadata(extra={"read": "examples"}):
                return self._examples(spot, kind.type, depth)
            case inspect.Metadata(extra={"read": "checks"}):
                return self._check_options(spot, depth)
            case inspect.Metadata():
                return self._value(spot, kind.type, depth)
            case inspect.UnionType() if any(isinstance(one, inspect.NoneType) for one in kind.types):
                wanted = next(one for one in kind.types if not isinstance(one, inspect.NoneType))
                return self._value(spot, wanted, depth)
            case inspect.UnionType():
                return self._section(spot, depth)
            case inspect.StructType() if kind.cls is SourceSpec:
                return self._source(spot, depth)
            case inspect.StructType() if kind.cls is Example and isinstance(spot.value, ScalarNode):
                return Example(self._formed(spot, "example", inspect.StrType()))
            case inspect.StructType():
                return self._struct(spot, kind, depth)
            case inspect.VarTupleType():
                return self._list(spot, kind, depth)
            case inspect.LiteralType():
                return self._choice(spot, kind)
            case inspect.IntType():
                return self._number(spot, kind)
            case inspect.FloatType():
                return self._decimal(spot, kind)
            case inspect.StrType():
                return self._formed(spot, "text", kind)
            case inspect.BoolType():
                return self._yes_or_no(spot)
            case _:
                raise TypeError(f"the charter's nouns have a type that nobody reads: {kind}")

    def _spent(self, spot: Spot, depth: int) -> bool:
        self._read += 1
        if depth > _DEEPEST:
            self.report(spot, "charter.error.too-deep")
        elif self._read == _MOST_NODES:
            self.report(spot, "charter.error.too-many")
        return depth > _DEEPEST or self._read >= _MOST_NODES

    def _struct(self, spot: Spot, kind: inspect.StructType, depth: int) -> Any:
        if not isinstance(spot.value, MappingNode):
            self._wrong(spot, "mapping")
            return empty(kind)
        fields = {field.encode_name: field for field in kind.fields}
        spots = self.spots(spot, tuple(fields))
        made: dict[str, Any] = {}
        for name, field in fields.items():
            if name in spots:
                made[field.name] = self._value(spots[name], field.type, depth + 1)
            elif field.required:
                self.report(spot, "charter.error.missing-key", key=name)
                made[field.name] = empty(field.type)
        return kind.cls(**made)

    def spots(self, spot: Spot, known: tuple[str, ...] | None) -> dict[str, Spot]:
        """A mapping's entries. Repeated keys and, unless ``known`` is None, unknown ones are reported."""
        spots: dict[str, Spot] = {}
        assert isinstance(spot.value, MappingNode)  # noqa: S101 - for the type checker
        for key, value in spot.value.value:
            name = key.value if isinstance(key, ScalarNode) else None
            inside = Spot(f"{spot.path}.{name}" if spot.path else str(name), key, value)
            if name is None:
                self._wrong(spot._replace(value=key), "text")
            elif name == "<<":
                self.report(inside, "charter.error.merge-key", at_key=True)
            elif name in spots:
                line, _ = self._places(spots[name].key.start_mark.index)
                self.report(inside, "charter.error.repeated-key", at_key=True, key=name, first=line)
            elif known is not None and name not in known:
                self.report(inside, "charter.error.unknown-key", meant(name, known), at_key=True, key=name[:100])
            else:
                spots[name] = inside
        return spots

    def _list(self, spot: Spot, kind: inspect.VarTupleType, depth: int) -> tuple[Any, ...]:
        if not isinstance(spot.value, SequenceNode):
            if not (is_null(spot.value) and not kind.min_length):
                self._wrong(spot, "list")
            return ()
        if kind.min_length and not spot.value.value:
            self.report(spot, "charter.error.empty-list")
        return tuple(self._value(inside, kind.item_type, depth + 1) for inside in self.item_spots(spot))

    def item_spots(self, spot: Spot) -> list[Spot]:
        """A list's items, each named by its id, or by its number from 1."""
        spots = []
        for number, node in enumerate(items(spot.value), 1):
            name = keyed(node).get("id")
            has_id = name is not None and isinstance(name[1], ScalarNode) and name[1].value
            path = f"{spot.path}.{name[1].value[:64]}" if name and has_id else f"{spot.path}[{number}]"
            spots.append(Spot(path, node, node))
        return spots

    def _formed(self, spot: Spot, form: str, kind: inspect.Type) -> Any:
        node = spot.value
        if not isinstance(node, ScalarNode):
            self._wrong(spot, "text")
            return empty(kind)
        if is_null(node):
            code = "charter.error.hash" if self._starts_a_comment(spot.key) else "charter.error.empty"
            self.report(spot, code, at_key=True, key=spot.path.rsplit(".", 1)[-1])
            return empty(kind)
        try:
            return FORMS[form].read(node.value)
        except NotThisForm as reason:
            self.report(spot, FORMS[form].code, reason.hint, written=node.value[:100])
            return empty(kind)

    def _starts_a_comment(self, key: Node) -> bool:
        """``match: #tag`` is a key without a value: YAML takes the tag for a comment."""
        return bool(re.compile(r"[ \t]*:[ \t]+#").match(self.text, key.end_mark.index))

    def _choice(self, spot: Spot, kind: inspect.LiteralType) -> Any:
        names = {str(value): value for value in kind.values if value != ""}  # what is nothing is left out
        if isinstance(spot.value, ScalarNode) and spot.value.value in names:
            return names[spot.value.value]
        written = spot.value.value if isinstance(spot.value, ScalarNode) else ""
        self.report(
            spot,
            "charter.error.not-one-of",
            meant(written, tuple(names)),
            written=str(written)[:100],
            choices=", ".join(names),
        )
        return empty(kind)

    def _number(self, spot: Spot, kind: inspect.IntType) -> int:
        node = spot.value
        if not isinstance(node, ScalarNode) or tag(node) != "int" or not node.value.isascii():
            self._wrong(spot, "number")
            return empty(kind) or 0
        number = int(node.value) if node.value.isdigit() and len(node.value) < 10 else -1  # noqa: PLR2004
        least, most = kind.ge or 0, kind.le or 10**9
        if not least <= number <= most:
            self.report(spot, "charter.error.out-of-range", written=node.value[:100], least=least, most=most)
            return least
        return number

    def _decimal(self, spot: Spot, kind: inspect.FloatType) -> float:
        node = spot.value
        if not isinstance(node, ScalarNode) or not _DECIMAL.fullmatch(node.value):
            self._wrong(spot, "decimal")
            return 0.0
        number = float(node.value)
        least, most = kind.ge or 0.0, kind.le if kind.le is not None else 1e9
        if not least <= number <= most:
            values = {"written": node.value[:100], "least": f"{least:g}", "most": f"{most:g}"}
            self.report(spot, "charter.error.out-of-range", **values)
            return least
        return number

    def _yes_or_no(self, spot: Spot) -> bool:
        if isinstance(spot.value, ScalarNode) and tag(spot.value) == "bool":
            return bool(spot.value.value.lower() == "true")
        written = spot.value.value.lower() if isinstance(spot.value, ScalarNode) else ""
        hint = {"yes": "true", "on": "true", "oui": "true", "no": "false", "off": "false", "non": "false"}
        self.report(spot, "charter.error.wants-true-or-false", hint.get(written, ""))
        return False

    # free parts

    def _words(self, spot: Spot) -> dict[str, str]:
        """A text for all languages, or one for each."""
        if isinstance(spot.value, ScalarNode):
            words = self._formed(spot, "text", inspect.StrType())
            return {"": words} if words else {}
        if not isinstance(spot.value, MappingNode):
            self._wrong(spot, "text-or-mapping")
            return {}
        return {
            self._language(inside): self._formed(inside, "text", inspect.StrType())
            for inside in self.spots(spot, None).values()
        }

    def _examples(self, spot: Spot, kind: inspect.Type, depth: int) -> tuple[Example, ...]:
        """A list of examples, or one for each language."""
        assert isinstance(kind, inspect.VarTupleType)  # noqa: S101 - for the type checker
        if not isinstance(spot.value, MappingNode):
            return self._list(spot, kind, depth)
        made: list[Example] = []
        for inside in self.spots(spot, None).values():
            language = self._language(inside)
            found = self._list(inside, kind, depth + 1)
            made += (msgspec.structs.replace(one, language=one.language or language) for one in found)
        return tuple(made)

    def _language(self, spot: Spot) -> str:
        """What an entry's key says."""
        made: str = self._formed(spot._replace(value=spot.key), "language", inspect.StrType())
        return made

    def _check_options(self, spot: Spot, depth: int) -> dict[str, Any]:
        """The options of each built-in check that the house tunes."""
        if is_null(spot.value):
            return {}
        if not isinstance(spot.value, MappingNode):
            self._wrong(spot, "mapping")
            return {}
        made = {}
        for name, inside in self.spots(spot, None).items():
            if name in self._checks:
                made[name] = self._value(inside, inspect.type_info(self._checks[name]), depth + 1)
            else:
                known = tuple(sorted(self._checks))
                values = {"check": name[:100], "known": ", ".join(known)}
                self.report(inside, "charter.error.unknown-check", meant(name, known), at_key=True, **values)
        return made

    def _source(self, spot: Spot, depth: int) -> SourceSpec:
        if not isinstance(spot.value, MappingNode):
            self._wrong(spot, "mapping")
            return SourceSpec("", "")
        texts = {"id": "", "network": "", "address": ""}
        options: dict[str, str | int | bool | tuple[str, ...]] = {}
        spots = self.spots(spot, None)
        for name, inside in spots.items():
            if name in texts:
                texts[name] = self._formed(inside, "identifier" if name == "id" else "text", inspect.StrType())
            elif isinstance(inside.value, SequenceNode):
                wanted = inspect.VarTupleType(inspect.Metadata(inspect.StrType(), extra={"form": "text"}))
                options[name] = self._list(inside, wanted, depth + 1)
            else:
                options[name] = self._plain_option(inside)
        for name in ("id", "network"):
            if name not in spots:
                self.report(spot, "charter.error.missing-key", key=name)
        return SourceSpec(**texts, options=options)

    def _plain_option(self, spot: Spot) -> str | int | bool:
        node = spot.value
        if isinstance(node, ScalarNode):
            if tag(node) == "bool":
                return self._yes_or_no(spot)
            if tag(node) == "int":
                return self._number(spot, inspect.IntType())
        made: str = self._formed(spot, "text", inspect.StrType())
        return made

    def _section(self, spot: Spot, depth: int) -> Any:
        if not isinstance(spot.value, MappingNode | SequenceNode):
            if not is_null(spot.value):
                self._wrong(spot, "list-or-mapping")
            return []
        if spot.value.value:
            self.note(spot, "charter.note.not-yet-read", key=spot.path)
        return self._as_data(spot, depth)

    def _as_data(self, spot: Spot, depth: int) -> Any:
        if self._spent(spot, depth):
            return None
        if isinstance(spot.value, MappingNode):
            return {name: self._as_data(inside, depth + 1) for name, inside in self.spots(spot, None).items()}
        if isinstance(spot.value, SequenceNode):
            return [self._as_data(inside, depth + 1) for inside in self.item_spots(spot)]
        return scalar(spot.value)

    def _wrong(self, spot: Spot, wanted: str) -> None:
        self.report(spot, _WANTS[wanted])
