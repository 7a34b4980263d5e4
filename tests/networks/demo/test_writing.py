"""The demo's house publishes, and sees its own words."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from pathlib import Path

import pytest

from networks.suite_writing import WriterSuite, now, wanted
from vigie.fetch import GuardedFetch
from vigie.flows.ports.network import Tools
from vigie.flows.ports.writer import Grant, Writer, WriteTools
from vigie.model import Batch, SourceSpec
from vigie.networks import writings
from vigie.networks.demo import NETWORK
from vigie.networks.demo.board import FILE, Board

WRITING = writings()["demo"]
HANDLES = {"bluesky": "brulerie.example", "mastodon": "brulerie@port.example"}


class OnDemo:
    """One of the demo house's accounts."""

    proxy = None
    reads_back = True

    def __init__(self, name: str, folder: str) -> None:
        self.name, self.edits = name, name != "bluesky"
        self.tools = WriteTools(GuardedFetch(), now, random.SystemRandom().random, folder=folder)

    def writer(self) -> Writer:
        return WRITING.writer(Grant("demo", "", HANDLES.get(self.name, "")), lambda _: None, self.tools)

    async def texts(self) -> Sequence[str]:
        notes, _ = Board(self.tools.folder).read()
        posts = {note.key: note.post for note in notes}
        return [post.text for post in posts.values() if post is not None]


class TestWriter(WriterSuite):
    """For each network that the demo pretends."""

    @pytest.fixture(params=["bluesky", "mastodon"])
    def account(self, request: pytest.FixtureRequest, tmp_path: Path) -> OnDemo:
        return OnDemo(request.param, str(tmp_path))


async def read(folder: Path, cursor: str = "") -> AsyncIterator[Batch]:
    spec = SourceSpec("demo", "demo", options={"days": 0, "crisis_after": "never"})
    source = NETWORK.open(spec, Tools(GuardedFetch(), now, folder=str(folder)))
    async with aclosing(source.read(cursor)) as batches, asyncio.timeout(10):
        async for batch in batches:
            yield batch


async def test_the_house_sees_its_own_words(tmp_path: Path) -> None:
    writer = OnDemo("bluesky", str(tmp_path)).writer()
    receipt = await writer.write(wanted(writer, "Le café est prêt #matin"))
    own: list[Batch] = []
    async for batch in read(tmp_path):
        if any(post.remote_id == receipt.remote_id for post in batch.posts):
            own.append(batch)
            await writer.erase(receipt)
        if own and any(gone.remote_id == receipt.remote_id for gone in batch.deleted):
            own.append(batch)
            break
    (post,) = own[0].posts
    assert (post.network, post.author.id, post.tags) == ("bluesky", "demo:bluesky:brulerie", ("matin",))
    assert (post.text, post.url) == ("Le café est prêt #matin", receipt.url)
    again = await writer.write(wanted(writer, "Bonjour"))
    async for batch in read(tmp_path, own[-1].cursor):
        if any(one.remote_id.startswith("demo:bluesky:own") for one in batch.posts):
            assert [one.remote_id for one in batch.posts] == [again.remote_id]
            assert not batch.deleted
            break


async def test_a_line_that_a_crash_cut_short_spoils_nothing(tmp_path: Path) -> None:
    account = OnDemo("mastodon", str(tmp_path))
    await account.writer().write(wanted(account.writer(), "Avant"))
    with (tmp_path / FILE).open("ab") as file:
        file.write(b'{"key": "half')
    assert await account.texts() == ["Avant"]
    await account.writer().write(wanted(account.writer(), "Après"))
    assert await account.texts() == ["Avant", "Après"]


async def test_without_a_folder_nothing_is_kept() -> None:
    account = OnDemo("demo", "")
    writer = account.writer()
    post = wanted(writer, "Répétition")
    receipt = await writer.write(post)
    assert await writer.find(post) == receipt
    assert await account.writer().find(post) is None
