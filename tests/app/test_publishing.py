"""The publisher of `work`: a lane a channel, what one network does holds no other up."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from flows.sending import NOON, Sending
from vigie.app.publishing import Publishing
from vigie.desk.publishing import recall_asked
from vigie.flows.drafts import Doing
from vigie.flows.pausing import Waiting, pause
from vigie.flows.ports.writer import Receipt, Wanted, WriteError
from vigie.store import open_store


class Slow:
    """A network that answers when it is told to."""

    def __init__(self, network: Any) -> None:
        self._network = network
        self.asked: list[str] = []
        self.most = self._now = 0
        self.answers = asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._network, name)

    async def write(self, wanted: Wanted) -> Receipt:
        self.asked.append(wanted.text)
        self._now += 1
        self.most = max(self.most, self._now)
        await self.answers.wait()
        self._now -= 1
        return await self._network.write(wanted)


class Far:
    """A network some way off."""

    def __init__(self, network: Any, fails: str = "") -> None:
        self._network, self._fails = network, fails
        self.asked = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._network, name)

    async def write(self, wanted: Wanted) -> Receipt:
        self.asked += 1
        await asyncio.sleep(0.05)
        if wanted.text == self._fails:
            raise WriteError("server-error", "500")
        return await self._network.write(wanted)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Sending]:
    store = open_store(tmp_path / "vigie.db", role="work")
    yield Sending(tmp_path, store)
    store.close()


@asynccontextmanager
async def running(house: Sending, **more: Any):
    stop = asyncio.Event()
    publishing = Publishing(structs.replace(house.press, **more), house.store.signals, house.store.archive.data_version)
    task = asyncio.create_task(publishing.run(stop))
    try:
        yield publishing
    finally:
        stop.set()
        await asyncio.wait_for(task, 20)


async def until(condition: Any, what: str) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, f"waited for {what}"
        await asyncio.sleep(0.01)


async def test_what_is_scheduled_for_now_goes_out_without_being_told(house: Sending):
    async with running(house):
        one = house.schedule("Bonjour")
        await until(lambda: house.get(one).state == "published", "the post")
    assert await house.out() == ["Bonjour"]


async def test_one_post_at_a_time_on_a_channel_and_the_other_channel_goes_on(house: Sending):
    slow = Slow(house.network)
    for number in range(3):
        house.schedule(f"lent {number}", due=NOON - 3 + number)
    quick = house.schedule("vite", channel="masto", network="mastodon")
    writers = {"bsky": slow, "masto": house.line}
    async with running(house, writer=writers.__getitem__):
        await until(lambda: house.get(quick).state == "published", "the other channel")
        assert slow.asked == ["lent 0"]
        slow.answers.set()
        await until(lambda: len(slow.asked) == 3, "the rest, in order")
    assert (slow.asked, slow.most) == (["lent 0", "lent 1", "lent 2"], 1)


async def test_what_is_being_sent_is_waited_for_at_the_end(house: Sending):
    slow = Slow(house.network)
    one, other = house.schedule("Un"), house.schedule("Deux")
    async with running(house, writer=lambda _: slow):
        await until(lambda: slow.asked, "the first on its way")
        asyncio.get_running_loop().call_later(0.2, slow.answers.set)
    assert (house.get(one).state, house.get(other).state) == ("published", "scheduled")


async def test_a_channel_in_trouble_rests_and_costs_its_others_nothing(house: Sending):
    many = [house.schedule(f"{n}") for n in range(5)]
    house.line.before.append(WriteError("rate-limited", "", retry_at=NOON + 60_000))
    async with running(house):
        await until(lambda: house.get(many[0]).code == "rate-limited", "the refusal")
        await asyncio.sleep(0.6)  # two rounds in which nothing is to be asked
        assert [call for call, _ in house.line.calls] == ["write"]
        house.now += 61_000
        await until(lambda: all(house.get(one).state == "published" for one in many), "all of them")


async def test_one_post_that_fails_again_and_again_holds_no_other_up(house: Sending):
    bad, *many = [house.schedule(f"{n}", due=NOON - 10 + n) for n in range(6)]
    broken = Far(house.network, fails="0")
    async with running(house, writer=lambda _: broken):
        while not all(house.get(one).state == "published" for one in many):
            assert house.now < NOON + 120_000
            house.now += 100
            await asyncio.sleep(0.01)
    assert house.get(bad).state == "scheduled"


async def test_an_account_that_lacks_is_told_once(house: Sending):
    one = house.schedule()
    house.connected = False
    async with running(house):
        await until(house.notices, "the notice")
        house.now += 6_000
        await asyncio.sleep(0.6)
        assert house.notices() == ["channel.not-connected"]
        house.connected = True
        house.now += 6_000
        await until(lambda: house.get(one).state == "published", "the post")


async def test_a_long_queue_on_one_channel_holds_no_other_up(house: Sending):
    far = Far(house.network)
    for number in range(150):
        house.schedule(f"{number}", due=NOON - 1000)
    late = house.schedule("tout de suite", channel="masto", network="mastodon")
    async with running(house, writer={"bsky": far, "masto": house.line}.__getitem__):
        await until(lambda: house.get(late).state == "published", "the other channel")
        assert far.asked < 150


async def test_what_is_to_be_taken_back_goes_before_what_is_due(house: Sending):
    wrong, far = await house.publish(house.schedule("faux")), Far(house.network)
    for number in range(150):
        house.schedule(f"{number}", due=NOON - 1000)
    async with running(house, writer=lambda _: far):
        await until(lambda: far.asked > 3, "the queue")
        store = house.store.publications
        store.settle(recall_asked(house.get(wrong), NOON))
        await until(lambda: house.get(wrong).recall == "recalled", "the recall")
        assert far.asked < 150


async def test_taking_back_does_not_wait_for_a_channel_that_rests(house: Sending):
    wrong = await house.publish(house.schedule("faux"))
    other = house.schedule("Un")
    house.line.before.append(WriteError("server-error", "503", retry_at=NOON + 60_000))
    async with running(house):
        await until(lambda: house.get(other).code == "server-error", "the trouble")
        house.store.publications.settle(recall_asked(house.get(wrong), NOON))
        await until(lambda: house.get(wrong).recall == "recalled", "the recall")
    assert house.get(other).state == "scheduled"


async def test_a_pause_in_the_middle_of_a_queue(house: Sending):
    many = [house.schedule(f"{n}", channel=f"c{n % 4}") for n in range(100)]
    orders, far = open_store(house.store.path, role="cli"), Far(house.network)
    async with running(house, writer=lambda _: far):
        await until(lambda: far.asked > 5, "the first posts")
        waiting = Waiting(time.monotonic, time.sleep)
        stopped = await asyncio.to_thread(pause, orders.publications, (), "", Doing("maelle", NOON), waiting)
        sent = far.asked
        assert stopped.settled_ms is not None
        await asyncio.sleep(0.6)  # two rounds and more
        assert far.asked == sent
    orders.close()
    states = [house.get(one).state for one in many]
    assert (states.count("published"), states.count("scheduled")) == (sent, len(stopped.held))
    assert 0 < len(stopped.held) < 100
