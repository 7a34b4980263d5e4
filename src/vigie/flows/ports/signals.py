"""What the detectors remember between two looks: small states by name, written with what they saw."""

from typing import Protocol


class Signals(Protocol):
    """Bytes by name (``query:brand``, ``channel:bluesky``); a detector writes and reads its own."""

    def load(self, name: str) -> bytes | None: ...

    def keep(self, states: dict[str, bytes]) -> None:
        """All of them in one transaction; not durable: after a power cut a detector learns its last minute again."""
        ...
