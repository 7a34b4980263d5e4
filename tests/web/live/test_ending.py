"""How streams end: with the server, and for a browser that cannot keep up."""

import asyncio
import socket
import threading
import time

import httpx
import pytest
import uvicorn
from msgspec import structs

from vigie.model import Mention
from vigie.web import create_app, live
from web.live.reading import events, next_of


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
    app = create_app(site.house)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    with site.log_in() as client:
        cookies = dict(client.cookies)
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    headers = {"host": site.url.removeprefix("http://")}
    with httpx.stream("GET", f"{url}/live", cookies=cookies, headers=headers, timeout=30) as answer:
        assert answer.status_code == 200
        stream = events(answer)
        next_of(stream, "here")
        asyncio.run(live.stop_live(app))
        server.should_exit = True
        assert list(stream) == []
    thread.join(timeout=30)
    listening.close()
    assert not thread.is_alive()


def test_a_mention_that_changes_twice_is_told_once(site):
    archive = site.house.archive
    before = archive.last_change()
    (post,) = site.hear("La Brûlerie du Port")
    site.hear("La Brûlerie du Port, encore", remote_id=post.remote_id, author=post.author, edited_at=site.clock())
    update = live.gather(archive, archive.changes(before))
    assert [type(one) for one in update.new] == [Mention]
    assert (update.new[0].version, update.changed, update.more) == (2, (), 0)


async def _rest(stream):
    return [frame async for frame in stream]
