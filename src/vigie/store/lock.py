"""Openers of one file wait for one another, in whatever process they are."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vigie.store.errors import refused_by_system

_MADE = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
_PRIVATE = 0o600


@contextmanager
def opening(path: Path) -> Iterator[None]:
    """Held while a file is made, backed up and migrated. Given back by the system when its holder dies.

    Makes the file, for its owner alone, when there is none. Raises StoreFullError, StoreError.
    """
    try:
        lock = os.open(path.with_name(f"{path.name}.opening"), _MADE, _PRIVATE)
        os.close(os.open(path, _MADE, _PRIVATE))
    except OSError as error:
        raise refused_by_system(error) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
