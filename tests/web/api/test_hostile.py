"""Whatever is sent, the answer is one that the document names: never a 500, always with what, where and how to mend."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vigie.flows.ports.accounts import Token
from vigie.model import Act
from vigie.networks.bluesky import NETWORK as BLUESKY
from vigie.networks.mastodon import NETWORK as MASTODON
from vigie.networks.rss import NETWORK as RSS
from vigie.web.sessions import digest
from web.served import MovableClock, Site, serving

EXAMPLES = 600
NAMES = ["brand", "maelle", "yanis", "presse", "1", "nobody", "new", "-", "a\0b", "é", "a/b", "..", "%", " "]
HEADERS = ["If-Match", "If-None-Match", "Idempotency-Key", "Accept-Language", "Content-Type", "Last-Event-ID"]
FIELDS = (
    "match purpose keep_days id name email roles network address options token text why handle days scope lang theme"
)
ODD = [
    "", " ", "brand", "rss", "{brand}", "((((", '"a', "a\0b", "\u202e", "x" * 70_000, "charter: 1\n- a: &b [*b]",
    "2026-11-12T16:42:00Z", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "-1", "9" * 40,
]  # fmt: skip
BYTES = [b"", b"[" * 20_000, b'{"match":"\\ud800","purpose":"\\udfff"}', b"{}", b"null", b'{"a":1e999}', b"\xff"]

texts = st.one_of(st.text(max_size=60), st.sampled_from(ODD))
fields = st.sampled_from(FIELDS.split())
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.one_of(fields, texts), inner, max_size=3)),
    max_leaves=6,
)
documents = st.one_of(st.dictionaries(fields, st.one_of(texts, values), max_size=5), values)
bodies = st.one_of(documents.map(lambda one: json.dumps(one).encode()), st.binary(max_size=60), st.sampled_from(BYTES))
ascii_texts = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30)


headers_sent = st.one_of(
    st.just({}), st.just({"If-Match": "*"}), st.dictionaries(st.sampled_from(HEADERS), ascii_texts, max_size=2)
)
WELL_FORMED = ["brand", "fr", "bluesky", "2026-11-12T16:42:00Z", "1", "50", "24h", "match", "own", "port*"]


def parameters(known: list[str]) -> st.SearchStrategy[list[tuple[str, str]]]:
    """Mostly those that there are, often well filled; now and then one that nobody knows."""
    one = st.tuples(st.sampled_from([*known * 3, "zzz"]), st.one_of(st.sampled_from(WELL_FORMED), texts))
    none: list[tuple[str, str]] = []
    return st.one_of(st.just(none), st.just(none), st.lists(one, max_size=3))


GOOD: dict[str, list[Any]] = {
    "match": ["cafe", '"a b" OR c', "{brand} x", "from:ana cafe"],
    "purpose": ["why", "pourquoi : « tout »"],
    "name": ["Zoé", "- a: b", "#"],
    "roles": [["reader"], ["owner", "author"], [], None],
    "network": ["rss", "mastodon", "bluesky", "files"],
    "address": ["https://journal.example/feed.xml", "mastodon.example", "", "http://10.0.0.1/"],
    "options": [{}, {"tags": ["a"]}, {"public": True, "x": "1"}, {"tags": "x", "limit": 2**70}],
    "keep_days": [1, 36_500, None],
    "days": [1, None],
    "text": ["charter: 1", "charter: 1\npeople: []\n"],
    "handle": ["nobody.example"],
    "scope": ["read"],
    "lang": ["fr"],
    "theme": ["dark"],
    "density": ["roomy"],
}


def shaped(schema: dict[str, Any]) -> st.SearchStrategy[bytes]:
    """Bodies of the right fields, most of them well filled."""
    one = {
        name: st.one_of(*[st.sampled_from(GOOD.get(name, ODD))] * 3, texts, values)
        for name in schema.get("properties", {})
    }
    required = {name: one[name] for name in schema.get("required", ()) if name in one}
    optional = {name: one[name] for name in one if name not in required}
    return st.fixed_dictionaries(required, optional=optional).map(lambda body: json.dumps(body).encode())


class World:
    """A site with something in it, the owner's program, and the document."""

    def __init__(self, site: Site, client: httpx.Client) -> None:
        self.site, self.client = site, client
        self.document: dict[str, Any] = client.get("/api/v1/openapi.json").json()
        self.schemas = self.document["components"]["schemas"]
        self.paths = [path for path in self.document["paths"] if not path.endswith("/stream")]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    clock = MovableClock()
    networks = {network.name: network for network in (BLUESKY, MASTODON, RSS)}
    with serving(tmp_path_factory.mktemp("hostile") / "home", networks=networks, clock=clock) as site:
        site.hear("la Brûlerie du Port", "le colis est perdu")
        token = Token(id="t", digest=digest("vigie_t"), login="maelle", name="t", scope="write", created_at=clock())
        site.house.accounts.add_token(token, Act(at=clock(), who="maelle", verb="token.created", what="token:t"))
        with httpx.Client(base_url=site.url, headers={"authorization": "Bearer vigie_t"}, timeout=60) as client:
            yield World(site, client)


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_input_breaks_it(world: World, data: st.DataObject) -> None:
    world.site.clock.forward(5000)
    path = data.draw(st.sampled_from(world.paths))
    method = data.draw(st.sampled_from(sorted(world.document["paths"][path])))
    operation = world.document["paths"][path][method]
    known = [one["name"] for one in operation["parameters"] if one.get("in") == "query"]
    query = data.draw(parameters(known))
    pairs = urlencode([(name, value[:1000]) for name, value in query], errors="replace")
    address = path.replace("{id}", quote(data.draw(st.sampled_from(NAMES)), safe=""))
    headers = data.draw(headers_sent)
    content = None
    if "requestBody" in operation:
        reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        body = shaped(world.schemas[reference.rpartition("/")[2]])
        content = data.draw(st.one_of(body, body, body, bodies))
    answer = world.client.request(method, f"{address}?{pairs}", content=content, headers=headers)

    assert answer.status_code < 500, (method, answer.request.url, answer.text)
    unknown_address = answer.status_code in {404, 405}  # a name with a slash leads elsewhere
    assert str(answer.status_code) in operation["responses"] or unknown_address, (method, path, answer.text)
    if answer.status_code >= 400:
        told = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert told["title"]
        assert told["detail"]
        mended_by_code = {"malformed-json", "key-reused", "not-understood"}
        if answer.status_code in {400, 422} and told["code"] not in mended_by_code:
            assert told["errors"]
            assert all(fault["detail"] and "api." not in fault["detail"] for fault in told["errors"]), told


def test_afterwards_the_house_stands(world: World) -> None:
    world.site.clock.forward(60_000)
    assert world.site.house.charter_error() is None
    assert world.client.get("/api/v1/me").json()["roles"] == ["owner"]
