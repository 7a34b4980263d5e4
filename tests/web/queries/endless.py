"""An archive whose kept posts never end, and which knows how often it was asked for more."""

from typing import Any

from vigie.flows.ports.archive import Archive, Stretch
from vigie.model import Author, Millis, Post


class Endless:
    """Everything else is as in the archive that it stands before."""

    def __init__(self, archive: Archive) -> None:
        self._archive, self.asked = archive, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._archive, name)

    def standing(self, before: int | None = None, limit: int = 2_000) -> Stretch:
        """Always some more."""
        self.asked += 1
        last = before or 10**15
        posts = (
            Post("bluesky", str(last - n), Author("a"), "un café au port", 1_794_501_720_000) for n in range(limit)
        )
        return Stretch(tuple(posts), last - limit)

    def standing_size(self) -> tuple[int, Millis | None]:
        """As if there were a thousand million."""
        return 10**9, 1_794_000_000_000
