"""What a query is once read: a tree of words, phrases, nearness, fields and the operators between them."""

import re
from typing import TypeAlias, Union

from msgspec import Struct

from vigie.query.problems import Problem

_OPEN = re.compile(r"[*?]")


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


class Pattern(Struct, frozen=True, tag=True, omit_defaults=True):
    """A word with letters left open: ``gr?ve``, ``w*fi``, ``*gate``. A `Word` with ``prefix`` is the commonest case.

    Attributes:
        pattern: folded; ``*`` stands for any letters or none, ``?`` for exactly one.
        sign: as in `Word`.
        written: as in `Word`.
    """

    pattern: str
    sign: str = ""
    written: str = ""

    @property
    def key(self) -> str:
        """How the word is looked up in a text: ``#gr?ve``."""
        return self.sign + self.pattern

    @property
    def head(self) -> str:
        """The letters before the first open one: ``gr``."""
        return _OPEN.split(self.pattern, 1)[0]


class Phrase(Struct, frozen=True, tag=True):
    """Words that follow each other."""

    parts: tuple[Word | Pattern, ...]
    written: str


class Loose(Struct, frozen=True, tag=True):
    """``"a b c"~n``: its words in any order, each at a place of its own, with at most ``words`` others among them."""

    parts: tuple[Word | Pattern, ...]
    words: int
    written: str


class Raw(Struct, frozen=True, tag=True):
    """``raw:"As Written!"``: exactly these characters, beginning and ending where a word does."""

    text: str


class Near(Struct, frozen=True, tag=True):
    """Two things with at most ``words`` words between them, not overlapping; with ``ordered``, the left one first.

    As a thing itself it stands from a word of one side to the nearest of the other.
    """

    left: "Node"
    right: "Node"
    words: int
    ordered: bool = False


class Sentence(Struct, frozen=True, tag=True):
    """Things that stand in one sentence. Two parts at least, none of them a `Sentence`."""

    parts: tuple["Node", ...]


class AtLeast(Struct, frozen=True, tag=True):
    """``atleast/2(a, b, c)``: so many of the parts, two at least and fewer than all. With one part: so many times."""

    count: int
    parts: tuple["Node", ...]


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


class Range(Struct, frozen=True, tag=True):
    """A number that the network tells lies between two others, both included; None where it is open on that side."""

    name: str
    least: int | None
    most: int | None


class Named(Struct, frozen=True, tag=True):
    """``{brand}``, and what it stood for when the query was read."""

    name: str
    part: "Node"


Node: TypeAlias = Union[  # noqa: UP007 (the names in quotes need it)
    Word, Pattern, Phrase, Loose, Raw, Near, Sentence, AtLeast, And, Or, Not, Field, Range, Named
]


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
        case And(parts=parts) | Or(parts=parts) | Sentence(parts=parts) | AtLeast(parts=parts):
            return parts
        case Phrase(parts=parts) | Loose(parts=parts):
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
        if isinstance(node, Word | Pattern | Phrase | Loose | Raw | Field | Range):
            leaves += 1
        else:
            waiting.extend((child, level + 1) for child in children(node))
    return depth, leaves
