"""Words that would widen a query or sharpen it, found by what its posts say more often than the others do."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from math import log, sqrt
from typing import Literal, TypeAlias

from msgspec import Struct

from vigie.model import Post
from vigie.query.document import searched
from vigie.query.function_words import FUNCTION_WORDS
from vigie.query.nodes import Node, Or, Query, Raw, Word, children
from vigie.query.printer import node_text
from vigie.text import tokenise

Change: TypeAlias = Literal["or", "and", "not"]

CERTAIN = 3.0
"""Standard deviations that a word's log-odds must be away from none: at three, one in a thousand is chance."""
PRIOR = 500.0
"""Words that the prior weighs: so many, drawn from all posts together, are added to both sides before comparing."""
FEWEST = 3
"""Matched posts that must hold a word: below, it is somebody's word rather than the subject's."""
MOST = 8
"""Suggestions of each kind."""
EXAMPLES = 2
_WORDS_KEPT = 200_000
_POSTS_KEPT = 10_000
_LETTERS_KEPT = 20_000_000
_WRITINGS = 20  # of a word, to see how it is mostly written
_SHORTEST = 2  # letters of a word worth a suggestion
_AND_SHARE = 0.1  # a word that fewer matched posts hold would leave next to nothing of the query
_NOT_SHARE = 0.5  # and one that more of them hold is what the query is about


class Suggestion(Struct, frozen=True):
    """A word, what to do with it, and what that does to the query.

    Attributes:
        term: as a query takes it, with the accents of the posts.
        change: ``or`` widens; ``and`` and ``not`` sharpen.
        posts: how many of the posts read ``or`` adds, ``and`` and ``not`` drop.
        z: how surely the query's posts say it more than the others, in standard deviations; `CERTAIN` at least.
        examples: `EXAMPLES` at most of the posts that would be added or dropped.
    """

    term: str
    change: Change
    posts: int
    z: float
    examples: tuple[Post, ...] = ()


class Suggestions(Struct, frozen=True):
    """What might be changed, the surest first.

    Attributes:
        widen, sharpen: at most `MOST` of each change, none where there is too little to go by.
        matched, others: how many posts were compared.
        exact: False when so many different words were read that rare ones were forgotten: counts are then at least so.
    """

    widen: tuple[Suggestion, ...]
    sharpen: tuple[Suggestion, ...]
    matched: int
    others: int
    exact: bool = True


def suggest(query: Query, matched: Iterable[Post], others: Iterable[Post]) -> Suggestions:
    """Words that tell the posts that a query finds from those that it does not, each with what it would change.

    >>> from vigie.model import Author
    >>> from vigie.query import parse
    >>> def posts(text: str, count: int) -> list[Post]:
    ...     return [Post("rss", str(n), Author("a"), text, 0) for n in range(count)]
    >>> found = suggest(parse("sncf"), posts("SNCF, grève des trains", 40), posts("Grève", 3) + posts("Un café", 400))
    >>> [(one.term, one.change, one.posts) for one in found.widen]
    [('grève', 'or', 3)]
    """
    comparison = Comparison(query)
    comparison.add(matched, others)
    return comparison.suggestions()


def changed(query: Query, suggestion: Suggestion) -> str:
    """The query's text with a suggestion taken up; what its author wrote stays as written, comments too."""
    looser = {"or": (), "and": (Or,), "not": (Or,)}[suggestion.change]
    text = f"({query.source}\n)" if isinstance(query.root, looser) else query.source.rstrip()
    return f"{text}\n{suggestion.change.upper()} {suggestion.term}"


