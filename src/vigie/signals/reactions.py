"""What a post of ours draws, against what the posts of its channel usually draw. Constant memory."""

from collections.abc import Sequence

from msgspec import Struct, field

MINUTE = 60_000
WINDOW = 10
"""Minutes over which speed is measured."""
REMEMBERED = 50
"""Finished posts of a channel that make its usual."""
SHARE = 0.9
LEAST = 1.0
QUOTES = 200


class Drawn(Struct):
    """The reactions to one post.

    Attributes:
        at: when it was written.
        replies, quotes: so far.
        words: replies and quotes that match the crisis query of a tripwire, by its id.
        quoting: the archive's numbers of the last quotes, at most two hundred: who wrote them is known there alone, and
            forgotten there.
        fastest: most reactions in any ten minutes so far.
        minutes: [minute, reactions in it] of the last ten minutes in which something came.
        fired: ids of the tripwires that it has set off.
    """

    at: int
    replies: int = 0
    quotes: int = 0
    fastest: int = 0
    words: dict[str, int] = field(default_factory=dict)
    quoting: list[int] = field(default_factory=list)
    minutes: list[tuple[int, int]] = field(default_factory=list)
    fired: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """All reactions."""
        return self.replies + self.quotes

    def add(self, at: int, quoting: int | None = None) -> None:
        """One more, written at ``at``: a quote of that number in the archive, or a reply."""
        if quoting is None:
            self.replies += 1
        else:
            self.quotes += 1
            self.quoting = [*self.quoting, quoting][-QUOTES:]
        minute = at // MINUTE
        kept = dict(self.minutes)
        kept[minute] = kept.get(minute, 0) + 1
        newest = max(kept)
        self.minutes = sorted((when, n) for when, n in kept.items() if when > newest - WINDOW)
        self.fastest = max(self.fastest, sum(n for _, n in self.minutes))


class Usual(Struct):
    """What the finished posts of a channel drew: replies, and most reactions in ten minutes, the latest last."""

    replies: list[int] = field(default_factory=list)
    fastest: list[int] = field(default_factory=list)

    def learn(self, drawn: Drawn) -> None:
        """A post is over: it becomes part of what is usual."""
        self.replies = [*self.replies, drawn.replies][-REMEMBERED:]
        self.fastest = [*self.fastest, drawn.fastest][-REMEMBERED:]

    @property
    def many_replies(self) -> float:
        """Nine in ten of the last fifty posts drew no more replies; at least one."""
        return _most(self.replies)

    @property
    def much_speed(self) -> float:
        """Nine in ten of the last fifty posts never drew more reactions in ten minutes; at least one."""
        return _most(self.fastest)


def _most(counts: Sequence[int]) -> float:
    """What a share of them does not exceed.

    >>> _most([0, 0, 1, 2, 2, 3, 3, 3, 4, 90]), _most([])
    (4, 1.0)
    """
    ordered = sorted(counts)
    return max(LEAST, ordered[int(SHARE * (len(ordered) - 1))]) if ordered else LEAST
