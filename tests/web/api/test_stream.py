"""The stream of the API: what changes, filtered, from where one was, and ended when it should."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from vigie.model import Act, Author, Batch, Deleted, Post
from vigie.web.api.stream.events import STREAMS
from web.api.conftest import Program, problem
from web.live.reading import Event, events, next_of
from web.live.running import Running
from web.served import Site


@contextmanager
def following(client: httpx.Client, query: str = "", **headers: str) -> Iterator[Iterator[Event]]:
    """A stream that has begun."""
    with client.stream("GET", f"/stream{query}", headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        stream = events(answer)
        next_of(stream, "here")
        yield stream


def test_a_mention_is_told_when_it_comes_changes_and_goes(site: Site, api: httpx.Client) -> None:
    with following(api) as stream:
        (post,) = site.hear("la Brûlerie du Port")
        came = next_of(stream, "mention.created")
        assert came.data["post"]["text"] == "la Brûlerie du Port"
        assert came.data["marks"] == [{"start": 3, "end": 19}]
        assert came.data["post"]["created_at"].endswith("Z")
        gone = Deleted(post.network, post.remote_id, site.clock())
        site.house.archive.append("bluesky", Batch(deleted=(gone,), cursor="9", events=1), [], site.clock())
        went = next_of(stream, "mention.gone")
        assert (went.data["id"], went.data["post"]["text"]) == (came.data["id"], "")
        assert went.data["gone_at"]
        assert went.id > came.id


def test_filters_are_kept_and_the_rest_moves_the_place(site: Site, api: httpx.Client) -> None:
    with following(api, "?query=delivery&lang=fr") as stream:
        site.hear("la Brûlerie du Port")
        site.hear("colis perdu", queries=("delivery",))
        assert next_of(stream, "mention.created").data["post"]["text"] == "colis perdu"


def test_one_that_comes_back_is_told_what_it_missed(site: Site, api: httpx.Client) -> None:
    with following(api) as stream:
        site.hear("la Brûlerie du Port, un")
        first = next_of(stream, "mention.created")
    site.hear("la Brûlerie du Port, deux", "la Brûlerie du Port, trois")
    for place in ({"last-event-id": str(first.id)}, {}):
        query = "" if place else f"?since={first.id}"
        with following(api, query, **place) as stream:
            told = [next_of(stream, "mention.created").data["post"]["text"] for _ in range(2)]
        assert told == ["la Brûlerie du Port, deux", "la Brûlerie du Port, trois"]


def test_one_that_cannot_be_told_everything_is_told_so(site: Site, api: httpx.Client) -> None:
    with api.stream("GET", "/stream?since=99999999") as answer:
        assert next_of(events(answer), "gap", "here").name == "gap"


def test_sources_are_told(site: Site, api: httpx.Client) -> None:
    with following(api) as stream:
        state = site.house.archive.sources()[0]
        site.house.archive.set_source(state)
        assert next_of(stream, "source.changed").data == {"id": state.id}


def test_it_ends_when_its_token_is_dropped(site: Site, program: Program) -> None:
    theirs = program("ines")
    token = site.house.accounts.tokens("ines")[0]
    with following(theirs) as stream:
        act = Act(at=site.clock(), who="maelle", verb="token.dropped", what=f"token:{token.id}")
        site.house.accounts.drop_token(token.id, act)
        site.hear("la Brûlerie du Port")
        assert [event for event in stream if event.name.startswith("mention")] == []


def test_it_ends_with_the_server(site: Site, program: Program) -> None:
    running = Running(site.house)
    headers = {"authorization": program().headers["authorization"]}
    with (
        httpx.Client(base_url=f"{running.url}/api/v1", headers=headers, timeout=60) as client,
        following(client) as stream,
    ):
        running.stop()
        assert list(stream) == []


def test_one_person_has_a_bounded_number(program: Program) -> None:
    def opened(left: int) -> None:
        if not left:
            problem(program().get("/stream"), 429, "too-many-requests")
            return
        with following(program()):
            opened(left - 1)

    opened(STREAMS)


@pytest.mark.parametrize("text", ["a\nb\r\nid: 7\n\nevent: x", "a\u2028b\u2029c\x85d", "data: x\n\n"])
def test_what_strangers_write_cannot_forge_an_event(site: Site, api: httpx.Client, text: str) -> None:
    with following(api) as stream:
        author = Author(id="did:plc:x", handle="x.example")
        assert isinstance(site.hear(text, author=author)[0], Post)
        assert next_of(stream, "mention.created", "x").data["post"]["text"] == text
