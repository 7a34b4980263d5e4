"""The same question asked at less cost; where there is none, a narrower one, said to be narrower."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from msgspec import Struct

from vigie.query.cost import cost
from vigie.query.nodes import (
    And,
    Loose,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Query,
    Sentence,
    Word,
    children,
    measure,
)
from vigie.query.parse import joined
from vigie.query.printer import node_text
from vigie.query.scan import tokens_for_editor
from vigie.query.seen import MODEL, Seen

WORTH = 0.8
"""A rewriting costs at most so much of the query that it is offered for."""
MANY = 300
"""Clauses beyond which no rewriting is sought: each is compared with each."""
NAMED_WORDS = 12
"""Words that stand for one with open letters: the most frequent of the sample."""

_Group: TypeAlias = type[And] | type[Or]


class Rewriting(Struct, frozen=True):
    """Another text for a query.

    Attributes:
        same: it finds the same posts; otherwise it is narrower: it finds fewer, and none that the query does not find.
        without: what a narrower one leaves out, as queries write it; for a word with open letters, that word.
    """

    text: str
    same: bool
    without: str = ""


def cheaper(query: Query, seen: Seen = MODEL) -> Rewriting | None:
    """A cheaper text for a query; None when nobody knows one. Names of other queries are not looked into.

    >>> from vigie.query import parse
    >>> cheaper(parse("(love AND the) OR (love AND a) OR (love AND to)")).text
    'love AND (the OR a OR to)'
    >>> cheaper(parse("the OR roastery"))
    Rewriting(text='roastery', same=False, without='the')
    """
    _, clauses = measure(query.root, MANY)
    if clauses > MANY:
        return None
    asked = cost(query, seen)
    plain = simplified(query.root)
    best = Query(plain)
    now = cost(best, seen)
    if plain != query.root and now.budget <= WORTH * asked.budget and not now.too_dear:
        return Rewriting(_text(query, plain), same=True)
    for narrow, without in _narrower(plain, seen):
        if cost(Query(narrow), seen).budget <= WORTH * now.budget:
            return Rewriting(_text(query, narrow), same=False, without=without)
    if plain != query.root and now.budget <= WORTH * asked.budget:
        return Rewriting(_text(query, plain), same=True)
    return None


def _text(query: Query, root: Node) -> str:
    """The new text, under the notes that were in the old one."""
    source = query.source
    notes = [source[start:end].strip() for start, end, kind in tokens_for_editor(source) if kind == "cm"]
    return "\n".join([*notes, node_text(root)])


def simplified(node: Node) -> Node:
    """A part that holds for the same posts, without what another part says already, common sides said once.

    >>> from vigie.query import parse
    >>> [node_text(simplified(parse(text).root)) for text in ('port OR "the port"', "port AND (port OR the)")]
    ['port', 'port']
    """
    match node:
        case And(parts=parts):
            return _joined(
                And, _without_implied([simplified(part) for part in parts], lambda one, by: implies(by, one))
            )
        case Or(parts=parts):
            kept = _without_implied([simplified(part) for part in parts], implies)
            return _factored(kept)
        case Not(part=part):
            inner = simplified(part)
            return inner.part if isinstance(inner, Not) else Not(inner)
        case _:
            return node


def implies(one: Node, other: Node) -> bool:  # noqa: C901, PLR0911 (one case for each pair of kinds)
    """True only when every post for which ``one`` holds is one for which ``other`` holds; False when nobody knows.

    What ``{name}`` stands for may change, so nothing follows from it.
    """
    if one == other:
        return True
    match one, other:
        case Or(parts=parts), _:
            return all(implies(part, other) for part in parts)
        case _, And(parts=parts):
            return all(implies(one, part) for part in parts)
        case And(parts=parts), _:
            return any(implies(part, other) for part in parts) or _among(one, other)
        case _, Or():
            return _among(one, other)
        case Not(part=left), Not(part=right):
            return implies(right, left)
        case Word(), Word():
            return _word_implies(one, other)
        case Phrase(parts=parts) | Loose(parts=parts), Word():
            return any(isinstance(part, Word) and _word_implies(part, other) for part in parts)
        case Near(left=left, right=right), _:
            return (_stands(left) and implies(left, other)) or (_stands(right) and implies(right, other))
        case Sentence(parts=parts), _:
            return any(_stands(part) and implies(part, other) for part in parts)
        case _:
            return False


def _among(one: Node, other: Node) -> bool:
    return isinstance(other, Or) and any(implies(one, part) for part in other.parts)


def _word_implies(one: Word, other: Word) -> bool:
    if other.sign not in ("", one.sign) or not other.word[0].isalnum():
        return False
    if other.prefix:
        return one.word.startswith(other.word)
    return not one.prefix and one.word == other.word


def _stands(node: Node) -> bool:
    """It stands somewhere in the text when what it is a side of does."""
    return isinstance(node, Word | Phrase) or (isinstance(node, Or) and all(map(_stands, node.parts)))


def _without_implied(parts: Sequence[Node], said_by: Callable[[Node, Node], bool]) -> list[Node]:
    """The parts without those that another one makes needless; of two that say the same, the first stays."""
    kept: list[Node] = []
    for index, part in enumerate(parts):
        others = (*kept, *parts[index + 1 :])
        if not any(
            said_by(part, other) and not (other in parts[index + 1 :] and said_by(other, part)) for other in others
        ):
            kept.append(part)
    return kept


def _factored(parts: Sequence[Node]) -> Node:
    """``(a AND b) OR (a AND c)`` as ``a AND (b OR c)``."""
    sides = [part.parts if isinstance(part, And) else (part,) for part in parts]
    shared = [side for side in sides[0] if all(side in others for others in sides[1:])]
    if len(parts) == 1 or not shared:
        return _joined(Or, parts)
    rests = [[side for side in one if side not in shared] for one in sides]
    if not all(rests):  # one branch is the shared part itself
        return _joined(And, shared)
    return _joined(And, [*shared, _joined(Or, [_joined(And, rest) for rest in rests])])


def _joined(group: _Group, parts: Sequence[Node]) -> Node:
    return joined(group, list(parts))


def _narrower(root: Node, seen: Seen) -> list[tuple[Node, str]]:
    """Queries that find part of what this one finds, with what they leave out: the mildest first."""
    found: list[tuple[Node, str]] = []
    for leaf in _open(root):
        words = [Word(word, leaf.sign, written=leaf.sign + word) for word in seen.meant(leaf, NAMED_WORDS)]
        if words:
            found.append((_replaced(root, leaf, _joined(Or, words)), node_text(leaf)))
    if isinstance(root, Or):
        dearest = sorted(root.parts, key=lambda part: -cost(Query(part), seen).budget)
        found += [(_joined(Or, [part for part in root.parts if part is not dear]), node_text(dear)) for dear in dearest]
    return found


def _open(node: Node) -> list[Word | Pattern]:
    """Words with open letters that stand where fewer of them find fewer posts: not under NOT, nor inside a phrase."""
    match node:
        case Pattern() | Word(prefix=True):
            return [node]
        case And(parts=parts) | Or(parts=parts):
            return [leaf for part in parts for leaf in _open(part)]
        case Near():
            return [leaf for part in children(node) for leaf in _open(part)]
        case _:
            return []


def _replaced(node: Node, old: Node, new: Node) -> Node:
    if node is old:
        return new
    match node:
        case And(parts=parts):
            return _joined(And, [_replaced(part, old, new) for part in parts])
        case Or(parts=parts):
            return _joined(Or, [_replaced(part, old, new) for part in parts])
        case Near(left=left, right=right, words=words, ordered=ordered):
            return Near(_replaced(left, old, new), _replaced(right, old, new), words, ordered)
        case _:
            return node
