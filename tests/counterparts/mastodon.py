"""A Mastodon server in small: timelines over HTTP, the stream over a web socket, and the faults that servers have.

Its answers have the shapes of recorded ones (`tests/networks/mastodon/test_counterpart.py` holds it to that).
"""

import asyncio
import html
import http
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

START = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
TOKEN = "a-good-token"


class FakeMastodon:
    """Run it with ``async with``; write with `post`, `edit`, `delete`; break it with the attributes below.

    Attributes:
        streaming: ``open`` (as before 4.2), ``token`` (a token is asked for) or ``none``.
        needs_token: timelines want one too; ``bad_token_status`` is what a wrong one is answered.
        fail_with: the next answers over HTTP, as (status, headers).
        mute: what happens is not told to the stream, as when a line is dead and nobody knows yet.
        calls: paths asked for.
    """

    def __init__(self, port: int = 0, *, streaming: str = "open") -> None:
        self._port, self.streaming = port, streaming
        self.needs_token = False
        self.bad_token_status = 401
        self.fail_with: list[tuple[int, dict[str, str]]] = []
        self.mute = False
        self.calls: list[str] = []
        self.remaining = 300
        self.statuses: dict[str, dict[str, Any]] = {}
        self.notifications: dict[str, dict[str, Any]] = {}
        self._lines: dict[ServerConnection, list[dict[str, str]]] = {}
        self._server: Server | None = None
        self._count = 0

    async def __aenter__(self) -> Self:
        self._server = await serve(self._line, "127.0.0.1", self._port, process_request=self._answer)
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()

    @property
    def host(self) -> str:
        """Host and port, as the setting names them."""
        return f"127.0.0.1:{self._port}"

    @property
    def url(self) -> str:
        """Its origin."""
        return f"http://{self.host}"

    @property
    def lines(self) -> int:
        """Streams that are subscribed to something."""
        return sum(bool(wanted) for wanted in self._lines.values())

    # -- what people do ------------------------------------------------------------------------------------------------

    async def post(
        self,
        text: str,
        *,
        author: str = "ana",
        reply_to: str | None = None,
        tags: tuple[str, ...] = (),
        late_ms: int = 0,
        mention: bool = False,
        **fields: Any,
    ) -> str:
        """Writes a post and returns its id. ``late_ms``: how long after it was written it reaches this server."""
        self._count += 1
        written = START + timedelta(seconds=self._count) - timedelta(milliseconds=late_ms)
        key = str(int(written.timestamp() * 1000) << 16 | self._count)
        status = self._status(key, text, author, written, reply_to, tags) | fields
        self.statuses[key] = status
        await self._tell("update", status)
        if mention:
            number = str(len(self.notifications) + 20)
            notice = {
                "id": number,
                "type": "mention",
                "created_at": _stamp(written),
                "group_key": f"ungrouped-{number}",
                "account": status["account"],
                "status": status,
            }
            self.notifications[number] = notice
            await self._tell("notification", notice)
        return key

    async def edit(self, key: str, text: str) -> None:
        """Changes a post's text."""
        self._count += 1
        edited = _stamp(START + timedelta(seconds=self._count))
        self.statuses[key] = self.statuses[key] | {"content": paragraphs(text), "edited_at": edited}
        await self._tell("status.update", self.statuses[key])

    async def delete(self, key: str) -> None:
        """Takes a post back."""
        status = self.statuses.pop(key)
        await self._tell("delete", status)

    async def garbage(self, message: str) -> None:
        """Sends something that is no event."""
        for line in list(self._lines):
            await line.send(message)

    async def drop(self) -> None:
        """Cuts every stream as a broken line does, without a word."""
        for line in list(self._lines):
            line.transport.abort()
        while self._lines:
            await asyncio.sleep(0)

    # -- shapes --------------------------------------------------------------------------------------------------------

    def _status(
        self, key: str, text: str, author: str, written: datetime, reply_to: str | None, tags: tuple[str, ...]
    ) -> dict[str, Any]:
        acct = author if "@" not in author or not author.endswith(f"@{self.host}") else author.split("@", maxsplit=1)[0]
        account = self._account(acct)
        return {
            "id": key,
            "created_at": _stamp(written),
            "in_reply_to_id": reply_to,
            "in_reply_to_account_id": self.statuses[reply_to]["account"]["id"] if reply_to in self.statuses else None,
            "sensitive": False,
            "spoiler_text": "",
            "visibility": "public",
            "language": "fr",
            "uri": f"{account['uri']}/statuses/{key}",
            "url": f"{account['url']}/{key}",
            "replies_count": 0,
            "reblogs_count": 0,
            "favourites_count": 0,
            "quotes_count": 0,
            "edited_at": None,
            "content": paragraphs(text),
            "filtered": [],
            "reblog": None,
            "application": {"name": "Web", "website": None},
            "account": account,
            "media_attachments": [],
            "mentions": [],
            "tags": [{"name": tag, "url": f"{self.url}/tags/{tag}"} for tag in tags],
            "emojis": [],
            "tagged_collections": [],
            "quote": None,
            "card": None,
            "poll": None,
            "quote_approval": {"automatic": ["public"], "manual": [], "current_user": "automatic"},
        }

    def _account(self, acct: str) -> dict[str, Any]:
        name, _, host = acct.partition("@")
        home = f"https://{host}" if host else self.url
        return {
            "id": str(117_000 + sum(acct.encode())),
            "username": name,
            "acct": acct,
            "display_name": name.title(),
            "locked": False,
            "bot": False,
            "discoverable": None,
            "indexable": False,
            "group": False,
            "created_at": "2026-08-01T00:00:00.000Z",
            "note": "",
            "url": f"{home}/@{name}",
            "uri": f"{home}/users/{name}",
            "avatar": f"{home}/avatars/{name}.png",
            "avatar_static": f"{home}/avatars/{name}.png",
            "followers_count": 12,
            "following_count": 3,
            "statuses_count": 40,
            "emojis": [],
            "fields": [],
        }

    # -- over HTTP -----------------------------------------------------------------------------------------------------

    def _answer(self, line: ServerConnection, request: Request) -> Response | None:
        split = urlsplit(request.path)
        asked = {key: values[-1] for key, values in parse_qs(split.query).items()}
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if split.path.startswith("/api/v1/streaming"):
            refused = self.streaming == "none" or (self.streaming == "token" and token != TOKEN)
            return _json(404 if self.streaming == "none" else 401, {"error": "no"}, {}) if refused else None
        self.calls.append(request.path)
        self.remaining -= 1
        limits = {
            "x-ratelimit-limit": "300",
            "x-ratelimit-remaining": str(max(self.remaining, 0)),
            "x-ratelimit-reset": _stamp(START + timedelta(minutes=5)),
        }
        if self.fail_with:
            status, headers = self.fail_with.pop(0)
            return _json(status, {"error": http.HTTPStatus(status).phrase}, limits | headers)
        if token != TOKEN and (token or self.needs_token) and "instance" not in split.path:
            return _json(self.bad_token_status, {"error": "The access token is invalid"}, limits)
        found = self._find(unquote(split.path), asked)
        if found is None:
            return _json(404, {"error": "Record not found"}, limits)
        return _json(200, found, limits)

    def _find(self, path: str, asked: dict[str, str]) -> Any:  # noqa: PLR0911
        if path == "/api/v2/instance":
            urls = {"streaming": self.url.replace("http", "ws"), "status": None}
            return {"domain": self.host, "version": "4.6.4", "configuration": {"urls": urls}}
        if path == "/api/v1/timelines/public":
            local = [s for s in self.statuses.values() if "@" not in s["account"]["acct"]]
            return _page(local if asked.get("local") else self.statuses.values(), asked)
        if tagged := re.fullmatch("/api/v1/timelines/tag/(.+)", path):
            return _page((s for s in self.statuses.values() if tagged[1].lower() in _tags(s)), asked)
        if path == "/api/v1/notifications":
            return _page(self.notifications.values(), asked)
        if path == "/api/v1/accounts/lookup":
            known = {s["account"]["acct"]: s["account"] for s in self.statuses.values()}
            return known.get(asked["acct"])
        if path == "/api/v2/search":
            same = [s for s in self.statuses.values() if s["uri"] == asked["q"]]
            return {"accounts": [], "statuses": same, "hashtags": [], "collections": []}
        if one := re.fullmatch(r"/api/v1/statuses/(\d+)(/context)?", path):
            status = self.statuses.get(one[1])
            return self._context(one[1]) if status and one[2] else status
        return None

    def _context(self, key: str) -> dict[str, Any]:
        above, below, upper = [], [], self.statuses[key]["in_reply_to_id"]
        while upper in self.statuses:
            above.insert(0, self.statuses[upper])
            upper = self.statuses[upper]["in_reply_to_id"]
        reached = {key}
        for other, status in sorted(self.statuses.items()):
            if status["in_reply_to_id"] in reached:
                reached.add(other)
                below.append(status)
        return {"ancestors": above, "descendants": below}

    # -- over the stream -----------------------------------------------------------------------------------------------

    async def _line(self, line: ServerConnection) -> None:
        self._lines[line] = []
        try:
            async for message in line:
                wanted = json.loads(message)
                if wanted["type"] == "subscribe":
                    self._lines[line].append(wanted)
        except OSError:
            pass
        finally:
            del self._lines[line]

    async def _tell(self, event: str, thing: dict[str, Any]) -> None:
        payload = thing["id"] if event == "delete" else json.dumps(thing)
        for line, wanted in [] if self.mute else list(self._lines.items()):
            for stream in wanted:
                if name := _stream_of(event, thing, stream):
                    await line.send(json.dumps({"stream": name, "event": event, "payload": payload}))


