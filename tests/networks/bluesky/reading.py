"""Reads a source as `app` does: batch by batch, again from the stored cursor when it is down."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing

from vigie.flows.ports.network import Source, SourceDownError
from vigie.model import Batch, Post

DEADLINE_S = 20


class Reading:
    """What was read so far, and the cursor that would be stored."""

    def __init__(self, source: Source, cursor: str = "") -> None:
        self.source, self.cursor = source, cursor
        self.batches: list[Batch] = []
        self.downs: list[SourceDownError] = []
        self.opened = asyncio.Event()

    @property
    def posts(self) -> list[Post]:
        return [post for batch in self.batches for post in batch.posts]

    @property
    def texts(self) -> list[str]:
        return [post.text for post in self.posts]

    async def until(self, enough: Callable[["Reading"], bool], tries: int = 10) -> "Reading":
        """Reads on until it is enough; ``tries`` times again when the source is down."""
        async with asyncio.timeout(DEADLINE_S):
            for _ in range(tries):
                try:
                    async with aclosing(self.source.read(self.cursor)) as batches:
                        async for batch in batches:
                            self.batches.append(batch)
                            self.cursor = batch.cursor
                            self.opened.set()
                            if enough(self):
                                return self
                except SourceDownError as down:
                    self.downs.append(down)
                    if enough(self):
                        return self
        raise AssertionError(f"down {tries} times: {self.downs}")


def texts(count: int) -> Callable[[Reading], bool]:
    """Enough when so many posts were read."""
    return lambda reading: len(reading.posts) >= count


def down(reading: Reading) -> bool:
    """Enough when it was down."""
    return bool(reading.downs)
