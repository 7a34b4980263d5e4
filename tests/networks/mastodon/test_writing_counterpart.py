"""The server that our writing is tried on answers as a real one (4.6) was recorded to answer."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
import yaml
from msgspec import Struct

from counterparts.mastodon import TOKEN, walk
from counterparts.mastodon_writing import WritingMastodon
from networks.suite_writing import PIXEL

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Exchange(Struct, frozen=True):
    """A recorded request and what it was answered. ``sent``: names of the values that went along."""

    method: str
    path: str
    sent: frozenset[str]
    status: int
    document: Any


@pytest.fixture(scope="module")
def recorded(evaluation_data: Path) -> list[Exchange]:
    found = []
    for file in sorted((evaluation_data / "mastodon").glob("test_*.yaml")):
        if not file.stem.startswith(("test_status", "test_app", "test_account_lookup", "test_stream_user_direct")):
            continue
        for one in yaml.load(file.read_text("utf-8"), Loader=LOADER)["interactions"]:
            request, response = one["request"], one["response"]
            body = response["body"].get("string") or ""
            try:
                document = json.loads(body)
            except ValueError:
                continue
            sent = request["body"] if isinstance(request["body"], str) else ""
            path = "/" + request["uri"].split("//", 1)[1].split("/", 1)[1].split("?")[0]
            names = frozenset(parse_qs(sent, keep_blank_values=True))
            found.append(Exchange(request["method"], path, names, response["status"]["code"], document))
    return found


def shapes(recorded: list[Exchange], method: str, path: str, status: int = 200) -> set[tuple[str, str]]:
    """Every path and type of what was answered to requests like this one."""
    fits = [one for one in recorded if one.method == method and one.path.startswith(path) and one.status == status]
    assert fits, path
    return {shape for one in fits for shape in walk(one.document)}


async def test_the_answers_have_the_recorded_shapes(recorded: list[Exchange]) -> None:
    async with WritingMastodon() as server, httpx.AsyncClient(base_url=server.url) as http:
        http.headers["authorization"] = f"Bearer {TOKEN}"

        async def ours(method: str, path: str, status: int = 200, **sent: Any) -> dict[str, Any]:
            answer = await http.request(method, path, **sent)
            assert answer.status_code == status, answer.text
            return answer.json()

        def held(document: Any, *like: Any, but: tuple[str, ...] = ()) -> None:
            new = set(walk(document)) - shapes(recorded, *like)
            assert {shape for shape in new if not shape[0].startswith(but or ("-",))} == set()

        picture = await ours("POST", "/api/v2/media", files={"file": ("p.png", PIXEL, "image/png")})
        held(picture, "POST", "/api/v2/media")
        sent = {"status": "Toot!", "visibility": "public", "media_ids": [picture["id"]]}
        status = await ours("POST", "/api/v1/statuses", json=sent)
        held(status, "POST", "/api/v1/statuses")
        quote = await ours("POST", "/api/v1/statuses", json={"status": "yo", "quoted_status_id": status["id"]})
        held(quote, "POST", "/api/v1/statuses", but=(".quote.quoted_status.media_attachments",))
        held(await ours("PUT", f"/api/v1/statuses/{quote['id']}", json={"status": "ho"}), "PUT", "/api/v1/statuses/",
             but=(".quote",))  # fmt: skip
        held(await ours("DELETE", f"/api/v1/statuses/{status['id']}"), "DELETE", "/api/v1/statuses/")
        held(await ours("DELETE", "/api/v1/statuses/1", 404), "DELETE", "/api/v1/statuses/", 404)
        held(await ours("POST", "/api/v1/statuses", 422, json={"status": ""}), "POST", "/api/v1/statuses", 422)
        me = "/api/v1/accounts/verify_credentials"
        held(await ours("GET", me), "GET", me)
        held(await ours("GET", "/api/v1/apps/verify_credentials"), "GET", "/api/v1/apps/verify_credentials")
        asked = {"client_name": "Vigie", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob", "scopes": "read write"}
        held(await ours("POST", "/api/v1/apps", json=asked), "POST", "/api/v1/apps")
        code = server.allow("?client_id=an-application&redirect_uri=x")
        given = {"code": code, "client_id": "an-application", "client_secret": "its-secret"}
        token = await ours("POST", "/oauth/token", json=given | {"redirect_uri": "x", "scope": "read"})
        held(token, "POST", "/oauth/token")


def test_what_we_send_was_sent_before(recorded: list[Exchange]) -> None:
    """Names of the values in requests; a list is written ``media_ids[]`` in a form."""
    sent = {name.removesuffix("[]") for one in recorded if one.path == "/api/v1/statuses" for name in one.sent}
    assert {"status", "visibility", "media_ids", "quoted_status_id", "in_reply_to_id"} <= sent
    assert {"client_name", "redirect_uris", "scopes"} <= {
        name for one in recorded if one.path == "/api/v1/apps" for name in one.sent
    }
