"""The fields of the language: which there are, how their values are written, and which values a post has."""

import re
from collections.abc import Callable, Iterable, Iterator

from vigie.model import Post
from vigie.text import tokenise

ALIASES = {"from": "author", "source": "network"}
"""Other names that people know from elsewhere."""

HAS = ("link", "image", "video", "media", "question", "mention", "hashtag", "emoji")
IS = ("reply", "repost", "quote", "edited", "verified")

_LANGUAGES = {
    "french": "fr",
    "français": "fr",
    "francais": "fr",
    "english": "en",
    "anglais": "en",
    "spanish": "es",
    "german": "de",
    "italian": "it",
}
_COUNTRIES = {
    "france": "fr",
    "belgique": "be",
    "belgium": "be",
    "suisse": "ch",
    "switzerland": "ch",
    "luxembourg": "lu",
    "canada": "ca",
    "allemagne": "de",
    "germany": "de",
    "espagne": "es",
    "spain": "es",
    "italie": "it",
    "italy": "it",
    "royaume uni": "gb",
    "united kingdom": "gb",
    "uk": "gb",
    "etats unis": "us",
    "united states": "us",
    "usa": "us",
}
ELSEWHERE = {
    "language": "lang",
    "languages": "lang",
    "langue": "lang",
    "hashtags": "hashtag",
    "hashtagged": "hashtag",
    "links": "url",
    "link": "url",
    "inurl": "url",
    "domain": "site",
    "host": "site",
    "authorfollowers": "followers",
    "followers_count": "followers",
    "following_count": "following",
    "friends_count": "following",
    "tweets_count": "posts",
    "statuses_count": "posts",
    "place_country": "country",
    "sourcecountry": "country",
    "pays": "country",
    "sourcetype": "network",
    "platform": "network",
    "case": "raw",
    "mentions": "to",
    "at_mentions": "to",
    "auteur": "author",
}
"""What other products, and people, call our fields; suggested where one of these is written."""

