"""Turns statuses into posts."""

from typing import Literal

from vigie.model import Author, Media, Millis, Post
from vigie.model.bounds import FIELD_LIMIT, TEXT_LIMIT, UnreadableError, believable, mended
from vigie.model.loose import host_of, read_instant, unique
from vigie.networks.mastodon.entities import Account, Attachment, Status
from vigie.networks.mastodon.names import Names
from vigie.text.html import read_html

NAME = "mastodon"
SHOWN_TO_ALL = frozenset(("public", "unlisted"))
"""Visibilities that Vigie reads. What was said to followers or to one person is not listening's business."""
KINDS: dict[str, Literal["image", "video", "audio"]] = {
    "image": "image",
    "gifv": "video",
    "video": "video",
    "audio": "audio",
}


def posts_of(status: Status, home: str, names: Names, seen: Millis) -> list[Post]:
    """The post of a status, after the one that it passes on, if it does. Empty for what is not said to everybody.

    ``home`` is the server's own domain. Remembers the status's names.

    Raises:
        UnreadableError: ``bad-date``, ``too-long`` or ``wrong-shape``.
    """
    if status.visibility not in SHOWN_TO_ALL:
        return []
    if status.reblog is None:
        return [_post(status, home, names, seen)]
    return [*posts_of(status.reblog, home, names, seen), _repost(status, status.reblog, home, seen)]


def _post(status: Status, home: str, names: Names, seen: Millis) -> Post:
    read = read_html(_bounded(status.content or "", 10 * TEXT_LIMIT))
    choices = [choice.title for choice in status.poll.options] if status.poll else []
    text = _bounded("\n".join(filter(None, (read.text, *choices))), TEXT_LIMIT)
    uri = _uri(status)
    reply_to, thread = names.parent(str(status.in_reply_to_id)) if status.in_reply_to_id else ("", "")
    thread = thread if reply_to else uri
    names.remember(status.key, uri, thread or reply_to)
    quoted = status.quote.quoted_status if status.quote else None
    return Post(
        network=NAME,
        remote_id=uri,
        author=author_of(status.account, home),
        text=mended(text),
        created_at=_instant(status.created_at, "created_at", seen),
        edited_at=_instant(status.edited_at, "edited_at", seen) if status.edited_at else None,
        url=_short(status.url),
        title=_short(status.spoiler_text),
        langs=unique([(status.language or "").split("-")[0].lower()]),
        reply_to=reply_to,
        thread=thread,
        quote_of=_short(quoted.uri) if quoted else "",
        mentions=unique(_handle(mention.acct, home) for mention in status.mentions),
        tags=unique(_short(tag.name) for tag in status.tags),
        links=unique((*read.links, _short(status.card.url) if status.card else "")),
        media=tuple(_media(one) for one in status.media_attachments),
    )


def _repost(status: Status, original: Status, home: str, seen: Millis) -> Post:
    return Post(
        network=NAME,
        remote_id=_uri(status),
        author=author_of(status.account, home),
        text="",
        created_at=_instant(status.created_at, "created_at", seen),
        url=_short(status.url),
        repost_of=_uri(original),
    )


def author_of(account: Account, home: str) -> Author:
    """An author, named by the account's URI; servers before 4.2 did not send it, so the page's address stands in."""
    created = read_instant(account.created_at) if account.created_at else None
    return Author(
        id=_short(account.uri or account.url) or _handle(account.acct, home),
        handle=_handle(account.acct, home),
        name=_short(account.display_name),
        avatar=_short(account.avatar_static),
        followers=_count(account.followers_count),
        following=_count(account.following_count),
        posts=_count(account.statuses_count),
        created_at=created,
    )


def _handle(acct: str, home: str) -> str:
    acct = _short(acct).lstrip("@")
    return acct if "@" in acct or not acct else f"{acct}@{home}"


def home_of(domain: str, server: str) -> str:
    """The domain of a server's handles: what it says itself, else its host."""
    return domain if domain and "/" not in domain else host_of(server)


def _media(one: Attachment) -> Media:
    return Media(KINDS.get(one.type, "file"), _short(one.url or one.remote_url), _short(one.description))


def _uri(status: Status) -> str:
    if not status.uri or len(status.uri) > FIELD_LIMIT:
        raise UnreadableError("wrong-shape", "uri: missing or too long")
    return mended(status.uri)


def _instant(value: str, where: str, seen: Millis) -> Millis:
    at = read_instant(value)
    if at is None:
        raise UnreadableError("bad-date", f"{where}: {value[:80]}")
    return believable(at, seen)


def _bounded(text: str, limit: int) -> str:
    if len(text) > limit:
        raise UnreadableError("too-long", f"content: {len(text)} characters, at most {limit}")
    return text


def _short(value: str | None) -> str:
    return mended(value[:FIELD_LIMIT]) if value else ""


def _count(value: int | None) -> int | None:
    return value if value is not None and 0 <= value < 2**53 else None
