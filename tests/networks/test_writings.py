"""Which networks can be written on, and that whatever they answer is an error of the port and nothing else."""

import random
from asyncio import StreamReader
from collections.abc import AsyncIterator, Awaitable

import pytest

from counterparts.http1 import Lines, read_request, response
from counterparts.mastodon import TOKEN
from counterparts.mastodon_writing import WritingMastodon
from networks.suite_writing import now, wanted
from vigie.fetch import GuardedFetch
from vigie.flows.ports.writer import Grant, Receipt, WriteError, WriteTools
from vigie.networks import networks, writings

ODD = (
    b"",
    b"null",
    b"[]",
    b'"ok"',
    b"{}",
    b'{"uri": 7, "id": []}',
    b"<html>Welcome</html>",
    b"\xff\xfe\x00",
    b"[" * 50_000,
    b'{"accessJwt": "a", "refreshJwt": "r", "did": "did:plc:other", "error": "ExpiredToken"}',
)


def test_the_networks_that_can_be_written_on() -> None:
    assert list(writings()) == ["bluesky", "demo", "mastodon"]
    assert writings().keys() <= networks().keys()
    assert {name: one.keeps_edits for name, one in writings().items()} == {
        "bluesky": False,
        "demo": True,
        "mastodon": True,
    }


@pytest.fixture(params=range(len(ODD)))
async def port(request: pytest.FixtureRequest) -> AsyncIterator[int]:
    """A server that answers everything with the same odd thing."""

    async def answer(reader: object, writer: object) -> None:
        await read_request(reader)
        writer.write(response(200, {"Content-Type": "application/json"}, ODD[request.param]))

    lines = Lines(answer)
    yield await lines.start()
    await lines.stop()


def on_bluesky(port: int) -> Grant:
    """An account there that is logged in."""
    session = '{"accessJwt": "a", "refreshJwt": "r"}'
    return Grant(f"http://127.0.0.1:{port}", "secret", "maison.test", "did:plc:maison", session)


async def refusal(asked: Awaitable[object]) -> tuple[str, bool, bool]:
    """Code, doubtful, final."""
    with pytest.raises(WriteError) as failure:
        await asked
    return failure.value.code, failure.value.doubtful, failure.value.final


async def test_what_never_left_for_bluesky_leaves_no_doubt() -> None:
    tools = WriteTools(GuardedFetch(("127.0.0.1:1",)), now, random.random)
    writer = writings()["bluesky"].writer(on_bluesky(1), lambda _: None, tools)
    assert await refusal(writer.write(wanted(writer, "Bonjour"))) == ("unreachable", False, False)
    assert await refusal(writer.erase(Receipt("at://did:plc:maison/app.bsky.feed.post/3k"))) == (
        "unreachable", False, False,
    )  # fmt: skip


async def test_what_never_left_for_mastodon_leaves_no_doubt() -> None:
    async with WritingMastodon() as server:
        tools = WriteTools(GuardedFetch((f"127.0.0.1:{server.port}",)), now, random.random)
        writer = writings()["mastodon"].writer(Grant(server.url, TOKEN), lambda _: None, tools)
        receipt = await writer.write(wanted(writer, "Bonjour"))
    assert await refusal(writer.write(wanted(writer, "Bonsoir"))) == ("unreachable", False, False)
    assert await refusal(writer.erase(receipt)) == ("unreachable", False, False)


async def test_what_may_have_left_stays_in_doubt() -> None:
    async def cut(reader: StreamReader, writer: object) -> None:
        del writer
        await read_request(reader)

    lines = Lines(cut)
    port = await lines.start()
    tools = WriteTools(GuardedFetch((f"127.0.0.1:{port}",)), now, random.random)
    writer = writings()["bluesky"].writer(on_bluesky(port), lambda _: None, tools)
    assert await refusal(writer.write(wanted(writer, "Bonjour"))) == ("unreachable", True, False)
    await lines.stop()


@pytest.mark.parametrize("name", ["bluesky", "mastodon"])
async def test_odd_answers_are_told_and_nothing_else_is_raised(port: int, name: str) -> None:
    tools = WriteTools(GuardedFetch((f"127.0.0.1:{port}",)), now, random.random)
    service = f"http://127.0.0.1:{port}"
    writer = writings()[name].writer(on_bluesky(port), lambda _: None, tools)
    receipt = Receipt(f"{service}/users/maison/statuses/1")
    post = wanted(writer, "Bonjour @ana.test")
    for asked in (
        writings()[name].connect(service, "maison.test", "secret", tools),
        writer.shown("Bonjour @ana.test"),
        writer.write(post),
        writer.find(post),
        writer.erase(receipt),
        writer.edit(receipt, post),
        writer.stands([receipt.remote_id]),
        writer.standing(),
    ):
        try:
            await asked
        except WriteError as error:
            assert error.detail or error.code  # noqa: PT017  (what else is raised fails the test)
