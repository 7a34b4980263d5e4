"""Stretches of a text that hold several words at once, each at a place of its own: what a loose phrase is made of."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence


def windows(hits: Sequence[Sequence[int]], size: int) -> list[tuple[int, int]]:
    """The shortest stretch that holds all words from each place on where one begins it, and up to each that ends it.

    ``hits`` are the places of each word, ascending; ``size`` is the longest stretch. A place is given to one word only.

    >>> windows([[0, 9], [3, 8]], 4)
    [(0, 4), (8, 10)]
    """
    found = set(_shortest(hits, size))
    mirrored = [[-place for place in reversed(places)] for places in hits]
    found.update((1 - end, 1 - start) for start, end in _shortest(mirrored, size))
    return sorted(found)


def has_window(hits: Sequence[Sequence[int]], size: int) -> bool:
    """Whether there is any."""
    return any(True for _ in _shortest(hits, size))


def _shortest(hits: Sequence[Sequence[int]], size: int) -> Iterator[tuple[int, int]]:
    """From each place, the shortest stretch that begins there and holds all words."""
    if not all(hits):
        return
    for start in sorted({place for places in hits for place in places}):
        inside = []
        for places in hits:
            first = bisect_left(places, start)
            # The others take fewer places than there are words: one of the first so many is left for this one.
            inside.append(places[first : min(first + len(hits), bisect_right(places, start + size - 1))])
        if all(inside) and (end := _end(inside)) is not None:
            yield start, end + 1


def _end(inside: Sequence[Sequence[int]]) -> int | None:
    """The first place up to which each word can have one of its own; None when there are too few."""
    given: dict[int, int] = {}
    for place in sorted({place for places in inside for place in places}):
        _give(place, inside, given, set())
        if len(given) == len(inside):
            return place
    return None


def _give(place: int, inside: Sequence[Sequence[int]], given: dict[int, int], asked: set[int]) -> bool:
    """Gives a place to a word that has none, moving the others where that helps (Kuhn's matching, word by word)."""
    for word, places in enumerate(inside):
        if word not in asked and place in places:
            asked.add(word)
            if word not in given or _give(given[word], inside, given, asked):
                given[word] = place
                return True
    return False
