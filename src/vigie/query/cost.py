"""What a query will cost for each post read, said before it is saved."""

from typing import Literal

from msgspec import Struct

from vigie.query.anchors import anchors
from vigie.query.frequency import likely
from vigie.query.nodes import Query, measure
from vigie.query.parse import CLAUSE_CAP

# Nanoseconds in the compiled matcher, as measured by bench/match.py on a server's core.
_CANDIDATE = 40
_CLAUSE = 4
_MATCH = 300
_CLAUSES_TRIED = 50
_LOW, _HIGH = 5.0, 50.0


class Cost(Struct, frozen=True):
    """An estimate.

    Attributes:
        nanoseconds: a post, on average over everything that is read.
        share: part of posts that must be looked at for this query.
        level: ``high`` above 50 ns: twenty such queries cost as much as reading the words themselves.
    """

    nanoseconds: float
    share: float
    level: Literal["low", "medium", "high"]


def cost(query: Query) -> Cost:
    """What a query costs, from the words it is looked up by and how much there is to check then.

    >>> from vigie.query import parse
    >>> [cost(parse(text)).level for text in ("espresso", "le AND la", "to OR the OR a")]
    ['low', 'medium', 'high']
    """
    found = anchors(query.root)
    share = 1.0 if found is None else min(1.0, found.share)
    _, clauses = measure(query.root, CLAUSE_CAP)
    nanoseconds = share * (_CANDIDATE + _CLAUSE * min(clauses, _CLAUSES_TRIED)) + likely(query.root) * _MATCH
    level: Literal["low", "medium", "high"] = "high"
    if nanoseconds < _HIGH:
        level = "low" if nanoseconds < _LOW else "medium"
    return Cost(round(nanoseconds, 2), share, level)
