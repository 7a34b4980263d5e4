"""The guarded fetch against real servers: redirects, limits, secrets, certificates."""

import asyncio
import socket
import ssl
import time
import tracemalloc
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from counterparts.hostile import Seen
from vigie import __version__
from vigie.fetch import GuardedFetch
from vigie.flows.ports.fetch import FetchError


@pytest.fixture
def fetch(friend: Seen) -> GuardedFetch:
    return GuardedFetch((f"127.0.0.1:{friend.port}",))


async def _refused(fetch: GuardedFetch, url: str, **options: Any) -> str:
    with pytest.raises(FetchError) as refused:
        await fetch(url, **options)
    return refused.value.code


async def test_an_answer_comes_back_whole(fetch: GuardedFetch, friend: Seen) -> None:
    answer = await fetch(f"{friend.origin}/page?q=%C3%A9&x=a b#part", headers={"Accept": "text/html"})
    assert (answer.status, answer.body, answer.cut, answer.moved) == (200, b"hello", False, "")
    assert answer.headers["etag"] == '"1"'
    method, path, headers, _ = friend.requests[0]
    assert (method, path) == ("GET", "/page?q=%C3%A9&x=a%20b")
    assert headers["user-agent"] == f"Vigie/{__version__} (+self-hosted)"
    assert headers["accept"] == "text/html"
    assert headers["host"] == f"127.0.0.1:{friend.port}"


async def test_no_cookie_is_kept(fetch: GuardedFetch, friend: Seen) -> None:
    await fetch(f"{friend.origin}/")
    await fetch(f"{friend.origin}/")
    assert "cookie" not in friend.requests[1][2]


async def test_a_condition_is_answered(fetch: GuardedFetch, friend: Seen) -> None:
    answer = await fetch(f"{friend.origin}/etag", headers={"If-None-Match": '"1"'})
    assert (answer.status, answer.body) == (304, b"")


async def test_a_post_carries_its_content(fetch: GuardedFetch, friend: Seen) -> None:
    await fetch(f"{friend.origin}/x", method="post", content=b"a=1")
    assert friend.requests[0][0] == "POST"
    assert friend.requests[0][3] == b"a=1"


async def test_the_house_is_not_entered(house: Seen) -> None:
    assert await _refused(GuardedFetch(), f"{house.origin}/") == "private-address"
    assert house.requests == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]", "0x7f.1"])
async def test_a_redirect_does_not_lead_into_the_house(
    fetch: GuardedFetch, friend: Seen, house: Seen, status: int, host: str
) -> None:
    friend.redirect_to = f"http://{host}:{house.port}/secret"
    assert await _refused(fetch, f"{friend.origin}/to/{status}") == "private-address"
    assert house.requests == []


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "gopher://x/", "ws://127.0.0.1/", "http://u:p@127.0.0.1/", "http://["]
)
async def test_a_redirect_does_not_leave_the_web(fetch: GuardedFetch, friend: Seen, target: str) -> None:
    friend.redirect_to = target
    assert await _refused(fetch, f"{friend.origin}/to/302") == "bad-address"


async def test_five_redirects_and_no_more(fetch: GuardedFetch, friend: Seen) -> None:
    assert (await fetch(f"{friend.origin}/hop/5")).body == b"arrived"
    assert await _refused(fetch, f"{friend.origin}/hop/6") == "too-many-redirects"
    assert await _refused(fetch, f"{friend.origin}/round") == "too-many-redirects"


@pytest.mark.parametrize(("status", "moved"), [(301, True), (308, True), (302, False), (307, False), (303, False)])
async def test_a_move_for_good_is_told(fetch: GuardedFetch, friend: Seen, status: int, *, moved: bool) -> None:
    friend.redirect_to = "/new"
    answer = await fetch(f"{friend.origin}/to/{status}")
    assert answer.url == f"{friend.origin}/new"
    assert answer.moved == (answer.url if moved else "")


async def test_secrets_stay_with_their_origin(friend: Seen, house: Seen) -> None:
    fetch = GuardedFetch((f"127.0.0.1:{friend.port}", f"127.0.0.1:{house.port}"))
    secrets = {"Authorization": "Bearer x", "Cookie": "a=b", "X-Kept": "1"}
    friend.redirect_to = "/new"
    await fetch(f"{friend.origin}/to/302", headers=secrets)
    assert friend.requests[-1][2]["authorization"] == "Bearer x"
    friend.redirect_to = f"{house.origin}/other"
    await fetch(f"{friend.origin}/to/302", headers=secrets)
    assert not {"authorization", "cookie"} & set(house.requests[-1][2])
    assert house.requests[-1][2]["x-kept"] == "1"


