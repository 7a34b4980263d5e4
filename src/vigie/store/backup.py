"""Copies of the database while it is in use, each verified, with a manifest of digests beside it.

Kept: the seven newest, and none older than a week once a newer one is there. A backup outlives what is forgotten in the
archive by at most that; after an erasure all are replaced at once by a fresh one.
"""

import hashlib
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from vigie.model import Millis
from vigie.store.driver import SQLITE
from vigie.store.errors import StoreError, translated

KEPT = 7
KEPT_FOR: Millis = 7 * 24 * 3_600_000
_PAGES = 1_000  # copied at a time; a writer gets in between
_COUNTED = ("post", "author", "match", "version", "act", "account", "draft", "publication", "incident")


class Backup(Struct, frozen=True):
    """A verified copy.

    Attributes:
        path: the database; its manifest has the same name with ``.json``.
        counts: rows by table.
        digests: SHA-256 in hex by file name, of the database and of the files copied beside it.
    """

    path: str
    at: Millis
    counts: dict[str, int]
    digests: dict[str, str]


def back_up(database: Path, folder: Path, at: Millis, beside: Mapping[str, Path]) -> Backup:
    """Makes ``folder/vigie-YYYYmmdd-HHMMSS.db`` (UTC), complete or not at all.

    Raises StoreFullError, StoreError ``backup-differs`` when the copy is not sound.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = _free_name(folder, at)
    partial = path.with_suffix(".partial")
    try:
        counts = _copy(database, partial)
        digests = {path.name: _digest(partial)}
        for name, file in beside.items():
            copy = path.with_name(f"{path.stem}.{name}")
            shutil.copyfile(file, copy)
            digests[copy.name] = _digest(copy)
        made = Backup(str(path), at, counts, digests)
        path.with_suffix(".json").write_bytes(msgspec.json.format(msgspec.json.encode(made)))
        _settle(partial)
        partial.replace(path)
        _settle(folder)
    except SQLITE.Error as error:
        _drop(path)
        raise (translated(error, path) or error) from error
    except BaseException:
        _drop(path)
        raise
    return made


def backups(folder: Path) -> list[Path]:
    """The databases in a folder of backups, the oldest first."""
    return sorted(folder.glob("vigie-*.db"))


def beside(path: Path) -> dict[str, Path]:
    """What lies beside a backup, by the name that it had."""
    files = (file for file in path.parent.glob(f"{path.stem}.*") if file.suffix not in (".db", ".json", ".partial"))
    return {file.name.removeprefix(f"{path.stem}."): file for file in files}


def prune(folder: Path, now: Millis, keep: int = KEPT) -> list[Path]:
    """Drops what the rule no longer keeps; never the newest. Returns what went."""
    there = backups(folder)
    oldest = now - KEPT_FOR
    gone = [path for path in there[:-1] if path in there[:-keep] or _made_at(path) < oldest]
    for path in gone:
        _drop(path)
    return gone


def drop_all(paths: Sequence[Path]) -> None:
    """Drops backups with the files beside them."""
    for path in paths:
        _drop(path)


def verify(path: Path) -> bool:
    """Whether a backup still is what its manifest says."""
    made = msgspec.json.decode(path.with_suffix(".json").read_bytes(), type=Backup)
    return all(
        (file := path.with_name(name)).exists() and _digest(file) == digest for name, digest in made.digests.items()
    )


def _copy(database: Path, to: Path) -> dict[str, int]:
    with closing(SQLITE.connect(database, timeout=30)) as source, closing(SQLITE.connect(to)) as copy:
        source.execute("PRAGMA query_only = ON")
        # One reading for the whole copy: without it, SQLite begins anew at each commit of somebody else, and a house
        # that writes all the time would never have a backup.
        source.execute("SAVEPOINT copy")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(copy, pages=_PAGES, sleep=0.005)
        source.execute("RELEASE copy")
        # One file, without a log beside it, so that its digest says everything.
        copy.execute("PRAGMA journal_mode = DELETE")
        sound = copy.execute("PRAGMA integrity_check").fetchone()[0]
        counts = _counts(copy)
    to.chmod(0o600)
    if sound != "ok":
        raise StoreError("backup-differs", sound)
    return counts


def _counts(connection: Any) -> dict[str, int]:
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {
        name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608 - our own names
        for name in _COUNTED
        if name in there
    }


def _free_name(folder: Path, at: Millis) -> Path:
    while True:
        path = folder / f"vigie-{datetime.fromtimestamp(at // 1000, UTC):%Y%m%d-%H%M%S}.db"
        if not path.exists():
            return path
        at += 1000


def _made_at(path: Path) -> Millis:
    try:
        return int(datetime.strptime(path.stem[-15:], "%Y%m%d-%H%M%S").replace(tzinfo=UTC).timestamp() * 1000)
    except ValueError:  # not a name that we gave
        return 0


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _drop(path: Path) -> None:
    for file in path.parent.glob(f"{path.stem}.*"):
        file.unlink(missing_ok=True)
