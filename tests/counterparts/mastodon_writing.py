"""The small Mastodon server again, with what people do who write on it: posts, pictures, applications, keys.

Its answers have the shapes of recorded ones (`tests/networks/mastodon/test_writing_counterpart.py` holds it to that).
"""

import asyncio
import json
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, Self
from urllib.parse import parse_qs, parse_qsl, urlsplit

from msgspec import Struct

from counterparts.http1 import Lines, Request, join, read_request, response
from counterparts.mastodon import TOKEN, FakeMastodon, paragraphs

KEY_LIFE = timedelta(hours=1)
"""How long a server remembers an ``Idempotency-Key``."""
CHARACTERS = 500
IMAGE_SIZE = 16_777_216
IMAGES = ("image/jpeg", "image/png", "image/gif", "image/heic", "image/heif", "image/webp", "image/avif")
Answer = tuple[int, Any]


class Picture(Struct):
    """A picture that was handed over; it is ready after so many looks."""

    id: str
    content: bytes
    type: str
    description: str
    looks: int
    attached: bool = False


class WritingMastodon(FakeMastodon):
    """Run it with ``async with``. Whoever holds the token writes as ``maison``.

    Attributes:
        locks: a second request under a key waits for the first (since 4.3); without, both are carried out.
        works_s: how long it takes to publish.
        looks: how often a picture is looked at before it is ready.
        api_version: from 7 on posts can be quoted.
        clock: the server's own.
        written: every post ever published, also those that were taken back since: (id, text).
    """

    def __init__(self, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC), streaming: str = "open") -> None:  # noqa: TID251
        super().__init__(streaming=streaming)
        self.clock = clock
        self.locks, self.works_s, self.looks, self.api_version = True, 0.0, 0, 11
        self.application = "Vigie"
        self.left = {"posts": 300, "deletions": 30}
        self.written: list[tuple[str, str]] = []
        self.pictures: dict[str, Picture] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self._front = Lines(self._talk)
        self._front_port = 0
        self._keys: dict[str, tuple[str, datetime]] = {}
        self._busy: dict[str, asyncio.Lock] = {}

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self._front_port = await self._front.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._front.stop()
        await super().__aexit__()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._front_port}"

    @property
    def port(self) -> int:
        return self._front_port

    @property
    def me(self) -> dict[str, Any]:
        """The account that the token belongs to."""
        return self._account("maison")

    @property
    def standing(self) -> list[str]:
        """The texts that the account shows, the oldest first."""
        own = (key for key, status in self.statuses.items() if status["account"]["id"] == self.me["id"])
        texts = dict(self.written)
        return [texts[key] for key in sorted(own, key=int) if key in texts]

    async def by_hand(self, text: str, application: str = "Web") -> str:
        """What somebody writes with another application. Returns the post's id."""
        return (await self._publish({"status": text}, application))["id"]

    def allow(self, url: str) -> str:
        """What a person does on the page where Vigie is let in. Returns the code that the page shows."""
        asked = dict(parse_qsl(urlsplit(url).query))
        code = f"code-{len(self.codes) + 1}"
        self.codes[code] = asked
        return code

    # -- the line ------------------------------------------------------------------------------------------------------

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await read_request(reader)
        if request is None:
            return
        answer = await self._own(request)
        if answer is None:
            await join(request.raw, "127.0.0.1", self._port, reader, writer)
            return
        status, value = answer
        writer.write(response(status, self._headers(request), json.dumps(value).encode()))
        await writer.drain()

    def _headers(self, request: Request) -> dict[str, str]:
        kind, of = ("deletions", 30) if request.method == "DELETE" else ("posts", 300)
        resets = (self.clock() + timedelta(minutes=30)).isoformat().replace("+00:00", "Z")
        return {
            "Date": format_datetime(self.clock().astimezone(UTC), usegmt=True),
            "Content-Type": "application/json; charset=utf-8",
            "X-RateLimit-Limit": str(of),
            "X-RateLimit-Remaining": str(max(self.left[kind], 0)),
            "X-RateLimit-Reset": resets,
        }

    async def _own(self, request: Request) -> Answer | None:
        """None for what the reading half answers."""
        asked = {name: values[-1] for name, values in parse_qs(request.target.partition("?")[2]).items()}
        values = _values(request)
        if request.path in {"/api/v1/apps", "/oauth/token"}:
            return self._application_of(values) if request.path.endswith("apps") else self._token_for(values)
        if request.path == "/api/v2/instance":
            return 200, self._instance()
        mine = request.method != "GET" or re.fullmatch(
            r"/api/v1/(accounts/(verify_credentials|\d+/statuses)|apps/verify_credentials|media/\d+)", request.path
        )
        if not mine:
            return None
        if request.headers.get("authorization", "") != f"Bearer {TOKEN}":
            return 401, {"error": "The access token is invalid"}
        return await self._for_account(request, asked, values)

    async def _for_account(self, request: Request, asked: dict[str, str], values: dict[str, Any]) -> Answer:  # noqa: PLR0911
        path, last = request.path, request.path.rpartition("/")[2]
        match request.method, path:
            case "POST", "/api/v1/statuses":
                return await self._post_status(values, request.headers.get("idempotency-key", ""))
            case "POST", "/api/v2/media":
                return self._take_picture(values)
            case "GET", "/api/v1/apps/verify_credentials":
                return 200, {"id": "7", "name": self.application, "website": None, "scopes": ["read", "write"]}
            case "GET", "/api/v1/accounts/verify_credentials":
                return 200, self.me | {"source": {"privacy": "public", "language": None}}
            case "GET", _ if path.endswith("/statuses"):
                return 200, self._latest(path.split("/")[4], asked)
            case "GET", _ if path.startswith("/api/v1/media/"):
                return self._look_at(last)
            case (("PUT" | "DELETE"), _) if path.startswith("/api/v1/statuses/"):
                return await self._change(request.method, last, values)
        return 404, {"error": "Record not found"}

    # -- posts ---------------------------------------------------------------------------------------------------------

    async def _post_status(self, values: dict[str, Any], key: str) -> Answer:
        lock = self._busy.setdefault(key, asyncio.Lock()) if self.locks and key else asyncio.Lock()
        async with lock:
            known, at = self._keys.get(key, ("", self.clock()))
            if known and self.clock() - at < KEY_LIFE:
                status = self.statuses.get(known)
                return (200, status) if status else (404, {"error": "Record not found"})
            wrong = self._wrong(values)
            if wrong is not None:
                return wrong
            await asyncio.sleep(self.works_s)
            status = await self._publish(values, self.application)
            if key:
                self._keys[key] = (status["id"], self.clock())
            return 200, status

    def _wrong(self, values: dict[str, Any]) -> Answer | None:
        pictures = [self.pictures.get(str(id)) for id in values.get("media_ids", ())]
        text = values.get("status", "")
        referred = [str(values[name]) for name in ("in_reply_to_id", "quoted_status_id") if values.get(name)]
        found = (
            (not text.strip() and not pictures, 422, "Validation failed: Text can't be blank"),
            (len(text) > CHARACTERS, 422, f"Validation failed: Text character limit of {CHARACTERS} exceeded"),
            (any(one is None or one.attached for one in pictures), 422, "Media could not be found or is attached"),
            (any(one and one.looks > 0 for one in pictures), 422, "Cannot attach files that are not processed yet"),
            (any(one not in self.statuses for one in referred), 404, "The post does not appear to exist."),
            (self.left["posts"] <= 0, 429, "Throttled"),
        )
        return next(((status, {"error": said}) for wrong, status, said in found if wrong), None)

    async def _publish(self, values: dict[str, Any], application: str) -> dict[str, Any]:
        self._count += 1
        self.left["posts"] -= 1
        now = self.clock()
        key = str(int(now.timestamp() * 1000) << 16 | self._count & 0xFFFF)
        text = values.get("status", "")
        tags = tuple(re.findall(r"#(\w+)", text))
        reply_to = str(values["in_reply_to_id"]) if values.get("in_reply_to_id") else None
        status = self._status(key, text, "maison", now, reply_to, tags)
        status |= {"language": values.get("language") or "en", "application": {"name": application, "website": None}}
        status |= {"visibility": values.get("visibility", "public"), "media_attachments": self._attach(values)}
        if values.get("quoted_status_id"):
            status["quote"] = {"state": "accepted", "quoted_status": self.statuses[str(values["quoted_status_id"])]}
        self.statuses[key] = status
        self.written.append((key, text))
        await self._tell("update", status)
        return status

    async def _change(self, method: str, key: str, values: dict[str, Any]) -> Answer:
        status = self.statuses.get(key)
        if status is None or status["account"]["id"] != self.me["id"]:
            return 404, {"error": "Record not found"}
        if method == "DELETE":
            if self.left["deletions"] <= 0:
                return 429, {"error": "Throttled"}
            self.left["deletions"] -= 1
            await self.delete(key)
            source = {name: value for name, value in status.items() if name != "content"}
            return 200, source | {"text": dict(self.written)[key]}
        wrong = self._wrong(values)
        if wrong is not None:
            return wrong
        now = self.clock().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        changed = {"content": paragraphs(values["status"]), "media_attachments": self._attach(values), "edited_at": now}
        self.statuses[key] = status | changed
        await self._tell("status.update", self.statuses[key])
        self.written = [(one, values["status"] if one == key else text) for one, text in self.written]
        return 200, self.statuses[key]

    def _latest(self, account: str, asked: dict[str, str]) -> list[dict[str, Any]]:
        own = [one for one in self.statuses.values() if one["account"]["id"] == account]
        return sorted(own, key=lambda one: int(one["id"]), reverse=True)[: int(asked.get("limit", 20))]

    # -- pictures ------------------------------------------------------------------------------------------------------

    def _take_picture(self, values: dict[str, Any]) -> Answer:
        content, type = values.get("file", (b"", ""))
        if type not in IMAGES:
            return 422, {"error": "Validation failed: File content type is invalid"}
        if len(content) > IMAGE_SIZE:
            return 422, {"error": "Validation failed: File file size must be less than 16 MB"}
        id = str(time.time_ns())
        self.pictures[id] = Picture(id, content, type, values.get("description", ""), self.looks)
        return (202 if self.looks else 200), self._shown(self.pictures[id])

    def _look_at(self, id: str) -> Answer:
        picture = self.pictures.get(id)
        if picture is None:
            return 404, {"error": "Record not found"}
        picture.looks -= 1
        return (206 if picture.looks > 0 else 200), self._shown(picture)

    def _attach(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        pictures = [self.pictures[str(id)] for id in values.get("media_ids", ())]
        for picture in pictures:
            picture.attached = True
        return [self._shown(picture) for picture in pictures]

    def _shown(self, picture: Picture) -> dict[str, Any]:
        url = f"{self.url}/system/{picture.id}" if picture.looks <= 0 else None
        return {
            "id": picture.id,
            "type": "image",
            "url": url,
            "preview_url": url,
            "remote_url": None,
            "preview_remote_url": None,
            "text_url": None,
            "meta": {},
            "description": picture.description or None,
            "blurhash": "UGC~-#M{",
        }

    # -- the house -----------------------------------------------------------------------------------------------------

    def _instance(self) -> dict[str, Any]:
        urls = {"streaming": self.url.replace("http", "ws"), "status": None}
        statuses = {"max_characters": CHARACTERS, "max_media_attachments": 4, "characters_reserved_per_url": 23}
        media = {"supported_mime_types": list(IMAGES), "image_size_limit": IMAGE_SIZE, "description_limit": 1500}
        configuration = {"urls": urls, "statuses": statuses, "media_attachments": media}
        versions = {"mastodon": self.api_version}
        return {"domain": self.host, "version": "4.6.4", "configuration": configuration, "api_versions": versions}

    def _application_of(self, values: dict[str, Any]) -> Answer:
        known = {"id": "2", "name": values["client_name"], "website": None, "scopes": values["scopes"].split()}
        back = values["redirect_uris"]
        return 200, known | {
            "redirect_uris": [back],
            "redirect_uri": back,
            "client_id": "an-application",
            "client_secret": "its-secret",
        }

    def _token_for(self, values: dict[str, Any]) -> Answer:
        asked = self.codes.pop(values.get("code", ""), None)
        same = asked is not None and all(asked[name] == values[name] for name in ("client_id", "redirect_uri"))
        if not same or values["client_secret"] != "its-secret":
            said = "The provided authorization grant is invalid, expired, revoked."
            return 400, {"error": "invalid_grant", "error_description": said}
        return 200, {"access_token": TOKEN, "token_type": "Bearer", "scope": values["scope"], "created_at": 1}


def _values(request: Request) -> dict[str, Any]:
    """What was sent along: JSON, a form, or parts of which ``file`` is (content, type)."""
    type = request.headers.get("content-type", "")
    if type.startswith("application/json"):
        return json.loads(request.body or b"{}")
    if not type.startswith("multipart/form-data"):
        return dict(parse_qsl(request.body.decode("latin-1")))
    values: dict[str, Any] = {}
    mark = type.partition("boundary=")[2].encode()
    for part in request.body.split(b"--" + mark)[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        content = content.removesuffix(b"\r\n")
        name = re.search(rb'name="([^"]+)"', head)
        assert name is not None
        kind = re.search(rb"Content-Type: (\S+)", head)
        values[name[1].decode()] = (content, kind[1].decode()) if kind else content.decode()
    return values
