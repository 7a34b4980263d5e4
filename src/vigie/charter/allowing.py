"""Phrases that a house allows: words found within one of them are fine."""

from collections.abc import Sequence

from vigie.model import Span
from vigie.text import Token, tokenise


class Allowed:
    """Some phrases, compared as the listening language compares: without case, accents and signs."""

    def __init__(self, phrases: Sequence[str]) -> None:
        words = (tuple(token.word for token in tokenise(phrase)) for phrase in phrases)
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in words:
            if phrase:
                self._by_first.setdefault(phrase[0], []).append(phrase)

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def stretches(self, tokens: Sequence[Token]) -> list[Span]:
        """Where the phrases stand in a text."""
        found = []
        for at, token in enumerate(tokens):
            for phrase in self._by_first.get(token.word, ()):
                stretch = tokens[at : at + len(phrase)]
                if tuple(one.word for one in stretch) == phrase:
                    found.append(Span(token.start, stretch[-1].end))
        return found

    def left(self, spans: Sequence[Span], tokens: Sequence[Token]) -> tuple[Span, ...]:
        """The spans that lie within none of the phrases.

        >>> text = "Le levier du percolateur, et un levier de croissance"
        >>> Allowed(["levier du percolateur"]).left((Span(3, 9), Span(31, 37)), tokenise(text))
        (Span(start=31, end=37),)
        """
        fine = self.stretches(tokens)
        return tuple(span for span in spans if not any(one.start <= span.start and span.end <= one.end for one in fine))
