"""Reading a Jetstream over a real socket: live, after a break, with hosts that fail, with what a server may say."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from msgspec import structs

from counterparts.jetstream import Bridge, bridge
from counterparts.pds import free_port
from networks.bluesky.made import event, identity, record
from networks.bluesky.reading import Reading, down, texts
from vigie.flows.ports.network import SourceDownError, Tools
from vigie.model import SourceSpec
from vigie.networks.bluesky import NETWORK
from vigie.networks.bluesky.address import Place
from vigie.networks.bluesky.reader import Reader

MakeTools = Callable[..., Tools]


def said(first: int, count: int) -> list[dict[str, Any]]:
    return [event(f"3k{i}", record(f"{i}")) for i in range(first, first + count)]


def numbers(count: int) -> list[str]:
    return [str(i) for i in range(count)]


@pytest.fixture(params=["v1", "v2"])
def reading(request: pytest.FixtureRequest, jetstream: Bridge, tools: MakeTools) -> Reading:
    """A source of one dialect, from the bridge's first event on."""
    address = jetstream.v1 if request.param == "v1" else jetstream.v2
    start = {"v1": "v1:1783175888000000", "v2": "v2:1783175888000000"}[request.param]
    return Reading(NETWORK.open(SourceSpec("b", "bluesky", address), tools(jetstream.port)), start)


async def test_posts_arrive_as_they_are_written(jetstream: Bridge, reading: Reading) -> None:
    reading.cursor = ""
    task = asyncio.create_task(reading.until(texts(20)))
    await reading.opened.wait()
    for i in range(20):
        await jetstream.say(said(i, 1))
    await task
    assert reading.texts == numbers(20)
    assert reading.batches[0].events == 0
    assert not reading.downs


async def test_an_archive_is_read_in_batches_of_at_most_a_thousand(jetstream: Bridge, reading: Reading) -> None:
    await jetstream.say(said(0, 3_500))
    await reading.until(texts(3_500))
    assert reading.texts == numbers(3_500)
    assert max(batch.events for batch in reading.batches) <= 1_000


@pytest.mark.parametrize("step_us", [700, 0])
async def test_a_broken_line_loses_nothing_and_doubles_nothing(
    jetstream: Bridge, reading: Reading, step_us: int
) -> None:
    await jetstream.say(said(0, 50), step_us)
    jetstream.faults.drop_after = 30
    task = asyncio.create_task(reading.until(texts(100)))
    for i in range(50, 100, 5):
        await jetstream.say(said(i, 5), step_us)
        await asyncio.sleep(0)
    await task
    assert reading.texts == numbers(100)
    assert [one.code for one in reading.downs] == ["dropped"]


async def test_another_reader_goes_on_from_the_stored_cursor(
    jetstream: Bridge, reading: Reading, tools: MakeTools
) -> None:
    await jetstream.say(said(0, 10), 0)
    await reading.until(texts(10))
    await jetstream.say(said(10, 10), 0)
    spec = SourceSpec("b", "bluesky", jetstream.v1 if reading.cursor.startswith("v1") else jetstream.v2)
    other = await Reading(NETWORK.open(spec, tools(jetstream.port)), reading.cursor).until(texts(10))
    assert other.texts == [str(i) for i in range(10, 20)]


async def test_only_posts_and_what_concerns_accounts_are_asked_for(jetstream: Bridge, reading: Reading) -> None:
    like = event(said={}, collection="app.bsky.feed.like")
    await jetstream.say([like, identity(), *said(0, 1)])
    await reading.until(texts(1))
    assert sum(batch.events for batch in reading.batches) == 2
    assert [len(batch.authors) for batch in reading.batches if batch.events] == [1]
    assert "app.bsky.feed.post" in jetstream.asked[-1]


async def test_only_the_accounts_asked_for(jetstream: Bridge, tools: MakeTools) -> None:
    await jetstream.say([event("3ka"), event("3kb", did="did:plc:other")])
    for address, start in ((jetstream.v1, "v1:1"), (jetstream.v2, "v2:1783175888000000")):
        spec = SourceSpec("b", "bluesky", address, {"dids": ("did:plc:other",)})
        reading = await Reading(NETWORK.open(spec, tools(jetstream.port)), start).until(texts(1))
        assert [post.author.id for post in reading.posts] == ["did:plc:other"]