@pytest.mark.parametrize(("status", "method"), [(302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")])
async def test_a_post_that_is_sent_on(fetch: GuardedFetch, friend: Seen, status: int, method: str) -> None:
    friend.redirect_to = "/new"
    await fetch(f"{friend.origin}/to/{status}", method="POST", content=b"a=1", headers={"Content-Type": "text/plain"})
    assert (friend.requests[-1][0], friend.requests[-1][3]) == (method, b"a=1" if method == "POST" else b"")


async def test_a_long_body_is_cut(fetch: GuardedFetch, friend: Seen) -> None:
    answer = await fetch(f"{friend.origin}/endless", limit=100_000)
    assert (len(answer.body), answer.cut) == (100_000, True)


async def test_a_body_of_just_the_limit_is_whole(fetch: GuardedFetch, friend: Seen) -> None:
    answer = await fetch(f"{friend.origin}/", limit=5)
    assert (answer.body, answer.cut) == (b"hello", False)


async def test_a_packed_body_is_unpacked(fetch: GuardedFetch, friend: Seen) -> None:
    assert (await fetch(f"{friend.origin}/gzip")).body == b"plain words"


async def test_a_small_packed_body_does_not_fill_the_memory(fetch: GuardedFetch, friend: Seen) -> None:
    tracemalloc.start()
    answer = await fetch(f"{friend.origin}/bomb", limit=100_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (len(answer.body), answer.cut) == (100_000, True)
    assert peak < 5_000_000


async def test_an_unknown_packing_is_refused(fetch: GuardedFetch, friend: Seen) -> None:
    assert await _refused(fetch, f"{friend.origin}/brotli") == "unreachable"


async def test_a_body_that_ends_early_is_no_answer(fetch: GuardedFetch, friend: Seen) -> None:
    assert await _refused(fetch, f"{friend.origin}/short") == "unreachable"


async def test_nobody_is_waited_for_beyond_the_time(fetch: GuardedFetch, friend: Seen) -> None:
    assert await _refused(fetch, f"{friend.origin}/slow", seconds=0.2) == "timeout"
    assert await _refused(fetch, f"{friend.origin}/endless", seconds=0.2, limit=10**12) == "timeout"


async def test_nobody_there() -> None:
    assert await _refused(GuardedFetch(("127.0.0.1:1",)), "http://127.0.0.1:1/") == "unreachable"
    assert await _refused(GuardedFetch(), "http://no-such-name.invalid/") == "unreachable"


async def _left(fetch: GuardedFetch, url: str, **options: Any) -> bool:
    """Whether something of the request may have left, as the error says."""
    with pytest.raises(FetchError) as refused:
        await fetch(url, method="POST", content=b"a=1", **options)
    return refused.value.sent


async def test_what_never_left_is_told_apart(fetch: GuardedFetch, friend: Seen, house: Seen) -> None:
    nobody = GuardedFetch(("127.0.0.1:1", f"127.0.0.1:{friend.port}"))
    assert not await _left(nobody, "http://127.0.0.1:1/")
    assert not await _left(nobody, "http://no-such-name.invalid/")
    assert not await _left(fetch, f"{house.origin}/")
    assert not await _left(fetch, "ftp://127.0.0.1/")
    assert await _left(fetch, f"{friend.origin}/short")
    assert await _left(fetch, f"{friend.origin}/slow", seconds=0.2)
    assert await _left(fetch, f"{friend.origin}/brotli")
    friend.redirect_to = "http://127.0.0.1:1/"
    assert await _left(nobody, f"{friend.origin}/to/307")


async def test_a_connection_that_never_opens_took_nothing_along() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        with ExitStack() as waiting:  # the first fill the queue of those who wait to be let in
            for _ in range(4):
                one = waiting.enter_context(socket.socket())
                one.settimeout(0)
                one.connect_ex(("127.0.0.1", port))
            assert not await _left(GuardedFetch((f"127.0.0.1:{port}",)), f"http://127.0.0.1:{port}/", seconds=0.3)


async def test_the_name_is_asked_for_once_and_what_was_checked_is_called(
    friend: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name service that answers differently the second time (DNS rebinding) gets no second time."""
    asked: list[str] = []
    real = asyncio.get_running_loop().getaddrinfo

    async def lying(host: str, port: int, **options: Any) -> Any:
        if host != "rebind.example":
            return await real(host, port, **options)
        asked.append(host)
        return await real("127.0.0.1" if len(asked) == 1 else "127.0.0.9", port, **options)

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", lying)
    fetch = GuardedFetch((f"rebind.example:{friend.port}",))
    answer = await fetch(f"http://rebind.example:{friend.port}/")
    assert answer.body == b"hello"
    assert asked == ["rebind.example"]
    assert friend.requests[0][2]["host"] == f"rebind.example:{friend.port}"


async def test_a_name_with_a_good_and_a_bad_address_reaches_the_good_one_only(monkeypatch: pytest.MonkeyPatch) -> None:
    real = asyncio.get_running_loop().getaddrinfo

    async def both(host: str, port: int, **options: Any) -> Any:
        return await real("1.1.1.1", port, **options) + await real("127.0.0.1", port, **options)

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", both)
    assert await GuardedFetch().resolve("wss://both.example/") == ("1.1.1.1",)


async def test_certificates_are_checked_against_the_name(secure: Seen, certificate: Path) -> None:
    allowed = (f"localhost:{secure.port}", f"127.0.0.1:{secure.port}")
    trusting = GuardedFetch(allowed, ssl.create_default_context(cafile=str(certificate)))
    assert (await trusting(f"https://localhost:{secure.port}/")).body == b"hello"
    assert await _refused(trusting, f"https://127.0.0.1:{secure.port}/") == "unreachable"
    assert not await _left(trusting, f"https://127.0.0.1:{secure.port}/")
    assert await _refused(GuardedFetch(allowed), f"https://localhost:{secure.port}/") == "unreachable"


async def test_the_environment_sets_no_proxy(
    fetch: GuardedFetch, friend: Seen, house: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", house.origin)
    monkeypatch.setenv("ALL_PROXY", house.origin)
    assert (await fetch(f"{friend.origin}/")).body == b"hello"
    assert house.requests == []


def test_one_fetch_serves_several_loops(friend: Seen) -> None:
    fetch = GuardedFetch((f"127.0.0.1:{friend.port}",))
    for _ in range(3):
        assert asyncio.run(fetch(f"{friend.origin}/")).status == 200
    deadline = time.monotonic() + 5
    while len(friend.requests) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(friend.requests) == 3
