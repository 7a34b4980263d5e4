"""Each way in which a server refuses has its code, and the stream is given up for asking where it must be."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from counterparts.mastodon import START, TOKEN, FakeMastodon
from vigie.fetch import GuardedFetch
from vigie.flows.ports.network import SourceDownError, Tools
from vigie.model import SourceSpec
from vigie.networks.mastodon.network import Mastodon

NOW = int(START.timestamp() * 1000)


async def down(url: str, token: str = "", allow: tuple[str, ...] = (), **options: Any) -> SourceDownError:
    """Reads until the source is down."""
    tools = Tools(GuardedFetch(allow), lambda: NOW, token)
    with pytest.raises(SourceDownError) as raised:
        async for _ in Mastodon().open(SourceSpec("m", "mastodon", url, options), tools).read(""):
            pass
    return raised.value


@pytest.mark.parametrize("status", [400, 401, 403, 422])
@pytest.mark.parametrize("token", ["a-bad-token", ""])
async def test_a_bad_token_whatever_the_server_answers(server: FakeMastodon, status: int, token: str) -> None:
    server.needs_token, server.bad_token_status = True, status
    error = await down(server.url, token, (server.host,))
    assert (error.code, error.final) == ("bad-token", True)
    assert "The access token is invalid" in error.detail
    assert token not in error.detail or not token


@pytest.mark.parametrize(
    ("status", "headers", "code", "retry_at"),
    [
        (429, {"x-ratelimit-reset": "2026-11-20T08:02:00.000Z"}, "rate-limited", NOW + 120_000),
        (429, {"retry-after": "60"}, "rate-limited", NOW + 60_000),
        (429, {"x-ratelimit-reset": "soon"}, "rate-limited", NOW + 300_000),
        (503, {"retry-after": "30"}, "unreachable", NOW + 30_000),
        (500, {"x-ratelimit-reset": ""}, "unreachable", None),
        (403, {}, "refused", None),
        (418, {}, "not-understood", None),
    ],
)
async def test_a_refusal(
    server: FakeMastodon, status: int, headers: dict[str, str], code: str, retry_at: int | None
) -> None:
    server.fail_with = [(status, headers)]
    error = await down(server.url, "", (server.host,))
    assert (error.code, error.retry_at, error.final) == (code, retry_at, False)


async def test_nobody_there() -> None:
    assert (await down("http://127.0.0.1:1", "", ("127.0.0.1:1",))).code == "unreachable"


async def test_the_house_itself_is_not_read(server: FakeMastodon) -> None:
    error = await down(server.url)
    assert (error.code, error.final) == ("private-address", True)
    assert server.calls == []


@pytest.mark.parametrize("streaming", ["none", "token"])
async def test_without_a_stream_the_server_is_asked(
    server: FakeMastodon, listen: Callable[..., Awaitable[Any]], streaming: str
) -> None:
    server.streaming = streaming
    listener = await listen()
    await server.post("bonjour")
    await listener.until(lambda: listener.texts)
    assert server.lines == 0


async def test_with_a_token_the_stream_opens(server: FakeMastodon, listen: Callable[..., Awaitable[Any]]) -> None:
    server.streaming = "token"
    listener = await listen(TOKEN)
    await listener.until(lambda: server.lines == 1 and len(server.calls) == 3)  # itself, catching up, looking again
    await server.post("bonjour")
    await listener.until(lambda: listener.texts)
    assert len(server.calls) == 3


async def test_what_the_stream_says_in_error_is_counted(
    server: FakeMastodon, listen: Callable[..., Awaitable[Any]]
) -> None:
    listener = await listen()
    await listener.until(lambda: server.lines == 1)
    for message in (
        "not json",
        '{"event": 5}',
        '{"event":"update","stream":["public"],"payload":"{"}',
        "null",
        "[" * 5000,
    ):
        await server.garbage(message)
    await server.garbage('{"event":"filters_changed","stream":["user"]}')
    await server.garbage('{"event":"delete","stream":["public"],"payload":"12"}')
    await server.post("bon")
    await listener.until(lambda: listener.texts)
    await listener.until(lambda: sum(len(batch.rejected) for batch in listener.batches) >= 5)
    assert sum(len(batch.rejected) for batch in listener.batches) == 5
    assert not listener.gone
    assert listener.falls == []


async def test_a_stream_that_leads_into_the_house_is_not_opened(
    server: FakeMastodon, listen: Callable[..., Awaitable[Any]]
) -> None:
    """A server may name any address as its stream: the guard looks at it too."""
    async with FakeMastodon() as inside:
        find = server._find

        def lying(path: str, asked: dict[str, str]) -> Any:
            found = find(path, asked)
            if path == "/api/v2/instance":
                found["configuration"]["urls"]["streaming"] = inside.url.replace("http", "ws")
            return found

        server._find = lying  # type: ignore[method-assign]
        listener = await listen()
        await server.post("bonjour")
        await listener.until(lambda: listener.texts)
        assert inside.lines == 0
