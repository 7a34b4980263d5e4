"""The first run: three questions, a query shown at once, the public network heard, the first charter written."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from vigie.flows.ports.network import SourceDownError
from vigie.flows.setup import glimpse, listening_query
from vigie.model import Author, Batch, Post, SourceSpec
from vigie.query import parse
from vigie.web.pages.setup import live
from web.served import MovableClock, Site, serving


class Stream:
    """A public network that says the same few things, or cannot be reached. Stands behind the port `Source`."""

    def __init__(self, texts: tuple[str, ...], *, down: bool) -> None:
        self.texts, self.down = texts, down

    async def read(self, cursor: str) -> AsyncIterator[Batch]:
        if self.down:
            raise SourceDownError("unreachable", "no route")
        yield Batch()
        for n, text in enumerate(self.texts):
            yield Batch(
                posts=(Post("bluesky", str(n), Author("did:x", name="Lou <b>Ferrand</b>"), text, 1_794_480_000_000),)
            )
        await asyncio.Event().wait()


class Public:
    """The network of the setup page. Stands behind the port `Network`."""

    name, needs_token = "bluesky", False

    def __init__(self) -> None:
        self.down = False
        self.texts = ("Rien à voir", "Un café\nà la Brûlerie du Port <script>alert(1)</script>", "Du thé")

    def problems(self, spec: SourceSpec) -> list[tuple[str, str, str]]:
        return []

    def open(self, spec: SourceSpec, tools: object) -> Stream:
        return Stream(self.texts, down=self.down)

    def directory(self, spec: SourceSpec, tools: object) -> None:
        return None


@pytest.fixture
def public() -> Public:
    return Public()


@pytest.fixture
def site(tmp_path: Path, clock: MovableClock, public: Public) -> Iterator[Site]:
    with serving(
        tmp_path / "home", charter="", networks={"bluesky": public}, open_tools=lambda spec: None, clock=clock
    ) as site:
        yield site


ANSWERS = {
    "name": "Brûlerie du Port", "words": "brûlerie du port, #BlendTempete", "lang_fr": "yes",
    "timezone": "Europe/Paris", "do": "found",
}  # fmt: skip


def events(client, **asked: str) -> list[tuple[str, str]]:
    """What the stream says until it is over or down."""
    found: list[tuple[str, str]] = []
    with client.stream("GET", "/setup/live", params=asked) as answer:
        name = ""
        for line in answer.iter_lines():
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                found.append((name, line.removeprefix("data: ")))
                if name in {"over", "down", "post"}:
                    return found
    return found


@pytest.mark.parametrize(
    ("words", "name", "query"),
    [
        ("brûlerie du port, brulerie", "", '"brûlerie du port" OR brulerie'),
        ("a\nb; c ,, a", "", "a OR b OR c"),
        ("l'heure bleue", "", '"l\'heure bleue"'),
        ("@lou.example, #mamarque, $MARQ", "", "@lou.example OR #mamarque OR $MARQ"),
        ('"a b" AND NOT c', "", '"a b" AND NOT c'),
        ("torréf*", "", "torréf*"),
        ("", "Brûlerie du Port", '"Brûlerie du Port" OR #BrûlerieDuPort'),
        ("", "Lou", "Lou OR #Lou"),
        ("", " !? ", ""),
    ],
)
def test_words_become_a_query(words: str, name: str, query: str):
    assert listening_query(words, name) == query
    if query:
        parse(query)


async def test_a_glimpse_tells_what_matches(public: Public):
    stream = glimpse(public.open(SourceSpec("s", "bluesky"), None), parse('"brûlerie du port"'))
    seen = [await anext(stream) for _ in range(4)]
    assert [one.read for one in seen] == [0, 1, 1, 1]
    ((post, spans),) = seen[2].found
    assert post.text[spans[0].start : spans[0].end] == "Brûlerie du Port"
    await stream.aclose()


def test_the_answers_become_the_first_charter(site: Site, client):
    page = client.get("/setup")
    assert page.status_code == 200
    answer = client.post("/setup", data=ANSWERS)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    charter = site.house.charter()
    assert (charter.company.name, charter.company.languages, charter.company.timezone) == (
        "Brûlerie du Port",
        ("fr",),
        "Europe/Paris",
    )
    assert [query.match for query in charter.queries] == ['"brûlerie du port" OR #BlendTempete']
    assert charter.roles("maelle") == ("owner",)
    (_, act) = site.house.acts.latest(limit=1)[0]
    assert (act.verb, act.who) == ("charter.founded", "maelle")
    assert client.get("/setup").headers["location"] == "/"
    assert client.post("/setup", data=ANSWERS | {"name": "Another"}).status_code == 303
    assert site.house.charter().company.name == "Brûlerie du Port"


def test_every_question_may_be_skipped(site: Site, client):
    assert client.post("/setup", data={"do": "found"}).status_code == 303
    charter = site.house.charter()
    assert (charter.company.name, charter.company.languages, charter.queries) == ("Notre maison", ("fr", "en"), ())


def test_a_query_with_a_mistake_is_said_and_the_answers_stay(site: Site, client):
    answer = client.post("/setup", data=ANSWERS | {"words": '("brûlerie'})
    assert answer.status_code == 422
    assert 'value="Brûlerie du Port"' in answer.text
    assert 'class="error"' in answer.text
    assert site.house.charter() is None


def test_without_script_the_query_is_shown_before_anything_is_written(site: Site, client):
    answer = client.post("/setup", data=ANSWERS | {"do": "hear"})
    assert answer.status_code == 200
    assert "&#34;brûlerie du port&#34; OR #BlendTempete" in answer.text
    assert site.house.charter() is None


def test_the_public_network_is_heard(client):
    found = events(client, words="brûlerie du port", name="", zone="Europe/Paris")
    assert found[0][0] == "query"
    name, row = found[-1]
    assert name == "post"
    assert "<mark>Brûlerie du Port</mark>" in row
    assert "<script" not in row
    assert "Lou &lt;b&gt;" in row


def test_a_stream_ends_with_its_browser(client):
    for _ in range(live.AT_ONCE * 2):
        assert events(client, words="brulerie, café")[-1][0] == "post"
        deadline = time.monotonic() + 20
        while live.Streams.open:
            assert time.monotonic() < deadline, "the stream outlived its browser"
            time.sleep(0.01)


def test_a_network_that_cannot_be_reached_stops_nobody(public: Public, client):
    public.down = True
    assert events(client, words="brulerie")[-1][0] == "down"
    assert client.post("/setup", data=ANSWERS).status_code == 303


def test_words_that_are_no_query_open_no_stream(client):
    found = events(client, words="(")
    assert [name for name, _ in found] == ["query", "over"]
    assert [name for name, _ in events(client)] == ["query", "over"]


@pytest.mark.browser
def test_a_newcomer_is_heard_while_typing_and_lands_on_today(site: Site, open_page, check_page):
    page = open_page("/setup")
    page.locator("#name").fill("Brûlerie du Port")
    page.get_by_role("button", name="Passer les mots").click()
    expect(page.locator("[data-heard] .code")).to_have_text('"Brûlerie du Port" OR #BrûlerieDuPort')
    expect(page.locator("[data-posts] mark")).to_have_text(["Brûlerie du Port"])
    expect(page.locator("[data-read]")).to_contain_text("messages publics lus")
    check_page(page)
    page.get_by_role("button", name="Écrire la charte et écouter").click()
    page.wait_for_url("**/")
    assert site.house.charter().company.name == "Brûlerie du Port"


@pytest.mark.browser
def test_a_silent_network_is_said_calmly(public: Public, open_page, check_page):
    public.down = True
    page = open_page("/setup", lang="en", theme="dark", width=390)
    page.locator("#words").fill("brulerie")
    expect(page.locator("[data-down]")).to_contain_text("Your answers are kept")
    check_page(page)
