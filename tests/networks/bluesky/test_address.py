"""What a source of Bluesky may say, and where it then reads."""

from urllib.parse import parse_qs, urlsplit

import pytest

from vigie.model import SourceSpec
from vigie.networks.bluesky import NETWORK
from vigie.networks.bluesky.address import PUBLIC, place
from vigie.networks.bluesky.cursor import NOW, OLDEST, Cursor, parse_cursor


def spec(address: str = "", **options: str | int | bool | tuple[str, ...]) -> SourceSpec:
    return SourceSpec("b", "bluesky", address, options)


def asked(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


@pytest.mark.parametrize(
    ("address", "dialect"),
    [
        ("", "v1"),
        ("wss://jetstream.exemple.fr/subscribe", "v1"),
        ("ws://127.0.0.1:2706/subscribe/", "v1"),
        ("ws://[::1]:2706/subscribe", "v1"),
        ("wss://jetstream.exemple.fr/xrpc/network.bsky.jetstream.subscribeEvents", "v2"),
        ("wss://relay.exemple.fr/xrpc/com.atproto.sync.subscribeRepos", "repos"),
    ],
)
def test_the_path_says_what_is_spoken(address: str, dialect: str) -> None:
    assert NETWORK.problems(spec(address)) == []
    assert place(spec(address)).dialect == dialect


@pytest.mark.parametrize(
    "address",
    [
        "bsky.app",
        "https://bsky.app/subscribe",
        "wss://exemple.fr",
        "wss://exemple.fr/other",
        "wss:///subscribe",
        "wss://user:secret@exemple.fr/subscribe",
        "wss://exemple.fr/subscribe?cursor=1",
        "wss://exemple fr/subscribe",
    ],
)
def test_other_addresses_are_not_understood(address: str) -> None:
    assert NETWORK.problems(spec(address)) == [("address", "bad-stream-address", address)]


def test_options_are_checked() -> None:
    problems = NETWORK.problems(spec(dids=("did:plc:a", "ana.test"), appview="ftp://x", colour="blue"))
    assert [(option, code) for option, code, _ in problems] == [
        ("colour", "bad-option"),
        ("dids", "bad-did"),
        ("appview", "bad-address"),
    ]
    many = tuple(f"did:plc:{i}" for i in range(101))
    assert NETWORK.problems(spec(dids=many)) == [("dids", "too-many-dids", "101")]
    assert NETWORK.problems(spec(dids="did:plc:a")) == []


def test_the_public_network_is_read_from_several_hosts() -> None:
    public = place(spec())
    assert (public.addresses, public.public) == (PUBLIC, True)
    question = asked(public.url(0, Cursor("v1")))
    assert question["wantedCollections"] == ["app.bsky.feed.post", "app.bsky.actor.profile"]
    assert "cursor" not in question


def test_another_host_starts_a_few_seconds_earlier() -> None:
    public = place(spec())
    at = Cursor("v1", 1_783_175_888_085_434, 1, public.host(1))
    assert asked(public.url(1, at))["cursor"] == ["1783175888085434"]
    assert asked(public.url(2, at))["cursor"] == ["1783175883085434"]


def test_the_oldest_is_asked_for_as_each_dialect_wants_it() -> None:
    v2 = place(spec("wss://exemple.fr/xrpc/network.bsky.jetstream.subscribeEvents", dids="did:plc:a"))
    assert asked(v2.url(0, Cursor("v2", OLDEST)))["cursor"] == ["1000000000000000"]
    assert asked(v2.url(0, Cursor("v2", 17)))["dids"] == ["did:plc:a"]
    repos = place(spec("wss://exemple.fr/xrpc/com.atproto.sync.subscribeRepos"))
    assert repos.url(0, Cursor("repos", OLDEST)).endswith("subscribeRepos?cursor=0")
    assert repos.url(0, Cursor("repos", NOW)).endswith("subscribeRepos")


@pytest.mark.parametrize(
    "cursor",
    [
        Cursor("v1", 1_783_175_888_085_434, 3, "jetstream2.us-east.bsky.network"),
        Cursor("v1", 1_783_175_888_085_434, 1, "127.0.0.1:2706"),
        Cursor("v2", 42),
        Cursor("repos", OLDEST),
        Cursor("repos", NOW),
    ],
)
def test_a_cursor_is_read_back(cursor: Cursor) -> None:
    assert parse_cursor(str(cursor), cursor.dialect) == cursor


@pytest.mark.parametrize(
    "text", ["v1:", "v1:-5", "17", "v1:1+0", "v1:1@a b", "v3:1", "v1:12345678901234567890123", "v2:17"]
)
def test_what_is_no_cursor_of_this_dialect(text: str) -> None:
    assert parse_cursor(text, "v1") is None
