"""The folder that holds all of one Vigie's data."""

import hmac
import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from vigie.flows.ports.archive import Acts
from vigie.home.charter_file import HomeCharterFile
from vigie.home.errors import HomeError, told
from vigie.home.media import HomeMedia
from vigie.home.vault import KEY_BYTES, HomeVault
from vigie.home.writing import write_beside

_FOLDER = 0o700
_ANYBODY_ELSE = 0o077


class _Made(Protocol):
    @property
    def path(self) -> str: ...


class Copied(Protocol):
    """What can copy itself into a folder, with files beside it: the store."""

    def backup(self, to: Path | None = None, beside: Sequence[Path] = (), keep: int = ...) -> _Made: ...


class Home:
    """Makes what is missing: the folder for its owner alone, the key, and the folders in it.

    Attributes:
        path: the folder, absolute.
        backups: the folder of backups in it.

    Raises HomeError.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.backups = self.path / "backups"
        self._versions = self.path / "charter.d"
        with told(self.path):
            self.path.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
            for folder in (self._versions, self.backups):
                folder.mkdir(mode=_FOLDER, exist_ok=True)
            self._key = _key(self.path / "secret.key")

    def charter_file(self, acts: Acts) -> HomeCharterFile:
        """The charter; each change of it is recorded in these acts."""
        return HomeCharterFile(self.path / "charter.yaml", self._versions, self.path / "charter.lock", acts)

    def secret(self, purpose: str) -> bytes:
        """32 bytes for one purpose, the same each time; they tell nothing about the key."""
        return hmac.digest(self._key, purpose.encode(), "sha256")

    def vault(self) -> HomeVault:
        """The tokens."""
        return HomeVault(self.path / "secrets.json", self._key)

    def media(self) -> HomeMedia:
        """The pictures that go out with drafts."""
        return HomeMedia(self.path / "media")

    def backup(self, store: Copied, to: Path | None = None, keep: int = 7) -> Path:
        """Copies the store, with the charter, the encrypted tokens and the drafts' pictures beside it; gives the copy
        of the database. A picture never changes, so it is copied once for all backups of a folder.

        The key is not copied: whoever finds a backup reads no token. Keep a copy of ``secret.key`` elsewhere.
        """
        files = [file for name in ("charter.yaml", "secrets.json") if (file := self.path / name).exists()]
        made = Path(store.backup(to or self.backups, files, keep).path)
        self.media().copy(made.parent / "media")
        return made


def _key(path: Path) -> bytes:
    if not path.exists():
        fresh = write_beside(path, b64encode(os.urandom(KEY_BYTES)) + b"\n")
        try:
            os.link(fresh, path)  # fails when another process was first: then its key is the key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    if path.stat().st_mode & _ANYBODY_ELSE:
        path.chmod(path.stat().st_mode & ~_ANYBODY_ELSE)
    try:
        key = b64decode(path.read_bytes().strip(), validate=True)
    except ValueError as error:
        raise HomeError("bad-key", str(path)) from error
    if len(key) != KEY_BYTES:
        raise HomeError("bad-key", str(path))
    return key
