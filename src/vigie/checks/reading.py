"""A draft as checks read it: its words, sentences, signs, links, and which patterns were found where."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import NamedTuple, TypeAlias

from vigie.charter import Channel, Charter
from vigie.charter.conditions import local_time
from vigie.charter.rules import as_post
from vigie.checks.patterns import Pattern
from vigie.model import Draft, Facts, Post, Span
from vigie.query.document import Document
from vigie.query.evaluate import merged
from vigie.query.narrow import Narrowed
from vigie.text import Token, signs
from vigie.text.sentences import sentence_ends

# What opens a quotation, and what closes it. A quotation mark that is the same on both sides closes the one before.
_QUOTED = re.compile(r"«[^«»]{1,2000}»|“[^“”]{1,2000}”|„[^„“”]{1,2000}[“”]|\"[^\"\n]{1,2000}\"|‘[^‘’\n]{1,500}’(?!\w)")
_LETTER = re.compile(r"[^\W\d_]")

MOST_PLACES = 100
"""Stretches of a text that one finding may be about."""

Found: TypeAlias = tuple[Pattern, str, tuple[str, ...]]
"""A pattern, the language that it was found as, and the keys of its wordings that were found."""


class Matched(NamedTuple):
    """What the matcher found of a draft.

    Attributes:
        post: the draft as the matcher read it.
        patterns: those found, by check.
        queries: says where they stand.
    """

    post: Post
    patterns: Mapping[str, Sequence[Found]]
    queries: Narrowed


class Hit:
    """One pattern found. Where it stands is looked up when it is first asked for.

    Attributes:
        language: what it was found as.
    """

    def __init__(self, pattern: Pattern, language: str, keys: tuple[str, ...], reading: "Reading") -> None:
        self.pattern = pattern
        self.language = language
        self._keys = keys
        self._reading = reading

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The words that make it so."""
        return self._reading.where(*self._keys)


class Reading:
    """One draft, read once for all checks. Everything is computed when it is first asked for.

    Attributes:
        text: the draft's words as a person reads them: look-alike letters and letters in costume are plain ones, each
            at its place; no longer than is ever looked at. ``draft.text`` has them as they were written.
        charter: the house's, or None where there is none (``vigie check`` outside a home).
        language: ``fr``, ``en``, another, or empty when nobody knows.
    """

    def __init__(
        self,
        draft: Draft,
        facts: Facts,
        charter: Charter | None = None,
        matched: Matched | None = None,
    ) -> None:
        self.draft = draft
        self.facts = facts
        self.charter = charter
        self.language = draft.language
        self._matched = matched or Matched(as_post(draft), {}, Narrowed({}))
        self.text = self._matched.post.text

    def hits(self, check: str) -> tuple[Hit, ...]:
        """The patterns of a check that were found."""
        found = self._matched.patterns.get(check, ())
        return tuple(Hit(pattern, language, keys, self) for pattern, language, keys in found) if found else ()

    def where(self, *keys: str) -> tuple[Span, ...]:
        """The words of the text that stored queries are about, by the keys that the matcher knows them under.

        The first `MOST_PLACES` of them: a text that says a thing more often than that is no better understood by more.
        """
        asked = self._matched.queries
        if len(keys) == 1:
            return asked.spans(keys[0], self._document)[:MOST_PLACES]
        return merged(span for key in keys for span in asked.spans(key, self._document))[:MOST_PLACES]

    @cached_property
    def channel(self) -> Channel | None:
        """The charter's channel that the draft is for."""
        return self.charter.channel(self.draft.channel) if self.charter and self.draft.channel else None

    @property
    def is_reply(self) -> bool:
        """Whether the draft answers somebody."""
        return self.draft.answers is not None

    @cached_property
    def moment(self) -> datetime:
        """When it is to go out, on the company's clock; now when nobody planned it."""
        at = self.facts.now if self.draft.when is None else self.draft.when
        return local_time(at, self.charter.company.timezone if self.charter else "UTC")

    @cached_property
    def tokens(self) -> list[Token]:
        """Words, tags, handles and emoji, folded, with their places."""
        return list(self._document.tokens.values())

    @cached_property
    def links(self) -> tuple[Span, ...]:
        """Where addresses stand."""
        return signs.links(self.text)

    @cached_property
    def hashtags(self) -> tuple[Span, ...]:
        """Where tags stand, ``#`` included."""
        return signs.hashtags(self.text)

    @cached_property
    def mentions(self) -> tuple[Span, ...]:
        """Where ``@name``, ``@name.example`` and ``@name@server.example`` stand."""
        return signs.mentions(self.text)

    @cached_property
    def emoji(self) -> tuple[Span, ...]:
        """Each emoji as a reader counts them, in the text as it was written."""
        return signs.emoji(self.draft.text[: len(self.text)])

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Where sentences stand, without the white space around them."""
        found: list[Span] = []
        start = 0
        for end in sentence_ends(self.text):
            piece = self.text[start:end]
            if piece.strip():
                left = len(piece) - len(piece.lstrip())
                found.append(Span(start + left, start + len(piece.rstrip())))
            start = end
        return tuple(found)

    def sentence(self, span: Span) -> Span:
        """The sentence in which a span starts."""
        index = bisect_right(self.sentences, span.start, key=lambda one: one.start) - 1
        return self.sentences[max(index, 0)] if self.sentences else Span(0, len(self.text))

    def quoted(self, span: Span) -> bool:
        """Whether the span stands between quotation marks, with other words beside it or outside them.

        A text that is nothing but a quotation is somebody's own words all the same, with marks around.
        """
        return any(one.start < span.start and span.end < one.end for one in self._quotations)

    def words(self, span: Span) -> str:
        """The characters of a span, as they were written."""
        return self.draft.text[span.start : span.end]

    @cached_property
    def _document(self) -> Document:
        return Document(self._matched.post)

    @cached_property
    def _quotations(self) -> tuple[Span, ...]:
        found = (Span(*one.span()) for one in _QUOTED.finditer(self.text))
        return tuple(one for one in found if _LETTER.search(self.text[: one.start] + self.text[one.end :]))


def within(span: Span, spans: Sequence[Span]) -> bool:
    """Whether one of some spans, ascending and apart, holds all of another.

    >>> within(Span(4, 6), (Span(0, 2), Span(3, 6))), within(Span(1, 4), (Span(0, 2), Span(3, 6)))
    (True, False)
    """
    before = bisect_right(spans, span.start, key=lambda one: one.start) - 1
    return before >= 0 and span.end <= spans[before].end
