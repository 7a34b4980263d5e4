"""Pictures that go out with drafts, kept as they came."""

from typing import Protocol


class Media(Protocol):
    """Bytes by their SHA-256, in hex."""

    def put(self, content: bytes) -> str:
        """Keeps them for good and gives their name; the same bytes are kept once."""
        ...

    def get(self, id: str) -> bytes | None:
        """None when there are none of that name."""
        ...
