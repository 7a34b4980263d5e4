"""Who somebody is, what a thread says; and what may be wrong with a source of the charter."""

import msgspec
import pytest

from counterparts.mastodon import START, TOKEN, FakeMastodon
from vigie.fetch import GuardedFetch
from vigie.flows.ports.network import Tools
from vigie.model import SourceSpec
from vigie.networks.mastodon import NETWORK
from vigie.networks.mastodon.entities import Instance
from vigie.networks.mastodon.network import Mastodon, origin
from vigie.networks.mastodon.stream import stream_url

NOW = int(START.timestamp() * 1000)


async def test_people_and_threads(server: FakeMastodon) -> None:
    first = await server.post("un")
    second = await server.post("deux", reply_to=first, author="bo@other.example")
    await server.post("trois", reply_to=second)
    tools = Tools(GuardedFetch((server.host,)), lambda: NOW, TOKEN)
    directory = Mastodon().directory(SourceSpec("m", "mastodon", server.url), tools)
    ids = ["bo@other.example", "https://other.example/users/bo", f"ana@{server.host}", "nobody@x.example"]
    assert [author.handle for author in await directory.authors(ids)] == [
        "bo@other.example",
        "bo@other.example",
        f"ana@{server.host}",
    ]
    for key in (first, second):
        thread = await directory.thread(server.statuses[key]["uri"])
        assert [post.text for post in thread] == ["un", "deux", "trois"]
        assert thread[2].thread == thread[0].remote_id
    assert await directory.thread("https://other.example/unknown") == []
    uri = server.statuses[first]["uri"]
    server.statuses[first]["favourites_count"] = 4
    assert await directory.likes([uri, "https://other.example/unknown"]) == {uri: 4}


def test_what_is_wrong_with_a_source() -> None:
    def problems(address: str, **options: object) -> list[tuple[str, str]]:
        spec = SourceSpec("m", "mastodon", address, options)  # type: ignore[arg-type]
        return [(option, code) for option, code, _ in NETWORK.problems(spec)]

    assert problems("masto.example", tags=("café",), every=60, streaming="never", local=True) == []
    assert problems("") == [("address", "empty-address")]
    assert problems("https://user:pass@masto.example") == [("address", "bad-address")]
    assert problems("ftp://masto.example") == [("address", "bad-address")]
    assert problems("masto.example", tags=("a b",), every=1, streaming="yes", public="no", colour="red") == [
        (option, "bad-option") for option in ("tags", "every", "streaming", "public", "colour")
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("masto.example", "https://masto.example"),
        (" https://Masto.example/@ana ", "https://masto.example"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("http://[::1]:3000/x", "http://[::1]:3000"),
        ("http://x:y", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_a_server_as_people_write_it(written: str, expected: str) -> None:
    assert origin(written) == expected


@pytest.mark.parametrize(
    ("server", "said", "expected"),
    [
        ("https://a.example", "", "wss://a.example/api/v1/streaming"),
        ("https://a.example", "wss://s.example", "wss://s.example/api/v1/streaming"),
        ("https://a.example", "wss://s.example/api/v1/streaming/", "wss://s.example/api/v1/streaming"),
        ("https://a.example", "ws://s.example", "wss://a.example/api/v1/streaming"),
        ("https://a.example", "file:///etc/passwd", "wss://a.example/api/v1/streaming"),
        ("http://a.example:3000", "ws://a.example:4000", "ws://a.example:4000/api/v1/streaming"),
    ],
)
def test_where_the_stream_is(server: str, said: str, expected: str) -> None:
    instance = msgspec.convert({"urls": {"streaming_api": said}}, Instance)
    assert stream_url(server, instance) == expected
