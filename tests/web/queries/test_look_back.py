"""Looking back over what is kept: told while it is read, over files of the charter too, ended when nobody listens."""

import html
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from msgspec import structs

from vigie.fetch import GuardedFetch
from vigie.flows.ports.network import Tools
from vigie.model import Author, Post, SourceSpec
from vigie.networks.files import NETWORK as FILES
from vigie.networks.files.jsonl import write_line
from vigie.web.slow import AT_ONCE, slow_of
from web.live.running import Running
from web.queries.endless import Endless
from web.served import Site, serving

DAY = 86_400_000


def words_of(page: str) -> str:
    """What stands there to be read."""
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", page)).replace("\xa0", " ").replace("\u202f", " ").split())


def lines(client: httpx.Client, **fields: str) -> list[dict[str, Any]]:
    answer = client.post("/queries/-/look-back", data=fields)
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


def until(true: Callable[[], object], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def rests(archive: Endless) -> bool:
    """Nobody asked it for more in the time of some ten stretches."""
    asked = archive.asked
    time.sleep(0.3)
    return archive.asked == asked


@pytest.fixture
def reading(tmp_path: Path, clock) -> Iterator[Site]:
    """A site whose charter names two files, of which one is not there."""
    posts = [
        Post("mastodon", f"https://m.example/{n}", Author("lou"), "un café" if n % 5 else "du thé", clock() - n * DAY)
        for n in range(50)
    ]
    file = tmp_path / "old.jsonl"
    file.write_bytes(b"".join(map(write_line, posts)))

    def tools(_spec: SourceSpec) -> Tools:
        return Tools(GuardedFetch(), clock)

    with serving(tmp_path / "home", networks={"files": FILES}, open_tools=tools, clock=clock) as site:
        text = site.house.charter_file.read()[0]
        site.write_charter(
            f'{text}    - {{id: old, network: files, address: "{file}", speed: 10}}\n'
            '    - {id: lost, network: files, address: "/nowhere/lost.jsonl"}\n'
        )
        yield site


def test_every_kept_post_is_looked_at_and_the_last_line_says_it_all(site, client):
    site.hear(*["Un café au port"] * 3, "Du thé")
    site.hear("notre café", queries=())  # our own: a query does not listen to them
    told = lines(client, match="café", where="kept")
    assert [line["state"] for line in told][-1] == "done"
    figures = words_of(told[-1]["figures"])
    assert figures.startswith("Elle aurait trouvé 3 messages")
    assert "4 messages lus sur 4" in figures
    assert told[-1]["examples"].count("<mark>café</mark>") == 3
    assert lines(client, match="zyzomys", where="kept")[-1]["figures"].count("n’aurait rien trouvé") == 1


def test_a_text_that_cannot_be_read_is_not_looked_for(site, client):
    assert lines(client, match='"café') == []


def test_nothing_kept_is_said_too(site, client):
    told = lines(client, match="café")
    assert told[-1]["state"] == "done"
    assert "0 messages lus sur 0" in words_of(told[-1]["figures"])


def test_a_file_of_the_charter_is_looked_through(reading: Site):
    with closing(reading.log_in()) as client:
        page = client.get("/queries/brand").text
        assert 'value="old"' in page
        told = lines(client, match="café", where="old")
        assert words_of(told[-1]["figures"]).startswith(
            "Elle aurait trouvé 40 messages 50 messages lus, 100 % du fichier"
        )
        down = lines(client, match="café", where="lost")[-1]
        assert down["state"] == "down"
        assert words_of(down["figures"]).startswith("Le fichier n’est pas là")
        # what the charter does not name is not read: the kept posts are, of which there are none
        assert "sur 0" in words_of(lines(client, match="café", where="/etc/passwd")[-1]["figures"])


def test_a_page_without_script_looks_as_far_as_it_can_wait_for(site, client):
    site.hear(*["Un café au port"] * 3)
    data = {"was": "", "id": "new1", "purpose": "", "match": "café", "do": "look-back"}
    answer = words_of(client.post("/queries/new", data=data).text)
    assert "Elle aurait trouvé 3 messages" in answer
    endless = Running(structs.replace(site.house, archive=Endless(site.house.archive)))
    try:
        with httpx.Client(base_url=endless.url, cookies=client.cookies, headers=client.headers, timeout=60) as visitor:
            answer = words_of(visitor.post("/queries/new", data=data).text)
        assert "Sans script, cette page s’arrête là." in answer
    finally:
        endless.stop()


@pytest.mark.parametrize("path", ["/queries/-/look-back", "/api/v1/queries/-/look-back"])
def test_nothing_more_is_read_once_nobody_listens(site, client, path: str):
    archive = Endless(site.house.archive)
    running = Running(structs.replace(site.house, archive=archive))
    body = {"json": {"match": "café"}} if "api" in path else {"data": {"match": "café"}}
    try:
        with (
            httpx.Client(base_url=running.url, cookies=client.cookies, headers=client.headers, timeout=30) as visitor,
            visitor.stream("POST", path, **body) as answer,
        ):
            told = answer.iter_lines()
            first, second = json.loads(next(told)), json.loads(next(told))
            assert first["state"] == second["state"] == "reading"
        until(lambda: not slow_of(running.app).works)
        until(lambda: rests(archive))
    finally:
        running.stop()


def test_closing_vigie_ends_what_is_being_read(site, client):
    running = Running(structs.replace(site.house, archive=Endless(site.house.archive)))
    with (
        httpx.Client(base_url=running.url, cookies=client.cookies, headers=client.headers, timeout=30) as visitor,
        visitor.stream("POST", "/queries/-/look-back", data={"match": "café"}) as answer,
    ):
        told = answer.iter_lines()
        next(told)
        running.stop()  # fails when the stream holds it open
        assert [json.loads(line)["state"] for line in told][-1:] != ["done"]


def test_those_too_many_wait_their_turn_and_are_told(site, client):
    running = Running(structs.replace(site.house, archive=Endless(site.house.archive)))
    clients = []
    try:
        streams = []
        for _ in range(AT_ONCE + 1):
            visitor = httpx.Client(base_url=running.url, cookies=client.cookies, headers=client.headers, timeout=30)
            answer = visitor.send(
                visitor.build_request("POST", "/queries/-/look-back", data={"match": "café"}), stream=True
            )
            clients += [answer, visitor]
            streams.append(answer.iter_lines())
            first = json.loads(next(streams[-1]))
        assert first["state"] == "waiting"
        clients[0].close()
        assert json.loads(next(streams[-1]))["state"] == "reading"
    finally:
        for one in clients:
            one.close()
        running.stop()


def test_words_are_offered_with_what_they_change(site, client):
    site.hear(*["Grève des trains ce matin"] * 30, *["Les trains passent"] * 4, *["Un café au port"] * 60)
    page = client.post("/queries/-/suggest", data={"match": "grève"}).text
    assert "ajoute 4 messages" in words_of(page)
    assert "Comparaison sur les 94 derniers messages gardés, dont elle trouve 30." in words_of(page)
    taken = html.unescape(re.search(r'data-take="([^"]*trains)"', page)[1])
    # without script the same button sends the form
    data = {"was": "", "id": "new1", "purpose": "x", "match": "grève", "do": f"take:{taken}"}
    assert "OR trains</textarea>" in client.post("/queries/new", data=data).text
    assert "Aucun mot" in words_of(client.post("/queries/-/suggest", data={"match": "zyzomys"}).text)
    assert words_of(client.post("/queries/-/suggest", data={"match": '"grève'}).text) == ""


def test_a_query_of_another_product_is_shown_before_it_is_taken(client):
    data = {"pasted": "“air france” NEAR/5f grève AND sentiment:negative", "vendor": "brandwatch"}
    page = client.post("/queries/-/translate", data=data).text
    assert '"air france" ONEAR/5 grève' in html.unescape(page)
    assert "sentiment:negative" in words_of(page)
    assert "Prendre ce texte" in words_of(page)
    form = {"was": "", "id": "new1", "purpose": "x", "match": "le mien", "do": "translate"} | data
    whole = client.post("/queries/new", data=form).text
    assert "le mien</textarea>" in whole
    assert '"air france" ONEAR/5 grève' in html.unescape(whole)
    broken = client.post("/queries/-/translate", data={"pasted": "((((", "vendor": ""}).text
    assert "Prendre ce texte" not in words_of(broken)


def test_a_query_that_is_too_dear_is_flagged_with_another_text(site, client):
    answer = client.post("/queries/-/examine", data={"match": "le OR torréfaction"}).json()
    said = words_of(answer["verdict"])
    assert "% de ce qu’un message peut coûter" in said
    assert "il se passe de « le »" in said
    assert 'data-take="torréfaction"' in answer["verdict"]
    assert "peut coûter" not in words_of(
        client.post("/queries/-/examine", data={"match": "torréfaction"}).json()["verdict"]
    )


def test_the_cost_goes_by_the_words_of_the_house_own_sample(site, client):
    def high() -> bool:
        found = client.post("/api/v1/queries/-/validate", json={"match": "torréfaction"}).json()
        return bool(found["cost"]["level"] == "high")

    assert not high()
    posts = [Post("rss", str(n), Author("a"), "la torréfaction", site.clock()) for n in range(2000)]
    site.house.archive.add_to_sample(posts, site.clock())
    site.clock.forward(60_000)
    until(high)


def test_the_api_looks_back_suggests_and_translates(site, client):
    site.hear(*["Grève des trains ce matin"] * 30, *["Les trains passent"] * 4, *["Un café au port"] * 60)
    base = "/api/v1/queries/-"
    last = json.loads(client.post(f"{base}/look-back", json={"match": "grève"}).text.splitlines()[-1])
    assert (last["state"], last["read"], last["of"], last["matched"]) == ("done", 94, 94, 30)
    assert sum(day["count"] for day in last["days"]) == 30
    assert len(last["examples"]) == 10
    assert client.post(f"{base}/look-back", json={"match": "grève", "where": "nobody"}).status_code == 404
    assert client.post(f"{base}/look-back", json={"match": "(grève"}).status_code == 422
    found = client.post(f"{base}/suggest", json={"match": "grève"}).json()
    assert ("trains", "or", 4) in [(one["term"], one["change"], one["posts"]) for one in found["widen"]]
    carried = client.post(f"{base}/translate", json={"text": "cafe AND rating:5", "vendor": "brandwatch"}).json()
    assert carried["match"] == "cafe"
    assert not carried["faithful"]
    verdict = client.post(f"{base}/validate", json={"match": "le OR torréfaction"}).json()
    assert verdict["cost"]["level"] == "high"
    assert verdict["cheaper"] == {"match": "torréfaction", "same": False, "without": "le"}
