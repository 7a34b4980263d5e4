"""One `listen` and one `work` for a home folder: two would write over each other's cursors."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

TRIES, TRY_EVERY_S = 10, 0.02
"""Whoever only asks whether the place is taken holds it for a moment: that is waited for."""


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
        for _ in range(TRIES):
            if _locked(file):
                break
            time.sleep(TRY_EVERY_S)
        else:
            raise NotAloneError(role)
        yield


def taken(folder: Path, role: str) -> bool:
    """Whether the role runs for this folder now."""
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / f"{role}.lock").open("a") as file:
        return not _locked(file)


def _locked(file: IO[str]) -> bool:
    """Whether it is ours from now on; the system gives it back when the file is closed."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
