"""What a query is once read: a tree of words, phrases, nearness, fields and the operators between them."""

from typing import TypeAlias, Union

from msgspec import Struct

from vigie.query.problems import Problem


class Word(Struct, frozen=True, tag=True, omit_defaults=True):
    """A word, tag or emoji, or with ``prefix`` every one that begins so.

    Attributes:
        word: folded as `vigie.text.fold` does, without its sign.
        sign: ``#``, ``@``, ``$``, or empty: then the word is found with any sign or none.
        written: as its author wrote it, for printing; empty inside a phrase.
    """

    word: str
    sign: str = ""
    prefix: bool = False
    written: str = ""

    @property
    def key(self) -> str:
        """How the word is looked up in a text: ``#greve``."""
        return self.sign + self.word


class Phrase(Struct, frozen=True, tag=True):
    """Words that follow each other."""

    parts: tuple[Word, ...]
    written: str


class Near(Struct, frozen=True, tag=True):
    """Two things with at most ``words`` words between them, in any order, not overlapping.

    As a thing itself it stands from a word of one side to the nearest of the other.
    """

    left: "Node"
    right: "Node"
    words: int


class And(Struct, frozen=True, tag=True):
    """All of them. Two parts at least, none of them an `And`."""

    parts: tuple["Node", ...]


class Or(Struct, frozen=True, tag=True):
    """One of them at least. Two parts at least, none of them an `Or`."""

    parts: tuple["Node", ...]


class Not(Struct, frozen=True, tag=True):
    """Everything but. Never around another `Not`."""

    part: "Node"


class Field(Struct, frozen=True, tag=True):
    """What the network says about a post: ``lang:fr``. Names and values are those of `vigie.query.fields`."""

    name: str
    value: str


class Named(Struct, frozen=True, tag=True):
    """``{brand}``, and what it stood for when the query was read."""

    name: str
    part: "Node"


Node: TypeAlias = Union[Word, Phrase, Near, And, Or, Not, Field, Named]  # noqa: UP007 (the names in quotes need it)


class Query(Struct, frozen=True):
    """A query that can be run.

    Attributes:
        source: the text it was read from.
        warnings: what its author may not have meant; nothing that hinders.
    """

    root: Node
    source: str = ""
    warnings: tuple[Problem, ...] = ()


def children(node: Node) -> tuple[Node, ...]:
    """The nodes right under one."""
    match node:
        case And(parts=parts) | Or(parts=parts) | Phrase(parts=parts):
            return parts
        case Near(left=left, right=right):
            return (left, right)
        case Not(part=part) | Named(part=part):
            return (part,)
        case _:
            return ()


def measure(root: Node, clause_cap: int) -> tuple[int, int]:
    """(depth, leaves) of a tree; counting stops once there are more leaves than the cap."""
    depth = leaves = 0
    waiting = [(root, 1)]
    while waiting and leaves <= clause_cap:
        node, level = waiting.pop()
        depth = max(depth, level)
        if isinstance(node, Word | Phrase | Field):
            leaves += 1
        else:
            waiting.extend((child, level + 1) for child in children(node))
    return depth, leaves
