"""The fields of the language: which there are, how their values are written, and which values a post has."""

import re
from collections.abc import Callable, Iterator

from vigie.model import Post

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
_LANG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9-_]+)?")
_NETWORK = re.compile(r"[a-z][a-z0-9_-]*")
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@]*@)?([^/?#:@\s]+)", re.IGNORECASE)
_AT_AUTHORITY = re.compile(r"at://([^/]+)")


def account(value: str) -> str:
    """An account as compared: without ``@`` before it, case ignored.

    >>> account("@Ana@Mastodon.Example")
    'ana@mastodon.example'
    """
    return value.removeprefix("@").lower()


def host(address: str) -> str:
    """The host of an address, in lower case, without a leading ``www.``; empty when there is none.

    >>> host("https://www.LeMonde.fr/sport?x=1")
    'lemonde.fr'
    """
    found = _HOST.match(address)
    return found[1].lower().removeprefix("www.").strip(".") if found else ""


def hosts(address: str) -> Iterator[str]:
    """The host of an address and all that it lies under, so that a site includes its subdomains.

    >>> list(hosts("https://sport.lemonde.fr/"))
    ['sport.lemonde.fr', 'lemonde.fr', 'fr']
    """
    name = host(address)
    while name:
        yield name
        name = name.partition(".")[2]


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
}

NAMES = (*_READ, *ALIASES)
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
