"""What `vigie check` is asked to look at: words, standard input, files, folders."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from vigie.flows.check_texts import Defaults, Document, Mistake, UnreadableError, read_calendar, read_markdown
from vigie.flows.check_texts.settled import Found, settled
from vigie.home.writing import put_in_place, write_beside

_TABLES = (".csv", ".tsv")
_TEXTS = (".md", ".markdown", ".txt")
_BOM = b"\xef\xbb\xbf"
MOST_BYTES = 20_000_000
"""Of a file. A calendar of ten thousand posts takes a quarter of it."""


class Target(Struct, frozen=True):
    """One thing to look at.

    Attributes:
        path: None for words given by hand.
        words: those; of a file none.
    """

    path: Path | None
    words: str = ""
    markdown: bool = False

    @property
    def name(self) -> str:
        """What reports call it."""
        return self.path.as_posix() if self.path else ""


def targets(asked: Sequence[str]) -> Iterator[Target]:
    """Each thing asked for: a folder is all files of drafts in it, in the order of their names.

    Raises:
        UnreadableError: a file that is not there.
    """
    for one in asked:
        if one == "-":
            yield Target(None, _decoded(sys.stdin.buffer.read()), markdown=True)
        elif (path := _path(one)) is None:
            yield Target(None, one)
        elif path.is_dir():
            yield from (Target(file) for file in _files(path))
        else:
            yield Target(path)


def read(target: Target, by: Defaults) -> Document:
    """The drafts of one.

    Raises:
        UnreadableError: with the places.
    """
    text = target.words if target.path is None else _decoded(_content(target.path))
    return read_text(target, text, by)


def read_text(target: Target, text: str, by: Defaults) -> Document:
    """The same of a text that the target's file holds, or is to hold."""
    if target.path is not None and target.path.suffix.lower() in _TABLES:
        return read_calendar(target.name, text, by)
    if target.path is not None or target.markdown:
        return read_markdown(target.name, text, by)
    return Document("", text, (settled(Found(text=text), by),))


def write(path: Path, text: str) -> None:
    """Puts a text in a file's place, whole or not at all; what the file may do and its byte order mark stay."""
    target = path.resolve()
    mark = _BOM if target.read_bytes().startswith(_BOM) else b""
    mode = target.stat().st_mode & 0o7777
    partial = write_beside(target, mark + text.encode(), mode)
    partial.chmod(mode)
    put_in_place(partial, target)


def _path(given: str) -> Path | None:
    """A file or folder; None for words."""
    try:
        path = Path(given)
        if path.exists():
            return path
    except (OSError, ValueError):  # too long for a name, or holding what no name can
        return None
    if path.suffix.lower() in (*_TABLES, *_TEXTS) and not any(char.isspace() for char in given):
        raise UnreadableError(Mistake(0, 0, "check.error.no-file", {"path": given}))
    return None


def _files(folder: Path) -> Iterator[Path]:
    """Those of drafts, hidden ones left out."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        elif path.suffix.lower() in (*_TABLES, *_TEXTS) and path.is_file():
            yield path


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableError(Mistake(1, 1, "check.error.too-large", {"most": MOST_BYTES}))
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(Mistake(0, 0, "check.error.unreadable", {"detail": error.strerror or ""})) from error


def _decoded(content: bytes) -> str:
    try:
        return content.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        before = content.removeprefix(_BOM)[: error.start]
        line, column = before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        raise UnreadableError(Mistake(line, column, "check.error.not-utf8")) from error
