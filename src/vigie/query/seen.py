"""How common words are in a house's own sample of posts, and for what it has not seen the model of `frequency`."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from math import prod

from vigie.model import Post
from vigie.query import frequency
from vigie.query.document import Document
from vigie.query.nodes import (
    And,
    AtLeast,
    Field,
    Loose,
    Named,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Range,
    Raw,
    Sentence,
    Word,
)
from vigie.query.wildcards import finder

TRUST = 1_000.0
"""Posts that the model is worth: with as many in the sample, half of each figure is the sample's own."""
_LAST = "\U0010ffff"


class Seen:
    """Document frequencies of a sample; without posts, those of the model. Made once, asked from any thread.

    >>> from vigie.model import Author
    >>> posts = [Post("rss", str(n), Author("a"), "Le Finistère" if n % 2 else "Autre chose", 0) for n in range(1000)]
    >>> round(Seen(posts).share(Word("finistere")), 2), round(Seen().share(Word("finistere")), 4)
    (0.25, 0.0001)
    """

    def __init__(self, posts: Iterable[Post] = ()) -> None:
        self.posts = 0
        self._words: Counter[str] = Counter()
        self._fields: Counter[tuple[str, str]] = Counter()
        for post in posts:
            document = Document(post)
            self.posts += 1
            self._words.update(document.places.keys())
            self._fields.update((name, value) for name, values in document.fields.items() for value in values)
        self._sorted = sorted(self._words)

    def share(self, leaf: Word | Pattern | Field) -> float:
        """Expected part of posts that hold a word or have a value."""
        match leaf:
            case Field(name=name, value=value):
                return self._weighed(self._fields[name, value], frequency.FIELDS[name])
            case Pattern():
                return self._weighed(sum(self._words[word] for word in self._fitting(leaf)), frequency.likely(leaf))
            case Word(prefix=True):
                return self._weighed(
                    sum(self._words[word] for word in self._beginning(leaf.key)), frequency.share(leaf)
                )
            case Word():
                return self._weighed(self._words[leaf.key], frequency.share(leaf))

    def meant(self, leaf: Word | Pattern, most: int) -> tuple[str, ...]:
        """The words of the sample that a word with open letters stands for, the most frequent first, folded."""
        found = self._fitting(leaf) if isinstance(leaf, Pattern) else self._beginning(leaf.key)
        ranked = sorted(found, key=lambda word: (-self._words[word], word))
        return tuple(islice((word.removeprefix(leaf.sign) for word in ranked), most))

    def _beginning(self, start: str) -> Sequence[str]:
        return self._sorted[bisect_left(self._sorted, start) : bisect_left(self._sorted, start + _LAST)]

    def _fitting(self, pattern: Pattern) -> Sequence[str]:
        fits = finder(pattern.key)
        return [word for word in self._beginning(pattern.sign + pattern.head) if fits(word)]

    def _weighed(self, count: int, model: float) -> float:
        return min(1.0, (count + TRUST * model) / (self.posts + TRUST))


MODEL = Seen()
"""What is known where there is no sample."""


def likely(node: Node, seen: Seen = MODEL) -> float:  # noqa: PLR0911 (one case for each kind of node)
    """Expected part of posts for which something holds; words that are asked for together are seldom strangers.

    >>> from vigie.query import parse
    >>> likely(parse("the espresso").root) < likely(parse("the OR espresso").root)
    True
    """
    match node:
        case Word() | Pattern() | Field():
            return seen.share(node)
        case Range() | Raw():
            return frequency.likely(node)
        case Not(part=part):
            return 1.0 - likely(part, seen)
        case Named(part=part):
            return likely(part, seen)
        case Or(parts=parts):
            return 1.0 - prod(1.0 - likely(part, seen) for part in parts)
        case AtLeast(count=count, parts=parts):
            return sorted(likely(part, seen) for part in parts)[-min(count, len(parts))] / 2
        case Near(left=left, right=right):
            return min(likely(left, seen), likely(right, seen)) / 4
        case And(parts=parts) | Phrase(parts=parts) | Loose(parts=parts) | Sentence(parts=parts):
            return min((likely(part, seen) for part in parts), default=2.0) / 2
