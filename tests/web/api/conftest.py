"""A site whose networks are the real ones, and programs that hold tokens."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from vigie.flows.ports.accounts import Token
from vigie.model import Act
from vigie.networks.bluesky import NETWORK as BLUESKY
from vigie.networks.mastodon import NETWORK as MASTODON
from vigie.networks.rss import NETWORK as RSS
from vigie.web.sessions import digest
from web.served import NO_TLS, MovableClock, Site, serving

Program = Callable[..., httpx.Client]


@pytest.fixture
def site(tmp_path: Path, clock: MovableClock) -> Iterator[Site]:
    networks = {network.name: network for network in (BLUESKY, MASTODON, RSS)}
    with serving(tmp_path / "home", networks=networks, clock=clock) as site:
        yield site


@pytest.fixture
def program(site: Site) -> Iterator[Program]:
    """``program("yanis", scope="read")``: somebody's program, speaking English, under ``/api/v1``."""
    opened: list[httpx.Client] = []

    def made(login: str = "maelle", *, scope: str = "write", lang: str = "en") -> httpx.Client:
        secret = f"vigie_test-{login}-{scope}-{len(opened)}"
        token = Token(
            id=secret[-24:], digest=digest(secret), login=login, name="test", scope=scope, created_at=site.clock()
        )
        act = Act(at=site.clock(), who=login, verb="token.created", what=f"token:{token.id}")
        site.house.accounts.add_token(token, act)
        headers = {"authorization": f"Bearer {secret}", "accept-language": lang}
        opened.append(httpx.Client(base_url=f"{site.url}/api/v1", headers=headers, timeout=30, verify=NO_TLS))
        return opened[-1]

    yield made
    for client in opened:
        client.close()


@pytest.fixture
def api(program: Program) -> httpx.Client:
    """The owner's program."""
    return program()


def problem(answer: httpx.Response, status: int, code: str) -> dict:
    """The problem of an answer, once its form is right."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["code"] == code
    assert body["type"] == f"/api/v1/problems#{code}"
    assert body["title"]
    assert "api." not in body["title"] + body["detail"], body
    assert body["instance"].startswith("/api/v1")
    return body
