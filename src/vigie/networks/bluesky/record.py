"""A post as Bluesky writes it (`app.bsky.feed.post`), and how it becomes a `Post`.

The structs name only what is read; everything else in a record is skipped by the decoder. They serve JSON, where a link
to a blob is ``{"$link": "bafk…"}``, and CBOR, where it is the identifier's bytes.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

import libipld
from msgspec import Struct, field

from vigie.model import Author, Media, Millis, Post
from vigie.networks.bluesky.when import written

COLLECTION = "app.bsky.feed.post"
TEXT_LIMIT = 30_000
"""Characters; ten times the 3,000 bytes that the network's own definition allows."""
LIST_LIMIT = 100
"""Links, mentions, tags or media of one post; the network's own clients stop at a few."""
ADDRESS_LIMIT = 2_048

DID = re.compile(r"did:[a-z]+:[A-Za-z0-9._:%-]{1,240}")
RKEY = re.compile(r"[A-Za-z0-9._:~-]{1,512}")
POST_URI = re.compile(r"at://[^\s/\x00]{1,260}/app\.bsky\.feed\.post/[A-Za-z0-9._:~-]{1,512}")
LANG = re.compile(r"[a-z]{2,3}")
CDN = "https://cdn.bsky.app/img/feed_fullsize/plain"
VIDEO = "https://video.bsky.app/watch"


class UnreadableError(Exception):
    """Not a post that anybody could read. ``reason`` and ``detail`` as in `Rejected`."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


class Link(Struct, gc=False):
    cid: str = field(name="$link", default="")


class Blob(Struct, gc=False):
    """``cid`` alone is the form used before 2023."""

    ref: Link | bytes | None = None
    cid: str | None = None


class Image(Struct, gc=False):
    alt: str | None = None
    image: Blob | None = None


class Card(Struct, gc=False):
    uri: str = ""


class Ref(Struct, gc=False):
    uri: str = ""


class Quoted(Struct, gc=False):
    """``app.bsky.embed.record`` has the address here, ``recordWithMedia`` one level below."""

    uri: str = ""
    record: Ref | None = None


class Shown(Struct, gc=False):
    images: tuple[Image, ...] | None = None
    external: Card | None = None
    video: Blob | None = None
    alt: str | None = None


class Embed(Shown, gc=False):
    record: Quoted | None = None
    media: Shown | None = None


class Feature(Struct, gc=False):
    uri: str = ""
    did: str = ""
    tag: str = ""


class Facet(Struct, gc=False):
    features: tuple[Feature, ...] = ()


class Reply(Struct, gc=False):
    parent: Ref
    root: Ref


class Words(Struct, gc=False):
    """What a record must at least say to be a post."""

    text: str | None = None
    created: str = field(name="createdAt", default="")
    langs: tuple[str, ...] | None = None
    reply: Reply | None = None


class Record(Words, gc=False):
    """All of a record that is read. Other collections' records fit too as long as they do not use these names."""

    facets: tuple[Facet, ...] | None = None
    embed: Embed | None = None
    tags: tuple[str, ...] | None = None