_LANG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9-_]+)?")
_NETWORK = re.compile(r"[a-z][a-z0-9_-]*")
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@]*@)?([^/?#:@\s]+)", re.IGNORECASE)
_WWW = re.compile(r"^(?:\.|www\.)+")
_AT = re.compile(r"^[@\s]+")
_AT_AUTHORITY = re.compile(r"at://([^/]+)")


_DAY = 86_400_000


def account(value: str) -> str:
    """An account as compared: without ``@`` before it, case ignored.

    >>> account("@Ana@Mastodon.Example")
    'ana@mastodon.example'
    """
    return _AT.sub("", value).lower()


def host(address: str) -> str:
    """The host of an address, in lower case, without a leading ``www.``; empty when there is none.

    >>> host("https://www.LeMonde.fr/sport?x=1")
    'lemonde.fr'
    """
    found = _HOST.match(address)
    return _WWW.sub("", found[1].lower()).strip(".") if found else ""


def hosts(address: str) -> Iterator[str]:
    """The host of an address and all that it lies under, so that a site includes its subdomains.

    >>> list(hosts("https://sport.lemonde.fr/"))
    ['sport.lemonde.fr', 'lemonde.fr', 'fr']
    """
    name = host(address)
    while name:
        yield name
        name = name.partition(".")[2]


def words_of(text: str) -> str:
    """The words of an address or a tag, folded, with one space between.

    >>> words_of("https://www.lemonde.fr/économie/2026")
    'https www lemonde fr economie 2026'
    """
    return " ".join(token.word for token in tokenise(text))


def hashtag_words(tag: str) -> str:
    """The words that a tag is made of, as its capitals tell them apart.

    >>> hashtag_words("GrèveDesBus2024"), hashtag_words("SNCFVoyageurs"), hashtag_words("grèvedesbus")
    ('greve des bus 2024', 'sncf voyageurs', 'grevedesbus')
    """
    plain = tag.replace("_", " ")
    neighbours = zip(" " + plain, plain, plain[1:] + " ", strict=False)
    return words_of("".join(" " + around[1] if _begins_word(*around) else around[1] for around in neighbours))


def _begins_word(before: str, char: str, after: str) -> bool:
    if before.isdigit() != char.isdigit():
        return True
    return char.isupper() and (not before.isupper() or after.islower())


def stands_in(words: str, texts: Iterable[str]) -> bool:
    """True when words follow each other in one of the texts, both as `words_of` gives them."""
    return any(f" {words} " in f" {text} " for text in texts)


def country(value: str) -> str:
    """A country as compared: its two-letter code where we know it, otherwise its folded name.

    >>> country("FR"), country("États-Unis"), country("Nouvelle-Calédonie")
    ('fr', 'us', 'nouvelle caledonie')
    """
    name = words_of(value)
    return _COUNTRIES.get(name, name)


def _lang(value: str) -> str | None:
    value = value.lower()
    found = _LANG.fullmatch(value)
    return _LANGUAGES.get(value) or (found[1] if found else None)


def _network(value: str) -> str | None:
    return value.lower() if _NETWORK.fullmatch(value.lower()) else None


_READ: dict[str, Callable[[str], str | None]] = {
    "author": lambda value: account(value) or None,
    "to": lambda value: account(value) or None,
    "lang": _lang,
    "network": _network,
    "site": lambda value: host(value) or None,
    "has": lambda value: value.lower() if value.lower() in HAS else None,
    "is": lambda value: value.lower() if value.lower() in IS else None,
    "country": lambda value: country(value) or None,
    "url": lambda value: words_of(value) or None if "*" not in value else None,
    "hashtag": lambda value: hashtag_words(value) or None if "*" not in value else None,
}

NUMBERS: dict[str, Callable[[Post], int | None]] = {
    "followers": lambda post: post.author.followers,
    "following": lambda post: post.author.following,
    "posts": lambda post: post.author.posts,
    "age": lambda post: None if (born := post.author.created_at) is None else (post.created_at - born) // _DAY,
    "length": lambda post: len(post.text),
    "links": lambda post: len(post.links),
    "media": lambda post: len(post.media),
}
"""Fields that are a number; None where the network did not tell, and then no range holds. ``age`` is the account's, in
days, when it wrote the post; ``length`` counts characters of the text."""

NAMES = (*_READ, *ALIASES, *NUMBERS, "raw")
"""Every name that may stand before the colon."""

CHOICES = {"has": HAS, "is": IS}
"""Fields with a closed list of values."""


def read(name: str, value: str) -> str | None:
    """A value as posts' values are compared with it; None where it makes no sense for this field."""
    return _READ[name](value.strip())


def authors(post: Post) -> set[str]:
    """What ``author:`` is compared with: the author's lasting id and handle."""
    return {account(post.author.id), account(post.author.handle)} - {""}


def addressees(post: Post) -> set[str]:
    """What ``to:`` is compared with: the accounts mentioned, and the one answered where ``reply_to`` names it."""
    found = {account(mention) for mention in post.mentions}
    if answered := _AT_AUTHORITY.match(post.reply_to):
        found.add(account(answered[1]))
    return found - {""}


def sites(post: Post) -> set[str]:
    """What ``site:`` is compared with: hosts of the post's links, and the domains they lie under."""
    return {name for link in post.links for name in hosts(link)}


def url_words(post: Post) -> set[str]:
    """The words of all the post's links, for looking queries up by one of them."""
    return {word for link in post.links for word in words_of(link).split()}


def countries(post: Post) -> set[str]:
    """What ``country:`` is compared with: the author's, as the network tells it."""
    return {country(post.author.country)} - {""}


def langs(post: Post) -> set[str]:
    """What ``lang:`` is compared with."""
    return {lang.partition("-")[0].lower() for lang in post.langs}


FACTS: dict[tuple[str, str], Callable[[Post], bool]] = {
    ("has", "link"): lambda post: bool(post.links),
    ("has", "image"): lambda post: any(media.kind == "image" for media in post.media),
    ("has", "video"): lambda post: any(media.kind == "video" for media in post.media),
    ("has", "media"): lambda post: bool(post.media),
    ("is", "reply"): lambda post: bool(post.reply_to),
    ("is", "repost"): lambda post: bool(post.repost_of),
    ("is", "quote"): lambda post: bool(post.quote_of),
    ("is", "edited"): lambda post: post.edited_at is not None,
    ("is", "verified"): lambda post: post.author.verified,
}
"""``has:`` and ``is:`` that the network tells. The others (question, mention, hashtag, emoji) are seen in the text, and
mentions and hashtags also where the network lists them apart."""
