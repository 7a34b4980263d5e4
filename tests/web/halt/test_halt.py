"""The halt without script: on every page, what it will hold, who may, what it held, and how two people let go."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from threading import Thread

import httpx
import pytest

from vigie.desk.publishing import in_doubt, sent_one
from web.incidents.conftest import CRISIS, plain, schedule, wait_until
from web.served import Site


@pytest.fixture
def house(site: Site):
    site.write_charter(
        CRISIS.replace("name: Yanis Belkadi, roles: [author]", "name: Yanis Belkadi, roles: [publisher]")
    )
    return site.house


@pytest.fixture
def people(site: Site, house) -> Iterator[Callable[[str], httpx.Client]]:
    clients: dict[str, httpx.Client] = {}

    def of(login: str) -> httpx.Client:
        if login not in clients:
            clients[login] = site.log_in(login)
        return clients[login]

    yield of
    for client in clients.values():
        client.close()


def held_band(page: str) -> str:
    found = re.search(r'<div class="held" id="held"[^>]*>(.*?)</div>\s*<nav', page, re.DOTALL)
    return plain(found[1]) if found else ""


@pytest.mark.parametrize(
    "path",
    ["/", "/listening", "/queries", "/sources", "/drafts", "/charter", "/people", "/account", "/incidents", "/nowhere"],
)
def test_it_is_on_every_page_in_the_same_place(people, path):
    page = people("maelle").get(path).text
    strip = re.search(r'<header class="strip">.*?</header>', page, re.DOTALL)[0]
    assert 'id="halt-switch"' in strip.rpartition('class="lamps"')[2]
    assert "Tout suspendre" in strip
    assert 'aria-keyshortcuts="Shift+P"' in strip
    assert '<dialog class="dialog dialog--guard" id="halt"' in page


def test_it_says_what_it_will_hold(site, people):
    schedule(site, "un", "deux")
    schedule(site, "trois", channel="masto")
    page = plain(people("maelle").get("/halt").text)
    assert "3 publications programmées seront retenues sur 2 comptes" in page
    assert "Rien n'est supprimé" in page
    assert "Aucun exercice" in page
    assert "supprimé. Aucun exercice" in page


def test_a_reader_sees_it_and_may_not(people):
    page = people("ines").get("/").text
    assert re.search(r'id="halt-switch" type="button" data-state="ready" disabled', page)
    assert '<dialog class="dialog dialog--guard"' not in page
    assert people("ines").post("/halt", data={"why": ""}).status_code == 403


def test_everybody_sees_who_paused_and_why_and_what_is_held(site, house, people):
    schedule(site, "un", "deux")
    answer = people("yanis").post("/halt", data={"why": "Alerte rouge. On se tait."})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/pauses/1")
    assert house.publications.due(site.clock() + 10**9) == []
    for login in ("yanis", "maelle", "ines"):
        page = people(login).get("/listening").text
        band = held_band(page)
        assert "Tout est suspendu" in band
        assert "par Yanis Belkadi" in band
        assert "2 publications retenues" in band
        assert "Alerte rouge. On se tait." in band
        assert "Voir les 2" in band
    assert "Reprendre…" in people("maelle").get("/").text
    assert "Suspendu, voir" in people("ines").get("/").text


def test_what_is_paused_already_is_not_paused_twice(house, people):
    people("yanis").post("/halt", data={"why": "un"})
    assert people("maelle").post("/halt", data={"why": "deux"}).headers["location"] == "/pauses/1"
    assert len(house.publications.pauses()) == 1


def test_one_account_can_be_paused_alone_and_all_after_it(site, house, people):
    schedule(site, "un")
    schedule(site, "deux", channel="masto")
    people("maelle").post("/halt", data={"why": "", "which": "these", "on:masto": "1"})
    (pause,) = house.publications.pauses()
    assert pause.channels == ("masto",)
    page = people("maelle").get("/").text
    assert "Mastodon : publications suspendues" in held_band(page)
    assert "Tout suspendre" in page
    people("maelle").post("/halt", data={"why": ""})
    assert [one.channels for one in house.publications.pauses()] == [("masto",), ()]


def test_two_people_let_go_and_decide_for_each(site, house, people):
    one, two, three = schedule(site, "un", "deux", "trois")
    people("yanis").post("/halt", data={"why": "Alerte"})
    few = {f"fate:{one.id}": "send"}
    assert "2 publications n'ont pas encore de choix" in plain(
        people("maelle").post("/pauses/1/release", data=few).text
    )
    every = few | {f"fate:{two.id}": "reschedule", f"when:{two.id}": "2026-11-21T09:00", f"fate:{three.id}": "drop"}
    proposed = people("maelle").post("/pauses/1/release", data=every)
    assert proposed.headers["location"] == "/pauses/1?done=halt.done.proposed"
    assert house.publications.pauses()

    mine = people("maelle").get("/pauses/1").text
    assert "Une deuxième personne valide" in mine
    assert "/pauses/1/agree" not in mine
    refused = people("maelle").post("/pauses/1/agree")
    assert refused.status_code == 409
    assert "quelqu'un d'autre la valide" in plain(refused.text)

    theirs = people("yanis").get("/pauses/1").text
    assert "Maëlle Kerbrat propose de reprendre" in theirs
    assert "/pauses/1/agree" in theirs
    assert people("yanis").post("/pauses/1/agree").headers["location"] == "/pauses/1?done=halt.done.released"
    assert house.publications.pauses() == []
    states = {p.id: (p.state, p.wall) for p in map(house.publications.get, (one.id, two.id, three.id))}
    assert states[two.id] == ("scheduled", "2026-11-21T09:00")
    assert states[three.id][0] == "dropped"
    assert held_band(people("ines").get("/").text) == ""
    over = plain(people("ines").get("/pauses/1").text)
    assert "Maëlle Kerbrat propose, Yanis Belkadi valide" in over


def test_a_moment_that_has_passed_is_no_new_moment(site, people):
    (one,) = schedule(site, "un")
    people("maelle").post("/halt", data={"why": ""})
    late = {f"fate:{one.id}": "reschedule", f"when:{one.id}": "2026-11-11T09:00"}
    answer = people("maelle").post("/pauses/1/release", data=late)
    assert answer.status_code == 422
    assert "pas de moment à venir" in plain(answer.text)


def test_a_house_with_one_person_who_may_says_so_and_lets_go(site, house):
    site.write_charter(CRISIS)
    schedule(site, "un")
    with closing(site.log_in()) as maelle, closing(site.log_in("yanis")) as yanis:
        yanis.post("/halt", data={"why": ""})
        assert "Reprendre revient à Maëlle Kerbrat" in yanis.get("/pauses/1").text
        assert yanis.post("/pauses/1/release", data={}).status_code == 403
        assert "Vous êtes la seule personne" in maelle.get("/pauses/1").text
        (one,) = house.publications.held(1)
        maelle.post("/pauses/1/release", data={f"fate:{one.id}": "send"})
    assert house.publications.pauses() == []
    act = next(act for _, act in house.acts.latest() if act.verb == "pause.released")
    assert act.details["alone"] is True


def test_what_was_on_its_way_is_shown_with_its_outcome(site, house, people):
    (one, two) = schedule(site, "partie", "douteuse", after=-5_000)
    flying = [house.publications.claim(p.id, p.revision, [f"key{p.id}"], site.clock()) for p in (one, two)]
    house.publications.settle(in_doubt(flying[1], "timeout", "", site.clock() + 9_000))
    # the first one's answer comes while the order waits for it
    asked = Thread(target=lambda: people("maelle").post("/halt", data={"why": ""}))
    asked.start()
    wait_until(house.publications.pauses)
    house.publications.settle(sent_one(flying[0], 0, "at://x/y/key1", "cid", "", site.clock() + 400))
    asked.join()
    page = plain(people("maelle").get("/pauses/1").text)
    assert "Partie 0,4 s après l'ordre" in page
    assert "Non confirmée : Vigie relit le réseau" in page
    assert house.publications.pause_of(1).settled_ms is not None


def test_the_log_of_pauses_says_how_fast_each_was(house, people):
    people("maelle").post("/halt", data={"why": "Alerte"})
    page = plain(people("ines").get("/pauses").text)
    assert "Tout est suspendu depuis" in page
    assert "arrêt en moins de 0,1 s" in page
