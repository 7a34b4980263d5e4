"""A set of queries as arrays: what to look up, what to try then, and how to decide."""

from collections.abc import Collection, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from vigie.query.anchors import ANCHOR_FIELDS
from vigie.query.document import GAP
from vigie.query.filing import asked, choose
from vigie.query.flatten import EVERY, SHIFT, Trees
from vigie.query.layout import file, lay_all
from vigie.query.nodes import Field, Query, Word
from vigie.query.reading import ASKS, LETTER, MARGIN
from vigie.query.seen import MODEL, Seen
from vigie.query.tables import hash_pairs, hash_words, sieve, slots, stems
from vigie.text.table import KIND_BITS, QUESTION, SIGN, SPACE, WORD, char_table

SEEN_FACTS = ("mention", "hashtag", "emoji", "question")
"""What ``has:`` finds while reading the words, in the order of the kernel's bits."""

_BESIDE = np.float32(0.05)
"""Of the posts that hold the rarer of two words, those where the other one stands beside it."""

_ASCII, _SIGNS = 128, "#@$"
_ENCODING, _LONE_SURROGATES = "utf-8", "surrogatepass"


class Program(NamedTuple):
    """What the kernel reads, in its order. Words, prefixes, pairs and field values are numbered together: their ids.

    Attributes:
        characters, expansions: as `vigie.text.table.char_table` gives them.
        table: per byte, the folded byte with `LETTER` and `ASKS`, or 0 for what ``characters`` must be asked about.
        sieve: bits by hash, 16 for each that is known: most unknown words are turned away here, near the processor.
        stems: by the sign and the first three bytes of a word, how long prefixes that begin so are: bit n-1 is set for
            n bytes (modulo 16).
        gap: places between title, text and tags.
        slots, bits: hash table, a power of two long, 0 where free: the id in the low ``bits``, above them the hash.
            Prefixes are in it by the complement of their hash.
        firsts, filed: per id that queries are filed under, where in ``filed`` they begin. Each is a query, where to go
            when the post has one of the leaves, where when none, how many fours of leaves, the leaves. `ACCEPT` and
            `REJECT` end, else it goes on in ``code``; without leaves both ways are the same. These ids are the lowest;
            every post has id 0.
        code: tests: how many ids, where to go when the post has one of them, where when none, the ids. Or zero, the two
            ways to go, and a place in ``shapes`` of what must stand in the post.
        shapes: `A_PHRASE`, length in words, how many parts, then each part's id and its words before it, the rarest
            first; or `A_NEARNESS`, words, whether in order, shapes left, shapes right, places of those shapes.
        facts: ids of what is seen while reading, in the order of `SEEN_FACTS`, -1 when no query asks.
    """

    characters: npt.NDArray[np.int32]
    expansions: npt.NDArray[np.int32]
    table: npt.NDArray[np.uint16]
    sieve: npt.NDArray[np.uint8]
    stems: npt.NDArray[np.uint16]
    gap: int
    slots: npt.NDArray[np.uint64]
    bits: int
    firsts: npt.NDArray[np.int32]
    filed: npt.NDArray[np.int32]
    code: npt.NDArray[np.int32]
    shapes: npt.NDArray[np.int32]
    facts: npt.NDArray[np.int32]


class Compiled(NamedTuple):
    """A program with what Python needs beside it.

    Attributes:
        ids: names of the queries by number, ascending.
        known: how many ids there are.
        filed: how often queries are filed, at most that many are tried for a post.
        fields: id by field value, per field that some query uses.
        inexact: numbers of queries whose test lets too much through, to be confirmed by the reference.
    """

    program: Program
    ids: tuple[str, ...]
    known: int
    filed: int
    fields: dict[str, dict[str, int]]
    inexact: frozenset[int]


