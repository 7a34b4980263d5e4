"""A demo source: first the history, as fast as it is taken, then life as it goes, the house's own posts among it."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator

from msgspec import Struct

from vigie.flows.ports.network import Clock, SourceDownError
from vigie.model import Batch, Deleted, Millis, Post
from vigie.networks.demo.board import Board
from vigie.networks.demo.options import Options
from vigie.world import Chance, Line, generate

MOST = 1_000
DAY: Millis = 86_400_000
_TO_THE_HEIGHT = 50
"""Minutes from the promotion to the height of the outcry at pace 1.0, as the world tells it."""
_EVER = 3_650 * DAY
_STILL_THERE: Millis = 15_000
_LONGEST_NAP = 0.25


class Position(Struct, frozen=True):
    """How far a demo was told: when it was first started, the last instant handed over, and how much of the board."""

    begun: Millis
    told: Millis
    board: int = 0

    def written(self) -> str:
        """As a cursor."""
        return f"1:{self.begun}:{self.told}:{self.board}"


def position(cursor: str) -> Position:
    """Raises SourceDownError for something that was never a cursor of ours."""
    match cursor.split(":"):
        case ["1", begun, told] if begun.isdecimal() and told.isdecimal():
            return Position(int(begun), int(told))
        case ["1", begun, told, board] if begun.isdecimal() and told.isdecimal() and board.isdecimal():
            return Position(int(begun), int(told), int(board))
        case _:
            raise SourceDownError("not-understood", f"cursor {cursor[:80]!r}", final=True)


class DemoSource:
    """Reads the demo world. A restart goes on where it was; the crisis comes once."""

    def __init__(self, options: Options, clock: Clock, folder: str = "") -> None:
        self._options, self._clock = options, clock
        self._board = Board(folder)

    async def read(self, cursor: str) -> AsyncIterator[Batch]:
        """Never ends. Batches hold at most 1,000 events and never part events of the same millisecond.

        Raises:
            SourceDownError: the cursor is not one of ours.
        """
        at = position(cursor) if cursor else self._first(self._clock())
        lines = _Ahead(self._lines(at))
        quiet_since = self._clock()
        while True:
            now = self._clock()
            pinned = await asyncio.to_thread(self._pinned, at)
            if pinned is not None:
                at = position(pinned.cursor)
                quiet_since = now
                yield pinned
            taken = await asyncio.to_thread(lines.until, now)
            if taken:
                at = Position(at.begun, taken[-1].at, at.board)
                quiet_since = now
                yield _batch(taken, at)
                continue
            if now - quiet_since >= _STILL_THERE:
                quiet_since = now
                yield Batch(cursor=at.written())
            await asyncio.sleep(min(max(lines.next_at - now, 1) / 1000, _LONGEST_NAP))

    def _pinned(self, at: Position) -> Batch | None:
        """What the house has published since."""
        notes, read_to = self._board.read(at.board)
        if not notes:
            return None
        posts = tuple(note.post for note in notes if note.post is not None)
        return Batch(
            posts=posts,
            deleted=tuple(note.deleted for note in notes if note.deleted is not None),
            cursor=Position(at.begun, at.told, read_to).written(),
            latest=max((post.version_at for post in posts), default=None),
            events=len(notes),
        )

    def _first(self, now: Millis) -> Position:
        return Position(now, now - self._options.days * DAY - 1)

    def _lines(self, at: Position) -> Iterator[Line]:
        options = self._options
        crisis_at = None if options.crisis_after is None else at.begun + options.crisis_after
        pace = options.crisis_minutes / _TO_THE_HEIGHT
        start = at.told + 1
        return generate(self._dice, start, start + _EVER, crisis_at=crisis_at, pace=pace, rate=options.rate / 100)

    def _dice(self, name: str) -> Chance:
        return random.Random(f"{self._options.seed}:{name}")  # noqa: S311 - a story, not a secret


class _Ahead:
    """Lines one ahead, so that it is known when the next one happens."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._next: Line | None = None
        self.next_at: Millis = 0

    def until(self, now: Millis) -> list[Line]:
        """The next lines up to now, as many as a batch holds."""
        taken: list[Line] = []
        while True:
            line = self._next or next(self._lines)
            self._next = line
            self.next_at = line.at
            if line.at > now or (len(taken) > MOST - 50 and line.at != taken[-1].at) or len(taken) == MOST:
                return taken
            taken.append(line)
            self._next = None


def _batch(lines: list[Line], at: Position) -> Batch:
    return Batch(
        posts=tuple(line.event for line in lines if isinstance(line.event, Post)),
        deleted=tuple(line.event for line in lines if isinstance(line.event, Deleted)),
        cursor=at.written(),
        latest=at.told,
        events=len(lines),
    )
