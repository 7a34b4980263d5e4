"""A post as queries see it: its words with their places, and what the network says of it."""

from collections.abc import Iterator
from functools import cached_property

from vigie.model import Post
from vigie.query import fields
from vigie.text import TEXT_CAP, Token, kind, tokenise

GAP = 1000
"""Places left free between title, text and each tag, so that no phrase and no NEAR reaches across."""


def searched(post: Post) -> Iterator[str]:
    """The texts of a post that are searched: its title, its text, and each of its tags as ``#tag``."""
    if post.title:
        yield post.title
    yield post.text
    for tag in post.tags:
        yield "#" + tag


class Document:
    """Where each word of a post stands. Made once, asked by many queries.

    Attributes:
        places: places of each word and tag (``greve``, ``#greve``), ascending.
        tokens: (place, token) of the words in the post's text alone, for highlighting.
    """

    def __init__(self, post: Post) -> None:
        self.post = post
        self.places: dict[str, list[int]] = {}
        self.tokens: dict[int, Token] = {}
        place = 0
        for text in searched(post):
            found = tokenise(text)
            for token in found:
                self.places.setdefault(token.word, []).append(place)
                if token.sign:
                    self.places.setdefault(token.sign + token.word, []).append(place)
                if text is post.text:
                    self.tokens[place] = token
                place += 1
            place += GAP

    def starting(self, prefix: str) -> list[int]:
        """Places of the words that begin so, ascending."""
        return sorted({place for word, places in self.places.items() if word.startswith(prefix) for place in places})

    @cached_property
    def fields(self) -> dict[str, set[str]]:
        """The values of each field."""
        post = self.post
        facts = {key for key, holds in fields.FACTS.items() if holds(post)} | self._seen()
        return {
            "author": fields.authors(post),
            "to": fields.addressees(post),
            "lang": fields.langs(post),
            "network": {post.network},
            "site": fields.sites(post),
            "has": {value for name, value in facts if name == "has"},
            "is": {value for name, value in facts if name == "is"},
        }

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
