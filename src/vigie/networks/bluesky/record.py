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
PROFILE = "app.bsky.actor.profile"
"""How an account presents itself: its name and picture."""
TEXT_LIMIT = 30_000
"""Characters; ten times the 3,000 bytes that the network's own definition allows."""
NAME_LIMIT = 640
"""Characters of an account's name; the network allows 64 that a reader would count."""
LIST_LIMIT = 100
"""Links, mentions, tags or media of one post; the network's own clients stop at a few."""

is_did = re.compile(r"did:[a-z]+:[A-Za-z0-9._:%-]{1,240}").fullmatch
is_post = re.compile(r"at://did:[a-z]+:[A-Za-z0-9._:%-]{1,240}/app\.bsky\.feed\.post/[A-Za-z0-9._:~-]{1,512}").fullmatch
is_link = re.compile(r"https?://[^\s\0]{1,2048}", re.IGNORECASE).fullmatch
is_tag = re.compile(r"[^\0\n]{1,640}").fullmatch
is_lang = re.compile(r"[a-z]{2,3}").fullmatch
CDN = "https://cdn.bsky.app/img/feed_fullsize/plain"
FACES = "https://cdn.bsky.app/img/avatar/plain"
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
    """All of a record that is read. Other collections' records fit too as long as they do not use these names.

    The fields stand in the order in which Jetstream sends them, which the decoder likes best.
    """

    created: str = field(name="createdAt", default="")
    embed: Embed | None = None
    facets: tuple[Facet, ...] | None = None
    langs: tuple[str, ...] | None = None
    reply: Reply | None = None
    tags: tuple[str, ...] | None = None
    text: str | None = None
    name: str | None = field(name="displayName", default=None)
    avatar: Blob | None = None


class Commit(Struct, gc=False):
    """A record created, updated or deleted (which leaves none)."""

    rev: str = ""
    operation: str = ""
    collection: str = ""
    rkey: str = ""
    record: Record | None = None


def make_post(commit: Commit, did: str, at: Millis, mends: list[tuple[str, str]]) -> Post:
    """A `Post` of what an account wrote and the network passed on at ``at``. Tells in ``mends`` what had to be mended.

    An edit's time is its revision's, so that the same edit read twice, on whatever server, is the same version.

    Raises:
        UnreadableError: no text, too much of it, or a name that is none.
    """
    record = commit.record
    text = None if record is None else record.text
    if record is None or text is None:
        raise UnreadableError("wrong-shape", "commit.record.text: missing")
    if len(text) > TEXT_LIMIT:
        raise UnreadableError("too-long", f"commit.record.text: {len(text)} characters, at most {TEXT_LIMIT}")
    uri = f"at://{did}/{COLLECTION}/{commit.rkey}"
    if not is_post(uri):
        raise UnreadableError("wrong-shape", "did or rkey: not a name")
    if "\0" in text:
        text = text.replace("\0", "")
        mends.append(("bad-text", "commit.record.text: null characters removed"))
    created = written(record.created, at)
    if created is None:
        created = min(revised(commit.rev, at), at)
        mends.append(("bad-date", f"commit.record.createdAt: {record.created[:40]}; the revision's time is used"))
    changed = max(revised(commit.rev, at), created + 1) if commit.operation == "update" else None
    url = f"https://bsky.app/profile/{did}/post/{commit.rkey}"
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


def make_author(commit: Commit, did: str) -> Author:
    """Who an account says it is: name and picture."""
    record = commit.record or Record()
    cid = _cid(record.avatar)
    name = (record.name or "").replace("\0", "")[:NAME_LIMIT]
    return Author(did, name=name, avatar=f"{FACES}/{did}/{cid}" if cid else "")


@lru_cache(maxsize=4096)
def _langs(declared: tuple[str, ...]) -> tuple[str, ...]:
    primary = (lang.partition("-")[0].lower() for lang in declared[:LIST_LIMIT])
    return tuple(dict.fromkeys(lang for lang in primary if is_lang(lang)))


def _thread(reply: Reply, own: str) -> tuple[str, str]:
    above, first = reply.parent.uri, reply.root.uri
    parent = above if is_post(above) else ""
    root = parent if first == above else first if is_post(first) else ""
    return parent, root or parent or own


def _pointed(record: Record) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Links (the card's too), mentioned accounts, tags (those outside the text too); each once, in their order."""
    links: dict[str, None] = {}
    mentions: dict[str, None] = {}
    tags: dict[str, None] = {}
    for facet in record.facets or ():
        for feature in facet.features:
            if feature.uri:
                links[feature.uri] = None
            elif feature.did:
                mentions[feature.did] = None
            elif feature.tag:
                tags[feature.tag.lstrip("#")] = None
    embed = record.embed
    if embed is not None:
        if embed.external is not None:
            links[embed.external.uri] = None
        elif embed.media is not None and embed.media.external is not None:
            links[embed.media.external.uri] = None
    for tag in record.tags or ():
        tags[tag.lstrip("#")] = None
    return (
        tuple(filter(is_link, links))[:LIST_LIMIT] if links else (),
        tuple(filter(is_did, mentions))[:LIST_LIMIT] if mentions else (),
        tuple(filter(is_tag, tags))[:LIST_LIMIT] if tags else (),
    )


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
    if quoted is None:
        return tuple(media), ""
    quote = quoted.record.uri if quoted.record is not None else quoted.uri
    return tuple(media), quote if is_post(quote) else ""


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
