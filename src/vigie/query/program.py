"""A set of queries as arrays: what to look up, what to try then, and how to decide."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from vigie.query.anchors import Anchors, anchors
from vigie.query.document import GAP
from vigie.query.frequency import likely, share
from vigie.query.kernel import ACCEPT, NEAR, PHRASE, REJECT
from vigie.query.nodes import And, Field, Named, Near, Node, Not, Or, Phrase, Query, Word
from vigie.query.parse import joined
from vigie.text.hashing import MULTIPLIER, SEEDS, word_hash
from vigie.text.table import KIND_BITS, WORD, char_table

SEEN_FACTS = ("mention", "hashtag", "emoji", "question")
"""What ``has:`` finds while reading the words, in the order of the kernel's bits."""

_ALL_BITS = 0xFFFFFFFFFFFFFFFF


class Program(NamedTuple):
    """What the kernel reads, in its order. Words, prefixes and field values are numbered together: their ids.

    Attributes:
        characters, expansions: as `vigie.text.table.char_table` gives them.
        seeds: multiplier, then where a hash starts without sign and with ``# @ $``.
        plain_letters: per byte, the folded letter it is by itself in ASCII; 0 for every other byte.
        slots: hash table of pairs (hash, id), a power of two long, 0 where free. Prefixes are in it by the complement
            of their hash.
        sieve: bits by hash, 16 for each that is known: most unknown words are turned away here, near the processor.
        lengths: bit n is set when some prefix has n letters (n modulo 64).
        firsts, postings: per id that queries are looked up by, the pairs (query, test to begin with) to try when it is
            met. These have the lowest ids; every post has id 0.
        code: tests: how many ids, where to go when the post has one of them, where when none, the ids. Or zero, the two
            ways to go, and a place in ``shapes`` of what must stand in the post. Going to `ACCEPT` or `REJECT` ends.
        shapes: `PHRASE`, length, rarest, ids; or `NEAR`, words, phrases left, phrases right, places of those phrases.
        facts: ids of what is seen while reading, in the order of `SEEN_FACTS`, -1 when no query asks.
        gap: places between title, text and tags.
    """

    characters: npt.NDArray[np.int32]
    expansions: npt.NDArray[np.int32]
    plain_letters: npt.NDArray[np.uint8]
    seeds: npt.NDArray[np.uint64]
    sieve: npt.NDArray[np.uint8]
    lengths: np.uint64
    gap: int
    slots: npt.NDArray[np.uint64]
    firsts: npt.NDArray[np.int32]
    postings: npt.NDArray[np.int32]
    code: npt.NDArray[np.int32]
    shapes: npt.NDArray[np.int32]
    facts: npt.NDArray[np.int32]


class Compiled(NamedTuple):
    """A program with what Python needs beside it.

    Attributes:
        ids: names of the queries by number, ascending.
        known: how many ids there are.
        fields: id by field value, per field that some query uses.
        inexact: numbers of queries whose test lets too much through, to be confirmed by the reference.
    """

    program: Program
    ids: tuple[str, ...]
    known: int
    fields: dict[str, dict[str, int]]
    inexact: frozenset[int]


def compile_queries(queries: Mapping[str, Query]) -> Compiled:
    """Arrays for a set of queries. Same queries, same arrays."""
    ids = tuple(sorted(queries))
    roots = [_bare(queries[id].root) for id in ids]
    found = [anchors(root) for root in roots]
    assembler = _Assembler(found)
    inexact = frozenset(number for number, root in enumerate(roots) if assembler.add(number, root, found[number]))
    return Compiled(assembler.program(), ids, assembler.count, assembler.fields, inexact)


def _bare(node: Node) -> Node:
    """The same without names of sub-queries, groups of one kind joined."""
    match node:
        case Named(part=part):
            return _bare(part)
        case And(parts=parts):
            return joined(And, [_bare(part) for part in parts])
        case Or(parts=parts):
            return joined(Or, [_bare(part) for part in parts])
        case Not(part=part):
            inner = _bare(part)
            return inner.part if isinstance(inner, Not) else Not(inner)
        case Near(left=left, right=right, words=words):
            return Near(_bare(left), _bare(right), words)
        case _:
            return node


