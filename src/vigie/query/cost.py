"""What a query will cost for each post read, said before it is saved."""

from typing import Literal, TypeAlias

from msgspec import Struct

from vigie.query.anchors import anchors
from vigie.query.nodes import Near, Node, Phrase, Query, children, measure
from vigie.query.parse import CLAUSE_CAP
from vigie.query.seen import MODEL, Seen, likely
from vigie.query.weaken import weaken

Level: TypeAlias = Literal["low", "medium", "high"]

BUDGET_NS = 10_000.0
"""What a post may cost in all, from the network's bytes to the store: 100,000 a CPU-second (bench/pipeline.py)."""
MOST = 0.05
"""The part of the budget from which a query alone is too dear."""
_LITTLE = 0.01

# Nanoseconds, as measured by bench/cost.py and, for keeping, bench/pipeline.py on a server's core.
_CANDIDATE = 25
_CLAUSE = 4
_PLACED = 60  # where words stand, once for a query that asks
_MATCH = 90
_CONFIRMED = 25_000  # by the reference, what compiled code lets through without knowing the whole
_KEPT = 50_000
_CLAUSES_TRIED = 50


class Cost(Struct, frozen=True):
    """An estimate.

    Attributes:
        nanoseconds: of matching, a post, on average over everything that is read.
        share: part of posts that must be looked at for this query.
        found: part of posts that it is expected to find; each of them has to be stored.
        budget: part of what a post may cost in all that this query takes, keeping what it finds included.
        level: ``high`` above a twentieth of the budget: twenty such queries leave nothing for the others.
    """

    nanoseconds: float
    share: float
    found: float
    budget: float
    level: Level

    @property
    def too_dear(self) -> bool:
        """Worth a word before it is saved."""
        return self.budget > MOST

    @property
    def floods(self) -> bool:
        """It is what it finds that costs, rather than looking for it: no other wording helps that finds the same."""
        return self.found * _KEPT > self.nanoseconds


def cost(query: Query, seen: Seen = MODEL) -> Cost:
    """What a query costs, from the words it is looked up by, how much there is to check then, and what it finds.

    ``seen`` tells how common words are where the house listens; the model does where nobody says.

    >>> from vigie.query import parse
    >>> [cost(parse(text)).level for text in ("espresso", "café NEAR/3 livraison", "le AND la", "to OR the OR a")]
    ['low', 'low', 'high', 'high']
    """
    root, exact = weaken(query.root)
    anchored = anchors(root)
    share = 1.0 if anchored is None else min(1.0, sum(map(seen.share, anchored.leaves)))
    found = min(share, likely(query.root, seen))
    _, clauses = measure(root, CLAUSE_CAP)
    placed = _PLACED if _asks_places(root) else 0
    nanoseconds = share * (_CANDIDATE + _CLAUSE * min(clauses, _CLAUSES_TRIED) + placed) + found * _MATCH
    if not exact:
        nanoseconds += min(share, likely(root, seen)) * _CONFIRMED
    budget = (nanoseconds + found * _KEPT) / BUDGET_NS
    level: Level = "high" if budget > MOST else "low" if budget < _LITTLE else "medium"
    return Cost(round(nanoseconds, 2), share, found, budget, level)


def _asks_places(node: Node) -> bool:
    return isinstance(node, Phrase | Near) or any(map(_asks_places, children(node)))
