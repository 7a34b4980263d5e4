"""A file being read: from where the last reading stopped to its end, each bad entry told with its number."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

from msgspec import Struct

from vigie.flows.ports.network import Clock, SourceDownError
from vigie.model import AuthorChanged, AuthorGone, Batch, Deleted, Millis, Post, Rejected
from vigie.model.bounds import UnreadableError
from vigie.networks.files import jsonl, outbox, table
from vigie.networks.files.entry import Entry, Event, Layout, NotReadableError, Place, format_of, head_of

BATCH = 1_000
PRINT = 4_096
"""Bytes of the beginning by which a file is known again."""
READERS: dict[str, Callable[[Path, Place, Layout, Millis], Iterator[Entry]]] = {
    "jsonl": jsonl.entries,
    "outbox": outbox.entries,
    "csv": table.entries,
}


class Progress(Struct, frozen=True):
    """Bytes read of bytes in all."""

    done: int
    total: int


class FileSource:
    """Reads a file once, to its end. Implements `vigie.flows.ports.network.Source`."""

    def __init__(self, path: Path, layout: Layout, clock: Clock) -> None:
        self._path, self._layout, self._clock = path, layout, clock
        self.progress = Progress(0, 0)

    async def read(self, cursor: str) -> AsyncIterator[Batch]:
        """Reads on from the cursor; a file that is no longer the same is read from its beginning."""
        try:
            head = head_of(self._path)
            mark = hashlib.blake2b(head[:PRINT], digest_size=8).hexdigest()
            place = _place(cursor, mark)
            reader = READERS[self._layout.format or format_of(self._path, head)]
            total = self._path.stat().st_size
            self.progress = Progress(min(place.offset, total), total)
            gathering = _Gathering(mark, place)
            for entry in reader(self._path, place, self._layout, self._clock()):
                if gathering.must_end_before(entry):
                    yield self._told(gathering.batch(), gathering.place)
                    await asyncio.sleep(0)
                gathering.add(entry)
            yield self._told(gathering.batch(), Place(gathering.place.number, total))
        except NotReadableError as error:
            raise SourceDownError(error.code, error.detail, final=True) from error
        except OSError as error:
            raise SourceDownError("missing-file", str(error), final=True) from error

    def _told(self, batch: Batch, place: Place) -> Batch:
        self.progress = Progress(min(place.offset, self.progress.total), self.progress.total)
        return batch


class _Gathering:
    """A batch in the making. Posts are applied before deletions, so a post written again after its deletion waits."""

    def __init__(self, mark: str, place: Place) -> None:
        self._mark = mark
        self.place = place
        self._clear()

    def _clear(self) -> None:
        self._events: list[Event] = []
        self._rejected: list[Rejected] = []
        self._gone: set[tuple[str, str]] = set()
        self._count = 0

    def must_end_before(self, entry: Entry) -> bool:
        event = entry.event
        again = isinstance(event, Post) and bool(
            self._gone & {(event.network, event.remote_id), (event.network, event.author.id)}
        )
        return self._count >= BATCH or again

    def add(self, entry: Entry) -> None:
        self.place = Place(entry.number, entry.offset)
        self._count += 1
        event = entry.event
        if isinstance(event, UnreadableError):
            told = UnreadableError(event.reason, f"{entry.number}: {event.detail}")
            self._rejected.append(told.rejected(entry.raw))
        elif event is not None:
            self._events.append(event)
        if isinstance(event, Deleted):
            self._gone.add((event.network, event.remote_id))
        if isinstance(event, AuthorGone):
            self._gone.add((event.network, event.author_id))

    def batch(self) -> Batch:
        events, rejected, count = self._events, self._rejected, self._count
        self._clear()
        posts = tuple(one for one in events if isinstance(one, Post))
        return Batch(
            posts=posts,
            deleted=tuple(one for one in events if isinstance(one, Deleted)),
            authors=tuple(one for one in events if isinstance(one, AuthorChanged | AuthorGone)),
            rejected=tuple(rejected),
            cursor=f"{self.place.offset}:{self.place.number}:{self._mark}",
            latest=max((post.version_at for post in posts), default=None),
            events=count,
        )


def _place(cursor: str, mark: str) -> Place:
    """``offset:number:mark`` of the file as it was; anything else is its beginning."""
    offset, _, rest = cursor.partition(":")
    number, _, known = rest.partition(":")
    if known != mark or not offset.isdecimal() or not number.isdecimal():
        return Place()
    return Place(int(number), int(offset))
