"""What goes wrong around `listen`: the line, the disk, the clock. Nothing is lost, nothing doubled."""

import asyncio
import contextlib
import os
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from counterparts.jetstream import Bridge, bridge
from spine.house import House, charter
from vigie.app.pulse import pulses
from vigie.app.reading import Reading
from vigie.flows.listen import Taken, take
from vigie.flows.ports.archive import Archive, Filter
from vigie.judge import Watch
from vigie.model import Author, Batch, Millis, Post, SourceSpec
from vigie.query import PlainMatcher, parse
from vigie.store import Store, open_store


def event(n: int, text: str, operation: str = "create") -> dict[str, Any]:
    """A post numbered ``n``, as Jetstream says it."""
    record = {"$type": "app.bsky.feed.post", "createdAt": "2026-07-04T14:38:00.000Z", "langs": ["fr"], "text": text}
    commit: dict[str, Any] = {
        "rev": f"r{n}",
        "operation": operation,
        "collection": "app.bsky.feed.post",
        "rkey": f"k{n:06}",
    }
    if operation == "create":
        commit |= {"record": record, "cid": f"cid{n}"}
    return {"did": f"did:plc:{n % 7:024}", "kind": "commit", "commit": commit}


async def until(condition: Callable[[], object], what: str, seconds: float = 90) -> None:
    try:
        async with asyncio.timeout(seconds):
            while not condition():
                await asyncio.sleep(0.05)
    except TimeoutError:
        pytest.fail(f"waited {seconds:.0f} s for: {what}")


@contextlib.asynccontextmanager
async def listening(folder: Path, **queries: str) -> AsyncIterator[tuple[Bridge, House, Archive]]:
    """A Jetstream, and a house that reads it."""
    async with bridge() as jetstream:
        source: dict[str, object] = {"id": "here", "network": "bluesky", "address": jetstream.v1}
        house = House(folder, charter([source], queries or {"coffee": "café"}), (f"127.0.0.1:{jetstream.port}",))
        process = house.start("listen")
        try:
            with house.store() as store:
                await until(lambda: jetstream.connections, "a connection")
                yield jetstream, house, store.archive
        finally:
            process.terminate()
            process.wait(20)


async def test_a_line_that_breaks_again_and_again(tmp_path: Path) -> None:
    async with listening(tmp_path) as (jetstream, _, archive):
        for part in range(3):
            jetstream.faults.drop_after = 30
            await jetstream.say([event(part * 100 + n, f"café {n}" if n % 2 else "thé") for n in range(100)])
            await until(lambda part=part: archive.count(Filter()) == (part + 1) * 50, f"part {part}")
        assert len(jetstream.asked) > 3
        assert archive.count(Filter()) == 150
        assert sum(b.count for b in archive.volume(Filter(queries=("coffee",)), "day")) == 150


async def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        async with listening(disk) as (jetstream, house, archive):
            await jetstream.say([event(0, "café avant")])
            await until(lambda: archive.count(Filter()) == 1, "the first mention")
            ballast = disk / "ballast"
            fill(ballast)
            await jetstream.say([event(n, f"café {n} " + "x" * 250) for n in range(1, 3001)])
            run = house.home / "run"
            await until(lambda: any(p.trouble == "disk-full" for p in pulses(run)), "the pulse to say that it is full")
            assert archive.count(Filter()) < 3001
            ballast.unlink()
            await until(lambda: archive.count(Filter()) == 3001, "everything after there is room")
            await until(lambda: not any(p.trouble for p in pulses(run)), "the pulse to be well again")


async def test_a_clock_that_jumps(tmp_path: Path) -> None:
    store = open_store(tmp_path / "vigie.db", role="cli")
    start = 1_790_000_000_000
    clock = iter_clock(start, [0, 5, 10, -86_400_000, -86_399_000, 86_400_000 * 400, 86_400_000 * 400 + 5, 20])
    batches = [batch(n, start) for n in range(40)]
    watch = Watch(PlainMatcher({"coffee": parse("café")}))

    async def take_now(source: str, one: Batch) -> Taken:
        return take(source, one, watch, store.archive, clock())

    reading = Reading(SourceSpec("s", "files"), lambda: Given(batches), take_now, store.archive, clock, lambda: 0.0)
    await asyncio.wait_for(reading.run(asyncio.Event()), 30)
    check(store, 40 * 25)
    assert reading.state.state == "stopped"
    assert reading.state.events == 40 * 50 * 2


def check(store: Store, expected: int) -> None:
    assert store.archive.count(Filter()) == expected
    assert sum(b.count for b in store.archive.volume(Filter(queries=("coffee",)), "hour")) == expected
    assert store.check() == []
    store.close()


class Given:
    """A source that has some batches to give, twice each: delivery is at least once."""

    def __init__(self, batches: list[Batch]) -> None:
        self._batches = batches

    async def read(self, cursor: str) -> AsyncIterator[Batch]:
        for one in self._batches[int(cursor or 0) :]:
            yield one
            yield one


def batch(n: int, start: Millis) -> Batch:
    posts = tuple(
        Post("bluesky", f"at://{n}/{k}", Author("did:x"), "café" if k % 2 else "thé", start + k) for k in range(50)
    )
    return Batch(posts=posts, cursor=str(n + 1), latest=start, events=50)


def iter_clock(start: Millis, jumps: list[Millis]) -> Callable[[], Millis]:
    """Goes through the jumps, one a look, again and again."""
    at = 0

    def clock() -> Millis:
        nonlocal at
        at += 1
        return start + jumps[at % len(jumps)]

    return clock


@contextlib.contextmanager
def small_disk(path: Path) -> Iterator[Path]:
    """A disk of 24 MB; the test is skipped where one cannot be made."""
    path.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=24m,mode=0700", "tmpfs", str(path)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no right to make a small disk here")
    try:
        yield path
    finally:
        subprocess.run(["umount", "-l", str(path)], check=True)


def fill(path: Path) -> None:
    """Takes what is left, to the last byte."""
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"\0" * 65536)
