"""How streams end: with the server, and for a browser that cannot keep up."""

import asyncio
import threading
from contextlib import closing
from itertools import pairwise

import httpx
import pytest
from msgspec import structs

from vigie.model import Mention
from vigie.web import live
from web.live.reading import events, next_of
from web.live.running import Running


@pytest.fixture
def drawn():
    """Updates drawn as their ids alone."""

    def draw(update, lang):
        return [("mentions", b"%d" % update.upto)]

    return draw


async def test_a_slow_browser_is_told_to_load_again(site, drawn):
    reader = live.Live(site.house, drawn)
    stream = reader.stream("fr", None, lambda: True)
    await anext(stream)
    here = await anext(stream)
    assert b"event: here" in here
    for n in range(live.BEHIND + 1):
        reader._hand_out({"fr": b"data: %d\n\n" % n})
    assert [frame async for frame in stream] == [live.RELOAD]
    assert reader.browsers == 0
    reader.stop()


async def test_a_fast_one_is_not_held_back_by_it(site, drawn):
    reader = live.Live(site.house, drawn)
    slow, fast = reader.stream("fr", None, lambda: True), reader.stream("fr", None, lambda: True)
    for stream in (slow, fast):
        await anext(stream)
        await anext(stream)
    for n in range(live.BEHIND + 1):
        reader._hand_out({"fr": b"%d" % n})
        assert await anext(fast) == b"%d" % n
    reader.stop()
    assert [frame async for frame in fast] == []
    await slow.aclose()


async def test_stopping_ends_every_stream_and_the_reader(site, drawn):
    reader = live.Live(site.house, drawn)
    streams = [reader.stream("fr", None, lambda: True) for _ in range(20)]
    for stream in streams:
        await anext(stream)
    rest = [asyncio.create_task(_rest(stream)) for stream in streams]
    await asyncio.to_thread(reader.stop)
    await asyncio.gather(*rest)
    assert reader.browsers == 0
    assert not any(thread.name == "live" for thread in threading.enumerate())
    assert [frame async for frame in reader.stream("fr", None, lambda: True)] == []


async def test_the_reader_outlives_a_failing_store(site, drawn, caplog):
    class Failing:
        def __init__(self, archive):
            self.archive, self.times = archive, 0

        def __getattr__(self, name):
            return getattr(self.archive, name)

        def data_version(self):
            self.times += 1
            if self.times == 1:
                raise OSError("disk")
            return self.archive.data_version()

    house = structs.replace(site.house, archive=Failing(site.house.archive))
    reader = live.Live(house, drawn)
    stream = reader.stream("fr", None, lambda: True)
    await anext(stream)
    await anext(stream)
    await asyncio.to_thread(site.hear, "La Brûlerie du Port a rouvert")
    assert b"event: mentions" in await anext(stream)
    await asyncio.to_thread(reader.stop)
    await stream.aclose()


def test_an_open_stream_does_not_hold_the_server(site):
    running = Running(site.house)
    with closing(site.log_in()) as client:
        cookies = dict(client.cookies)
    with httpx.stream("GET", f"{running.url}/live", cookies=cookies, timeout=30) as answer:
        assert answer.status_code == 200
        stream = events(answer)
        next_of(stream, "here")
        running.stop()
        assert list(stream) == []


def test_a_mention_that_changes_twice_is_told_once(site):
    archive = site.house.archive
    before = archive.last_change()
    (post,) = site.hear("La Brûlerie du Port")
    site.hear("La Brûlerie du Port, encore", remote_id=post.remote_id, author=post.author, edited_at=site.clock())
    update = live.gather(archive, archive.changes(before))
    assert [type(one) for one in update.new] == [Mention]
    assert (update.new[0].version, update.changed, update.more) == (2, (), 0)


def test_how_sources_are_is_told_once_a_second_and_never_forgotten(site):
    archive = site.house.archive
    state = archive.sources()[0]
    feed = live.Feed(archive, archive.last_change())
    assert feed.read(0.0) is None
    archive.set_source(state)
    assert feed.read(1.0).sources
    archive.set_source(state)
    site.hear("La Brûlerie du Port")
    told = feed.read(1.3)
    assert (len(told.new), told.sources) == (1, False)
    assert feed.read(1.6) is None
    assert feed.read(2.0) == live.Update(told.upto, sources=True)
    assert feed.read(9.0) is None


def test_updates_keep_their_distance(site):
    feed = live.Feed(site.house.archive, site.house.archive.last_change())
    times = []
    for tick in range(200):
        site.hear("La Brûlerie du Port")
        update = feed.read(tick * 0.05)
        if update is not None:
            times.append((tick * 0.05, len(update.new)))
    assert all(two - one >= live.COALESCE_S - 1e-9 for (one, _), (two, _) in pairwise(times))
    assert sum(n for _, n in times) >= 200 - 5


async def _rest(stream):
    return [frame async for frame in stream]
