"""A post as queries see it: its words with their places, and what the network says of it."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from vigie.model import Post
from vigie.query import fields
from vigie.query.wildcards import finder
from vigie.text import TEXT_CAP, Token, kind, tokenise
from vigie.text.sentences import sentence_ends

GAP = 1000
"""Places left free between title, text and each tag, so that no phrase and no NEAR reaches across."""


def searched(post: Post) -> Iterator[str]:
    """The texts of a post that are searched: its title, its text, and each of its tags as ``#tag``."""
    if post.title:
        yield post.title
    yield post.text
    for tag in post.tags:
        yield "#" + tag


class Part(NamedTuple):
    """One of the texts that are searched, with its words and the place of the first."""

    text: str
    tokens: list[Token]
    place: int


class Document:
    """Where each word of a post stands. Made once, asked by many queries.

    Attributes:
        places: places of each word, tag and emoji with its tone (``greve``, ``#greve``, ``👍🏽``), ascending.
        parts: the texts that are searched, in order.
    """

    def __init__(self, post: Post) -> None:
        self.post = post
        self.places: dict[str, list[int]] = {}
        self.parts: list[Part] = []
        place = 0
        for text in searched(post):
            found = tokenise(text)
            self.parts.append(Part(text, found, place))
            for token in found:
                self.places.setdefault(token.word, []).append(place)
                if token.sign:
                    self.places.setdefault(token.sign + token.word, []).append(place)
                if token.tone:
                    self.places.setdefault(token.word + token.tone, []).append(place)
                place += 1
            place += GAP

    @cached_property
    def tokens(self) -> dict[int, Token]:
        """The words of the post's text alone by place, for highlighting."""
        part = next(part for part in self.parts if part.text is self.post.text)
        return dict(enumerate(part.tokens, part.place))

    def starting(self, prefix: str) -> list[int]:
        """Places of the words that begin so, ascending."""
        if " " + prefix not in self.row:
            return []
        return sorted({place for word, places in self.places.items() if word.startswith(prefix) for place in places})

    @cached_property
    def row(self) -> str:
        """The words one after the other, a space before each."""
        return " " + " ".join(self.places)

    def like(self, pattern: str) -> list[int]:
        """Places of the words that a pattern with ``*`` and ``?`` stands for, ascending."""
        fits = finder(pattern)
        return sorted({place for word, places in self.places.items() if fits(word) for place in places})

    def sentence(self, place: int) -> tuple[int, int]:
        """Which sentence a word stands in: (part, sentence)."""
        part = bisect_right(self._starts, place) - 1
        found = self.parts[part]
        return part, bisect_right(self._sentences[part], found.tokens[place - found.place].start)

    @cached_property
    def _starts(self) -> list[int]:
        return [part.place for part in self.parts]

    @cached_property
    def _sentences(self) -> list[list[int]]:
        return [sentence_ends(part.text[:TEXT_CAP]) for part in self.parts]

    def written(self, raw: str) -> Iterator[tuple[Part, int, int]]:
        """Where exactly these characters stand, not inside a word: (part, first character, the one after the last).

        Letters that a writer's device made of a letter and an accent are the same writing as those made of one sign.
        """
        for form in sorted({unicodedata.normalize("NFC", raw), unicodedata.normalize("NFD", raw)}):
            for part in self.parts:
                text = part.text[:TEXT_CAP]
                start = text.find(form)
                while start >= 0:
                    end = start + len(form)
                    if not (_in_word(text, start) or _in_word(text, end)):
                        yield part, start, end
                    start = text.find(form, start + 1)

    def characters(self, stretches: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The characters of the post's text that stretches of places cover, for those that lie in it."""
        for start, end in stretches:
            if start in self.tokens and end - 1 in self.tokens:
                yield self.tokens[start].start, self.tokens[end - 1].end

    @cached_property
    def fields(self) -> dict[str, set[str]]:
        """The values of each field that is a set of them."""
        post = self.post
        facts = {key for key, holds in fields.FACTS.items() if holds(post)} | self._seen()
        return {
            "author": fields.authors(post),
            "to": fields.addressees(post),
            "lang": fields.langs(post),
            "network": {post.network},
            "site": fields.sites(post),
            "country": fields.countries(post),
            "url": fields.url_words(post),
            "has": {value for name, value in facts if name == "has"},
            "is": {value for name, value in facts if name == "is"},
        }

    @cached_property
    def links(self) -> list[str]:
        """The words of each link."""
        return [fields.words_of(link) for link in self.post.links]

    @cached_property
    def hashtags(self) -> list[str]:
        """The words that each tag is made of, then each tag as one word; those in the text and those told apart."""
        tags = {
            part.text[token.start + 1 : token.end] for part in self.parts for token in part.tokens if token.sign == "#"
        }
        split = [fields.hashtag_words(tag) for tag in sorted(tags | set(self.post.tags))]
        return split + [words.replace(" ", "") for words in split]

    def _seen(self) -> set[tuple[str, str]]:
        """What ``has:`` finds in the words themselves."""
        seen = set()
        if any(kind(char) == "q" for text in searched(self.post) for char in text[:TEXT_CAP]):
            seen.add(("has", "question"))
        if self.post.mentions or any(word[0] == "@" for word in self.places):
            seen.add(("has", "mention"))
        if any(word[0] == "#" for word in self.places):
            seen.add(("has", "hashtag"))
        if any(kind(word[0]) in "ef" for word in self.places):
            seen.add(("has", "emoji"))
        return seen


def _in_word(text: str, at: int) -> bool:
    """Whether a place between two characters is inside a word."""
    return 0 < at < len(text) and kind(text[at - 1]) in "wm" and kind(text[at]) in "wm"
