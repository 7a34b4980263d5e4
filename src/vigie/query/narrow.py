"""Where queries of many alternatives stand in a post, asking only those alternatives whose words the post has."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from vigie.model import Span
from vigie.query.anchors import anchors
from vigie.query.document import Document
from vigie.query.evaluate import spans_in
from vigie.query.nodes import And, AtLeast, Field, Named, Near, Node, Not, Or, Phrase, Query, Raw, Word

_FEW = 4
"""Alternatives that are asked faster than looked up."""
_HEAD = 3
"""Letters by which words that begin so are looked up; the rest is compared then."""
_Narrow: TypeAlias = Callable[[Document], Node | None]
"""What is left of a part of a query for a post: None when it cannot hold."""


class Narrowed:
    """Some queries by id. Each is laid out when it is first asked for; may be asked from several threads."""

    def __init__(self, queries: Mapping[str, Query]) -> None:
        self._queries = queries
        self._laid_out: dict[str, _Narrow] = {}

    def spans(self, id: str, document: Document) -> tuple[Span, ...]:
        """As `vigie.query.spans`."""
        narrow = self._laid_out.get(id)
        if narrow is None:
            narrow = self._laid_out[id] = _laid_out(self._queries[id].root)
        left = narrow(document)
        return spans_in(Query(left), document) if left is not None else ()


def _laid_out(node: Node) -> _Narrow:
    match node:
        case And(parts=parts):
            return _all([_laid_out(part) for part in parts])
        case Not(part=part):
            return _none(_laid_out(part))
        case Or(parts=parts):
            return _some(parts, _laid_out)
        case Named(part=part):
            return _laid_out(part)
        case AtLeast(count=count, parts=(_, _, *_) as parts) if count > 1:
            return _several([_laid_out(part) for part in parts], count)
        case _:
            return _standing(node)


def _standing(node: Node) -> _Narrow:  # noqa: PLR0911 (one case for each kind of node)
    """What has a place: what is left of it stands where the whole does."""
    match node:
        case Named(part=part):
            return _standing(part)
        case Or(parts=parts):
            return _some(parts, _standing)
        case Near(left=left, right=right):
            return _near(node, _standing(left), _standing(right))
        case Word() if node.prefix:
            start = " " + node.key
            return lambda document: node if start in document.row else None
        case Word(key=key):
            return lambda document: node if key in document.places else None
        case Phrase(parts=parts):
            return _phrase(node, [part.key for part in parts if isinstance(part, Word) and not part.prefix])
        case Raw(text=text):
            return _raw(node, {unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)})
        case _:
            return lambda _: node


def _all(parts: Sequence[_Narrow]) -> _Narrow:
    def left(document: Document) -> Node | None:
        kept: list[Node] = []
        for part in parts:
            found = part(document)
            if found is None:
                return None
            if found is not _TRUE:
                kept.append(found)
        return kept[0] if len(kept) == 1 else And(tuple(kept)) if kept else _TRUE

    return left


def _none(part: _Narrow) -> _Narrow:
    def left(document: Document) -> Node | None:
        found = part(document)
        return _TRUE if found is None else None if found is _TRUE else Not(found)

    return left


def _several(parts: Sequence[_Narrow], count: int) -> _Narrow:
    def left(document: Document) -> Node | None:
        kept = tuple(found for part in parts if (found := part(document)) is not None)
        return AtLeast(count, kept) if len(kept) >= count else None

    return left


def _near(node: Near, one: _Narrow, other: _Narrow) -> _Narrow:
    def left(document: Document) -> Node | None:
        if (first := one(document)) is None or (second := other(document)) is None:
            return None
        return Near(first, second, node.words, node.ordered)

    return left


def _phrase(node: Phrase, words: Sequence[str]) -> _Narrow:
    def left(document: Document) -> Node | None:
        places = document.places
        for word in words:
            if word not in places:
                return None
        return node

    return left


def _raw(node: Raw, forms: set[str]) -> _Narrow:
    def left(document: Document) -> Node | None:
        return node if any(form in part.text for part in document.parts for form in forms) else None

    return left


_TRUE = And(())
"""Holds of every post."""


def _some(parts: Sequence[Node], lay_out: Callable[[Node], _Narrow]) -> _Narrow:
    return _Alternatives(parts, lay_out).left if len(parts) > _FEW else _few([lay_out(part) for part in parts])


def _few(parts: Sequence[_Narrow]) -> _Narrow:
    def left(document: Document) -> Node | None:
        kept = tuple(found for part in parts if (found := part(document)) is not None)
        return (kept[0] if len(kept) == 1 else Or(kept)) if kept else None

    return left


class _Alternatives:
    """The parts of an OR, by the words of which a post must have one."""

    def __init__(self, parts: Sequence[Node], lay_out: Callable[[Node], _Narrow]) -> None:
        self._parts = [_Later(part, lay_out) for part in parts]
        self._words: dict[str, list[int]] = {}
        self._heads: dict[int, dict[str, list[tuple[str, int]]]] = {}
        self._always: list[int] = []
        for number, part in enumerate(parts):
            found = anchors(part)
            if found is None or any(isinstance(leaf, Field) for leaf in found.leaves):
                self._always.append(number)
                continue
            for leaf in found.leaves:
                if isinstance(leaf, Field):
                    continue
                if leaf.prefix:
                    head = leaf.key[:_HEAD]
                    self._heads.setdefault(len(head), {}).setdefault(head, []).append((leaf.key, number))
                else:
                    self._words.setdefault(leaf.key, []).append(number)

    def left(self, document: Document) -> Node | None:
        """Those that the post may hold."""
        numbers = set(self._always)
        for word in self._words.keys() & document.places.keys():
            numbers.update(self._words[word])
        for size, heads in self._heads.items():
            for word in document.places:
                if asked := heads.get(word[:size]):
                    numbers.update(number for beginning, number in asked if word.startswith(beginning))
        kept = tuple(found for number in sorted(numbers) if (found := self._parts[number].left(document)) is not None)
        return (kept[0] if len(kept) == 1 else Or(kept)) if kept else None


class _Later:
    """A part that is laid out when it is first asked for: of thousands, most never are."""

    def __init__(self, part: Node, lay_out: Callable[[Node], _Narrow]) -> None:
        self._part = part
        self._lay_out = lay_out

    @cached_property
    def left(self) -> _Narrow:
        """What is left of it for a post."""
        return self._lay_out(self._part)
