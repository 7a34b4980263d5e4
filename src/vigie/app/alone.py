"""One `listen` and one `work` for a home folder: two would write over each other's cursors."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NotAloneError(Exception):
    """The role already runs for this folder."""


@contextmanager
def alone(folder: Path, role: str) -> Iterator[None]:
    """Holds the role's place for the block; the system gives it back when the process ends, however it ends.

    Raises:
        NotAloneError: see there.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / f"{role}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise NotAloneError(role) from error
        yield
