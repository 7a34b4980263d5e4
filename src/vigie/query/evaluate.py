"""What a query means: the reference. Slow and plain on purpose; the compiled matcher must give the same answers."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import TypeAlias

from vigie.model import Post, Span
from vigie.query.document import Document
from vigie.query.nodes import And, Field, Named, Near, Node, Not, Or, Phrase, Query, Word

_Stretch: TypeAlias = tuple[int, int]
"""Places of a post: the first, and the one after the last."""


def evaluate(query: Query, post: Post) -> bool:
    """True when a post matches.

    >>> from vigie.model import Author
    >>> from vigie.query import parse
    >>> post = Post("rss", "1", Author("a"), "Grève des éboueurs à Nantes", 0, langs=("fr",))
    >>> evaluate(parse('"grève des" AND nant* AND lang:fr AND NOT bus'), post)
    True
    """
    return holds(query.root, Document(post))


def holds(node: Node, document: Document) -> bool:  # noqa: PLR0911 (one case for each kind of node)
    """True when a part of a query is true of a post."""
    match node:
        case And(parts=parts):
            return all(holds(part, document) for part in parts)
        case Or(parts=parts):
            return any(holds(part, document) for part in parts)
        case Not(part=part):
            return not holds(part, document)
        case Named(part=part):
            return holds(part, document)
        case Field(name=name, value=value):
            return value in document.fields[name]
        case Word(prefix=False):
            return node.key in document.places
        case _:
            return bool(stretches(node, document))


def stretches(node: Node, document: Document) -> list[_Stretch]:  # noqa: PLR0911 (one case for each kind of node)
    """Where a word, phrase or nearness stands: (first place, place after the last), ascending, each once."""
    match node:
        case Word(prefix=True):
            return [(place, place + 1) for place in document.starting(node.key)]
        case Word():
            return [(place, place + 1) for place in document.places.get(node.key, ())]
        case Phrase(parts=parts):
            return _phrase(parts, document)
        case Near(left=left, right=right, words=words):
            return _near(stretches(left, document), stretches(right, document), words)
        case Or(parts=parts):
            return sorted({stretch for part in parts for stretch in stretches(part, document)})
        case Named(part=part):
            return stretches(part, document)
        case _:
            return []


def _phrase(parts: tuple[Word, ...], document: Document) -> list[_Stretch]:
    starts = {start for start, _ in stretches(parts[0], document)}
    for offset, part in enumerate(parts[1:], 1):
        starts &= {start - offset for start, _ in stretches(part, document)}
    return [(start, start + len(parts)) for start in sorted(starts)]


def _near(ones: list[_Stretch], others: list[_Stretch], words: int) -> list[_Stretch]:
    """The stretches from the first to the last of each pair."""
    return sorted({_both(one, other) for one, other in _pairs(ones, others, words)})


def _pairs(ones: list[_Stretch], others: list[_Stretch], words: int) -> list[tuple[_Stretch, _Stretch]]:
    """Each stretch with the nearest one of the other side before it, and after it, at most ``words`` places away.

    The nearest only: whether anything is near stays the same, and a text that repeats itself gives few pairs.
    """
    return [*_nearest(ones, others, words)] + [(one, other) for other, one in _nearest(others, ones, words)]


def _nearest(ones: list[_Stretch], others: list[_Stretch], words: int) -> Iterator[tuple[_Stretch, _Stretch]]:
    by_end = sorted((end, start) for start, end in others)
    for one in ones:
        start, end = one
        after = bisect_left(others, (end, end))
        if after < len(others) and others[after][0] - end <= words:
            yield one, others[after]
        before = bisect_left(by_end, (start + 1, 0)) - 1
        if before >= 0 and start - by_end[before][0] <= words:
            yield one, (by_end[before][1], by_end[before][0])


def _both(one: _Stretch, other: _Stretch) -> _Stretch:
    return min(one[0], other[0]), max(one[1], other[1])


def spans(query: Query, post: Post) -> tuple[Span, ...]:
    """The characters of ``post.text`` that make it match, merged and ascending; empty when it does not match.

    >>> from vigie.model import Author
    >>> from vigie.query import parse
    >>> spans(parse("café NEAR/1 port"), Post("rss", "1", Author("a"), "Un café du port, et un café", 0))
    (Span(start=3, end=7), Span(start=11, end=15))
    """
    document = Document(post)
    if not holds(query.root, document):
        return ()
    tokens = document.tokens
    pieces = sorted(
        (tokens[start].start, tokens[end - 1].end)
        for start, end in _reasons(query.root, document)
        if start in tokens and end - 1 in tokens
    )
    merged: list[Span] = []
    for start, end in pieces:
        if merged and start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Span(start, end))
    return tuple(merged)


def _reasons(node: Node, document: Document) -> Iterator[_Stretch]:
    """Stretches of the words that made a part true."""
    match node:
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                if holds(part, document):
                    yield from _reasons(part, document)
        case Named(part=part):
            yield from _reasons(part, document)
        case Word() | Phrase():
            yield from stretches(node, document)
        case Near():
            yield from _ends(node, set(stretches(node, document)), document)
        case _:
            return


def _ends(node: Node, wanted: set[_Stretch], document: Document) -> Iterator[_Stretch]:
    """The words at both ends of nearness, rather than all that lies between."""
    match node:
        case Near(left=left, right=right, words=words):
            pairs = _pairs(stretches(left, document), stretches(right, document), words)
            kept = [pair for pair in pairs if _both(*pair) in wanted]
            yield from _ends(left, {one for one, _ in kept}, document)
            yield from _ends(right, {other for _, other in kept}, document)
        case Or(parts=parts):
            for part in parts:
                yield from _ends(part, wanted.intersection(stretches(part, document)), document)
        case Named(part=part):
            yield from _ends(part, wanted, document)
        case _:
            yield from wanted
