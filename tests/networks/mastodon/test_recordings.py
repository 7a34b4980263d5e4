"""Exchanges recorded with a real server (4.6) are read rightly, and our own server has their shapes."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from counterparts.mastodon import FakeMastodon, walk
from vigie.model import Media
from vigie.model.bounds import EARLIEST
from vigie.networks.mastodon.entities import Context, Found, Instance, Notification, Status
from vigie.networks.mastodon.names import Names
from vigie.networks.mastodon.posts import posts_of

SEEN = 1_795_000_000_000
HOME = "localhost:3000"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@pytest.fixture(scope="module")
def exchanges(evaluation_data: Path) -> list[tuple[str, str, int, str]]:
    """(method, address, status, body) of everything recorded."""
    found = []
    for file in sorted((evaluation_data / "mastodon").glob("*.yaml")):
        for one in yaml.load(file.read_text("utf-8"), Loader=LOADER)["interactions"]:
            body = one["response"]["body"].get("string") or ""
            text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
            found.append((one["request"]["method"], one["request"]["uri"], one["response"]["status"]["code"], text))
    return found


def statuses(value: Any) -> Iterator[dict[str, Any]]:
    """Every status anywhere in a document."""
    if isinstance(value, dict):
        if {"id", "uri", "account", "content"} <= value.keys():
            yield value
        for inner in value.values():
            yield from statuses(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from statuses(inner)


def documents(exchanges: list[tuple[str, str, int, str]]) -> Iterator[tuple[str, Any]]:
    """(address, document) of what the server answered in JSON."""
    for _, address, _, body in exchanges:
        try:
            yield address, json.loads(body)
        except ValueError:
            continue


def test_every_recorded_status_becomes_a_post(exchanges: list[tuple[str, str, int, str]]) -> None:
    read = 0
    for _, document in documents(exchanges):
        for raw in statuses(document):
            status = msgspec.json.decode(json.dumps(raw), type=Status)
            posts = posts_of(status, HOME, Names("http://localhost:3000"), SEEN)
            assert bool(posts) == (raw["visibility"] in {"public", "unlisted"})
            for post in posts[-1:]:
                read += 1
                assert post.remote_id == raw["uri"]
                assert post.url == raw["url"]
                assert EARLIEST < post.created_at < SEEN
                assert (post.edited_at is None) == (raw["edited_at"] is None or raw["reblog"] is not None)
                assert post.author.handle == f"{raw['account']['username']}@{HOME}"
                assert post.author.id == raw["account"]["uri"]
                assert bool(post.reply_to) == bool(raw["in_reply_to_id"])
                assert post.repost_of == (raw["reblog"] or {}).get("uri", "")
                assert "<" not in post.text
                assert raw["reblog"] or post.text or raw["media_attachments"] or not raw["content"]
    assert read == 238


def one_post(exchanges: list[tuple[str, str, int, str]], words: str, **fields: Any) -> Any:
    """The first recorded post with these words."""
    for _, document in documents(exchanges):
        for raw in statuses(document):
            if words in raw["content"] and all(bool(raw[key]) == value for key, value in fields.items()):
                status = msgspec.json.decode(json.dumps(raw), type=Status)
                return posts_of(status, HOME, Names("http://localhost:3000"), SEEN)[-1]
    raise AssertionError(words)


def test_recorded_particulars(exchanges: list[tuple[str, str, int, str]]) -> None:
    quoting = one_post(exchanges, "yoooooooo", quote=True)
    assert quoting.text == "yoooooooo"
    assert quoting.quote_of.startswith("http://localhost:3000/ap/users/")
    assert quoting.links == () or all("localhost" in link for link in quoting.links)
    addressed = one_post(exchanges, "hello!", mentions=True)
    assert addressed.text == "@mastodonpy_test hello!"
    assert addressed.mentions == ("mastodonpy_test@localhost:3000",)
    warned = one_post(exchanges, "Toot!", spoiler_text=True)
    assert warned.title == "Content warning"
    shown = one_post(exchanges, "", media_attachments=True)
    assert all(isinstance(one, Media) and one.kind == "image" and one.url for one in shown.media)


def test_the_other_answers_are_understood(exchanges: list[tuple[str, str, int, str]]) -> None:
    seen = set()
    kinds = {
        "/api/v1/notifications": list[Notification],
        "/api/v2/instance/": Instance,
        "/api/v1/instance/": Instance,
        "/api/v2/search": Found,
    }
    for method, address, status, body in exchanges:
        path = "/" + address.split("//", 1)[1].split("/", 1)[1].split("?")[0]
        kind = Context if path.endswith("/context") else kinds.get(path)
        if method == "GET" and status == 200 and kind is not None:
            got = msgspec.json.decode(body, type=kind)
            seen.add(path)
            if isinstance(got, Instance):
                assert got.streaming in {"ws://localhost:4000", "wss://streaming.mastodon.social"}
    assert seen >= set(kinds)


def test_recorded_streams_are_events_with_statuses(exchanges: list[tuple[str, str, int, str]]) -> None:
    events = []
    for _, address, _, body in exchanges:
        if "/streaming/" in address and "health" not in address:
            lines = body.splitlines()
            events += [
                (name.removeprefix("event: "), data.removeprefix("data: "))
                for name, data in pairwise(lines)
                if name.startswith("event: ")
            ]
    assert events
    for name, data in events:
        assert name in {"update", "status.update", "notification", "conversation", "delete"}
        if name in {"update", "status.update"}:
            msgspec.json.decode(data, type=Status)


async def test_our_own_server_has_the_recorded_shapes(exchanges: list[tuple[str, str, int, str]]) -> None:
    recorded = {shape for _, document in documents(exchanges) for raw in statuses(document) for shape in walk(raw)}
    answers = {
        shape
        for address, document in documents(exchanges)
        if address.split("?")[0].endswith(("/notifications", "/context"))
        for shape in walk(document)
    }
    for address, document in documents(exchanges):  # no recorded status has a hashtag, but one was asked for
        if address.endswith("/tags/heeho"):
            recorded |= {(f".tags[]{path}", kind) for path, kind in walk(document)}
    async with FakeMastodon() as server:
        key = await server.post("un", tags=("heeho",), mention=True)
        await server.post("deux", reply_to=key)
        await server.edit(key, "un et demi")
        ours = {shape for status in server.statuses.values() for shape in walk(status)}
        assert ours - recorded == set()
        assert {s for s in walk(server._find("/api/v1/notifications", {})) if ".status" not in s[0]} - answers == set()
        context = server._find(f"/api/v1/statuses/{key}/context", {})
        assert {s for s in walk(context) if s[0].count(".") == 1 and "[]" not in s[0]} - answers == set()
