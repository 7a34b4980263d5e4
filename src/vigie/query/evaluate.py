"""What a query means: the reference. Slow and plain on purpose; the compiled matcher must give the same answers."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from vigie.model import Post, Span
from vigie.query.document import Document, Part
from vigie.query.fields import NUMBERS, stands_in
from vigie.query.nodes import (
    And,
    AtLeast,
    Field,
    Loose,
    Named,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Query,
    Range,
    Raw,
    Sentence,
    Word,
)
from vigie.query.windows import has_window, windows

_InSentence: TypeAlias = tuple[int, int]
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


def holds(node: Node, document: Document) -> bool:  # noqa: C901, PLR0911, PLR0912 (one case for each kind of node)
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
        case AtLeast(count=count, parts=(part,)):
            return len(stretches(part, document)) >= count
        case AtLeast(count=count, parts=parts):
            return sum(holds(part, document) for part in parts) >= count
        case Sentence(parts=parts):
            return bool(_shared(parts, document))
        case Loose(parts=parts, words=words):
            return has_window(_hits(parts, document), len(parts) + words)
        case Field():
            return _is_told(node, document)
        case Range(name=name, least=least, most=most):
            number = NUMBERS[name](document.post)
            return number is not None and (least is None or number >= least) and (most is None or number <= most)
        case Raw(text=text):
            return any(document.written(text))
        case Word(prefix=False):
            return node.key in document.places
        case _:
            return bool(stretches(node, document))


def _is_told(field: Field, document: Document) -> bool:
    match field.name:
        case "url":
            return stands_in(field.value, document.links)
        case "hashtag":
            return stands_in(field.value, document.hashtags) or field.value.replace(" ", "") in document.hashtags
        case name:
            return field.value in document.fields[name]


def _shared(parts: tuple[Node, ...], document: Document) -> set[_InSentence]:
    """The sentences in which each part stands."""
    found = []
    for part in parts:
        both_ends = [(document.sentence(start), document.sentence(end - 1)) for start, end in stretches(part, document)]
        found.append({first for first, last in both_ends if first == last})
    return set.intersection(*found)


def stretches(node: Node, document: Document) -> list[_Stretch]:  # noqa: PLR0911 (one case for each kind of node)
    """Where a word, phrase or nearness stands: (first place, place after the last), ascending, each once."""
    match node:
        case Word(prefix=True):
            return [(place, place + 1) for place in document.starting(node.key)]
        case Word():
            return [(place, place + 1) for place in document.places.get(node.key, ())]
        case Pattern():
            return [(place, place + 1) for place in document.like(node.key)]
        case Phrase(parts=parts):
            return _phrase(parts, document)
        case Loose(parts=parts, words=words):
            return windows(_hits(parts, document), len(parts) + words)
        case Raw(text=text):
            covered = {_covered(*found) for found in document.written(text)}
            return sorted(stretch for stretch in covered if stretch is not None)
        case Near(left=left, right=right, words=words, ordered=ordered):
            ones, others = stretches(left, document), stretches(right, document)
            return sorted({_both(one, other) for one, other in _pairs(ones, others, words, ordered=ordered)})
        case Or(parts=parts):
            return sorted({stretch for part in parts for stretch in stretches(part, document)})
        case Named(part=part):
            return stretches(part, document)
        case _:
            return []


def _hits(parts: tuple[Word | Pattern, ...], document: Document) -> list[list[int]]:
    return [[place for place, _ in stretches(part, document)] for part in parts]


def _covered(part: Part, start: int, end: int) -> _Stretch | None:
    """The words of which some characters lie between two; None when there is none."""
    first = bisect_right(part.tokens, start, key=lambda token: token.end)
    after = bisect_left(part.tokens, end, key=lambda token: token.start)
    return (part.place + first, part.place + after) if first < after else None


def _phrase(parts: tuple[Word | Pattern, ...], document: Document) -> list[_Stretch]:
    starts = {start for start, _ in stretches(parts[0], document)}
    for offset, part in enumerate(parts[1:], 1):
        starts &= {start - offset for start, _ in stretches(part, document)}
    return [(start, start + len(parts)) for start in sorted(starts)]


def _pairs(
    ones: list[_Stretch], others: list[_Stretch], words: int, *, ordered: bool
) -> list[tuple[_Stretch, _Stretch]]:
    """Each stretch with the nearest one of the other side before it, and after it, at most ``words`` places away.

    The nearest only: whether anything is near stays the same, and a text that repeats itself gives few pairs.
    """
    pairs = [*_nearest(ones, others, words)] + [(one, other) for other, one in _nearest(others, ones, words)]
    return [(one, other) for one, other in pairs if one < other] if ordered else pairs


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
    return spans_in(query, Document(post))


def spans_in(query: Query, document: Document) -> tuple[Span, ...]:
    """As `spans`, for a post that is asked many queries."""
    if not holds(query.root, document):
        return ()
    return merged(Span(start, end) for start, end in _reasons(query.root, document))


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Ascending, those that touch made one.

    >>> merged((Span(4, 6), Span(0, 2), Span(1, 3)))
    (Span(start=0, end=3), Span(start=4, end=6))
    """
    joined: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return tuple(joined)


def _reasons(node: Node, document: Document) -> Iterator[tuple[int, int]]:
    """Characters of the text that made a part true: first, and the one after the last."""
    match node:
        case And(parts=parts) | Or(parts=parts) | AtLeast(parts=(_, _, *_) as parts):
            for part in parts:
                if holds(part, document):
                    yield from _reasons(part, document)
        case Named(part=part) | AtLeast(parts=(part,)):
            yield from _reasons(part, document)
        case Raw(text=text):
            yield from ((start, end) for part, start, end in document.written(text) if part.text is document.post.text)
        case Sentence(parts=parts):
            shared = _shared(parts, document)
            for part in parts:
                found = {one for one in stretches(part, document) if document.sentence(one[0]) in shared}
                yield from document.characters(_ends(part, found, document))
        case _:
            yield from document.characters(_ends(node, set(stretches(node, document)), document))


def _ends(node: Node, wanted: set[_Stretch], document: Document) -> Iterator[_Stretch]:
    """The words at both ends of nearness, rather than all that lies between."""
    match node:
        case Near(left=left, right=right, words=words, ordered=ordered):
            pairs = _pairs(stretches(left, document), stretches(right, document), words, ordered=ordered)
            kept = [pair for pair in pairs if _both(*pair) in wanted]
            yield from _ends(left, {one for one, _ in kept}, document)
            yield from _ends(right, {other for _, other in kept}, document)
        case Or(parts=parts):
            for part in parts:
                yield from _ends(part, wanted.intersection(stretches(part, document)), document)
        case Loose(parts=parts):
            for part in parts:
                for start, end in stretches(part, document):
                    if any(first <= start and end <= after for first, after in wanted):
                        yield start, end
        case Named(part=part):
            yield from _ends(part, wanted, document)
        case _:
            yield from wanted
