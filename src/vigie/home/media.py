"""Pictures in the home folder: ``media/``, each under the SHA-256 of its bytes, readable by its owner alone."""

import re
from hashlib import sha256
from pathlib import Path

from vigie.home.errors import told
from vigie.home.writing import put_in_place, write_beside

_NAME = re.compile(r"[0-9a-f]{64}")


class HomeMedia:
    """The port `vigie.flows.ports.media.Media`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keeps them for good. Raises HomeError."""
        id = sha256(content).hexdigest()
        path = self._folder / id
        with told(path):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            if not path.exists():
                put_in_place(write_beside(path, content), path)
        return id

    def get(self, id: str) -> bytes | None:
        """None when there are none of that name, or when it is no name at all."""
        path = self._folder / id
        if not _NAME.fullmatch(id) or not path.is_file():
            return None
        with told(path):
            return path.read_bytes()

    def copy(self, to: Path) -> None:
        """Copies those that another folder lacks. Raises HomeError."""
        if not self._folder.is_dir():
            return
        with told(to):
            to.mkdir(mode=0o700, parents=True, exist_ok=True)
            for path in self._folder.iterdir():
                if _NAME.fullmatch(path.name) and not (to / path.name).exists():
                    put_in_place(write_beside(to / path.name, path.read_bytes()), to / path.name)
