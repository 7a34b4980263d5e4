"""The fewest clauses of a query that would have to turn out otherwise for it to match."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias, TypeGuard, Union

from msgspec import Struct

from vigie.query.nodes import And, AtLeast, Named, Node, Not, Or

WAYS_KEPT = 64
"""Ways that are followed at once. There is more than one only where a clause is written twice; the answer is exact as
long as so many are enough, and may hold a clause too many in a query that repeats itself more than that."""


class Turn(Struct, frozen=True):
    """A clause that does not hold and would have to (``wanted``), or holds and must not.

    ``instead`` are clauses any one of which would do as well, in the query's order.
    """

    clause: Node
    wanted: bool
    instead: tuple[Node, ...] = ()


def clauses(root: Node) -> Iterator[Node]:
    """What AND, OR, NOT and ATLEAST of several join, in the query's order: each holds for a post or does not."""
    waiting = [root]
    while waiting:
        match node := waiting.pop():
            case And(parts=parts) | Or(parts=parts) | AtLeast(parts=(_, _, *_) as parts):
                waiting.extend(reversed(parts))
            case Not(part=part) | Named(part=part):
                waiting.append(part)
            case _:
                yield node


def same(node: Any) -> Any:
    """What two clauses have in common that differ in the way they are written alone, and so hold for the same posts."""
    if isinstance(node, tuple):
        return tuple(map(same, node))
    if not isinstance(node, Struct):
        return node
    return type(node), *(same(getattr(node, name)) for name in node.__struct_fields__ if name != "written")


def fewest(root: Node, holds: Callable[[Node], bool], far: Callable[[Node], int] = lambda _: 0) -> tuple[Turn, ...]:
    """A smallest set of clauses which, turned, make the query true; in the query's order.

    ``holds`` says whether a clause is true, ``far`` how far off one is that should turn. Of several sets as small it is
    the one least far off, then the one that comes first in the query. Empty when the query is true already, and when
    nothing makes it so (``a AND NOT a``).

    >>> from vigie.query import parse
    >>> there = {"train", "retard"}
    >>> turns = fewest(parse("train (grève OR blocage) -retard").root, lambda word: word.word in there)
    >>> [(turn.clause.written, turn.wanted, [one.written for one in turn.instead]) for turn in turns]
    [('grève', True, ['blocage']), ('retard', False, [])]
    """
    search = _Search(root, holds, far)
    best = next(iter(search.ways(search.skeleton)), None)
    return search.turns(best) if best else ()


class _Leaf(Struct, frozen=True):
    number: int
    wanted: bool


class _Some(Struct, frozen=True):
    """So many of the parts at least."""

    count: int
    parts: Sequence["_Part"]


_Part: TypeAlias = Union[_Leaf, _Some]  # noqa: UP007 (the names in quotes need it)


class _Way(Struct, frozen=True):
    """One way to get what is wanted.

    Attributes:
        turned: clauses to be turned that are written once, by number, and how far off they are.
        settled: what is needed of the clauses that are written more than once, turned or not.
    """

    turned: tuple[int, ...] = ()
    far: int = 0
    settled: frozenset[tuple[int, bool]] = frozenset()

    @property
    def own(self) -> tuple[int, int]:
        """What it costs besides what is settled."""
        return len(self.turned), self.far


