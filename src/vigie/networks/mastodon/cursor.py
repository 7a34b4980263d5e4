"""How far each timeline was read, and what was seen last, so that edits and deletions show at the next look."""

import msgspec
from msgspec import Struct

RECENT = 40
"""As many as the page that is looked at again."""


class Mark(Struct, frozen=True, array_like=True):
    """A post that was handed on: the server's id, everybody's name and the version."""

    key: str
    uri: str
    edited: str = ""


class Place(Struct, frozen=True):
    """``last`` is the highest id read; ``recent`` are the latest posts, by id."""

    last: str = "0"
    recent: tuple[Mark, ...] = ()


def order(key: str) -> tuple[int, str]:
    """Ids grow with time: numbers on Mastodon, ULIDs elsewhere."""
    return len(key), key


def read_cursor(text: str) -> dict[str, Place]:
    """The places by timeline; one that cannot be read is a new start."""
    try:
        return msgspec.json.decode(text or "{}", type=dict[str, Place])
    except msgspec.DecodeError:
        return {}


def write_cursor(places: dict[str, Place]) -> str:
    """The source's cursor.

    >>> read_cursor(write_cursor({"public": Place("12")})) == {"public": Place("12")}
    True
    """
    return msgspec.json.encode(places).decode()
