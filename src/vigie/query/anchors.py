"""Which words a post must hold to have a chance: the cheapest set of which every matching post has one at least."""

from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct

from vigie.query import frequency
from vigie.query.nodes import And, AtLeast, Field, Named, Node, Not, Or, Pattern, Raw, Word, children
from vigie.query.weaken import HEAD_MIN, raw_words

Anchor: TypeAlias = Word | Field
ANCHOR_FIELDS = ("author", "to", "site", "url")
"""Fields rare enough to look a query up by; ``lang:``, ``network:``, ``has:`` and ``is:`` hold for too many posts."""


class Anchors(Struct, frozen=True):
    """A necessary set.

    Attributes:
        share: expected part of posts that hold one of them.
        leaves: the words and fields.
        group: the part of the query that they stand for: the whole, or one side of an AND.
    """

    share: float
    leaves: tuple[Anchor, ...]
    group: Node


def anchors(node: Node) -> Anchors | None:  # noqa: PLR0911 (one case for each kind of node)
    """The cheapest necessary set, or None when a post may match without holding any word of the query.

    AND takes its cheapest side, OR needs all of them, a phrase its rarest word, NEAR its cheaper side, ``atleast`` so
    many of its cheapest parts that the others would be too few. A word with open letters is looked up by its beginning.
    """
    match node:
        case Word():
            return Anchors(frequency.share(node), (node,), node)
        case Pattern(sign=sign, head=head) if len(head) >= HEAD_MIN:
            beginning = Word(head, sign, prefix=True)
            return Anchors(frequency.share(beginning), (beginning,), node)
        case Raw(text=text):
            rarest = min(raw_words(text), key=frequency.share, default=None)
            return None if rarest is None else Anchors(frequency.share(rarest), (rarest,), node)
        case Field(name="url", value=value):
            longest = Field("url", max(value.split(), key=len))
            return Anchors(frequency.FIELDS["url"], (longest,), node)
        case Field(name=name):
            return Anchors(frequency.FIELDS[name], (node,), node) if name in ANCHOR_FIELDS else None
        case AtLeast(count=count, parts=(_, _, *_) as parts):
            several = sorted((one for part in parts if (one := anchors(part))), key=lambda one: one.share)
            needed = several[: len(parts) - count + 1]
            return _any_of(needed, node) if len(needed) == len(parts) - count + 1 else None
        case Named(part=part):
            return anchors(part)
        case Or(parts=parts):
            every = [anchors(part) for part in parts]
            sets = [found for found in every if found is not None]
            return _any_of(sets, node) if len(sets) == len(every) else None
        case Not(part=part):
            return _without(part)
        case _:
            found = [found for found in map(anchors, children(node)) if found is not None]
            best = min(found, key=lambda one: one.share, default=None)
            return best if best is None or isinstance(node, And) else Anchors(best.share, best.leaves, node)


def _any_of(sets: Sequence[Anchors], group: Node) -> Anchors:
    leaves = dict.fromkeys(leaf for one in sets for leaf in one.leaves)
    return Anchors(sum(one.share for one in sets), tuple(leaves), group)


def _without(part: Node) -> Anchors | None:
    """The set of NOT part: only what is denied twice is necessary."""
    match part:
        case Named(part=inner):
            return _without(inner)
        case Not(part=inner):
            return anchors(inner)
        case Or(parts=parts):
            found = [one for one in map(_without, parts) if one is not None]
            return min(found, key=lambda one: one.share, default=None)
        case And(parts=parts):
            every = [_without(one) for one in parts]
            sets = [one for one in every if one is not None]
            return _any_of(sets, Not(part)) if len(sets) == len(every) else None
        case _:
            return None


def unanchored(node: Node) -> Node | None:
    """The smallest part because of which a query has no anchors; None when it has some."""
    if anchors(node) is not None:
        return None
    match node:
        case Named(part=part):
            return unanchored(part)
        case Or(parts=parts):
            return next(part for part in map(unanchored, parts) if part is not None)
        case And(parts=parts) | AtLeast(parts=parts):
            return next((part for part in parts if not isinstance(part, Not)), parts[0])
        case _:
            return node