class _Search:
    """A query's clauses by number, the query without its NOTs, and the ways to make it true."""

    def __init__(self, root: Node, holds: Callable[[Node], bool], far: Callable[[Node], int]) -> None:
        self.nodes: list[Node] = []
        self.numbers: dict[Any, int] = {}
        self.groups: dict[int, _Some] = {}
        written: Counter[int] = Counter(map(self._number, clauses(root)))
        self.shared = {number for number, times in written.items() if times > 1}
        self.true = list(map(holds, self.nodes))
        self.far = far
        self.skeleton = self._skeleton(root, wanted=True)

    def _number(self, node: Node) -> int:
        number = self.numbers.setdefault(same(node), len(self.nodes))
        if number == len(self.nodes):
            self.nodes.append(node)
        return number

    def _skeleton(self, node: Node, *, wanted: bool) -> _Part:
        """A part of the query with its NOTs gone down to the clauses, and groups of one kind put together."""
        match node:
            case Named(part=part):
                return self._skeleton(part, wanted=wanted)
            case Not(part=part):
                return self._skeleton(part, wanted=not wanted)
            case And(parts=parts):
                return self._group(len(parts) if wanted else 1, parts, wanted=wanted)
            case Or(parts=parts):
                return self._group(1 if wanted else len(parts), parts, wanted=wanted)
            case AtLeast(count=count, parts=(_, _, *_) as parts):
                return self._group(count if wanted else len(parts) - count + 1, parts, wanted=wanted)
            case _:
                return _Leaf(self._number(node), wanted)

    def _group(self, count: int, parts: Sequence[Node], *, wanted: bool) -> _Some:
        made = [self._skeleton(part, wanted=wanted) for part in parts]
        for all_of in (True, False):  # (a b) c is a b c, and (a OR b) OR c is a OR b OR c
            if count == (len(made) if all_of else 1):
                made = [one for part in made for one in (part.parts if _is(part, all_of=all_of) else (part,))]
                count = len(made) if all_of else 1
        group = _Some(count, made)
        self.groups |= {part.number: group for part in made if isinstance(part, _Leaf)}
        return group

    def ways(self, part: _Part) -> list[_Way]:
        """The ways to make a part true, the best first; none when there is none."""
        match part:
            case _Leaf(number=number, wanted=wanted) if number in self.shared:
                return [_Way(settled=frozenset({(number, wanted)}))]
            case _Leaf(number=number, wanted=wanted):
                return [_Way() if self.true[number] == wanted else _Way((number,), self._far(number))]
            case _Some(count=1, parts=parts):
                return self._best([way for one in parts for way in self.ways(one)])
            case _Some(count=count, parts=parts):
                return self._several(count, parts)

    def _several(self, count: int, parts: Sequence[_Part]) -> list[_Way]:
        """Ways to make so many parts true: for each number of parts, the ways to have had it so far."""
        found: list[list[_Way]] = [[_Way()]] + [[] for _ in range(count)]
        for index, part in enumerate(parts):
            ways = self.ways(part)
            spare = len(parts) - index - 1
            for had in range(min(index, count - 1), max(count - spare, 1) - 2, -1):
                more = [both for one in found[had] for way in ways if (both := _both(one, way))]
                found[had + 1] = self._best([*found[had + 1], *more])
        return found[count]

    def _far(self, number: int) -> int:
        return self.far(self.nodes[number])

    def _best(self, ways: list[_Way]) -> list[_Way]:
        """The cheapest first, without those that need more and turn no less.

        What is settled may be needed elsewhere too and then comes for nothing, so only what is not counts here.
        """
        kept: list[_Way] = []
        for way in sorted(ways, key=self._weight):
            if not any(one.settled <= way.settled and one.own <= way.own for one in kept):
                kept.append(way)
                if len(kept) == WAYS_KEPT:
                    break
        return kept

    def _weight(self, way: _Way) -> tuple[int, int]:
        turned = [number for number, value in way.settled if value != self.true[number]]
        return len(way.turned) + len(turned), way.far + sum(map(self._far, turned))

    def turns(self, way: _Way) -> tuple[Turn, ...]:
        """What a way turns, each with what would do as well; in the query's order."""
        turned = [*way.turned, *(number for number, value in way.settled if value != self.true[number])]
        return tuple(Turn(self.nodes[one], not self.true[one], self._instead(one, {*turned})) for one in sorted(turned))

    def _instead(self, number: int, turned: set[int]) -> tuple[Node, ...]:
        """Clauses of the same group that fail as well; all of a group has none to choose from."""
        group = self.groups.get(number)
        if group is None or group.count == len(group.parts) or number in self.shared:
            return ()
        wanted = not self.true[number]
        others = [part for part in group.parts if isinstance(part, _Leaf) and part.number not in self.shared | turned]
        return tuple(self.nodes[part.number] for part in others if part.wanted == wanted != self.true[part.number])


def _is(part: _Part, *, all_of: bool) -> TypeGuard[_Some]:
    return isinstance(part, _Some) and part.count == (len(part.parts) if all_of else 1)


def _both(one: _Way, other: _Way) -> _Way | None:
    """Two ways at once; None where one needs a clause to hold and the other needs it not to."""
    settled = one.settled | other.settled
    if one.settled and other.settled and len({number for number, _ in settled}) < len(settled):
        return None
    return _Way(one.turned + other.turned, one.far + other.far, settled)
