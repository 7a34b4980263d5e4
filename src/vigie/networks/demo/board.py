"""The town's notice board: a small file of what the demo's house publishes, so that it sees its own words."""

import os
from pathlib import Path

import msgspec
from msgspec import Struct

from vigie.model import Deleted, Post

FILE = "demo-posts.jsonl"


class Note(Struct, frozen=True, omit_defaults=True):
    """A line of the board: a post under its key, a later version of it, or its deletion."""

    key: str
    post: Post | None = None
    deleted: Deleted | None = None


class Board:
    """One file that is only ever added to; without a folder, notes that are forgotten with it.

    A line that was cut short by a crash is skipped, and the next one begins on a line of its own.
    """

    def __init__(self, folder: str) -> None:
        self._path = Path(folder, FILE) if folder else None
        self._memory = bytearray()

    def pin(self, note: Note) -> None:
        """Adds a note; once this returns it is kept."""
        line = msgspec.json.encode(note) + b"\n"
        if self._path is None:
            self._memory += line
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("ab+") as file:
            end = file.seek(0, os.SEEK_END)
            file.seek(max(end - 1, 0))
            file.write(line if file.read(1) in {b"", b"\n"} else b"\n" + line)
            file.flush()
            os.fsync(file.fileno())

    def read(self, offset: int = 0, most: int = 1_000) -> tuple[list[Note], int]:
        """(the next notes from a place on, the place after them)."""
        notes: list[Note] = []
        for line in self._content(offset).splitlines(keepends=True):
            if not line.endswith(b"\n") or len(notes) == most:
                break
            offset += len(line)
            note = _read(line)
            if note is not None:
                notes.append(note)
        return notes, offset

    def _content(self, offset: int) -> bytes:
        if self._path is None:
            return bytes(self._memory[offset:])
        try:
            with self._path.open("rb") as file:
                file.seek(offset)
                return file.read()
        except FileNotFoundError:
            return b""


def _read(line: bytes) -> Note | None:
    try:
        return msgspec.json.decode(line, type=Note)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
