"""What is remembered of a feed: its version, where it lives and which entries were handed on with which words."""

import msgspec
from msgspec import Struct

from vigie.model import Millis

REMEMBERED = 2_000
"""Entries remembered, 40 bytes each: twice what is read of one document."""


class Cursor(Struct, frozen=True, omit_defaults=True):
    """``asked`` is the address in the charter, ``address`` where it has moved for good; ``seen`` holds digests by id's.

    ``due`` is when to ask again: a restart is no reason to ask sooner.
    """

    asked: str = ""
    address: str = ""
    etag: str = ""
    modified: str = ""
    due: Millis = 0
    pause: Millis = 0
    seen: dict[str, str] = {}


def read_cursor(text: str, asked: str) -> Cursor:
    """A new start when there is none, when it is not understood, or when the charter now names another address."""
    try:
        cursor = msgspec.json.decode(text or "{}", type=Cursor)
    except msgspec.DecodeError:
        cursor = Cursor()
    return cursor if cursor.asked == asked else Cursor(asked=asked, address=asked)


def write_cursor(cursor: Cursor) -> str:
    """The source's cursor."""
    return msgspec.json.encode(cursor).decode()


def remembered(old: dict[str, str], new: dict[str, str]) -> dict[str, str]:
    """The latest entries, those of the document at hand last."""
    merged = {key: value for key, value in old.items() if key not in new} | new
    return dict(list(merged.items())[-REMEMBERED:])
