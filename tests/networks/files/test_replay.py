"""A file played back keeps its rhythm."""

from collections.abc import Callable
from pathlib import Path

import pytest

from vigie.model import Author, Batch, Deleted, Post
from vigie.networks.files import FileSource, Replay
from vigie.networks.files.entry import Layout
from vigie.networks.files.jsonl import write_line

THEN, NOW = 1_763_000_000_000, 1_763_600_000_000
AT = [0, 30, 60_000, 60_010, 3_600_000, 3_540_000, 7_200_000]
"""When posts were written; the last but one is late in the file."""


class Hall:
    """A clock that waiting moves, and when each event was handed on."""

    def __init__(self, path: Path, speed: float, *, as_now: bool = False) -> None:
        self.now = NOW
        self.heard: list[tuple[int, str]] = []
        self.batches: list[Batch] = []
        source = FileSource(path, Layout(), lambda: self.now)
        self.replay = Replay(source, speed=speed, clock=lambda: self.now, as_now=as_now, sleep=self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.now += round(seconds * 1000)

    async def listen(self, cursor: str = "", batches: int = 10**9) -> None:
        async for batch in self.replay.read(cursor):
            self.batches.append(batch)
            self.heard += [(self.now - NOW, post.remote_id) for post in batch.posts]
            self.heard += [(self.now - NOW, f"-{one.remote_id}") for one in batch.deleted]
            if len(self.batches) == batches:
                break


@pytest.fixture
def path(write: Callable[[str, bytes], Path]) -> Path:
    """Two hours' posts, one of them deleted."""
    posts = [Post("rss", str(n), Author("a"), f"mot {n}", THEN + at) for n, at in enumerate(AT)]
    return write("x.jsonl", b"".join(map(write_line, [*posts, Deleted("rss", "2", THEN + 120_000)])) + b"broken\n")


async def test_the_rhythm_is_kept(path: Path) -> None:
    hall = Hall(path, 60)
    await hall.listen()
    expected = [
        (0, "0"),
        (0, "1"),
        (1000, "2"),
        (1000, "3"),
        (2000, "-2"),
        (59_000, "5"),
        (60_000, "4"),
        (120_000, "6"),
    ]
    assert hall.heard == expected
    assert [one.reason for batch in hall.batches for one in batch.rejected] == ["not-json"]
    assert sum(batch.events for batch in hall.batches) == 9


async def test_as_fast_as_it_was(path: Path) -> None:
    hall = Hall(path, 1)
    await hall.listen()
    assert hall.heard[-1] == (7_200_000, "6")


async def test_nothing_is_lost_when_it_stops_in_the_middle(path: Path) -> None:
    hall = Hall(path, 60)
    await hall.listen(batches=3)
    again = Hall(path, 60)
    await again.listen(hall.batches[-1].cursor)
    assert {id for _, id in hall.heard} | {id for _, id in again.heard} >= set("0123456")
    assert {id for _, id in again.heard} >= {"4", "5", "6"}


async def test_with_the_dates_of_today(path: Path) -> None:
    hall = Hall(path, 60, as_now=True)
    await hall.listen()
    posts = {post.remote_id: post.created_at for batch in hall.batches for post in batch.posts}
    assert posts["0"] == NOW
    assert posts["6"] == NOW + 120_000


def test_it_does_not_run_backwards(path: Path) -> None:
    with pytest.raises(ValueError, match="speed"):
        Hall(path, 0)