async def test_garbage_is_told_and_passed_over(jetstream: Bridge, reading: Reading) -> None:
    jetstream.faults.garbage = [b"{", b'{"did":5}', b"\xff\xfe", b""]
    await jetstream.say(said(0, 3))
    await reading.until(texts(3))
    assert reading.texts == numbers(3)
    assert sum(len(batch.rejected) for batch in reading.batches) == 4
    assert not reading.downs


async def test_a_slow_or_halted_server_is_waited_for(jetstream: Bridge, reading: Reading) -> None:
    jetstream.faults.pause.clear()
    jetstream.faults.slow = 0.01
    task = asyncio.create_task(reading.until(texts(5)))
    await jetstream.say(said(0, 5))
    await reading.opened.wait()
    assert reading.texts == []
    jetstream.faults.pause.set()
    await task
    assert reading.texts == numbers(5)


async def test_closing_the_reading_closes_the_line(jetstream: Bridge, reading: Reading) -> None:
    await jetstream.say(said(0, 1))
    await reading.until(texts(1))
    async with asyncio.timeout(10):
        while jetstream.connections:
            await asyncio.sleep(0.01)


async def test_a_cursor_too_old_tells_the_gap_and_reads_on_from_the_oldest(jetstream: Bridge, tools: MakeTools) -> None:
    await jetstream.say(said(0, 20))
    jetstream.faults.floor = 11
    source = NETWORK.open(SourceSpec("b", "bluesky", jetstream.v2), tools(jetstream.port))
    reading = await Reading(source, "v2:5").until(texts(10))
    assert reading.texts == [str(i) for i in range(10, 20)]
    assert [one.code for one in reading.downs] == ["cursor-too-old"]
    assert not reading.downs[0].final


async def test_a_cursor_from_the_future_tells_it_and_reads_on_from_now(jetstream: Bridge, tools: MakeTools) -> None:
    await jetstream.say(said(0, 5))
    source = NETWORK.open(SourceSpec("b", "bluesky", jetstream.v2), tools(jetstream.port))
    reading = Reading(source, "v2:5000")
    await reading.until(down)
    assert [one.code for one in reading.downs] == ["cursor-too-old"]
    reading.opened.clear()
    task = asyncio.create_task(reading.until(texts(1)))
    await reading.opened.wait()
    await jetstream.say(said(5, 1))
    await task
    assert reading.texts == ["5"]


async def test_v1_from_the_future_reads_on_from_now(jetstream: Bridge, tools: MakeTools) -> None:
    reading = Reading(NETWORK.open(SourceSpec("b", "bluesky", jetstream.v1), tools(jetstream.port)), f"v1:{2 * 10**15}")
    task = asyncio.create_task(reading.until(texts(2)))
    await reading.opened.wait()
    await jetstream.say(said(0, 2))
    await task
    assert reading.cursor == "v1:1783175888001400+1"


@pytest.mark.parametrize("dialect", ["v1", "v2"])
async def test_a_clock_that_was_never_set_starts_from_now(jetstream: Bridge, tools: MakeTools, dialect: str) -> None:
    await jetstream.say(said(0, 5))
    unset = structs.replace(tools(jetstream.port), clock=lambda: 5)
    spec = SourceSpec("b", "bluesky", jetstream.v1 if dialect == "v1" else jetstream.v2)
    reading = Reading(NETWORK.open(spec, unset))
    task = asyncio.create_task(reading.until(texts(1)))
    await reading.opened.wait()
    await jetstream.say(said(5, 1))
    await task
    assert reading.texts == ["5"]


async def test_a_cursor_of_another_dialect_starts_from_now(jetstream: Bridge, tools: MakeTools) -> None:
    await jetstream.say(said(0, 5))
    reading = Reading(NETWORK.open(SourceSpec("b", "bluesky", jetstream.v2), tools(jetstream.port)), "repos:17")
    await reading.until(down)
    assert reading.downs[0].code == "cursor-too-old"
    assert reading.cursor.startswith("v2:")


@pytest.fixture
async def second() -> Any:
    async with bridge() as running:
        yield running


async def test_the_next_host_takes_over_and_nothing_is_lost(
    jetstream: Bridge, second: Bridge, tools: MakeTools
) -> None:
    """Both say the same at nearly the same time; the second starts a few seconds earlier, and says some again."""
    await jetstream.say(said(0, 60))
    await second.say(said(0, 100))
    jetstream.faults.drop_after = 40
    reader = Reader(Place("v1", (jetstream.v1, second.v1)), tools(jetstream.port, second.port))
    reading = await Reading(reader, f"v1:1783175888000000@127.0.0.1:{jetstream.port}").until(
        lambda one: "99" in one.texts
    )
    assert list(dict.fromkeys(reading.texts)) == numbers(100)
    assert reading.downs == []
    assert reading.cursor.endswith(f"@127.0.0.1:{second.port}")


