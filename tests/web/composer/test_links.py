"""Whether a draft's links lead anywhere: asked at a pause, once, side by side, and told under the words."""

from collections.abc import Iterator

import httpx
import pytest

from vigie.flows.ports.fetch import FetchError, Response
from web.composer.charter import CHARTER
from web.served import Site, serving

GONE, THERE, NOWHERE = "https://port.example/parti", "https://port.example/la", "https://quai.example/rien"


class Web:
    """Three addresses, and how often each was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __call__(self, url: str, *, method: str = "GET", **_: object) -> Response:
        self.asked.append(f"{method} {url}")
        if url == NOWHERE:
            raise FetchError("unreachable")
        return Response(200 if url == THERE else 404, {}, b"", url)

    def check(self, url: str) -> None:
        """Everywhere may be asked."""

    async def resolve(self, url: str) -> tuple[str, ...]:
        return ("192.0.2.1",)


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
def site(tmp_path, clock, web) -> Iterator[Site]:
    with serving(tmp_path / "home", clock=clock, charter=CHARTER, fetch=web) as site:
        yield site


@pytest.fixture
def yanis(site) -> Iterator[httpx.Client]:
    client = site.log_in("yanis")
    yield client
    client.close()


def test_dead_links_are_asked_once_and_told(site, web, yanis):
    data = {"text": f"Voir {GONE} puis {THERE} ou {NOWHERE}", "on:bsky": "1"}
    before = yanis.post("/drafts/-/look", data=data).json()
    assert before["untried"]
    assert yanis.post("/drafts/-/links", data=data).json() == {"tried": 3}
    after = yanis.post("/drafts/-/look", data=data).json()
    assert not after["untried"]
    assert len(after["marks"][""]) == len(before["marks"][""]) + 2
    asked = len(web.asked)
    assert yanis.post("/drafts/-/links", data=data).json() == {"tried": 0}
    assert len(web.asked) == asked
    site.clock.forward(11 * 60_000)  # long enough for a page to come back
    assert yanis.post("/drafts/-/look", data=data).json()["untried"]
