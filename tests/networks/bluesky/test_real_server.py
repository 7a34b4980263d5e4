"""Against a real Bluesky server: its event stream read as it is, and through a Jetstream in both dialects."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable

import pytest

from counterparts.jetstream import Bridge, bridge
from counterparts.pds import Account, Pds
from networks.bluesky.reading import Reading, down, texts
from vigie.flows.ports.network import Tools
from vigie.model import AuthorChanged, AuthorGone, SourceSpec
from vigie.networks.bluesky import NETWORK
from vigie.networks.bluesky.firehose import decode_repos

pytestmark = pytest.mark.network_server

MakeTools = Callable[..., Tools]
NAMES = itertools.count(1)


@pytest.fixture
def ana(pds: Pds) -> Account:
    return pds.make_account(f"ana{next(NAMES)}")


@pytest.fixture
async def relayed(pds: Pds) -> AsyncIterator[Bridge]:
    """A Jetstream that follows the real server."""
    async with bridge() as running:
        following = asyncio.create_task(running.follow(pds.firehose))
        await running.following.wait()
        yield running
        following.cancel()


@pytest.fixture(params=["repos", "v1", "v2"])
async def reading(request: pytest.FixtureRequest, pds: Pds, relayed: Bridge, tools: MakeTools) -> Reading:
    """The same server, three ways; from now on."""
    address = {"repos": pds.firehose, "v1": relayed.v1, "v2": relayed.v2}[request.param]
    return Reading(NETWORK.open(SourceSpec("b", "bluesky", address), tools(pds.port, relayed.port)))


async def begin(reading: Reading, enough: Callable[[Reading], bool]) -> "asyncio.Task[Reading]":
    """Starts reading; returns once the line is open, so that whatever is written next is read."""
    task = asyncio.create_task(reading.until(enough))
    await asyncio.wait({task, asyncio.create_task(reading.opened.wait())}, return_when=asyncio.FIRST_COMPLETED)
    return task


async def test_a_conversation_with_an_edit_and_a_deletion(pds: Pds, ana: Account, reading: Reading) -> None:
    task = await begin(reading, lambda one: any(batch.deleted for batch in one.batches))

    def write() -> tuple[str, ...]:
        first = pds.post(ana, "Le café du port est froid", langs=["fr"])
        answer = pds.reply(ana, first, "Vous avez raison, on vous le remplace")
        pds.edit(ana, answer, "Vous avez raison : on vous le remplace")
        regretted = pds.post(ana, "À effacer")
        pds.delete(ana, regretted)
        return first.uri, answer.uri, regretted.uri

    first, answer, regretted = await asyncio.to_thread(write)
    await task
    said = {(post.remote_id, post.edited_at is not None): post for post in reading.posts if post.author.id == ana.did}
    assert set(said) == {(first, False), (answer, False), (answer, True), (regretted, False)}
    assert said[first, False].langs == ("fr",)
    assert (said[answer, False].reply_to, said[answer, False].thread) == (first, first)
    assert said[answer, True].text == "Vous avez raison : on vous le remplace"
    assert said[answer, True].version_at > said[answer, False].version_at
    assert [gone.remote_id for batch in reading.batches for gone in batch.deleted] == [regretted]
    assert not any(batch.rejected for batch in reading.batches)


async def test_a_new_handle_and_an_account_taken_down(pds: Pds, ana: Account, reading: Reading) -> None:
    def authors(one: Reading) -> list[object]:
        return [author for batch in one.batches for author in batch.authors]

    task = await begin(reading, lambda one: any(isinstance(author, AuthorGone) for author in authors(one)))
    await asyncio.to_thread(pds.rename, ana, f"renamed{next(NAMES)}")
    await asyncio.to_thread(pds.take_down, ana)
    await task
    changed = [one for one in authors(reading) if isinstance(one, AuthorChanged) and one.author.id == ana.did]
    assert any(one.author.handle.startswith("renamed") for one in changed)
    assert [one.author_id for one in authors(reading) if isinstance(one, AuthorGone)] == [ana.did]


async def test_a_new_name(pds: Pds, ana: Account, reading: Reading) -> None:
    def named(one: Reading) -> set[tuple[str, str]]:
        changes = [change for batch in one.batches for change in batch.authors]
        return {(change.author.id, change.author.name) for change in changes if isinstance(change, AuthorChanged)}

    task = await begin(reading, lambda one: (ana.did, "Ana du port") in named(one))
    await asyncio.to_thread(pds.present, ana, "Ana du port")
    await task


async def test_reading_goes_on_where_it_stopped(pds: Pds, ana: Account, reading: Reading) -> None:
    task = await begin(reading, texts(1))
    await asyncio.to_thread(pds.post, ana, "avant")
    await task
    for i in range(20):
        await asyncio.to_thread(pds.post, ana, f"pendant {i}")
    await reading.until(texts(21))
    assert reading.texts == ["avant", *(f"pendant {i}" for i in range(20))]


async def test_the_three_ways_say_the_same(pds: Pds, ana: Account, relayed: Bridge, tools: MakeTools) -> None:
    specs = [SourceSpec("b", "bluesky", address) for address in (pds.firehose, relayed.v1, relayed.v2)]
    readings = [Reading(NETWORK.open(spec, tools(pds.port, relayed.port))) for spec in specs]
    tasks = [await begin(one, texts(100)) for one in readings]
    for i in range(100):
        await asyncio.to_thread(pds.post, ana, f"message {i}", tags=[f"t{i}"])
    await asyncio.gather(*tasks)
    stream, one, two = (reading.posts for reading in readings)
    assert stream == one == two
    assert len({post.remote_id for post in stream}) == 100


async def test_a_cursor_from_the_future(pds: Pds, ana: Account, tools: MakeTools) -> None:
    source = NETWORK.open(SourceSpec("b", "bluesky", pds.firehose), tools(pds.port))
    reading = await Reading(source, "repos:999999999").until(down)
    assert [told.code for told in reading.downs] == ["cursor-too-old"]
    assert "FutureCursor" in reading.downs[0].detail
    assert reading.cursor == "repos:now"
    reading.opened.clear()
    task = await begin(reading, texts(1))
    await asyncio.to_thread(pds.post, ana, "de nouveau là")
    await task
    assert reading.texts == ["de nouveau là"]


async def test_spoilt_frames_of_the_real_server(pds: Pds, ana: Account, relayed: Bridge) -> None:
    """Each frame cut at each of many places: refused with a reason, never an exception."""
    await asyncio.to_thread(pds.post, ana, "à couper")
    async with asyncio.timeout(10):
        while not relayed.frames:
            await asyncio.sleep(0.01)
    for frame in relayed.frames:
        for at in range(0, len(frame), 7):
            decoded = decode_repos([frame[:at]], 2**42)
            assert decoded.notice is not None or decoded.batches[0].rejected
