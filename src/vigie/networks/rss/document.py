"""Reads a feed's document, whatever state it is in, into posts."""

import calendar
import hashlib
import io
import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Literal

import feedparser
from msgspec import Struct

from vigie.flows.ports.fetch import Response
from vigie.model import Author, Media, Millis, Post, Rejected
from vigie.model.bounds import FIELD_LIMIT, TEXT_LIMIT, UnreadableError, believable, mended
from vigie.model.loose import host_of, unique
from vigie.text.html import Read, read_html

NAME = "rss"
ENTRIES = 1_000
"""Entries read of one document; they come newest first, and no feed that people make has more."""
TAGS = 50_000
"""Tags read of one document, two seconds' work for the parser; the rest is left away."""
NAMESPACES = 100
"""Name spaces in one document: each makes every later tag dearer, and real feeds have ten."""
MEDIA = 10
MINUTE: Millis = 60_000
KINDS: dict[str, Literal["image", "video", "audio"]] = {"image": "image", "video": "video", "audio": "audio"}


class Document(Struct, frozen=True):
    """A feed as read. ``digests`` tell what each post says, by remote_id; ``ttl`` is the shortest pause it asks for."""

    posts: tuple[Post, ...]
    digests: dict[str, str]
    rejected: tuple[Rejected, ...] = ()
    ttl: Millis = 0


def read_document(answer: Response, address: str, seen: Millis) -> Document:
    """The entries of a feed, oldest first. ``address`` is the feed's lasting name, also after it has moved.

    Raises:
        UnreadableError: ``wrong-shape``: it is no feed.
    """
    parsed = _parsed(answer)
    feed = parsed["feed"]
    posts: dict[str, Post] = {}
    digests: dict[str, str] = {}
    rejected: list[Rejected] = []
    for entry in parsed["entries"][:ENTRIES]:
        try:
            post, digest = _post(entry, feed, address, seen)
            if post.remote_id in posts:
                raise UnreadableError("twice", post.remote_id)  # noqa: TRY301  (one way out for what is not taken)
        except UnreadableError as error:
            rejected.append(error.rejected(_words(entry, "link", "title", "id").encode()))
            continue
        posts[post.remote_id], digests[post.remote_id] = post, digest
    oldest_first = sorted(posts.values(), key=lambda post: post.created_at)
    return Document(tuple(oldest_first), digests, tuple(rejected), _ttl(feed))


def _parsed(answer: Response) -> Mapping[str, Any]:
    bounded = _bounded(answer.body)
    headers = {"content-type": answer.headers.get("content-type", ""), "content-location": answer.url}
    try:
        # a stream, since the parser takes a string for an address to open; cleaning HTML is left to `read_html`
        parsed: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(bounded), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:
        raise UnreadableError("wrong-shape", repr(error)) from error
    if not parsed["entries"] and not parsed.get("version"):
        raise UnreadableError("wrong-shape", str(parsed.get("bozo_exception") or "no feed"))
    return parsed


def _bounded(body: bytes) -> bytes:
    if body.count(b"xmlns:") > NAMESPACES:
        raise UnreadableError("wrong-shape", f"more than {NAMESPACES} name spaces")
    beyond = next(islice(re.finditer(b"<", body), TAGS, None), None)
    return body if beyond is None else body[: beyond.start()]


def _post(entry: Mapping[str, Any], feed: Mapping[str, Any], address: str, seen: Millis) -> tuple[Post, str]:
    read = _text(entry)
    title = read_html(_words(entry, "title")).text
    if not read.text and not title:
        raise UnreadableError("wrong-shape", "neither title nor text")
    if len(read.text) > TEXT_LIMIT:
        raise UnreadableError("too-long", f"{len(read.text)} characters, at most {TEXT_LIMIT}")
    digest = digest_of(title, read.text)
    written, changed = _instant(entry, "published"), _instant(entry, "updated")
    created = believable(written if written is not None else changed if changed is not None else seen, seen)
    edited = None if changed is None or written is None else believable(changed, seen)
    post = Post(
        network=NAME,
        remote_id=_remote_id(entry, address, digest),
        author=_author(entry, feed, address),
        text=read.text,
        created_at=created,
        edited_at=edited if edited is not None and edited > created else None,
        url=_web(entry.get("link")),
        title=title[:FIELD_LIMIT],
        langs=_langs(entry, feed),
        tags=unique(_words(tag, "term")[:FIELD_LIMIT].strip().lstrip("#") for tag in _dicts(entry.get("tags"))),
        links=read.links,
        media=_media(entry, read),
    )
    return post, digest


