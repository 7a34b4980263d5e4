"""The archive that Mastodon and its kin hand out: ``outbox.json``, with ``actor.json`` beside it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from vigie.model import Author, Millis
from vigie.model.activity import from_activity
from vigie.model.actor import read_author
from vigie.model.bounds import UnreadableError
from vigie.networks.files.entry import Entry, Event, Layout, NotReadableError, Place
from vigie.text.html import read_html

SIZE_LIMIT = 1_000_000_000
"""Bytes of an archive: it is one document, read whole."""
BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
UNSAID = frozenset(("Like", "Follow", "Accept", "Reject", "Block", "Undo", "Flag", "Move", "Add", "Remove"))
"""Activities that say nothing: no posts, and no mistakes either."""


class _Collection(msgspec.Struct):
    orderedItems: list[msgspec.Raw] = []  # noqa: N815  (their names)
    items: list[msgspec.Raw] = []


class _Kind(msgspec.Struct):
    type: str | list[str] = ""


def entries(path: Path, start: Place, layout: Layout, seen: Millis) -> Iterator[Entry]:
    """The activities of an archive, from a place on.

    Raises:
        NotReadableError: it is no such archive.
    """
    if path.stat().st_size > SIZE_LIMIT:
        raise NotReadableError("not-understood", f"more than {SIZE_LIMIT} bytes")
    raws = read_items(path.read_bytes())
    owner = _owner(path.with_name("actor.json"))
    offset = sum(len(bytes(raw)) for raw in raws[: start.number])
    for number, raw in enumerate(raws[start.number :], start.number + 1):
        data = bytes(raw)
        offset += len(data)
        yield Entry(number, offset, data, _event(data, layout, seen, owner))


def read_items(document: bytes) -> list[msgspec.Raw]:
    """The items of a collection, or of a plain list, unread.

    Raises:
        NotReadableError: ``not-understood``.
    """
    document = document.removeprefix(b"\xef\xbb\xbf")
    try:
        if document.lstrip().startswith(b"["):
            return msgspec.json.decode(document, type=list[msgspec.Raw])
        collection = msgspec.json.decode(document, type=_Collection)
    except BROKEN as error:
        raise NotReadableError("not-understood", str(error)) from error
    return collection.orderedItems or collection.items


def _event(data: bytes, layout: Layout, seen: Millis, owner: Author | None) -> Event | UnreadableError | None:
    try:
        kind = msgspec.json.decode(data, type=_Kind).type
        if isinstance(kind, str) and kind in UNSAID:
            return None
        activity: dict[str, Any] = msgspec.json.decode(data, type=dict[str, Any])
        return from_activity(activity, seen=seen, plain=_plain, network=layout.network or "mastodon", author=owner)
    except UnreadableError as error:
        return error
    except msgspec.ValidationError as error:
        return UnreadableError("wrong-shape", str(error))
    except BROKEN as error:
        return UnreadableError("not-json", str(error))


def _plain(html: str) -> tuple[str, tuple[str, ...]]:
    read = read_html(html)
    return read.text, read.links


def _owner(path: Path) -> Author | None:
    """Whose archive it is; without ``actor.json`` the posts name their author by address alone."""
    try:
        return read_author(msgspec.json.decode(path.read_bytes(), type=dict[str, Any]))
    except (OSError, UnreadableError, *BROKEN):
        return None
