"""One entry of a file: what it says, or why nobody can read it, and where the next one begins."""

from pathlib import Path
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from vigie.model import AuthorChanged, AuthorGone, Deleted, Post
from vigie.model.bounds import UnreadableError

Event: TypeAlias = Post | Deleted | AuthorChanged | AuthorGone


class Entry(NamedTuple):
    """``number`` counts lines, rows or items from 1; ``offset`` is the byte after it, as far as the format can tell."""

    number: int
    offset: int
    raw: bytes
    event: Event | UnreadableError | None


class Place(Struct, frozen=True):
    """Where to read on: after ``number`` entries, at byte ``offset``."""

    number: int = 0
    offset: int = 0


class Layout(Struct, frozen=True):
    """How to read a file. Empty fields are found out by looking.

    Attributes:
        format: ``jsonl``, ``outbox`` or ``csv``.
        columns: a post's fields by the column that holds them (its name, or its number from 1).
        network, lang: of posts whose entry does not say.
        delimiter, encoding: of a table.
        timezone: IANA name, for dates that do not say theirs.
        dates: ``dmy`` or ``mdy``, for dates like 03/04/2026.
    """

    format: str = ""
    columns: dict[str, str] = {}
    network: str = ""
    lang: str = ""
    delimiter: str = ""
    encoding: str = ""
    timezone: str = "UTC"
    dates: str = ""


class NotReadableError(Exception):
    """The whole file cannot be read; ``code`` of `wording` area ``sources``."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail


HEAD = 262_144
"""Bytes looked at to find out what a file is."""


def head_of(path: Path) -> bytes:
    """The beginning of a file.

    Raises:
        NotReadableError: ``missing-file``.
    """
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except (OSError, ValueError) as error:
        raise NotReadableError("missing-file", f"{path}: {error}") from error


def format_of(path: Path, head: bytes) -> str:
    """What a file is, by its name and its beginning.

    >>> format_of(Path("x.txt"), b'{"network": "rss"}'), format_of(Path("x"), b"a;b"), format_of(Path("o.json"), b"{")
    ('jsonl', 'csv', 'outbox')
    """
    suffix = path.suffix.lower()
    known = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv", ".json": "outbox"}
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    collection = b"orderedItems" in head or b"activitystreams" in head or start.startswith(b"[")
    if start.startswith((b"{", b"[")):
        return "outbox" if collection or known.get(suffix) == "outbox" else "jsonl"
    return known.get(suffix, "csv")
