"""What the formats have in common: a picture after cleaning, bytes read one after the other."""

from msgspec import Struct


class UnreadablePictureError(Exception):
    """A picture that cannot be taken apart, and so cannot be cleaned. ``detail`` says what was wrong."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail[:300]


class Clean(Struct, frozen=True):
    """A picture that shows and tells nothing else. ``width`` and ``height`` in pixels, as it is shown."""

    content: bytes
    width: int
    height: int


class Bytes:
    """Reads one after the other. Raises ValueError at the end."""

    def __init__(self, content: bytes) -> None:
        self._content, self.at = content, 0

    def take(self, count: int) -> bytes:
        """The next bytes."""
        taken = self._content[self.at : self.at + count]
        if len(taken) < count:
            raise ValueError(f"ends at {len(self._content)}")
        self.at += count
        return taken

    def expect(self, sign: bytes) -> bytes:
        """The next bytes, which must be these."""
        if self.take(len(sign)) != sign:
            raise ValueError(f"{sign!r} expected at {self.at - len(sign)}")
        return sign

    def number(self, count: int, order: str = "big") -> int:
        """A whole number of so many bytes."""
        return int.from_bytes(self.take(count), "little" if order == "little" else "big")
