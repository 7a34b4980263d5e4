"""The charter as a file that a person may also edit by hand, at any moment."""

from typing import Protocol

from vigie.model import Act


class CharterMovedError(Exception):
    """The file is no longer the one that was read: read it again and redo the change."""


class CharterFile(Protocol):
    """``charter.yaml`` of the home folder. The digest is SHA-256 of its bytes, in hex."""

    def read(self) -> tuple[str, str]:
        """(text, digest); ("", "") when there is none yet."""
        ...

    def write(self, text: str, over: str, act: Act) -> str:
        """Replaces the text whose digest is ``over`` (atomic, fsynced, the old one kept in ``charter.d/``), records the
        act, returns the new digest. Raises CharterMovedError."""
        ...

    def earlier(self, digest: str) -> str:
        """The text that once had this digest; empty when it is no longer kept."""
        ...
