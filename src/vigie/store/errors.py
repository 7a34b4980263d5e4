"""What can be wrong with the store itself, as codes: their sentences are in the `wording` area ``store``."""

import errno
import shutil
from pathlib import Path
from typing import Any

from vigie.flows.ports.archive import StoreFullError

_FULL, _BUSY, _LOCKED, _READ_ONLY, _IO, _CORRUPT, _CANNOT_OPEN, _NOT_A_DATABASE = 13, 5, 6, 8, 10, 11, 14, 26
_CODES = {
    _BUSY: "busy",
    _LOCKED: "busy",
    _READ_ONLY: "read-only",
    _IO: "unreadable",
    _CORRUPT: "damaged",
    _CANNOT_OPEN: "cannot-open",
    _NOT_A_DATABASE: "not-a-database",
}
_NEARLY_FULL = 1_000_000  # bytes: SQLite reports some full disks as failed writes


class StoreError(Exception):
    """The store cannot do what was asked; nothing of the call was stored.

    Attributes:
        code: ``busy``, ``read-only``, ``unreadable``, ``damaged``, ``cannot-open``, ``not-a-database``, ``newer``,
            ``backup-differs``.
        detail: what SQLite said, or the file's name.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail[:300]


def refused_by_system(error: OSError) -> Exception:
    """Our error for one of the operating system's."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreFullError(str(error))
    return StoreError("read-only" if error.errno == errno.EROFS else "cannot-open", str(error))


def translated(error: Any, path: Path) -> Exception | None:
    """Our error for one of SQLite's; None when it is a mistake of ours, to be seen as it is."""
    primary = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if not primary and "disk is full" in str(error):  # a backup's errors come without their number
        primary = _FULL
    if primary == _FULL or (primary == _IO and shutil.disk_usage(path.parent).free < _NEARLY_FULL):
        return StoreFullError(str(error))
    code = _CODES.get(primary)
    return StoreError(code, str(error)) if code else None
