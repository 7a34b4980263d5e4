"""Openers of one file wait for one another, in whatever process they are."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def opening(path: Path) -> Iterator[None]:
    """Held while a file is made, backed up and migrated. Given back by the system when its holder dies."""
    lock = os.open(path.with_name(f"{path.name}.opening"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
