"""A network: what its folder under `vigie.networks` offers, found by scanning that room."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from msgspec import Struct

from vigie.flows.ports.fetch import Fetch
from vigie.model import Author, Batch, Millis, Post, SourceSpec


class SourceDownError(Exception):
    """The source cannot be read now.

    Attributes:
        code: of `wording`, area ``sources``: ``unreachable``, ``refused``, ``rate-limited``, ``bad-token``, ``gone``,
            ``cursor-too-old``, ``not-understood``, ``dropped``.
        detail: what the other side said, in its own words, at most 300 characters.
        retry_at: when the network allows another try, if it said so.
        final: True when trying again is useless until a person changes something.
    """

    def __init__(self, code: str, detail: str = "", *, retry_at: Millis | None = None, final: bool = False) -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail, self.retry_at, self.final = code, detail[:300], retry_at, final


class Clock(Protocol):
    """Says what time it is. A test moves it by hand."""

    def __call__(self) -> Millis: ...


class Tools(Struct, frozen=True):
    """What `app` hands to a network: guarded fetching, the time, and the source's stored token (empty when none).

    ``folder``: where a network may keep files of its own, the same as its writers'; empty: nowhere.
    """

    fetch: Fetch
    clock: Clock
    token: str = ""
    folder: str = ""


class Source(Protocol):
    """One place being read."""

    def read(self, cursor: str) -> AsyncIterator[Batch]:
        """Yields batches from ``cursor`` on (empty: from now), at the latest half a second after their newest event.

        At most 1,000 events a batch. An empty batch may be yielded to move the cursor or show that the line is alive.
        Ends when there is nothing more to read for good (a file); otherwise only by raising.

        Raises:
            SourceDownError: every way of being down; the caller waits and calls `read` again with the stored cursor.
        """
        ...


class Directory(Protocol):
    """Asks a network who somebody is and what a thread says, when a person looks."""

    async def authors(self, ids: Sequence[str]) -> list[Author]:
        """Profiles by id or handle, at most 25 a call; unknown ones are left out."""
        ...

    async def thread(self, remote_id: str) -> list[Post]:
        """The posts above and below one, oldest first, at most 200."""
        ...

    async def likes(self, remote_ids: Sequence[str]) -> dict[str, int]:
        """How many people like each of these posts, at most 25 a call; unknown ones are left out."""
        ...


class Network(Protocol):
    """Each folder of `vigie.networks` has one as ``NETWORK``.

    Attributes:
        name: as in the charter and in ``network:`` queries.
        needs_token: the source works only with a token of the house.
    """

    name: str
    needs_token: bool

    def problems(self, spec: SourceSpec) -> list[tuple[str, str, str]]:
        """What is wrong with a source of the charter: (option, code of `wording` area ``sources``, detail)."""
        ...

    def open(self, spec: SourceSpec, tools: Tools) -> Source: ...

    def directory(self, spec: SourceSpec, tools: Tools) -> Directory | None:
        """None where the network has nobody to ask."""
        ...
