"""Where queries of many alternatives stand in a post, asking only those alternatives whose words the post has."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from vigie.model import Span
from vigie.query.anchors import anchors
from vigie.query.document import Document
from vigie.query.evaluate import spans_in
from vigie.query.nodes import And, Field, Named, Node, Not, Or, Query

_FEW = 4
"""Alternatives that are asked faster than looked up."""
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
        case Named(part=part):
            return _laid_out(part)
        case Or(parts=parts) if len(parts) > _FEW:
            return _Alternatives(parts).left
        case And(parts=parts):
            return _all([_laid_out(part) for part in parts])
        case Not(part=part):
            return _none(_laid_out(part))
        case _:
            return lambda _: node


def _all(parts: list[_Narrow]) -> _Narrow:
    def left(document: Document) -> Node | None:
        found = [part(document) for part in parts]
        kept = tuple(one for one in found if one is not None and one is not _TRUE)
        if None in found:
            return None
        return kept[0] if len(kept) == 1 else And(kept) if kept else _TRUE

    return left


def _none(part: _Narrow) -> _Narrow:
    def left(document: Document) -> Node | None:
        found = part(document)
        return _TRUE if found is None else None if found is _TRUE else Not(found)

    return left


_TRUE = And(())
"""Holds of every post."""


class _Alternatives:
    """The parts of an OR, by the words of which a post must have one."""

    def __init__(self, parts: tuple[Node, ...]) -> None:
        self._parts = parts
        self._words: dict[str, list[int]] = {}
        self._heads: dict[str, list[int]] = {}
        self._always: list[int] = []
        for number, part in enumerate(parts):
            found = anchors(part)
            if found is None or any(isinstance(leaf, Field) for leaf in found.leaves):
                self._always.append(number)
                continue
            for leaf in found.leaves:
                if not isinstance(leaf, Field):
                    (self._heads if leaf.prefix else self._words).setdefault(leaf.key, []).append(number)
        self._sizes = sorted({len(head) for head in self._heads})

    def left(self, document: Document) -> Node | None:
        """Those that the post may hold."""
        numbers = set(self._always)
        for word in self._words.keys() & document.places.keys():
            numbers.update(self._words[word])
        if self._sizes:
            for word in document.places:
                for size in self._sizes:
                    if found := self._heads.get(word[:size]):
                        numbers.update(found)
        kept = tuple(self._parts[number] for number in sorted(numbers))
        return (kept[0] if len(kept) == 1 else Or(kept)) if kept else None