def _text(entry: Mapping[str, Any]) -> Read:
    """The longest of what the entry says: some put a teaser into one field and the article into the other."""
    said = [*_dicts(entry.get("content")), *_dicts(entry.get("summary_detail"))]
    texts = [
        Read(_words(one, "value")) if one.get("type") == "text/plain" else read_html(_words(one, "value"))
        for one in said
    ]
    return max(texts, key=lambda read: len(read.text), default=Read(""))


def _remote_id(entry: Mapping[str, Any], address: str, digest: str) -> str:
    """The entry's own id where the whole world could not mean another by it, else one within the feed."""
    id = _words(entry, "id").strip()[:FIELD_LIMIT]
    if id.startswith(("http://", "https://", "tag:", "urn:")):
        return id
    return f"{address}#{id}" if id else _web(entry.get("link")) or f"{address}#{digest}"


def _author(entry: Mapping[str, Any], feed: Mapping[str, Any], address: str) -> Author:
    """The feed itself, or the person whom an entry names in it."""
    byline = _words(entry, "author").strip()[:FIELD_LIMIT]
    title = read_html(_words(feed, "title")).text[:FIELD_LIMIT]
    return Author(
        id=f"{address}#{byline}" if byline else address,
        handle=host_of(address).removeprefix("www."),
        name=byline or title,
    )


def _langs(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> tuple[str, ...]:
    said = [*_dicts(entry.get("content")), *_dicts(entry.get("summary_detail")), entry, feed]
    first = next((words for one in said if (words := _words(one, "language"))), "")
    lang = first.replace("_", "-").split("-")[0].lower()
    return (lang,) if lang.isascii() and lang.isalpha() and len(lang) in {2, 3} else ()


def _media(entry: Mapping[str, Any], read: Read) -> tuple[Media, ...]:
    found: dict[str, Media] = {}
    for one in [*_dicts(entry.get("links")), *_dicts(entry.get("media_content"))]:
        if one.get("rel", "enclosure") == "enclosure" and (url := _web(one.get("href") or one.get("url"))):
            found.setdefault(url, Media(KINDS.get(_words(one, "type", "medium").split("/")[0], "file"), url))
    for one in _dicts(entry.get("media_thumbnail")):
        if url := _web(one.get("url")):
            found.setdefault(url, Media("image", url))
    for url, alt in read.images:
        found.setdefault(url, Media("image", url, mended(alt[:FIELD_LIMIT])))
    return tuple(found.values())[:MEDIA]


def _instant(entry: Mapping[str, Any], name: str) -> Millis | None:
    """None where the feed gives no date, or one that nobody can read."""
    key = f"{name}_parsed"
    parts = entry.get(key) if key in entry else None  # asked first: the parser lends one date to the other's name
    try:
        return None if parts is None else calendar.timegm(parts) * 1000
    except (ValueError, OverflowError, TypeError):
        return None


def _ttl(feed: Mapping[str, Any]) -> Millis:
    minutes = _words(feed, "ttl").strip()
    return int(minutes) * MINUTE if minutes.isdecimal() and len(minutes) <= len("100000") else 0


def digest_of(*words: str) -> str:
    """Eight bytes in hexadecimal: enough to tell a thousand entries apart."""
    return hashlib.blake2b("\0".join(words).encode("utf-8", "replace"), digest_size=8).hexdigest()


def _words(one: Mapping[str, Any], *names: str) -> str:
    """The first of some fields that holds words."""
    return next((mended(value) for name in names if isinstance(value := one.get(name), str) and value), "")


def _web(value: object) -> str:
    fine = isinstance(value, str) and value.startswith(("http://", "https://")) and len(value) <= FIELD_LIMIT
    return mended(str(value)) if fine else ""


def _dicts(value: object) -> Iterable[Mapping[str, Any]]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, Mapping)]