def make_post(
    did: str, rkey: str, rev: str, record: Words, at: Millis, *, edited: bool, mended: list[tuple[str, str]]
) -> Post:
    """A `Post` of a record that the network passed on at ``at``. What had to be mended goes into ``mended``.

    An edit's time is its revision's, so that the same edit read twice, on whatever server, is the same version.

    Raises:
        UnreadableError: no text, too much of it, or a name that is none.
    """
    text = record.text
    if text is None:
        raise UnreadableError("wrong-shape", "commit.record.text: missing")
    if len(text) > TEXT_LIMIT:
        raise UnreadableError("too-long", f"commit.record.text: {len(text)} characters, at most {TEXT_LIMIT}")
    if not (DID.fullmatch(did) and RKEY.fullmatch(rkey)):
        raise UnreadableError("wrong-shape", "did or rkey: not a name")
    if "\0" in text:
        text = text.replace("\0", "")
        mended.append(("bad-text", "commit.record.text: null characters removed"))
    created, readable = written(record.created, rev, at)
    if not readable:
        mended.append(("bad-date", "commit.record.createdAt: not a date; the revision's time is used"))
    changed = max(written("", rev, at)[0], created + 1) if edited else None
    uri = f"at://{did}/{COLLECTION}/{rkey}"
    url = f"https://bsky.app/profile/{did}/post/{rkey}"
    langs = _langs(record.langs) if record.langs else ()
    reply_to, thread = _thread(record.reply, uri) if record.reply else ("", uri)
    author = Author(did)
    if type(record) is Record and (record.embed or record.facets or record.tags):
        links, mentions, tags = _facets(record)
        media, quote = _embed(record.embed, did) if record.embed else ((), "")
        return Post(
            "bluesky", uri, author, text, created, changed, url, "", langs,
            reply_to, thread, "", quote, mentions, tags, links, media,
        )  # fmt: skip
    return Post("bluesky", uri, author, text, created, changed, url, "", langs, reply_to, thread)


@lru_cache(maxsize=4096)
def _langs(declared: tuple[str, ...]) -> tuple[str, ...]:
    primary = (lang.partition("-")[0].lower() for lang in declared[:LIST_LIMIT])
    return tuple(dict.fromkeys(lang for lang in primary if LANG.fullmatch(lang)))


def _thread(reply: Reply, own: str) -> tuple[str, str]:
    parent, root = _post_uri(reply.parent), _post_uri(reply.root)
    return parent, root or parent or own


def _post_uri(ref: Ref | Quoted | None) -> str:
    return ref.uri if ref is not None and POST_URI.fullmatch(ref.uri) else ""


def _facets(record: Record) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Links (the card's too), mentioned accounts, tags (those outside the text too)."""
    features = [feature for facet in record.facets or () for feature in facet.features]
    addresses = [feature.uri for feature in features if feature.uri]
    if record.embed:
        cards = (record.embed.external, record.embed.media.external if record.embed.media else None)
        addresses += [card.uri for card in cards if card]
    links = (uri for uri in addresses if uri.startswith(("https://", "http://")) and len(uri) <= ADDRESS_LIMIT)
    mentions = (feature.did for feature in features if feature.did and DID.fullmatch(feature.did))
    tags = [feature.tag for feature in features if feature.tag] + list(record.tags or ())
    return _once(links), _once(mentions), _once(tag.lstrip("#") for tag in tags)


def _once(values: Iterable[str]) -> tuple[str, ...]:
    clean = (value.replace("\0", "").strip() for value in values)
    return tuple(dict.fromkeys(value for value in clean if value))[:LIST_LIMIT]


def _embed(embed: Embed, did: str) -> tuple[tuple[Media, ...], str]:
    """What is shown, and the post that is quoted (a quoted list or feed is none)."""
    quote = _post_uri(embed.record) or (_post_uri(embed.record.record) if embed.record else "")
    media: list[Media] = []
    for shown in (embed, embed.media):
        if shown is None:
            continue
        for image in (shown.images or ())[:LIST_LIMIT]:
            cid = _cid(image.image)
            media.append(Media("image", f"{CDN}/{did}/{cid}" if cid else "", _alt(image.alt)))
        if shown.video:
            cid = _cid(shown.video)
            address = f"{VIDEO}/{did.replace(':', '%3A')}/{cid}/playlist.m3u8" if cid else ""
            media.append(Media("video", address, _alt(shown.alt)))
    return tuple(media), quote


def _alt(alt: str | None) -> str:
    return alt.replace("\0", "")[:TEXT_LIMIT] if alt else ""


def _cid(blob: Blob | None) -> str:
    if blob is None:
        return ""
    if isinstance(blob.ref, bytes):
        try:
            cid = str(libipld.encode_cid(blob.ref))
        except ValueError:
            return ""
    else:
        cid = blob.ref.cid if blob.ref else blob.cid or ""
    return cid if cid.isascii() and cid.isalnum() else ""
