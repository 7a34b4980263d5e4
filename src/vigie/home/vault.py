"""The house's tokens for networks, encrypted with the home folder's key."""

import os
from base64 import b64decode, b64encode
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vigie.home.errors import HomeError, told
from vigie.home.writing import holding, put_in_place, write_beside

KEY_BYTES = 32
_NONCE_BYTES = 12


class HomeVault:
    """The port `vigie.flows.ports.vault.Vault`: ``secrets.json``, each value AES-256-GCM, bound to its name."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._cipher = path, AESGCM(key)
        self._lock = path.with_suffix(".lock")

    def get(self, name: str) -> str:
        """Empty when there is none. Raises HomeError ``secret-unreadable`` when it was written with another key."""
        packed = self._read().get(name)
        if packed is None:
            return ""
        try:
            raw = b64decode(packed, validate=True)
            return self._cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], name.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise HomeError("secret-unreadable", name) from error

    def put(self, name: str, secret: str) -> None:
        """Stores or replaces."""
        nonce = os.urandom(_NONCE_BYTES)
        packed = b64encode(nonce + self._cipher.encrypt(nonce, secret.encode(), name.encode())).decode()
        with told(self._path), holding(self._lock):
            self._write(self._read() | {name: packed})

    def drop(self, name: str) -> None:
        """Forgets; nothing happens when there is none."""
        with told(self._path), holding(self._lock):
            self._write({other: packed for other, packed in self._read().items() if other != name})

    def names(self) -> list[str]:
        """Sorted."""
        return sorted(self._read())

    def _read(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, str])
        except FileNotFoundError:
            return {}
        except msgspec.DecodeError as error:
            raise HomeError("secret-unreadable", str(self._path)) from error

    def _write(self, secrets: dict[str, str]) -> None:
        put_in_place(write_beside(self._path, msgspec.json.format(msgspec.json.encode(secrets))), self._path)
