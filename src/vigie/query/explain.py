"""Why a post matches a query, clause by clause; or why not: the fewest clauses that failed, and by how much."""

from collections.abc import Sequence

from msgspec import Struct

from vigie.model import Post, Span
from vigie.query.evaluate import holds, spans_in
from vigie.query.fewest import fewest
from vigie.query.ground import Found, Ground
from vigie.query.miss import Miss, far, miss
from vigie.query.nodes import And, AtLeast, Named, Near, Node, Not, Or, Query, Sentence
from vigie.query.printer import node_text

LOCATED = 500_000
"""Letters in which clauses are looked for, each time anew: enough for 1,600 clauses in a post of 300. Further clauses
say whether they hold, not where; what is missed is always looked for."""


class Clause(Struct, frozen=True, omit_defaults=True):
    """A part of a query beside a post.

    Attributes:
        kind: the node's kind in lower case: ``and``, ``or``, ``not``, ``word``, ``phrase``, ``near``, ``field``, …
        text: in the canonical form, words with their accents as written; empty for what only joins its parts: ``and``,
            ``or``, ``not`` and an ``atleast`` of several.
        holds: whether it is true of the post by itself: what stands under ``not`` says so of the thing.
        found: where it stands.
        distance: for nearness, the fewest words found between its sides, also where that is too many.
        count: how many of its parts an ``atleast`` asks for, or how many times its only one.
        parts: what it joins.
    """

    kind: str
    text: str
    holds: bool
    found: Found = Found()
    distance: int | None = None
    count: int = 0
    parts: tuple["Clause", ...] = ()


class Explanation(Struct, frozen=True):
    """What there is to say of a query and a post.

    Attributes:
        matches: as `vigie.query.evaluate` answers.
        clause: the whole query with its parts.
        spans: characters of the post's text that made it match; empty when it does not.
        misses: when it does not match, the fewest clauses that would have to turn out otherwise, in the query's order;
            none where nothing could make a post match (``a AND NOT a``).
    """

    matches: bool
    clause: Clause
    spans: tuple[Span, ...] = ()
    misses: tuple[Miss, ...] = ()


def explain(query: Query, post: Post) -> Explanation:
    """Why a post matches, or does not.

    >>> from vigie.model import Author
    >>> from vigie.query import parse
    >>> post = Post("rss", "1", Author("a"), "La grève dure encore, dit Air France", 0)
    >>> said = explain(parse('grève NEAR/2 "air france"'), post)
    >>> said.matches, said.misses[0].code, said.misses[0].values["distance"]
    (False, 'why.miss.far', 3)
    """
    ground = Ground(post)
    clause = _clause(query.root, ground)
    if clause.holds:
        return Explanation(matches=True, clause=clause, spans=spans_in(query, ground.document))
    turns = fewest(query.root, lambda node: holds(node, ground.document), lambda node: far(node, ground))
    return Explanation(matches=False, clause=clause, misses=tuple(miss(turn, ground) for turn in turns))


def _clause(node: Node, ground: Ground) -> Clause:  # noqa: PLR0911 (one case for each kind of node)
    match node:
        case And(parts=parts):
            return _joined(node, parts, len(parts), ground)
        case Or(parts=parts):
            return _joined(node, parts, 1, ground)
        case AtLeast(count=count, parts=(_, _, *_) as parts):
            return _joined(node, parts, count, ground)
        case Not(part=part):
            inner = _clause(part, ground)
            return Clause("not", "", not inner.holds, parts=(inner,))
        case Named(part=part):
            inner = _clause(part, ground)
            return Clause("named", node_text(node), inner.holds, parts=(inner,))
        case Near(left=left, right=right):
            return _leaf(node, ground, (left, right))
        case Sentence(parts=parts) | AtLeast(parts=parts):
            return _leaf(node, ground, parts)
        case _:
            return _leaf(node, ground)


def _joined(node: Node, parts: Sequence[Node], count: int, ground: Ground) -> Clause:
    """What holds as soon as so many of its parts do."""
    made = tuple(_clause(part, ground) for part in parts)
    told = count if isinstance(node, AtLeast) else 0
    return Clause(_kind(node), "", sum(part.holds for part in made) >= count, count=told, parts=made)


def _leaf(node: Node, ground: Ground, parts: Sequence[Node] = ()) -> Clause:
    """What holds or not as a whole; its parts, if any, say where each of them stands."""
    true = holds(node, ground.document)
    locate = (true or isinstance(node, Near)) and ground.spend() <= LOCATED
    pair = ground.nearest(node.left, node.right, ordered=node.ordered) if isinstance(node, Near) and locate else None
    return Clause(
        kind=_kind(node),
        text=node_text(node),
        holds=true,
        found=ground.found(node) if true and locate else Found(),
        distance=pair.words if pair else None,
        count=node.count if isinstance(node, AtLeast) else 0,
        parts=tuple(_clause(part, ground) for part in parts),
    )


def _kind(node: Node) -> str:
    return type(node).__name__.lower()
