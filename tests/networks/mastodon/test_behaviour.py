"""What a source promises, the same over the stream and by asking: nothing lost, nothing twice."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from counterparts.mastodon import TOKEN, FakeMastodon

Listen = Callable[..., Awaitable[Any]]

WAYS = ["auto", "never"]
pytestmark = pytest.mark.parametrize("streaming", WAYS)


async def test_what_is_written_arrives_once(server: FakeMastodon, listen: Listen, streaming: str) -> None:
    await server.post("avant")
    listener = await listen(streaming=streaming)
    keys = [await server.post(f"mot {n}") for n in range(10)]
    await listener.until(lambda: len(listener.texts) == 10)
    assert set(listener.texts) == {server.statuses[key]["uri"] for key in keys}
    assert set(listener.posts.values()) == {1}
    assert "avant" not in listener.texts.values()


async def test_edits_and_deletions_follow(server: FakeMastodon, listen: Listen, streaming: str) -> None:
    listener = await listen(streaming=streaming)
    kept, changed, dropped = [await server.post(word) for word in ("un", "deux", "trois")]
    uris = {key: server.statuses[key]["uri"] for key in (kept, changed, dropped)}
    await listener.until(lambda: len(listener.texts) == 3)
    await server.edit(changed, "deux et demi")
    await server.delete(dropped)
    await listener.until(lambda: listener.texts == {uris[kept]: "un", uris[changed]: "deux et demi"})
    await listener.until(lambda: listener.gone)
    assert listener.gone == {uris[dropped]: 1}
    assert set(listener.posts.values()) == {1}


async def test_a_dropped_line_loses_nothing_and_doubles_nothing(
    server: FakeMastodon, listen: Listen, streaming: str
) -> None:
    listener = await listen(streaming=streaming)
    written = []
    for round in range(5):
        written += [await server.post(f"{round} {n}") for n in range(7)]
        server.mute = True  # the line is dead, and nobody knows yet
        written += [await server.post(f"{round} {n}") for n in range(7, 14)]
        server.mute = False
        await server.drop()
        server.fail_with += [(503, {})]
        written += [await server.post(f"{round} {n}") for n in range(14, 20)]
    await listener.until(lambda: len(listener.texts) == 100)
    assert set(listener.texts) == {server.statuses[key]["uri"] for key in written}
    assert set(listener.posts.values()) == {1}


async def test_a_crash_loses_nothing(server: FakeMastodon, listen: Listen, streaming: str) -> None:
    listener = await listen(streaming=streaming)
    for round in range(4):
        await server.post(f"{round} up")
        await listener.stop()
        for n in range(60):  # more than a page
            await server.post(f"{round} {n}")
        await listener.start()
    await listener.until(lambda: len(listener.texts) == 4 * 61)
    assert set(listener.posts.values()) == {1}


async def test_edits_and_deletions_during_a_gap_follow(server: FakeMastodon, listen: Listen, streaming: str) -> None:
    listener = await listen(streaming=streaming)
    changed, dropped = await server.post("deux"), await server.post("trois")
    uri = server.statuses[dropped]["uri"]
    await listener.until(lambda: len(listener.texts) == 2)
    await listener.stop()
    await server.edit(changed, "deux et demi")
    await server.delete(dropped)
    await listener.start()
    await listener.until(lambda: listener.texts == {server.statuses[changed]["uri"]: "deux et demi"})
    assert listener.gone == {uri: 1}


async def test_a_post_that_reaches_the_server_late_is_not_missed(
    server: FakeMastodon, listen: Listen, streaming: str
) -> None:
    listener = await listen(streaming=streaming)
    await server.post("à l’heure")
    await listener.until(lambda: len(listener.texts) == 1)
    await server.post("en retard", author="bo@other.example", late_ms=600_000)
    await listener.until(lambda: len(listener.texts) == 2)


async def test_hashtags_local_and_mentions(server: FakeMastodon, listen: Listen, streaming: str) -> None:
    listener = await listen(
        TOKEN, streaming=streaming, public=False, local=True, tags=("#Café", "barista"), notifications=True
    )
    await server.post("autre", author="bo@other.example")
    await server.post("d’ici")
    await server.post("d’ailleurs", author="bo@other.example", tags=("café",))
    await server.post("deux fois", tags=("barista", "CAFÉ"))
    await server.post("à vous", author="bo@other.example", mention=True)
    await listener.until(lambda: len(listener.texts) == 4)
    assert set(listener.texts.values()) == {"d’ici", "d’ailleurs", "deux fois", "à vous"}
    assert set(listener.posts.values()) == {1}


async def test_an_answer_names_what_it_answers(server: FakeMastodon, listen: Listen, streaming: str) -> None:
    listener = await listen(streaming=streaming)
    first = await server.post("un")
    second = await server.post("deux", reply_to=first, author="bo@other.example")
    await server.post("trois", reply_to=second)
    await listener.until(lambda: len(listener.texts) == 3)
    posts = {post.text: post for batch in listener.batches for post in batch.posts}
    assert (posts["un"].reply_to, posts["un"].thread) == ("", posts["un"].remote_id)
    assert (posts["deux"].reply_to, posts["deux"].thread) == (posts["un"].remote_id, posts["un"].remote_id)
    assert (posts["trois"].reply_to, posts["trois"].thread) == (posts["deux"].remote_id, posts["un"].remote_id)


async def test_a_post_that_nobody_can_read_is_rejected_once(
    server: FakeMastodon, listen: Listen, streaming: str
) -> None:
    listener = await listen(streaming=streaming)
    await server.post("x", created_at="hier")
    await server.post("x" * 200_000)
    await server.post("x", media_attachments="none")
    await server.post("bon")
    await listener.until(lambda: len(listener.texts) == 1)
    seen = len(listener.batches)
    await listener.until(lambda: len(listener.batches) > seen + 2 or streaming == "auto")
    rejected = [one for batch in listener.batches for one in batch.rejected]
    assert sorted(one.reason for one in rejected) == ["bad-date", "too-long", "wrong-shape"]
    assert all(len(one.raw) <= 2048 for one in rejected)


async def test_what_is_not_said_to_all_is_not_read(server: FakeMastodon, listen: Listen, streaming: str) -> None:
    listener = await listen(TOKEN, streaming=streaming, notifications=True)
    await server.post("secret", mention=True, visibility="direct")
    await server.post("aux amis", mention=True, visibility="private")
    await server.post("à tous", mention=True, visibility="unlisted")
    await listener.until(lambda: len(listener.texts) == 1)
    assert list(listener.texts.values()) == ["à tous"]


async def test_asking_less_when_few_requests_are_left(server: FakeMastodon, listen: Listen, streaming: str) -> None:
    server.remaining = 30
    listener = await listen(streaming="never")
    waits: list[float] = []
    await listener.stop()
    source = listener.source()

    async def noted(seconds: float) -> None:
        waits.append(seconds)
        await asyncio.sleep(0)

    source._sleep = noted
    async for _ in source.read(listener.cursor):
        if waits and waits[-1] > 30:
            break
    assert waits[0] == 30
    assert waits[-1] == 300  # until the server counts anew
