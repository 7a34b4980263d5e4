"""Where the demo world's luck comes from: it is handed in, so that the same seed tells the same story."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias, TypeVar

_T = TypeVar("_T")


class Chance(Protocol):
    """The part of `random.Random` that the world draws on."""

    def random(self) -> float: ...

    def randint(self, a: int, b: int) -> int: ...

    def choice(self, seq: Sequence[_T]) -> _T: ...

    def expovariate(self, lambd: float) -> float: ...


Dice: TypeAlias = Callable[[str], Chance]
"""A chance of its own for each name (``day:20412``): every day can be told without the days before it.

`random.Random(f"{seed}:{name}")` is the intended one."""


def happens(chance: Chance, probability: float) -> bool:
    """True with that probability."""
    return chance.random() < probability


def weighted(chance: Chance, choices: Sequence[tuple[_T, float]]) -> _T:
    """One of the choices, each as often as its weight says."""
    left = chance.random() * sum(weight for _, weight in choices)
    for choice, weight in choices:
        left -= weight
        if left < 0:
            return choice
    return choices[-1][0]
