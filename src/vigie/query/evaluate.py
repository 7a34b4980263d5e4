"""What a query means: the reference. It is slow and plain on purpose; the compiled matcher must give the same answers."""

from collections.abc import Iterator

from vigie.model import Post, Span
from vigie.query.document import Document
from vigie.query.nodes import And, Field, Named, Near, Node, Not, Or, Phrase, Query, Word


def evaluate(query: Query, post: Post) -> bool:
    """True when a post matches.

    >>> from vigie.model import Author
    >>> from vigie.query import parse
    >>> post = Post("rss", "1", Author("a"), "Grève des éboueurs à Nantes", 0, langs=("fr",))
    >>> evaluate(parse('"grève des" AND nant* AND lang:fr AND NOT bus'), post)
    True
    """
    return holds(query.root, Document(post))


def holds(node: Node, document: Document) -> bool:
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


def stretches(node: Node, document: Document) -> list[tuple[int, int]]:
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


def _phrase(parts: tuple[Word, ...], document: Document) -> list[tuple[int, int]]:
    starts = {start for start, _ in stretches(parts[0], document)}
    for offset, part in enumerate(parts[1:], 1):
        starts &= {start - offset for start, _ in stretches(part, document)}
    return [(start, start + len(parts)) for start in sorted(starts)]


def _near(ones: list[tuple[int, int]], others: list[tuple[int, int]], words: int) -> list[tuple[int, int]]:
    """Pairs that do not overlap and have at most ``words`` places between them, as the stretch from first to last."""
    by_start: dict[int, set[int]] = {}
    by_end: dict[int, set[int]] = {}
    for start, end in others:
        by_start.setdefault(start, set()).add(end)
        by_end.setdefault(end, set()).add(start)
    found = set()
    for start, end in ones:
        for between in range(words + 1):
            found.update((start, last) for last in by_start.get(end + between, ()))
            found.update((first, end) for first in by_end.get(start - between, ()))
    return sorted(found)


def spans(query: Query, post: Post) -> tuple[Span, ...]:
    """The characters of ``post.text`` that make it match, merged and ascending; empty when it does not match.

    >>> from vigie.model import Author
    >>> from vigie.query import parse
    >>> spans(parse("café NEAR/2 port"), Post("rss", "1", Author("a"), "Un café du port, un café", 0))
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


def _reasons(node: Node, document: Document) -> Iterator[tuple[int, int]]:
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
            yield from _ends(node, stretches(node, document), document)
        case _:
            return


def _ends(node: Node, wanted: list[tuple[int, int]], document: Document) -> Iterator[tuple[int, int]]:
    """The words at both ends of nearness, rather than all that lies between."""
    match node:
        case Near(left=left, right=right, words=words):
            ones, others = stretches(left, document), stretches(right, document)
            for side, other in ((left, others), (right, ones)):
                mine = ones if side is left else others
                kept = [one for one in mine if any(pair in wanted for pair in _near([one], other, words))]
                yield from _ends(side, kept, document)
        case Or(parts=parts):
            for part in parts:
                yield from _ends(part, [one for one in stretches(part, document) if one in wanted], document)
        case Named(part=part):
            yield from _ends(part, wanted, document)
        case _:
            yield from wanted