class Comparison:
    """Words counted in matched and other posts, batch by batch, in memory that does not grow with how many there are.

    Each post counts once for each different word, so that nobody decides alone by repeating himself. Past 200,000
    different words on a side the rarest are forgotten; past 10,000 posts on a side no more are kept for examples.
    """

    def __init__(self, query: Query) -> None:
        self._query = query
        self._matched = _Side()
        self._others = _Side()

    def add(self, matched: Iterable[Post], others: Iterable[Post]) -> None:
        """Counts a batch; posts that match the query, and posts that do not."""
        self._matched.add(matched)
        self._others.add(others)

    def suggestions(self, most: int = MOST) -> Suggestions:
        """What the posts read so far suggest."""
        ranked = self._ranked()
        widen = [(word, z) for word, z in ranked if self._others.words[word]]
        narrow = [(word, z) for word, z in ranked if self._share(word) >= _AND_SHARE and self._share(word) < 1]
        leave = [(word, z) for word, z in ranked if self._share(word) <= _NOT_SHARE]
        sharpen = [self._made(found, "and") for found in narrow[:most]] + [
            self._made(found, "not") for found in leave[:most]
        ]
        return Suggestions(
            widen=tuple(self._made(found, "or") for found in widen[:most]),
            sharpen=tuple(sorted(sharpen, key=lambda one: -one.z)),
            matched=self._matched.posts,
            others=self._others.posts,
            exact=not (self._matched.forgotten or self._others.forgotten),
        )

    def _share(self, word: str) -> float:
        return self._matched.words[word] / self._matched.posts

    def _ranked(self) -> list[tuple[str, float]]:
        """Words of the matched posts that are surely theirs, with their z, the surest first."""
        words, prefixes = _asked(self._query.root)
        size, other_size = self._matched.words.total(), self._others.words.total()
        if not self._others.posts:
            return []
        found = [
            (word, z_score(count, size, self._others.words[word], other_size))
            for word, count in self._matched.words.items()
            if count >= FEWEST and _worth_saying(word) and word not in words and not word.startswith(prefixes)
        ]
        return sorted([one for one in found if one[1] >= CERTAIN], key=lambda one: (-one[1], one[0]))

    def _made(self, found: tuple[str, float], change: Change) -> Suggestion:
        word, z = found
        count = self._matched.words[word]
        posts = {"or": self._others.words[word], "and": self._matched.posts - count, "not": count}[change]
        side, held = (self._others, True) if change == "or" else (self._matched, change == "not")
        return Suggestion(
            term=node_text(Word(word, written=self._matched.written(word))),
            change=change,
            posts=posts,
            z=round(z, 2),
            examples=tuple(side.examples(word, held=held)),
        )


def z_score(count: int, size: int, other_count: int, other_size: int) -> float:
    """How many standard deviations a word's log-odds in one set of posts lie above those in the other.

    ``count`` of ``size`` words on one side, ``other_count`` of ``other_size`` on the other. The log-odds ratio with an
    informative Dirichlet prior of `PRIOR` words, spread as the words of both sides together are, over the root of its
    variance: Monroe, Colaresi and Quinn, "Fightin' Words", Political Analysis 16 (2008).

    >>> round(z_score(30, 1000, 30, 10_000), 1), round(z_score(1, 1000, 0, 10_000), 1), z_score(5, 100, 50, 1000)
    (7.9, 1.1, 0.0)
    """
    if not size or not other_size or count + other_count == size + other_size:
        return 0.0
    prior = PRIOR * (count + other_count) / (size + other_size)
    one, other = count + prior, other_count + prior
    ratio = log(one / (size + PRIOR - one)) - log(other / (other_size + PRIOR - other))
    return ratio / sqrt(1 / one + 1 / other)


class _Side:
    """Posts of one side: how many hold each word, and some of them."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.posts = 0
        self.forgotten = 0
        self._kept: list[tuple[frozenset[str], Post]] = []
        self._room = _LETTERS_KEPT

    def add(self, posts: Iterable[Post]) -> None:
        for post in posts:
            words = {token.word for text in searched(post) for token in tokenise(text)}
            self.words.update(words)
            self.posts += 1
            self._room -= len(post.text) + len(post.title)
            if len(self._kept) < _POSTS_KEPT and self._room > 0:
                self._kept.append((frozenset(words), post))
        while len(self.words) > _WORDS_KEPT:
            self.forgotten += 1
            self.words = Counter({word: count for word, count in self.words.items() if count > self.forgotten})

    def examples(self, word: str, *, held: bool) -> list[Post]:
        return list(islice((post for words, post in self._kept if (word in words) == held), EXAMPLES))

    def written(self, word: str) -> str:
        """How posts mostly write a word; as it is folded where none was kept."""
        ways = islice((way for words, post in self._kept if word in words for way in _written(post, word)), _WRITINGS)
        return max(Counter(ways).items(), key=lambda one: one[1], default=(word, 0))[0]


def _written(post: Post, word: str) -> Iterator[str]:
    for text in searched(post):
        for token in tokenise(text):
            if token.word == word:
                yield text[token.start + len(token.sign) : token.end]


def _worth_saying(word: str) -> bool:
    """True for what says something of its subject: no function word, no number, no single letter; emoji do."""
    if not word[0].isalnum():
        return True
    return len(word) >= _SHORTEST and not word.isnumeric() and word not in FUNCTION_WORDS


def _asked(root: Node) -> tuple[set[str], tuple[str, ...]]:
    """The words that a query names already, and what begins those that it leaves open."""
    words: set[str] = set()
    prefixes: list[str] = []
    waiting = [root]
    while waiting:
        match node := waiting.pop():
            case Word(word=word, prefix=True):
                prefixes.append(word)
            case Word(word=word):
                words.add(word)
            case Raw(text=text):
                words.update(token.word for token in tokenise(text))
            case _:
                waiting.extend(children(node))
    return words, tuple(prefixes)
