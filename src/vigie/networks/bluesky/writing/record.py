"""The record of a post that we write (`app.bsky.feed.post`): the same words and times always make the same record."""

from typing import Any

from vigie.checks.length import Limits, graphemes, limits
from vigie.flows.ports.writer import Facet, Receipt, Upload, Wanted, WriteError
from vigie.model import Span
from vigie.model.loose import written
from vigie.networks.bluesky.record import COLLECTION
from vigie.networks.bluesky.writing.keys import blob_cid
from vigie.text.signs import hashtags, links, mentions

NAME = "bluesky"
TAG_CHARACTERS, TAG_BYTES = 64, 640
"""The longest tag (lexicon ``app.bsky.richtext.facet``); a longer one stays plain text."""


def taken() -> Limits:
    """What the network takes."""
    found = limits(NAME)
    assert found is not None  # noqa: S101  (the product's own table)
    return found


def make_record(wanted: Wanted, facets: tuple[Facet, ...], blobs: list[dict[str, Any]]) -> dict[str, Any]:
    """The record as JSON. ``blobs``: one for each picture, as the server named it or as `named_blob` foretells it."""
    record: dict[str, Any] = {
        "$type": COLLECTION,
        "text": wanted.text,
        "createdAt": written(wanted.created_at),
    }
    if wanted.language:
        record["langs"] = [wanted.language]
    if facets:
        record["facets"] = [_facet(wanted.text, one) for one in facets]
    if wanted.parent is not None:
        record["reply"] = {"root": _ref(wanted.root or wanted.parent), "parent": _ref(wanted.parent)}
    embed = _embed(wanted, blobs)
    if embed:
        record["embed"] = embed
    return record


def named_blob(upload: Upload) -> dict[str, Any]:
    """What the server will answer to these bytes."""
    link = {"$link": blob_cid(upload.content)}
    return {"$type": "blob", "ref": link, "mimeType": upload.type, "size": len(upload.content)}


def check(wanted: Wanted) -> None:
    """Refuses what the network would, before anything is sent. Raises WriteError, final."""
    known = taken()
    length, size = graphemes(wanted.text), len(wanted.text.encode())
    if length > known.characters or (known.bytes is not None and size > known.bytes):
        raise WriteError("too-long", f"{length} > {known.characters}", final=True)
    if len(wanted.media) > known.images:
        raise WriteError("unsupported", f"{len(wanted.media)} pictures > {known.images}", final=True)
    for upload in wanted.media:
        if upload.type not in known.image_types:
            raise WriteError("unsupported", upload.type, final=True)
        if len(upload.content) > known.image_bytes:
            raise WriteError("too-large", f"{len(upload.content)} > {known.image_bytes}", final=True)


def found_facets(text: str) -> tuple[Facet, ...]:
    """What is live in a text. Mentions still have a handle as ``target``, and those without a domain are none here."""
    found = [Facet(span, "link", text[span.start : span.end]) for span in links(text)]
    for span in mentions(text):
        handle = text[span.start + 1 : span.end].lower()
        if "@" not in handle and "." in handle and handle.isascii():
            found.append(Facet(span, "mention", handle))
    for span in hashtags(text):
        tag = text[span.start + 1 : span.end]
        if graphemes(tag) <= TAG_CHARACTERS and len(tag.encode()) <= TAG_BYTES:
            found.append(Facet(span, "tag", tag))
    return tuple(sorted(found, key=lambda one: one.span.start))


def _facet(text: str, facet: Facet) -> dict[str, Any]:
    field = {"link": "uri", "mention": "did", "tag": "tag"}[facet.kind]
    feature = {"$type": f"app.bsky.richtext.facet#{facet.kind}", field: facet.target}
    return {"index": _in_bytes(text, facet.span), "features": [feature]}


def _in_bytes(text: str, span: Span) -> dict[str, int]:
    """The network counts in bytes of UTF-8."""
    start = len(text[: span.start].encode())
    return {"byteStart": start, "byteEnd": start + len(text[span.start : span.end].encode())}


def _embed(wanted: Wanted, blobs: list[dict[str, Any]]) -> dict[str, Any] | None:
    pictures: dict[str, Any] | None = None
    if blobs:
        images = [_image(upload, blob) for upload, blob in zip(wanted.media, blobs, strict=True)]
        pictures = {"$type": "app.bsky.embed.images", "images": images}
    if wanted.quotes is None:
        return pictures
    quoted = {"$type": "app.bsky.embed.record", "record": _ref(wanted.quotes)}
    if pictures is None:
        return quoted
    return {"$type": "app.bsky.embed.recordWithMedia", "record": quoted, "media": pictures}


def _image(upload: Upload, blob: dict[str, Any]) -> dict[str, Any]:
    image: dict[str, Any] = {"alt": upload.alt, "image": blob}
    if upload.width and upload.height:
        image["aspectRatio"] = {"width": upload.width, "height": upload.height}
    return image


def _ref(receipt: Receipt) -> dict[str, str]:
    return {"uri": receipt.remote_id, "cid": receipt.version}
