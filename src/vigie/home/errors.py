"""What can be wrong with the home folder, as codes: their sentences are in the `wording` area ``store``."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CODES = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read-only",
    errno.EACCES: "no-permission",
    errno.EPERM: "no-permission",
    errno.ENOTDIR: "not-a-folder",
    errno.EEXIST: "not-a-folder",
}


class HomeError(Exception):
    """The folder cannot be used as it is; what was in it is untouched.

    Attributes:
        code: ``full``, ``read-only``, ``no-permission``, ``not-a-folder``, ``unusable``, ``charter-not-utf8``,
            ``bad-key``, ``secret-unreadable``.
        detail: the file or the name concerned.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns the system's errors within the block into ours."""
    try:
        yield
    except OSError as error:
        code = _CODES.get(error.errno or 0, "unusable")
        raise HomeError(code, str(error.filename or path)) from error