def _stream_of(event: str, thing: dict[str, Any], wanted: dict[str, str]) -> list[str]:
    """The names that the stream gives to a subscription, empty when the event is none of its business."""
    match wanted["stream"]:
        case "user:notification":
            return ["user:notification"] if event == "notification" else []
        case _ if event == "notification":
            return []
        case "public":
            return ["public"]
        case "public:local":
            return ["public:local"] if "@" not in thing["account"]["acct"] else []
        case "hashtag":
            return ["hashtag", wanted["tag"].lower()] if wanted["tag"].lower() in _tags(thing) else []
    return []


def _page(things: Any, asked: dict[str, str]) -> list[dict[str, Any]]:
    """Newest first; ``min_id`` gives those just above it, as on a real server."""
    ordered = sorted(things, key=lambda thing: int(thing["id"]))
    limit = int(asked.get("limit", 20))
    if "min_id" in asked:
        return [t for t in ordered if int(t["id"]) > int(asked["min_id"])][:limit][::-1]
    return ordered[-limit:][::-1]


def _tags(status: dict[str, Any]) -> set[str]:
    return {tag["name"].lower() for tag in status["tags"]}


def paragraphs(text: str) -> str:
    """A text as servers show it."""
    return "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n"))


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _json(status: int, value: Any, headers: dict[str, str]) -> Response:
    body = json.dumps(value).encode()
    fields = {
        "Date": format_datetime(START, usegmt=True),
        "Content-Type": "application/json; charset=utf-8",
        "Content-Length": str(len(body)),
        "Connection": "close",
    }
    return Response(status, http.HTTPStatus(status).phrase, Headers(fields | headers), body)


def walk(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """(path, JSON type) of everything in a document; the shape that two documents can be compared by."""
    yield path, "null" if value is None else type(value).__name__
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner, f"{path}[]")