def compile_queries(queries: Mapping[str, Query], seen: Seen = MODEL) -> Compiled:
    """Arrays for a set of queries; ``seen`` tells how common words are. Each query is asked for once and not kept."""
    ids = tuple(sorted(queries))
    trees = Trees()
    inexact = frozenset(number for number, id in enumerate(ids) if not trees.add(queries[id].root))
    numbers, begins = np.frombuffer(trees.numbers, np.int32), np.frombuffer(trees.begins, np.int32)
    longest = int(np.diff(begins).max(initial=0))
    nodes = tuple(np.zeros((7, longest + 1), np.int32))
    weights = (_shares(trees, seen), np.empty(longest + 1, np.float32), np.empty(longest + 1, np.float32))
    firsts, anchors = choose(numbers, begins, nodes, weights)
    final, anchored, known = _numbered(asked(numbers, trees.count), anchors, np.abs(weights[0]))
    room = 16 + 12 * len(numbers)  # each leaf is laid out twice at most; what is not needed is never touched
    made = (np.empty(room, np.int32), np.empty(room, np.int32), np.zeros(2, np.int64), final)
    entries = lay_all(numbers, begins, firsts, anchors, nodes, weights, made)
    where, filed = file(firsts, anchors, entries, anchored, made)
    hashes, prefix_table = _hashes(trees)
    kept = (final > 0) & (hashes != 0)
    hashes, leaves = hashes[kept], final[kept]
    bits = known.bit_length()
    characters, expansions = char_table()
    fields = {
        name: known_values
        for name, values in trees.fields.items()
        if (known_values := {value: int(final[leaf]) for value, leaf in values.items() if final[leaf] >= 0})
    }
    has = fields.get("has", {})
    program = Program(
        characters=characters,
        expansions=expansions,
        table=_table(),
        sieve=sieve(hashes, _power_above(16 * len(hashes))),
        stems=prefix_table,
        gap=GAP,
        slots=slots(hashes, leaves, max(_power_above(2 * len(hashes)), 1 << bits), bits),
        bits=bits,
        firsts=where,
        filed=filed,
        code=made[0][: made[2][0]],
        shapes=made[1][: made[2][1]],
        facts=np.array([has.get(fact, -1) for fact in SEEN_FACTS], np.int32),
    )
    return Compiled(program, ids, known, len(anchors), fields, inexact)


def _shares(trees: Trees, seen: Seen) -> npt.NDArray[np.float32]:
    """Expected part of posts that hold each leaf; below zero for fields too common to file a query under."""
    shares = np.ones(trees.count, np.float32)
    shares[list(trees.words.values())] = [seen.share(_word(key)) for key in trees.words]
    for name, values in trees.fields.items():
        sign = 1 if name in ANCHOR_FIELDS else -1
        shares[list(values.values())] = [sign * seen.share(Field(name, value)) for value in values]
    first, second = _sides(trees.pairs)
    shares[list(trees.pairs.values())] = np.minimum(shares[first], shares[second]) * _BESIDE
    return shares


def _sides(pairs: Collection[int]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    both = np.fromiter(pairs, np.int64, len(pairs))
    return both >> SHIFT, both & ((1 << SHIFT) - 1)


def _word(key: str) -> Word:
    """The word that a key of `Trees.words` stands for."""
    return Word(key.strip(_SIGNS + "*"), key[0] if key[0] in _SIGNS else "", key[-1] == "*")


def _numbered(
    asked: npt.NDArray[np.bool_], anchors: npt.NDArray[np.int32], shares: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.int32], int, int]:
    """(id of each leaf, how many of them queries are filed under, how many there are); -1 for leaves not asked for.

    Those that queries are filed under come first, and what is common stands together: it stays near the processor.
    """
    rank = np.where(asked, 1, 2)
    rank[anchors] = 0
    rank[EVERY] = -1
    order = np.lexsort((-shares, rank))
    numbers = np.empty(len(order), np.int32)
    numbers[order] = np.arange(len(order))
    numbers[rank > 1] = -1
    return numbers, int((rank <= 0).sum()), int((rank <= 1).sum())


def _hashes(trees: Trees) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint16]]:
    """(hash of each leaf, table of the lengths of prefixes by their first bytes)."""
    spelled = [key.strip(_SIGNS + "*").encode(_ENCODING, _LONE_SURROGATES) for key in trees.words]
    offsets = np.zeros(len(spelled) + 1, np.int64)
    np.cumsum(list(map(len, spelled)), out=offsets[1:])
    text = np.frombuffer(b"".join((*spelled, bytes(MARGIN))), np.uint8)
    signs = np.array([ord(key[0]) if key[0] in _SIGNS else 0 for key in trees.words], np.uint8)
    prefixes = np.array([key[-1] == "*" for key in trees.words], np.bool_)
    found = np.zeros(trees.count, np.uint64)
    found[list(trees.words.values())] = hash_words(text, offsets, signs, prefixes)
    first, second = _sides(trees.pairs)
    found[list(trees.pairs.values())] = hash_pairs(found[first], found[second])
    return found, stems(text, offsets, signs, prefixes, _power_above(4 * int(prefixes.sum())))


@cache
def _table() -> npt.NDArray[np.uint16]:
    """What `Program.table` says."""
    characters, _ = char_table()
    table = np.zeros(256, np.uint16)
    for byte, entry in enumerate(characters[:_ASCII].tolist()):
        kind, code = entry & ((1 << KIND_BITS) - 1), entry >> KIND_BITS
        if kind == WORD and code < _ASCII:
            table[byte] = LETTER | code
        elif kind == SIGN:
            table[byte] = code
        elif kind in {SPACE, QUESTION}:
            table[byte] = ord(" ") | (ASKS if kind == QUESTION else 0)
    return table


def _power_above(count: int) -> int:
    """The smallest power of two that is not below, and 64 at least."""
    return 1 << max(6, (count - 1).bit_length())
