"""From queries to trees of numbers, and the words, pairs of words and field values that those numbers stand for."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from vigie.query.filing import AND, NEAR, NOT, ONEAR, OR, PHRASE
from vigie.query.nodes import And, Field, Named, Near, Node, Not, Or, Phrase, Word
from vigie.query.weaken import COLUMN_FIELDS, weaken
from vigie.text import kind

EVERY = 0
"""The leaf that every post has."""
SHIFT = 32


class Trees:
    """Queries one after the other, as `vigie.query.filing` reads them.

    Attributes:
        numbers: the trees.
        begins: where each query begins, and where the last one ends.
        words: the leaf of each word, by its key, with ``*`` behind it if it is a prefix: ``#grev*``.
        pairs: the leaf of two plain words that follow each other, by the leaves of both, the first `SHIFT` bits up.
        fields: the leaf of each field value, by field.
        count: how many leaves there are, `EVERY` among them.
    """

    def __init__(self) -> None:
        self.numbers = array("i")
        self.begins = array("i", [0])
        self.words: dict[str, int] = {}
        self.pairs: dict[int, int] = {}
        self.fields: dict[str, dict[str, int]] = {}
        self.count = EVERY + 1

    def add(self, root: Node) -> bool:
        """Lays out one query; False when its tree lets too much through."""
        exact, begin = True, len(self.numbers)
        try:
            self._lay(root)
        except _NotCompiledError:
            del self.numbers[begin:]
            root, exact = weaken(root)
            self._lay(root)
        self.begins.append(len(self.numbers))
        return exact

    def _lay(self, node: Node) -> None:
        if type(node) is Word:
            self.numbers.append(self._word(node))
        elif lay := self._kinds.get(type(node)):
            lay(self, node)
        else:
            raise _NotCompiledError

    def _begin(self, *numbers: int) -> int:
        """Begins a part; returns the place where it will say where it ends."""
        self.numbers.extend(numbers)
        return len(self.numbers) - len(numbers) + 1

    def _end(self, place: int) -> None:
        self.numbers[place] = len(self.numbers)

    def _group(self, node: And | Or) -> None:
        place = self._begin(AND if type(node) is And else OR, 0)
        self._children(type(node), node.parts)
        self._end(place)

    def _children(self, group: type[And | Or], parts: Sequence[Node]) -> None:
        """The parts of a group, and those of groups of the same kind in it as if they were its own."""
        for part in parts:
            inner = _bare(part)
            if type(inner) is group:
                self._children(group, inner.parts)
            else:
                self._lay(inner)

    def _not(self, node: Not) -> None:
        place = self._begin(NOT, 0)
        self._lay(node.part)
        self._end(place)

    def _named(self, node: Named) -> None:
        self._lay(node.part)

    def _field(self, node: Field) -> None:
        if node.name not in COLUMN_FIELDS or (node.name == "url" and " " in node.value):
            raise _NotCompiledError
        known = self.fields.setdefault(node.name, {})
        leaf = known.get(node.value)
        if leaf is None:
            leaf = known[node.value] = self._next()
        self.numbers.append(leaf)

    def _phrase(self, node: Phrase) -> None:
        """Two plain words that follow each other are one leaf."""
        pieces = self._pieces(node)
        if len(pieces) == 1:
            self.numbers.append(pieces[0][0])
        else:
            self._stretch(node)

    def _stretch(self, node: Phrase) -> None:
        """A phrase with its length."""
        place = self._begin(PHRASE, 0, len(node.parts))
        for piece in self._pieces(node):
            self.numbers.extend(piece)
        self._end(place)

    def _pieces(self, node: Phrase) -> list[tuple[int, int]]:
        """(leaf, words before it) of pairs that make up a phrase, and of single words where there is no pair."""
        words = [part for part in node.parts if type(part) is Word]
        if len(words) < len(node.parts):
            raise _NotCompiledError
        pieces = []
        at = 0
        while at < len(words):
            if _plain(words[at : at + 2]):
                pieces.append((self._pair(words[at], words[at + 1]), at))
                at += 1
            elif at and _plain(words[at - 1 : at + 1]):
                pieces.append((self._pair(words[at - 1], words[at]), at - 1))
            else:
                pieces.append((self._word(words[at]), at))
            at += 1
        return pieces

    def _near(self, node: Near) -> None:
        place = self._begin(ONEAR if node.ordered else NEAR, 0, node.words)
        for side in map(_bare, (node.left, node.right)):
            if isinstance(side, Or):
                group = self._begin(OR, 0)
                for part in side.parts:
                    self._near_part(part)
                self._end(group)
            else:
                self._near_part(side)
        self._end(place)

    def _near_part(self, node: Node) -> None:
        if isinstance(node, Phrase):
            self._stretch(node)
        elif isinstance(node, Word):
            self.numbers.append(self._word(node))
        else:
            raise _NotCompiledError

    def _word(self, node: Word) -> int:
        key = node.key + "*" if node.prefix else node.sign + node.word if node.sign else node.word
        leaf = self.words.get(key)
        if leaf is None:
            if kind(node.word[-1]) == "t":  # only the reference tells skin tones apart
                raise _NotCompiledError
            leaf = self.words[key] = self._next()
        return leaf

    def _pair(self, first: Word, second: Word) -> int:
        key = self._word(first) << SHIFT | self._word(second)
        leaf = self.pairs.get(key)
        if leaf is None:
            leaf = self.pairs[key] = self._next()
        return leaf

    def _next(self) -> int:
        self.count += 1
        return self.count - 1

    _kinds: ClassVar[Mapping[type, Callable[["Trees", Any], None]]] = {
        And: _group,
        Or: _group,
        Not: _not,
        Named: _named,
        Field: _field,
        Phrase: _phrase,
        Near: _near,
    }


class _NotCompiledError(Exception):
    """A part that only the reference knows."""


def _bare(node: Node) -> Node:
    """What a named sub-query stands for."""
    while type(node) is Named:
        node = node.part
    return node


def _plain(words: Sequence[Word]) -> bool:
    """Whether these are two words without sign, both whole."""
    return len(words) == 2 and not any(word.sign or word.prefix for word in words)  # noqa: PLR2004 (a pair)
