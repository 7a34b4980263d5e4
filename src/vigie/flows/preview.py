"""What a query would have found: in the rolling sample, in all kept posts, in a file; told while it is looked for."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo

from msgspec import Struct

from vigie import query as language
from vigie.flows.ports.archive import Archive
from vigie.judge.screen import Matches
from vigie.model import Millis, Post, Span
from vigie.query import PlainMatcher, Query, spans
from vigie.query.suggest import Suggestions, suggest

ENOUGH = 200
"""Fewer posts in the sample than this say little about a query; the page says so."""
EXAMPLES = 10
FIRST = 500
"""Posts of the first stretch, so that the first counts are there at once. The plain matcher reads them: the compiled
one takes a second to be loaded where nobody has used it yet."""
STRETCH = 2_000
"""Posts read between two looks at whether somebody stopped: some 15 ms."""
_QUARTER: Millis = 900_000
_WEEK = 7


class Example(Struct, frozen=True):
    """A post that the query would have found, and the characters that made it match."""

    post: Post
    spans: tuple[Span, ...]


class Preview(Struct, frozen=True):
    """What a query would have found in the rolling sample: ``matched`` of ``size`` posts, added since ``since``."""

    matched: int
    size: int
    since: Millis | None
    examples: tuple[Example, ...] = ()

    @property
    def says_little(self) -> bool:
        """The sample is too small for the figure to mean much."""
        return self.size < ENOUGH


class Found(Struct, frozen=True):
    """What a look back has come to so far.

    Attributes:
        days: posts found by the day on which they were written, on the house's calendar, ascending.
        examples: the newest of those found.
    """

    read: int
    matched: int
    days: tuple[tuple[date, int], ...] = ()
    examples: tuple[Example, ...] = ()


class Bar(Struct, frozen=True):
    """Posts found in so many days from ``first`` on."""

    first: date
    days: int
    count: int


class LookBack:
    """Reads posts stretch after stretch, in any order, and knows at any time what they came to."""

    def __init__(self, query: Query, zone: tzinfo, examples: int = EXAMPLES) -> None:
        self._query, self._zone, self._limit = query, zone, examples
        self._plain: Matches = PlainMatcher({"preview": query})
        self._compiled: Matches | None = None
        self._read = self._matched = 0
        self._quarters: Counter[Millis] = Counter()
        self._newest: list[Post] = []
        self._examples: tuple[Example, ...] = ()

    def read(self, posts: Sequence[Post]) -> None:
        """Looks into some posts more."""
        matcher = self._plain if self._read + len(posts) <= FIRST else self._fast()
        found = [posts[index] for index, _ in matcher.match(posts)]
        self._read += len(posts)
        self._matched += len(found)
        self._quarters.update(post.created_at // _QUARTER for post in found)
        newest = _newest(self._newest + found, self._limit)
        if newest != self._newest:
            known = {id(example.post): example for example in self._examples}
            self._examples = tuple(known.get(id(post)) or Example(post, spans(self._query, post)) for post in newest)
            self._newest = newest

    def found(self) -> Found:
        """What there is now."""
        days: Counter[date] = Counter()
        for quarter, count in self._quarters.items():
            days[datetime.fromtimestamp(quarter * _QUARTER / 1000, self._zone).date()] += count
        return Found(self._read, self._matched, tuple(sorted(days.items())), self._examples)

    def _fast(self) -> Matches:
        if self._compiled is None:
            self._compiled = language.Matcher({"preview": self._query})
        return self._compiled


def preview(query: Query, sample: Sequence[Post], since: Millis | None, limit: int = EXAMPLES) -> Preview:
    """Looks for a query in the sample; examples are the newest posts that match."""
    found = [sample[index] for index, _ in PlainMatcher({"preview": query}).match(sample)]
    newest = _newest(found, limit)
    return Preview(len(found), len(sample), since, tuple(Example(post, spans(query, post)) for post in newest))


def _newest(posts: Sequence[Post], limit: int) -> list[Post]:
    return sorted(posts, key=lambda post: post.created_at, reverse=True)[:limit]


def suggestions(query: Query, posts: Sequence[Post]) -> Suggestions:
    """Words that would widen a query or sharpen it, by what it finds among some posts and what it leaves."""
    found = {index for index, _ in PlainMatcher({"suggest": query}).match(posts)}
    return suggest(
        query,
        (post for index, post in enumerate(posts) if index in found),
        (post for index, post in enumerate(posts) if index not in found),
    )


def latest_standing(archive: Archive, count: int) -> list[Post]:
    """The latest kept posts, about so many."""
    posts: list[Post] = []
    for stretch in standing(archive):
        posts += stretch
        if len(posts) >= count:
            break
    return posts


def standing(archive: Archive) -> Iterator[Sequence[Post]]:
    """All kept posts, the latest stored first, in stretches."""
    before, size = None, FIRST
    while True:
        stretch = archive.standing(before, size)
        if stretch.posts:
            yield stretch.posts
        if stretch.before is None:
            return
        before, size = stretch.before, STRETCH


def bars(days: Sequence[tuple[date, int]], first: date, last: date, most: int = 92) -> tuple[Bar, ...]:
    """A bar a day from ``first`` to ``last``, empty ones too; where that makes more than ``most``, a bar a week, then
    one every two weeks, every four…; the last bar ends on ``last``.

    >>> [bar.count for bar in bars([(date(2026, 11, 10), 3)], date(2026, 11, 9), date(2026, 11, 12))]
    [0, 3, 0, 0]
    >>> bars([(date(2026, 11, 10), 3)], date(2026, 1, 1), date(2026, 11, 12), most=60)[-1]
    Bar(first=datetime.date(2026, 11, 6), days=7, count=3)
    """
    first = min([first, *(day for day, _ in days[:1])])
    last = max([last, *(day for day, _ in days[-1:])])
    length, width = (last - first).days + 1, 1
    while -(-length // width) > most:
        width = width * 2 if width >= _WEEK else _WEEK
    counts: Counter[int] = Counter()
    for day, count in days:
        counts[(last - day).days // width] += count
    back = range((length - 1) // width, -1, -1)
    return tuple(Bar(last - timedelta(days=(n + 1) * width - 1), width, counts[n]) for n in back)
