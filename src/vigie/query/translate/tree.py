"""A query of any of the four products as it was read: the same nodes for all, each with its place."""

from typing import Literal, TypeAlias, Union

from msgspec import Struct


class Leaf(Struct, frozen=True):
    """A word, a phrase, or one that is to be found as written.

    Attributes:
        text: without its quotes.
        slop: words that may stand in between, for a loose phrase; -1 for a phrase that is not one.
        only: ``accents`` for one whose capitals do not count, its accents do.
    """

    kind: Literal["word", "phrase", "raw"]
    text: str
    start: int
    end: int
    slop: int = -1
    only: str = ""


class Facet(Struct, frozen=True):
    """``name:value`` or ``name>value``; the value of a group like ``site:(a OR b)`` is given to each of its leaves."""

    name: str
    sign: str
    value: Leaf
    start: int
    end: int


class Close(Struct, frozen=True):
    """Two things near each other.

    Attributes:
        operator: ``NEAR``, ``ONEAR``, ``SENTENCE`` or ``PARAGRAPH``.
        apart: the left one where the right one is not near: ``a NOT NEAR/5 b``.
    """

    operator: str
    words: int
    left: "Pasted"
    right: "Pasted"
    start: int
    end: int
    apart: bool = False


class Both(Struct, frozen=True):
    """All of them; two parts at least."""

    parts: tuple["Pasted", ...]
    start: int
    end: int


class Either(Struct, frozen=True):
    """One of them at least; two parts at least."""

    parts: tuple["Pasted", ...]
    start: int
    end: int


class Without(Struct, frozen=True):
    """Everything but."""

    part: "Pasted"
    start: int
    end: int


class Often(Struct, frozen=True):
    """``atleast/3(…)``: its words so many times in all."""

    times: int
    parts: tuple["Pasted", ...]
    start: int
    end: int


Pasted: TypeAlias = Union[Leaf, Facet, Close, Both, Either, Without, Often]  # noqa: UP007 (the names in quotes need it)
