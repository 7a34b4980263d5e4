"""Authors in the form that the open networks exchange: `Person` of ActivityStreams 2.0, both ways."""

from collections.abc import Mapping
from typing import Any

from vigie.model.bounds import UnreadableError
from vigie.model.loose import each, host_of, id_of, mapping, page_of, path_of, read_instant, size_of, text_of, written
from vigie.model.post import Author


def write_author(author: Author) -> dict[str, Any]:
    """A `Person` that `read_author` gives back."""
    person = {
        "type": "Person",
        "id": author.id,
        "preferredUsername": author.handle.split("@")[0],
        "webfinger": author.handle,
        "name": author.name,
        "icon": {"type": "Image", "url": author.avatar} if author.avatar else None,
        "published": None if author.created_at is None else written(author.created_at),
        "followers": _collection("Collection", author.followers),
        "following": _collection("Collection", author.following),
        "outbox": _collection("OrderedCollection", author.posts),
        "vigie:verified": author.verified,
        "vigie:country": author.country,
    }
    return {key: value for key, value in person.items() if value or key == "id"}


def _collection(kind: str, size: int | None) -> dict[str, Any] | None:
    return None if size is None else {"type": kind, "totalItems": size}


def read_author(value: object, known: Author | None = None) -> Author:
    """An author from what names them: a person, an id, or a list that begins with one. ``known`` is who an id may mean.

    Raises:
        UnreadableError: ``wrong-shape``.
    """
    one = next(iter(each(value)), None)
    if not isinstance(one, Mapping):
        id = id_of(one) or (known.id if known else "")
        if not id:
            raise UnreadableError("wrong-shape", "attributedTo: missing")
        return known if known is not None and known.id == id else Author(id, handle=handle_of(id))
    id = id_of(one)
    if not id:
        raise UnreadableError("wrong-shape", "attributedTo.id: missing")
    created = one.get("published")
    return Author(
        id=id,
        handle=text_of(one, "webfinger").removeprefix("acct:").removeprefix("@") or _handle(one, id),
        name=text_of(one, "name"),
        avatar=page_of(mapping(next(iter(each(one.get("icon"))), None)).get("url")),
        followers=size_of(one.get("followers")),
        following=size_of(one.get("following")),
        posts=size_of(one.get("outbox")),
        created_at=read_instant(created) if isinstance(created, str) else None,
        verified=one.get("vigie:verified") is True,
        country=text_of(one, "vigie:country"),
    )


def _handle(person: Mapping[str, Any], id: str) -> str:
    name = text_of(person, "preferredUsername")
    host = host_of(id)
    return f"{name}@{host}" if name and host and "@" not in name else name or handle_of(id)


def handle_of(id: str) -> str:
    """The handle that an account's address shows, where it does.

    >>> handle_of("https://masto.example/users/ana"), handle_of("https://masto.example/ap/users/117")
    ('ana@masto.example', '')
    """
    parts = [part for part in path_of(id).split("/") if part]
    host = host_of(id)
    match parts:
        case [name] if host and name.startswith("@"):
            return f"{name[1:].split('@')[0]}@{host}"
        case ["users" | "u" | "user" | "profile" | "author" | "channel" | "accounts", name] if host:
            return f"{name.removeprefix('@')}@{host}"
    return ""
