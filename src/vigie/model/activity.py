"""Posts in the form that the open networks exchange, ActivityStreams 2.0, both ways."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from vigie.model.actor import read_author, write_author
from vigie.model.batch import Deleted
from vigie.model.bounds import TEXT_LIMIT, UnreadableError, mended
from vigie.model.loose import (
    LIST_LIMIT,
    each,
    host_of,
    id_of,
    instant,
    kind_of,
    mapping,
    page_of,
    text_of,
    type_name,
    unique,
    written,
)
from vigie.model.post import Author, Media, Millis, Post

Plain = Callable[[str], tuple[str, tuple[str, ...]]]
"""Turns HTML into (text, links); `vigie.text.html.read_html` does it, and this room must not know how."""

CONTEXT: tuple[str | dict[str, str], ...] = (
    "https://www.w3.org/ns/activitystreams",
    {
        "Hashtag": "as:Hashtag",
        "quote": "https://w3id.org/fep/044f#quote",
        "webfinger": "https://purl.archive.org/socialweb/webfinger#webfinger",
        "vigie": "urn:vigie:",
    },
)
"""FEP-044f names quotes, FEP-2c59 handles; ``vigie:`` holds what ActivityStreams has no word for."""

OBJECTS = frozenset(("Note", "Article", "Page", "Question", "Image", "Video", "Audio", "Document", "Event"))
QUOTES = ("quote", "quoteUri", "quoteUrl", "_misskey_quote")


def to_activity(post: Post) -> dict[str, Any]:
    """An object (`Note`), or an `Announce` where the post only passes another on. `from_activity` gives the post back.

    The text stands as it is, with ``mediaType: text/plain``.
    """
    activity: dict[str, Any] = {
        "@context": list(CONTEXT),
        "type": "Announce" if post.repost_of else "Note",
        "id": post.remote_id,
        "actor" if post.repost_of else "attributedTo": write_author(post.author),
        "published": written(post.created_at),
        "content": post.text,
        "mediaType": "text/plain",
        "vigie:network": post.network,
    }
    optional: dict[str, Any] = {
        "object": post.repost_of,
        "updated": "" if post.edited_at is None else written(post.edited_at),
        "url": post.url,
        "name": post.title,
        "contentMap": dict.fromkeys(post.langs, post.text),
        "inReplyTo": post.reply_to,
        "context": post.thread,
        "quote": post.quote_of,
        "tag": [*map(_mention, post.mentions), *({"type": "Hashtag", "name": f"#{tag}"} for tag in post.tags)],
        "attachment": [*map(_media, post.media), *({"type": "Link", "href": href} for href in post.links)],
    }
    return activity | {key: value for key, value in optional.items() if value}


def _mention(account: str) -> dict[str, str]:
    if _is_id(account):
        return {"type": "Mention", "href": account}
    return {"type": "Mention", "name": f"@{account}"}


def _media(media: Media) -> dict[str, str]:
    kind = {"image": "Image", "video": "Video", "audio": "Audio", "file": "Document"}[media.kind]
    full = {"type": kind, "url": media.url, "name": media.alt}
    return {key: value for key, value in full.items() if value}


def from_activity(
    activity: Mapping[str, Any], *, seen: Millis, plain: Plain, network: str = "mastodon", author: Author | None = None
) -> Post | Deleted:
    """Reads an object, or an activity around one (`Create`, `Update`, `Announce`, `Delete`).

    ``network`` is taken where the activity does not name one itself, ``author`` where it only names an author's id.

    Raises:
        UnreadableError: ``wrong-shape``, ``bad-date`` or ``too-long``.
    """
    kind = kind_of(activity)
    if kind in {"Delete", "Tombstone"}:
        return _deleted(activity, network, seen)
    if kind in {"Create", "Update"}:
        inner = activity.get("object")
        if not isinstance(inner, Mapping) or kind_of(inner) not in OBJECTS:
            raise UnreadableError(
                "wrong-shape", f"{kind}.object: expected a post, got {kind_of(mapping(inner)) or type_name(inner)}"
            )
        if kind == "Update" and not inner.get("updated"):
            inner = {**inner, "updated": activity.get("updated") or activity.get("published") or written(seen)}
        if not inner.get("attributedTo"):
            inner = {**inner, "attributedTo": activity.get("actor")}
        return _post(inner, network, seen, plain, author)
    if kind == "Announce":
        return _announced(activity, network, seen, plain, author)
    if kind not in OBJECTS:
        raise UnreadableError("wrong-shape", f"type: {kind or 'missing'}")
    return _post(activity, network, seen, plain, author)


def _deleted(activity: Mapping[str, Any], network: str, seen: Millis) -> Deleted:
    if kind_of(activity) == "Delete":
        gone = id_of(activity.get("object"))
        when = activity.get("published") or activity.get("updated")
    else:
        gone = id_of(activity.get("id"))
        when = activity.get("deleted")
    if not gone:
        raise UnreadableError("wrong-shape", "Delete.object: expected an id")
    network = text_of(activity, "vigie:network") or network
    return Deleted(network, gone, instant(when, "deleted", seen) if when else seen)


def _announced(activity: Mapping[str, Any], network: str, seen: Millis, plain: Plain, author: Author | None) -> Post:
    original = id_of(activity.get("object"))
    if not original:
        raise UnreadableError("wrong-shape", "Announce.object: expected an id")
    return _post(activity, network, seen, plain, author, repost_of=original)


def _post(
    obj: Mapping[str, Any], network: str, seen: Millis, plain: Plain, author: Author | None, repost_of: str = ""
) -> Post:
    remote_id = id_of(obj.get("id"))
    if not remote_id:
        raise UnreadableError("wrong-shape", "id: missing")
    text, langs, links = _content(obj, plain)
    attachments = [one for one in each(obj.get("attachment")) if isinstance(one, Mapping)]
    links += tuple(id_of(one.get("href")) for one in attachments if kind_of(one) == "Link")
    tags = [one for one in each(obj.get("tag")) if isinstance(one, Mapping)]
    edited = obj.get("updated")
    created = instant(obj.get("published"), "published", seen)
    edited_at = instant(edited, "updated", seen) if edited else None
    return Post(
        network=text_of(obj, "vigie:network") or network,
        remote_id=remote_id,
        author=read_author(obj.get("attributedTo") or obj.get("actor"), author),
        text=text,
        created_at=created,
        edited_at=edited_at,
        url=page_of(obj.get("url")),
        title=_title(obj, plain),
        langs=langs,
        reply_to=id_of(obj.get("inReplyTo")),
        thread=id_of(obj.get("context")),
        repost_of=repost_of,
        quote_of=next((found for key in QUOTES if (found := id_of(obj.get(key)))), ""),
        mentions=unique(_mentioned(tag) for tag in tags if kind_of(tag) == "Mention"),
        tags=unique(text_of(tag, "name").removeprefix("#") for tag in tags if kind_of(tag) == "Hashtag"),
        links=unique(links),
        media=tuple(_shown(one) for one in attachments if kind_of(one) != "Link")[:LIST_LIMIT],
    )


def _content(obj: Mapping[str, Any], plain: Plain) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """(text, languages, links)."""
    by_lang = {k: v for k, v in mapping(obj.get("contentMap")).items() if isinstance(k, str) and isinstance(v, str)}
    content = obj.get("content")
    if content is None:
        content = next(iter(by_lang.values()), "")
    if not isinstance(content, str):
        raise UnreadableError("wrong-shape", f"content: expected str, got {type_name(content)}")
    if len(content) > 10 * TEXT_LIMIT:
        raise UnreadableError("too-long", f"content: {len(content)} characters")
    text, links = (content, ()) if text_of(obj, "mediaType") == "text/plain" else plain(content)
    text = "\n".join(filter(None, (text, *_choices(obj))))
    if len(text) > TEXT_LIMIT:
        raise UnreadableError("too-long", f"content: {len(text)} characters, at most {TEXT_LIMIT}")
    langs = unique(lang.replace("_", "-").split("-")[0].lower() for lang in by_lang if lang not in {"und", "mul"})
    return mended(text), langs, links


def _choices(obj: Mapping[str, Any]) -> Iterable[str]:
    """What a poll lets people choose from: it is said too."""
    if kind_of(obj) == "Question":
        for choice in each(obj.get("oneOf") or obj.get("anyOf")):
            if isinstance(choice, Mapping) and (name := text_of(choice, "name")):
                yield name


def _title(obj: Mapping[str, Any], plain: Plain) -> str:
    title = text_of(obj, "name")
    if not title and (warning := text_of(obj, "summary")):
        title = plain(warning)[0]
    return title


def _mentioned(tag: Mapping[str, Any]) -> str:
    name, href = text_of(tag, "name").removeprefix("@"), id_of(tag.get("href"))
    host = host_of(href)
    return f"{name}@{host}" if name and host and "@" not in name else name or href


def _shown(attachment: Mapping[str, Any]) -> Media:
    described = text_of(attachment, "mediaType").split("/")[0] or kind_of(attachment).lower()
    kinds: dict[str, Literal["image", "video", "audio"]] = {"image": "image", "video": "video", "audio": "audio"}
    where = page_of(attachment.get("url")) or id_of(attachment.get("href"))
    return Media(kinds.get(described, "file"), where, text_of(attachment, "name") or text_of(attachment, "summary"))


def _is_id(account: str) -> bool:
    return "://" in account or account.startswith("did:")
