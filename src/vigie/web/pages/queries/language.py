"""The listening language in one page: each row an example that the parser reads, and the id of its sentence."""

from msgspec import Struct


class Word(Struct, frozen=True):
    """One thing the language can say."""

    example: str
    says: str


class Chapter(Struct, frozen=True):
    """A group of rows under a title."""

    title: str
    words: tuple[Word, ...]


LANGUAGE = (
    Chapter(
        "queries.language.words",
        (
            Word("café", "queries.language.word"),
            Word('"brûlerie du port"', "queries.language.phrase"),
            Word("torréf*", "queries.language.prefix"),
            Word("#BlendTempete @brulerie $PORT", "queries.language.signs"),
            Word("☕", "queries.language.emoji"),
        ),
    ),
    Chapter(
        "queries.language.together",
        (
            Word("café OR thé", "queries.language.or"),
            Word("café livraison", "queries.language.and"),
            Word("café NOT instantané", "queries.language.not"),
            Word("(café OR thé) AND livraison", "queries.language.group"),
            Word("colis NEAR/5 retard", "queries.language.near"),
        ),
    ),
    Chapter(
        "queries.language.fields",
        (
            Word("café from:brulerie.example", "queries.language.from"),
            Word("merci to:brulerie.example", "queries.language.to"),
            Word("café lang:fr", "queries.language.lang"),
            Word("café network:mastodon", "queries.language.network"),
            Word("café site:ouest-france.example", "queries.language.site"),
            Word("café has:image", "queries.language.has"),
            Word("café NOT is:repost", "queries.language.is"),
        ),
    ),
    Chapter(
        "queries.language.house",
        (
            Word("{brand} AND colis", "queries.language.named"),
            Word("# des gens, pas des annonces\ncafé", "queries.language.comment"),
        ),
    ),
)
"""In the order in which a newcomer needs them."""

NAMED = {"brand": '"brûlerie du port"'}
"""What ``{brand}`` stands for in the examples."""
