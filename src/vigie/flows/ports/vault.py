"""The house's tokens for networks, encrypted at rest with the home folder's key."""

from typing import Protocol


class Vault(Protocol):
    """Small secrets by name (``source:masto``)."""

    def get(self, name: str) -> str:
        """Empty when there is none."""
        ...

    def put(self, name: str, secret: str) -> None: ...

    def drop(self, name: str) -> None: ...

    def names(self) -> list[str]: ...