class _Assembler:
    """Numbers words and field values and lays out tests, query after query."""

    def __init__(self, found: Sequence[Anchors | None]) -> None:
        self.words: dict[Word, int] = {}
        self.fields: dict[str, dict[str, int]] = {}
        self.count = 1  # id 0 is the one that every post has
        self.code: list[int] = []
        self.shapes: list[int] = []
        self.known_shapes: dict[Node, int] = {}
        self.postings: dict[int, list[tuple[int, int]]] = {}
        self.inexact = False
        for one in found:
            for leaf in one.leaves if one else ():
                self._id(leaf)
        self.anchored = self.count

    def add(self, number: int, root: Node, found: Anchors | None) -> bool:
        """Lays out one query; True when its test lets too much through."""
        self.inexact = False
        whole = self._tests(root, ACCEPT, REJECT, positive=True)
        if found is None:
            self.postings.setdefault(0, []).append((number, whole))
            return self.inexact
        rest = self._rest(root, found.group)
        proving = (
            set(found.group.parts if isinstance(found.group, Or) else (found.group,)) if rest is not None else set()
        )
        for leaf in found.leaves:
            entry = rest if rest is not None and leaf in proving else whole
            self.postings.setdefault(self._id(leaf), []).append((number, entry))
        return self.inexact

    def _rest(self, root: Node, group: Node) -> int | None:
        """Tests of what remains once a group of the top AND is known to hold; None when the group is elsewhere."""
        if group is root:
            return ACCEPT
        if isinstance(root, And) and any(part is group for part in root.parts):
            parts = [part for part in root.parts if part is not group]
            return self._tests(joined(And, parts), ACCEPT, REJECT, positive=True)
        return None

    def _id(self, leaf: Word | Field) -> int:
        if isinstance(leaf, Field):
            known = self.fields.setdefault(leaf.name, {})
            if leaf.value not in known:
                known[leaf.value] = self._next()
            return known[leaf.value]
        word = Word(leaf.word, leaf.sign, leaf.prefix)
        if word not in self.words:
            self.words[word] = self._next()
        return self.words[word]

    def _next(self) -> int:
        self.count += 1
        return self.count - 1

    def _tests(self, node: Node, yes: int, no: int, *, positive: bool) -> int:  # noqa: C901, PLR0911 (one case for each kind of node)
        """Lays out a part's tests, last first; returns where they begin."""
        match node:
            case Not(part=part):
                return self._tests(part, no, yes, positive=not positive)
            case And(parts=parts):
                for part in sorted(parts, key=likely, reverse=True):
                    yes = self._tests(part, yes, no, positive=positive)
                return yes
            case Or(parts=parts):
                known = [part for part in parts if isinstance(part, Word | Field)]
                for part in sorted((part for part in parts if not isinstance(part, Word | Field)), key=likely):
                    no = self._tests(part, yes, no, positive=positive)
                return self._any(known, yes, no) if known else no
            case Word() | Field():
                return self._any([node], yes, no)
            case Phrase():
                return self._stands(node, yes, no)
            case Near(left=left, right=right):
                if _simple(left) and _simple(right):
                    return self._stands(node, yes, no)
                self.inexact = True
                return self._tests(And((left, right)), yes, no, positive=positive) if positive else no
            case Named(part=part):
                return self._tests(part, yes, no, positive=positive)

    def _any(self, leaves: Sequence[Word | Field], yes: int, no: int) -> int:
        ids = list(dict.fromkeys(map(self._id, sorted(leaves, key=likely, reverse=True))))
        self.code += (len(ids), yes, no, *ids)
        return len(self.code) - 3 - len(ids)

    def _stands(self, node: Phrase | Near, yes: int, no: int) -> int:
        """A phrase or nearness, tried only when the words it cannot do without are there at all."""
        self.code += (0, yes, no, self._shape(node))
        at = len(self.code) - 4
        sides = [[node]] if isinstance(node, Phrase) else [_sides(node.left), _sides(node.right)]
        for side in sides:
            at = self._any([_rarest(leaf) for leaf in side], at, no)
        return at

    def _shape(self, node: Word | Phrase | Near) -> int:
        if node in self.known_shapes:
            return self.known_shapes[node]
        if isinstance(node, Near):
            left, right = ([self._shape(leaf) for leaf in _sides(side)] for side in (node.left, node.right))
            shape = [NEAR, node.words, len(left), len(right), *left, *right]
        else:
            parts = node.parts if isinstance(node, Phrase) else (node,)
            rarest = parts.index(min(parts, key=share))
            shape = [PHRASE, len(parts), rarest, *map(self._id, parts)]
        self.known_shapes[node] = len(self.shapes)
        self.shapes += shape
        return self.known_shapes[node]

    def program(self) -> Program:
        """The arrays of all that was added."""
        known = {_hash(word): id for word, id in self.words.items()}
        lengths = sum(1 << length for length in {len(word.word) % 64 for word in self.words if word.prefix})
        firsts = np.zeros(self.anchored + 1, np.int32)
        ordered = [self.postings.get(id, []) for id in range(self.anchored)]
        firsts[1:] = np.cumsum([len(found) for found in ordered])
        has = self.fields.get("has", {})
        characters, expansions = char_table()
        return Program(
            characters=characters,
            expansions=expansions,
            plain_letters=_plain_letters(),
            seeds=np.array([MULTIPLIER, *SEEDS.values()], np.uint64),
            sieve=_sieve(known),
            lengths=np.uint64(lengths),
            gap=GAP,
            slots=_slots(known),
            firsts=firsts,
            postings=np.array([number for found in ordered for pair in found for number in pair], np.int32),
            code=np.array(self.code, np.int32),
            shapes=np.array(self.shapes, np.int32),
            facts=np.array([has.get(fact, -1) for fact in SEEN_FACTS], np.int32),
        )


