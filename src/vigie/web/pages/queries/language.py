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
            Word("gr?ve", "queries.language.open_letters"),
            Word('raw:"Orange"', "queries.language.raw"),
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
            Word("Orange ONEAR/2 panne", "queries.language.onear"),
            Word('"remboursement colis perdu"~2', "queries.language.loose"),
            Word("cafetière SENTENCE panne", "queries.language.sentence"),
            Word("atleast/2(retard, annulé, perdu)", "queries.language.atleast"),
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
            Word("café url:ouest-france.example/brest", "queries.language.url"),
            Word("café hashtag:port", "queries.language.hashtag"),
            Word("café country:fr", "queries.language.country"),
            Word("café followers:>1000", "queries.language.range"),
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
