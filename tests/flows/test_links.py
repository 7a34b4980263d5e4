"""Which links of a draft are tried, and what is known of them then: real requests to a real server."""

from collections.abc import Iterator

import pytest

from counterparts.hostile import Seen, serve
from vigie.fetch import GuardedFetch
from vigie.flows.links import MOST, to_try, tried
from vigie.model import Draft


@pytest.fixture
def server() -> Iterator[Seen]:
    yield from serve()


@pytest.fixture
def fetch(server: Seen) -> GuardedFetch:
    return GuardedFetch((f"127.0.0.1:{server.port}", "127.0.0.1:9"))


def test_each_link_is_tried_once_and_not_again() -> None:
    draft = Draft("https://a.example/x, https://b.example et encore https://a.example/x.")
    assert to_try(draft) == ("https://a.example/x", "https://b.example")
    assert to_try(draft, {"https://b.example": 200}) == ("https://a.example/x",)
    assert len(to_try(Draft(" ".join(f"https://a.example/{n}" for n in range(50))))) == MOST


@pytest.mark.parametrize(("path", "status"), [("/page", 200), ("/to/404", 404), ("/to/410", 410), ("/hop/2", 200)])
async def test_a_server_that_knows_no_head_is_asked_for_the_page(
    path: str, status: int, fetch: GuardedFetch, server: Seen
) -> None:
    url = f"{server.origin}{path}"
    assert await tried(url, fetch) == {url: status}


async def test_where_nothing_answers(fetch: GuardedFetch, server: Seen) -> None:
    assert await tried("http://127.0.0.1:9/", fetch) == {"http://127.0.0.1:9/": None}
    assert await tried(f"{server.origin}/round", fetch) == {f"{server.origin}/round": None}


async def test_nothing_is_known_of_a_slow_page_nor_of_one_inside_the_house(fetch: GuardedFetch, server: Seen) -> None:
    assert await tried(f"{server.origin}/slow", fetch) == {}
    assert await tried("http://10.0.0.1/", fetch) == {}
    assert await tried("https://[/", fetch) == {}