def _simple(side: Node) -> bool:
    """Whether the kernel knows this side of NEAR: words and phrases, one of them or an OR of them."""
    return isinstance(side, Word | Phrase) or (
        isinstance(side, Or) and all(isinstance(part, Word | Phrase) for part in side.parts)
    )


def _sides(side: Node) -> Sequence[Word | Phrase]:
    leaves = side.parts if isinstance(side, Or) else (side,)
    return list(dict.fromkeys(leaf for leaf in leaves if isinstance(leaf, Word | Phrase)))


def _rarest(leaf: Word | Phrase) -> Word:
    return min(leaf.parts, key=share) if isinstance(leaf, Phrase) else leaf


def _hash(word: Word) -> int:
    value = word_hash(word.word, word.sign)
    return value ^ _ALL_BITS if word.prefix else value


def _plain_letters() -> npt.NDArray[np.uint8]:
    characters, _ = char_table()
    return np.array(
        [entry >> KIND_BITS if entry & ((1 << KIND_BITS) - 1) == WORD else 0 for entry in characters[:128].tolist()]
        + [0] * 128,
        np.uint8,
    )


def _power_above(count: int) -> int:
    """The smallest power of two that is not below."""
    return 1 << max(3, (count - 1).bit_length())


def _slots(ids: Mapping[int, int]) -> npt.NDArray[np.uint64]:
    """A hash table at most half full."""
    size = _power_above(2 * len(ids))
    slots = np.zeros(2 * size, np.uint64)
    for value, id in ids.items():
        slot = (value ^ (value >> 32)) & (size - 1)
        while slots[2 * slot]:
            slot = (slot + 1) & (size - 1)
        slots[2 * slot], slots[2 * slot + 1] = value, id
    return slots


def _sieve(ids: Mapping[int, int]) -> npt.NDArray[np.uint8]:
    size = _power_above(16 * len(ids))
    bits = np.zeros(size // 8, np.uint8)
    for value in ids:
        bit = (value >> 24) & (size - 1)
        bits[bit >> 3] |= 1 << (bit & 7)
    return bits
