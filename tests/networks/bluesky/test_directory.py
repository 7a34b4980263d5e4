"""Asking an AppView who somebody is and what a thread says. The server here answers as the public one does."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from networks.bluesky.made import record
from vigie.flows.ports.fetch import FetchError
from vigie.flows.ports.network import Directory, SourceDownError, Tools
from vigie.model import Author, SourceSpec
from vigie.networks.bluesky import NETWORK

ANA = {
    "did": "did:plc:ana",
    "handle": "Ana.test",
    "displayName": "Ana",
    "avatar": "https://cdn.exemple.fr/a",
    "followersCount": 12,
    "followsCount": 30,
    "postsCount": 4,
    "createdAt": "2024-01-01T00:00:00.000Z",
    "labels": [],
}
LOST = {"did": "did:plc:lost", "handle": "handle.invalid"}


def view(rkey: str, text: str, minute: int, author: dict[str, Any] = ANA) -> dict[str, Any]:
    uri = f"at://{author['did']}/app.bsky.feed.post/{rkey}"
    said = record(text, createdAt=f"2026-07-04T14:{minute:02}:00.000Z")
    return {"uri": uri, "cid": "x", "author": author, "record": said, "indexedAt": f"2026-07-04T14:{minute:02}:01.000Z"}


THREAD = {
    "$type": "app.bsky.feed.defs#threadViewPost",
    "post": view("3kmiddle", "au milieu", 20),
    "parent": {"post": view("3kfirst", "d'abord", 10), "parent": {"uri": "at://x", "notFound": True}},
    "replies": [
        {"post": view("3klast", "enfin", 40, LOST), "replies": []},
        {"post": view("3kthen", "puis", 30), "replies": [{"uri": "at://y", "blocked": True}]},
        {"post": view("3kbad", "x" * 40_000, 50)},
    ],
}


class AppView(BaseHTTPRequestHandler):
    """Knows Ana, somebody who lost their handle, and one thread."""

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        values = parse_qs(asked.query)
        if asked.path == "/xrpc/app.bsky.actor.getProfiles":
            known = {"did:plc:ana": ANA, "ana.test": ANA, "did:plc:lost": LOST}
            if "not a name" in values["actors"]:
                self.answer(400, {"error": "InvalidRequest", "message": "actors/0 must be a valid did or a handle"})
            else:
                self.answer(200, {"profiles": [known[one] for one in values["actors"] if one in known]})
        elif "uris" in values:
            posts = [{"uri": uri, "likeCount": 3} for uri in values["uris"] if not uri.endswith("3kgone")]
            self.answer(200, {"posts": posts})
        elif values["uri"] == ["at://did:plc:ana/app.bsky.feed.post/3kmiddle"]:
            self.answer(200, {"thread": THREAD})
        elif values["uri"] == ["at://did:plc:ana/app.bsky.feed.post/3kstrange"]:
            self.answer(200, {"thread": 5})
        elif values["uri"] == ["at://did:plc:ana/app.bsky.feed.post/3ktoomuch"]:
            self.answer(429, {"error": "RateLimitExceeded"})
        else:
            self.answer(400, {"error": "NotFound", "message": "Post not found"})

    def answer(self, status: int, body: dict[str, Any]) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), AppView)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield int(server.server_address[1])
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def directory(port: int, tools: Callable[..., Tools]) -> Directory:
    spec = SourceSpec("b", "bluesky", options={"appview": f"http://127.0.0.1:{port}/"})
    found = NETWORK.directory(spec, tools(port))
    assert found is not None
    return found


async def test_people_by_id_or_handle(directory: Directory) -> None:
    assert await directory.authors(["did:plc:ana", "did:plc:nobody", "did:plc:lost"]) == [
        Author("did:plc:ana", "ana.test", "Ana", "https://cdn.exemple.fr/a", 12, 30, 4, 1_704_067_200_000),
        Author("did:plc:lost"),
    ]
    assert await directory.authors([]) == []


async def test_one_name_that_is_none_does_not_spoil_the_others(directory: Directory) -> None:
    assert [author.id for author in await directory.authors(["ana.test", "not a name"])] == ["did:plc:ana"]
    assert await directory.authors(["not a name"]) == []


async def test_a_thread_from_first_to_last(directory: Directory) -> None:
    posts = await directory.thread("at://did:plc:ana/app.bsky.feed.post/3kmiddle")
    assert [post.text for post in posts] == ["d'abord", "au milieu", "puis", "enfin"]
    assert [post.author.handle for post in posts] == ["ana.test", "ana.test", "ana.test", ""]


async def test_a_post_that_is_gone_has_no_thread(directory: Directory) -> None:
    assert await directory.thread("at://did:plc:ana/app.bsky.feed.post/3kgone") == []


async def test_how_many_like_a_post(directory: Directory) -> None:
    first, gone = (f"at://did:plc:ana/app.bsky.feed.post/{key}" for key in ("3kfirst", "3kgone"))
    assert await directory.likes([first, gone]) == {first: 3}
    assert await directory.likes([]) == {}


@pytest.mark.parametrize(("rkey", "code"), [("3kstrange", "not-understood"), ("3ktoomuch", "rate-limited")])
async def test_an_answer_that_is_none(directory: Directory, rkey: str, code: str) -> None:
    with pytest.raises(SourceDownError) as told:
        await directory.thread(f"at://did:plc:ana/app.bsky.feed.post/{rkey}")
    assert told.value.code == code


async def test_the_house_itself_is_not_asked(port: int, tools: Callable[..., Tools]) -> None:
    found = NETWORK.directory(SourceSpec("b", "bluesky", options={"appview": f"http://127.0.0.1:{port}"}), tools())
    assert found is not None
    with pytest.raises(FetchError, match="private-address"):
        await found.authors(["did:plc:ana"])
