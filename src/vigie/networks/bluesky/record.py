"""A post as Bluesky writes it (`app.bsky.feed.post`), and how it becomes a `Post`.

The structs name only what is read; everything else in a record is skipped by the decoder. They serve JSON, where a link
to a blob is ``{"$link": "bafk…"}``, and CBOR, where it is the identifier's bytes.
"""

import re
from functools import lru_cache

import libipld
from msgspec import Struct, field

from vigie.model import Author, Media, Millis, Post
from vigie.networks.bluesky.when import revised, written

COLLECTION = "app.bsky.feed.post"
TEXT_LIMIT = 30_000
"""Characters; ten times the 3,000 bytes that the network's own definition allows."""
LIST_LIMIT = 100
"""Links, mentions, tags or media of one post; the network's own clients stop at a few."""
ADDRESS_LIMIT = 2_048

DID = re.compile(r"did:[a-z]+:[A-Za-z0-9._:%-]{1,240}")
POST_URI = re.compile(r"at://did:[a-z]+:[A-Za-z0-9._:%-]{1,240}/app\.bsky\.feed\.post/[A-Za-z0-9._:~-]{1,512}")
WEB = re.compile(r"https?://\S+", re.IGNORECASE)
LANG = re.compile(r"[a-z]{2,3}")
CDN = "https://cdn.bsky.app/img/feed_fullsize/plain"
VIDEO = "https://video.bsky.app/watch"


class UnreadableError(Exception):
    """Not a post that anybody could read. ``reason`` and ``detail`` as in `Rejected`."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


class Link(Struct, gc=False):
    """A link to a blob, as JSON writes it."""

    cid: str = field(name="$link", default="")


class Blob(Struct, gc=False):
    """``cid`` alone is the form used before 2023."""

    ref: Link | bytes | None = None
    cid: str | None = None


class Image(Struct, gc=False):
    """A picture and its description."""

    alt: str | None = None
    image: Blob | None = None


class Card(Struct, gc=False):
    """A page that is shown as a card."""

    uri: str = ""


class Ref(Struct, gc=False):
    """Another record."""

    uri: str = ""


class Quoted(Struct, gc=False):
    """``app.bsky.embed.record`` has the address here, ``recordWithMedia`` one level below."""

    uri: str = ""
    record: Ref | None = None


class Shown(Struct, gc=False):
    """Pictures, a card or a video (whose ``alt`` lies beside it)."""

    images: tuple[Image, ...] | None = None
    external: Card | None = None
    video: Blob | None = None
    alt: str | None = None


class Embed(Shown, gc=False):
    """What is shown with a post: the same, or a quoted record, or both."""

    record: Quoted | None = None
    media: Shown | None = None


class Feature(Struct, gc=False):
    """One of a link, a mention and a tag."""

    uri: str = ""
    did: str = ""
    tag: str = ""


class Facet(Struct, gc=False):
    """A stretch of text that leads somewhere."""

    features: tuple[Feature, ...] = ()


class Reply(Struct, gc=False):
    """What a post answers, and the first post of the thread."""

    parent: Ref
    root: Ref


class Record(Struct, gc=False):
    """All of a record that is read. Other collections' records fit too as long as they do not use these names."""

    text: str | None = None
    created: str = field(name="createdAt", default="")
    langs: tuple[str, ...] | None = None
    reply: Reply | None = None
    facets: tuple[Facet, ...] | None = None
    embed: Embed | None = None
    tags: tuple[str, ...] | None = None


