"""Where in a post something stands: in its text, its title or one of its tags, and how far from something else."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, TypeAlias

from msgspec import Struct, structs

from vigie.model import Post, Span
from vigie.query.document import Document
from vigie.query.evaluate import spans_in, stretches
from vigie.query.nodes import Node, Query

Stretch: TypeAlias = tuple[int, int]
"""Places of a post: the first, and the one after the last."""


class Found(Struct, frozen=True, omit_defaults=True):
    """Where a clause stands: characters of the post's text and of its title, and the tags that hold it."""

    text: tuple[Span, ...] = ()
    title: tuple[Span, ...] = ()
    tags: tuple[str, ...] = ()


class Pair(NamedTuple):
    """Two stretches that do not overlap, and how many words stand between them."""

    words: int
    one: Stretch
    other: Stretch


class Ground:
    """A post, asked where things stand in it. The parts that it is searched in are those of its `Document`."""

    def __init__(self, post: Post) -> None:
        self.post = post
        self.document = Document(post)
        self._starts = [part.place for part in self.document.parts]
        self._text = 1 if post.title else 0
        self._spent = 0

    def spend(self) -> int:
        """How many letters have been looked through, once more counted in."""
        self._spent += sum(len(part.text) for part in self.document.parts)
        return self._spent

    def found(self, node: Node) -> Found:
        """Where a clause stands that holds: what `spans` marks, in the text and in the title."""
        tags = [
            part for part in {self._part(start) for start, _ in stretches(node, self.document)} if part > self._text
        ]
        return Found(
            text=spans_in(Query(node), self.document),
            title=spans_in(Query(node), self._title) if self.post.title else (),
            tags=tuple(self.document.parts[part].text for part in sorted(tags)),
        )

    @cached_property
    def _title(self) -> Document:
        """The title as a text of its own."""
        return Document(structs.replace(self.post, title="", text=self.post.title, tags=()))

    def at(self, places: Iterable[Stretch]) -> Found:
        """Stretches as characters."""
        by_part: dict[int, list[Span]] = {}
        for stretch in sorted(set(places)):
            by_part.setdefault(self._part(stretch[0]), []).append(self._span(stretch))
        return Found(
            text=tuple(by_part.get(self._text, ())),
            title=tuple(by_part.get(self._text - 1, ())),
            tags=tuple(self.document.parts[part].text for part in by_part if part > self._text),
        )

    def where(self, node: Node) -> list[Stretch]:
        """Where something stands in the first part that has it, the text before the others; empty when nowhere."""
        found = stretches(node, self.document)
        parts = [self._part(start) for start, _ in found]
        first = min(parts, key=self._rank, default=None)
        return [stretch for stretch, part in zip(found, parts, strict=True) if part == first]

    def words(self, stretch: Stretch) -> str:
        """What is written there, from the first word to the last."""
        span = self._span(stretch)
        return self.document.parts[self._part(stretch[0])].text[span.start : span.end]

    def nearest(self, left: Node, right: Node, *, ordered: bool = False) -> Pair | None:
        """Where two things come nearest to each other; None when no part has both apart from each other."""
        ones, others = (self._by_part(stretches(side, self.document)) for side in (left, right))
        pairs = [
            (pair.words, self._rank(part), pair)
            for part in ones.keys() & others.keys()
            if (pair := nearest(ones[part], others[part], ordered=ordered))
        ]
        return min(pairs)[-1] if pairs else None

    def _by_part(self, found: Sequence[Stretch]) -> dict[int, list[Stretch]]:
        parts: dict[int, list[Stretch]] = {}
        for stretch in found:
            parts.setdefault(self._part(stretch[0]), []).append(stretch)
        return parts

    def _part(self, place: int) -> int:
        return bisect_right(self._starts, place) - 1

    def _rank(self, part: int) -> tuple[bool, int]:
        """The text first."""
        return part != self._text, part

    def _span(self, stretch: Stretch) -> Span:
        part = self.document.parts[self._part(stretch[0])]
        first, last = part.tokens[stretch[0] - part.place], part.tokens[stretch[1] - 1 - part.place]
        return Span(first.start, last.end)


def nearest(ones: Sequence[Stretch], others: Sequence[Stretch], *, ordered: bool = False) -> Pair | None:
    """The pair with the fewest words between, ``ordered``: the first before the second. Both lists ascend.

    >>> nearest([(0, 1), (9, 10)], [(4, 6)])
    Pair(words=3, one=(0, 1), other=(4, 6))
    """
    found = [Pair(after[0] - one[1], one, after) for one, after in _followed(ones, others)]
    if not ordered:
        found += [Pair(after[0] - one[1], after, one) for one, after in _followed(others, ones)]
    return min(found, default=None)


def _followed(ones: Sequence[Stretch], others: Sequence[Stretch]) -> Iterator[tuple[Stretch, Stretch]]:
    """Each stretch with the first of the others that begins after its end."""
    for one in ones:
        at = bisect_left(others, (one[1], 0))
        if at < len(others):
            yield one, others[at]
