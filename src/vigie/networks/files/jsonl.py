"""Vigie's own form, that of its exports: one JSON object a line, posts as they are, other events with a ``kind``."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from vigie.model import Author, AuthorChanged, AuthorGone, Deleted, Millis, Post
from vigie.model.bounds import FIELD_LIMIT, TEXT_LIMIT, UnreadableError, believable
from vigie.networks.files.entry import Entry, Event, Layout, Place

LINE_LIMIT = 2_000_000
"""Bytes of a line: a post of 100,000 characters in six-byte escapes, with room for the rest."""
MOST = 2**53
KINDS: dict[str, type[Event]] = {"deleted": Deleted, "author": AuthorChanged, "author-gone": AuthorGone}
_OF = {kind: name for name, kind in KINDS.items()}


class _Line(msgspec.Struct):
    kind: str = "post"


_line = msgspec.json.Decoder(_Line)
_post = msgspec.json.Decoder(Post)
_encoder = msgspec.json.Encoder()


def write_line(event: Event) -> bytes:
    r"""A line with its end.

    >>> write_line(Deleted("rss", "1", 0))
    b'{"kind":"deleted","network":"rss","remote_id":"1","at":0}\n'
    """
    if isinstance(event, Post):
        return _encoder.encode(event) + b"\n"
    built: dict[str, Any] = msgspec.to_builtins(event)
    return _encoder.encode({"kind": _OF[type(event)]} | built) + b"\n"


def read_line(raw: bytes, seen: Millis) -> Event:
    """The event of a line.

    Raises:
        UnreadableError: with its reason.
    """
    raw = raw.replace(b"\\u0000", b"")  # no database takes it, and nobody misses it
    try:
        kind = _line.decode(raw).kind
        if kind == "post":
            return _checked(_post.decode(raw), seen)
        if kind in KINDS:
            return _dated(msgspec.json.decode(raw, type=KINDS[kind]), seen)
    except msgspec.ValidationError as error:
        raise UnreadableError("wrong-shape", str(error)) from error
    except UnicodeDecodeError as error:
        raise UnreadableError("bad-text", str(error)) from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise UnreadableError("not-json", str(error)) from error
    raise UnreadableError("wrong-shape", f"kind: {kind}")


def _checked(post: Post, seen: Millis) -> Post:
    if not post.remote_id or not post.network or not post.author.id:
        raise UnreadableError("wrong-shape", "network, remote_id or author.id: empty")
    if len(post.text) > TEXT_LIMIT:
        raise UnreadableError("too-long", f"text: {len(post.text)} characters, at most {TEXT_LIMIT}")
    if max(len(post.remote_id), len(post.title), len(post.url), len(post.author.id)) > FIELD_LIMIT:
        raise UnreadableError("too-long", f"a field has more than {FIELD_LIMIT} characters")
    created = believable(post.created_at, seen)
    edited = None if post.edited_at is None else believable(post.edited_at, seen)
    if (created, edited) != (post.created_at, post.edited_at):
        post = structs.replace(post, created_at=created, edited_at=edited)
    author = _counted(post.author)
    return post if author is post.author else structs.replace(post, author=author)


def _dated(event: Event, seen: Millis) -> Event:
    if isinstance(event, Post):
        return event
    if isinstance(event, AuthorChanged):
        event = structs.replace(event, author=_counted(event.author))
    return structs.replace(event, at=believable(event.at, seen))


def _counted(author: Author) -> Author:
    """Counts that cannot be are unknown."""
    counts = {"followers": author.followers, "following": author.following, "posts": author.posts}
    wrong = {name: None for name, count in counts.items() if count is not None and not 0 <= count < MOST}
    return structs.replace(author, **wrong) if wrong else author


def entries(path: Path, start: Place, layout: Layout, seen: Millis) -> Iterator[Entry]:
    """The lines from a place on. An empty line is no entry but counts as a line."""
    del layout
    with path.open("rb") as file:
        file.seek(start.offset)
        number, offset = start.number, start.offset
        while raw := file.readline(LINE_LIMIT):
            number += 1
            whole = raw.endswith(b"\n") or len(raw) < LINE_LIMIT
            offset += len(raw) + (0 if whole else _rest_of_line(file))
            if not raw.strip(b"\xef\xbb\xbf \t\r\n"):
                continue
            yield Entry(number, offset, raw, _event(raw, seen, whole=whole))


def _event(raw: bytes, seen: Millis, *, whole: bool) -> Event | UnreadableError:
    if not whole:
        return UnreadableError("too-long", f"more than {LINE_LIMIT} bytes")
    try:
        return read_line(raw.removeprefix(b"\xef\xbb\xbf"), seen)
    except UnreadableError as error:
        return error


def _rest_of_line(file: Any) -> int:
    skipped = 0
    while more := file.readline(LINE_LIMIT):
        skipped += len(more)
        if more.endswith(b"\n"):
            break
    return skipped
