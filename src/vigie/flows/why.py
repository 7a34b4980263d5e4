"""Asking why a query finds a post or does not: finding the post that somebody means."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from vigie.flows.ports.archive import Archive
from vigie.model import Author, Post

LOOKED_THROUGH = 100_000
"""Kept posts, the latest first, among which an address is looked for: some half a second."""
_KEY = re.compile(r"(?=.*\d)[0-9A-Za-z]{8,}")  # the last part of an address that is one post's alone
_ADDRESSES = ("http://", "https://", "at://")


def is_address(text: str) -> bool:
    """True for what names a post rather than being its words.

    >>> is_address("https://masto.example/@ana/117"), is_address("https://masto.example is down")
    (True, False)
    """
    return text.startswith(_ADDRESSES) and len(text.split()) == 1


def post_at(address: str, archive: Archive, sample: Sequence[Post], networks: Iterable[str]) -> Post | None:
    """The post that an address or a network's own identifier names, if Vigie keeps it; None otherwise.

    Kept posts are found by identifier at once, by address among the latest `LOOKED_THROUGH`; then comes the sample.
    """
    for network in networks:
        mention = archive.mention_of(network, address)
        if mention is not None and mention.gone_at is None:
            return mention.post
    for post in sample:
        if names(address, post):
            return post
    before, read = None, 0
    while read < LOOKED_THROUGH:
        stretch = archive.standing(before)
        for post in stretch.posts:
            if names(address, post):
                return post
        before, read = stretch.before, read + len(stretch.posts)
        if before is None:
            break
    return None


def names(address: str, post: Post) -> bool:
    """Whether an address is a post's. An author may be named by handle in one and by permanent id in the other.

    >>> post = Post("bluesky", "at://did:plc:a/post/3l6oveex3ii2l", Author("did:plc:a"), "", 0,
    ...     url="https://bsky.example/profile/did:plc:a/post/3l6oveex3ii2l")
    >>> names("https://bsky.example/profile/ana.example/post/3l6oveex3ii2l?ref=x", post)
    True
    """
    if address in (post.remote_id, post.url):
        return True
    host, path = _parts(address)
    own_host, own_path = _parts(post.url)
    if not host or host != own_host or len(path) != len(own_path):
        return False
    differing = sum(one != other for one, other in zip(path, own_path, strict=True))
    return not differing or (differing == 1 and path[-1] == own_path[-1] and bool(_KEY.fullmatch(path[-1])))


def _parts(address: str) -> tuple[str, list[str]]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", []
    return parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/").split("/")


def pasted(text: str, lang: str = "") -> Post:
    """A post of which only the words are known, and perhaps the language."""
    return Post("", "", Author(""), text, 0, langs=(lang,) if lang else ())