def make_post(
    record: Record | None,
    did: str,
    *,
    rkey: str,
    rev: str,
    at: Millis,
    edited: bool,
    mends: list[tuple[str, str]],
) -> Post:
    """A `Post` of a record that the network passed on at ``at``. Tells in ``mends`` what had to be mended.

    An edit's time is its revision's, so that the same edit read twice, on whatever server, is the same version.

    Raises:
        UnreadableError: no text, too much of it, or a name that is none.
    """
    text = None if record is None else record.text
    if record is None or text is None:
        raise UnreadableError("wrong-shape", "commit.record.text: missing")
    if len(text) > TEXT_LIMIT:
        raise UnreadableError("too-long", f"commit.record.text: {len(text)} characters, at most {TEXT_LIMIT}")
    uri = f"at://{did}/{COLLECTION}/{rkey}"
    if not POST_URI.fullmatch(uri):
        raise UnreadableError("wrong-shape", "did or rkey: not a name")
    if "\0" in text:
        text = text.replace("\0", "")
        mends.append(("bad-text", "commit.record.text: null characters removed"))
    created = written(record.created, at)
    if created is None:
        created = min(revised(rev, at), at)
        mends.append(("bad-date", f"commit.record.createdAt: {record.created[:40]}; the revision's time is used"))
    changed = max(revised(rev, at), created + 1) if edited else None
    url = f"https://bsky.app/profile/{did}/post/{rkey}"
    langs = _langs(record.langs) if record.langs else ()
    reply_to, thread = _thread(record.reply, uri) if record.reply else ("", uri)
    if record.embed is None and record.facets is None and record.tags is None:
        return Post("bluesky", uri, Author(did), text, created, changed, url, "", langs, reply_to, thread)
    links, mentions, tags = _pointed(record)
    media, quote = _shown(record.embed, did) if record.embed else ((), "")
    return Post(
        "bluesky", uri, Author(did), text, created, changed, url, "", langs,
        reply_to, thread, "", quote, mentions, tags, links, media,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _langs(declared: tuple[str, ...]) -> tuple[str, ...]:
    primary = (lang.partition("-")[0].lower() for lang in declared[:LIST_LIMIT])
    return tuple(dict.fromkeys(lang for lang in primary if LANG.fullmatch(lang)))


def _thread(reply: Reply, own: str) -> tuple[str, str]:
    parent = _post_uri(reply.parent)
    root = parent if reply.root.uri == reply.parent.uri else _post_uri(reply.root)
    return parent, root or parent or own


def _post_uri(ref: Ref | Quoted | None) -> str:
    return ref.uri if ref is not None and POST_URI.fullmatch(ref.uri) else ""


def _pointed(record: Record) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Links (the card's too), mentioned accounts, tags (those outside the text too)."""
    links: list[str] = []
    mentions: list[str] = []
    tags: list[str] = []
    for facet in record.facets or ():
        for feature in facet.features:
            if feature.uri:
                links.append(feature.uri)
            elif feature.did:
                mentions.append(feature.did)
            elif feature.tag:
                tags.append(feature.tag.lstrip("#"))
    embed = record.embed
    if embed is not None:
        if embed.external is not None:
            links.append(embed.external.uri)
        if embed.media is not None and embed.media.external is not None:
            links.append(embed.media.external.uri)
    if record.tags:
        tags += [tag.lstrip("#") for tag in record.tags]
    return (
        tuple(link for link in _once(links) if WEB.match(link)) if links else (),
        tuple(did for did in _once(mentions) if DID.fullmatch(did)) if mentions else (),
        _once(tags) if tags else (),
    )


def _once(values: list[str]) -> tuple[str, ...]:
    clean = [value.replace("\0", "").strip()[:ADDRESS_LIMIT] for value in values[:LIST_LIMIT]]
    return tuple(value for value in dict.fromkeys(clean) if value)


def _shown(embed: Embed, did: str) -> tuple[tuple[Media, ...], str]:
    """What is shown, and the post that is quoted (a quoted list or feed is none)."""
    media: list[Media] = []
    for shown in (embed, embed.media) if embed.media is not None else (embed,):
        for image in shown.images[:LIST_LIMIT] if shown.images else ():
            cid = _cid(image.image)
            media.append(Media("image", f"{CDN}/{did}/{cid}" if cid else "", _alt(image.alt)))
        if shown.video is not None:
            cid = _cid(shown.video)
            address = f"{VIDEO}/{did.replace(':', '%3A')}/{cid}/playlist.m3u8" if cid else ""
            media.append(Media("video", address, _alt(shown.alt)))
    quoted = embed.record
    return tuple(media), "" if quoted is None else _post_uri(quoted) or _post_uri(quoted.record)


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