async def test_a_host_that_refuses_is_passed_over(jetstream: Bridge, second: Bridge, tools: MakeTools) -> None:
    jetstream.faults.refuse = 1
    await second.say(said(0, 3))
    reader = Reader(Place("v1", (jetstream.v1, second.v1)), tools(jetstream.port, second.port))
    reading = await Reading(reader, "v1:1783175888000000").until(texts(3))
    assert reading.texts == numbers(3)
    assert reading.downs == []


async def test_all_hosts_down_is_told(jetstream: Bridge, second: Bridge, tools: MakeTools) -> None:
    jetstream.faults.refuse = second.faults.refuse = 1
    reader = Reader(Place("v1", (jetstream.v1, second.v1)), tools(jetstream.port, second.port))
    reading = await Reading(reader).until(down)
    assert [one.code for one in reading.downs] == ["unreachable"]


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (HTTPStatus.TOO_MANY_REQUESTS, "rate-limited"),
        (HTTPStatus.SERVICE_UNAVAILABLE, "unreachable"),
        (HTTPStatus.BAD_GATEWAY, "unreachable"),
        (HTTPStatus.FORBIDDEN, "refused"),
        (HTTPStatus.GONE, "gone"),
        (HTTPStatus.IM_A_TEAPOT, "not-understood"),
    ],
)
async def test_a_refusal_has_its_code_and_says_when_to_come_back(
    jetstream: Bridge, reading: Reading, status: HTTPStatus, code: str
) -> None:
    jetstream.faults.refuse, jetstream.faults.status = 1, status
    await reading.until(down)
    (told,) = reading.downs
    assert (told.code, told.final) == (code, False)
    assert told.retry_at is not None
    assert f"{status.value} " in told.detail


async def test_a_public_host_that_has_forgotten_is_found_out(
    jetstream: Bridge, second: Bridge, tools: MakeTools
) -> None:
    """v1 says nothing when it no longer goes back as far as the cursor: the first event's time does."""
    await jetstream.say(said(0, 3))
    reader = Reader(Place("v1", (jetstream.v1, second.v1)), tools(jetstream.port, second.port))
    a_day_before = f"v1:{1783175888000000 - 86_400_000_000}@127.0.0.1:{jetstream.port}"
    reading = await Reading(reader, a_day_before).until(down)
    assert (reading.texts, [one.code for one in reading.downs]) == (numbers(3), ["cursor-too-old"])
    await jetstream.say(said(3, 1))
    await reading.until(texts(4))
    assert reading.texts == numbers(4)


async def test_nobody_there(tools: MakeTools) -> None:
    port = free_port()
    source = NETWORK.open(SourceSpec("b", "bluesky", f"ws://127.0.0.1:{port}/subscribe"), tools(port))
    reading = await Reading(source).until(down)
    assert (reading.downs[0].code, reading.downs[0].final) == ("unreachable", False)


async def test_a_name_that_leads_nowhere(tools: MakeTools) -> None:
    source = NETWORK.open(SourceSpec("b", "bluesky", "ws://nowhere.invalid/subscribe"), tools())
    reading = await Reading(source).until(down)
    assert reading.downs[0].code == "unreachable"


async def test_the_house_itself_is_never_read_unless_allowed(jetstream: Bridge, tools: MakeTools) -> None:
    source = NETWORK.open(SourceSpec("b", "bluesky", jetstream.v1), tools())
    reading = await Reading(source).until(down)
    assert (reading.downs[0].code, reading.downs[0].final) == ("private-address", True)
    assert jetstream.asked == []


async def test_a_path_that_is_not_there(jetstream: Bridge, tools: MakeTools) -> None:
    address = f"ws://127.0.0.1:{jetstream.port}/xrpc/com.atproto.sync.subscribeRepos"
    reading = await Reading(NETWORK.open(SourceSpec("b", "bluesky", address), tools(jetstream.port))).until(down)
    assert reading.downs[0].code == "gone"


def test_a_source_with_problems_is_not_opened(tools: MakeTools) -> None:
    with pytest.raises(SourceDownError) as told:
        NETWORK.open(SourceSpec("b", "bluesky", "https://bsky.app"), tools())
    assert (told.value.code, told.value.final) == ("bad-stream-address", True)
