"""How each role is, told without the database: the page must be able to say that the disk is full."""

import mmap
import os
from pathlib import Path

import msgspec

from vigie.flows.ports.pulse import Pulse

SIZE = 8192
"""Bytes of a pulse file, taken when it is made: rewriting them in place needs no free disk."""


class PulseFile:
    """One role's pulse, in ``run/ROLE.pulse`` of the home folder. One writer, any number of readers."""

    def __init__(self, folder: Path, role: str) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        self._path = folder / f"{role}.pulse"
        if not self._path.exists() or self._path.stat().st_size != SIZE:
            self._path.write_bytes(b"\0" * SIZE)
        with self._path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), SIZE)

    def beat(self, pulse: Pulse) -> None:
        """Says that the role lives."""
        data = msgspec.json.encode(pulse)[: SIZE - 1]
        self._map[: len(data) + 1] = data + b"\0"

    def close(self) -> None:
        """Lets go of the file."""
        self._map.close()


def pulses(folder: Path) -> list[Pulse]:
    """The last sign of life of every role that ever ran here; unreadable ones are left out."""
    found = []
    for path in sorted(folder.glob("*.pulse")):
        try:
            found.append(msgspec.json.decode(path.read_bytes().split(b"\0", 1)[0], type=Pulse))
        except (msgspec.DecodeError, OSError):
            continue
    return found


def process_id() -> int:
    """This process, for the pulse and the logs."""
    return os.getpid()
