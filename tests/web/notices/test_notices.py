"""The page Notices: what I was told, and the delivery log."""

import re

import pytest
from playwright.sync_api import expect

from vigie.flows.ports.messenger import Answer
from vigie.flows.tell import delivered
from web.incidents.conftest import plain
from web.notices.telling import people_were_told, told, ways


def test_nobody_was_told_anything_yet(client):
    page = plain(client.get("/notices").text)
    assert "Vigie n'a encore eu personne à prévenir." in page
    assert "Aucun message n'est encore parti." in page


def test_what_reached_my_page_and_what_i_have_seen(site, client):
    people_were_told(site)
    assert client.get("/notices").text.count("is-unread") == 4
    client.post("/incidents/-/seen", data={"upto": "5", "back": "/notices"})
    page = client.get("/notices").text
    assert "is-unread" not in page
    assert "Incident nº 4" in plain(page)


def test_each_way_says_how_it_went(site, client):
    people_were_told(site)
    page = plain(client.get("/notices").text)
    assert "Un message n'est pas arrivé." in page
    for said in (
        "Maëlle Kerbrat · Courriel Remis : 17 h 42. 250 2.0.0 Ok: queued as 4FQ",
        "Maëlle Kerbrat · Messagerie Pas envoyé : pas d'adresse.",
        "Pas remis. Un essai. 550 5.1.1 <b>no such person</b>",
        "Refusé. Prochain essai : 17 h 42. the service did not take it",
        "Attend la fin des heures calmes : le 13 nov. à 3 h 42.",
        "Yanis Belkadi · Courriel Pas envoyé : quelqu'un avait pris l'incident.",
        "appel nº 2",
    ):
        assert said in page, said


def test_the_log_by_state(site, client):
    people_were_told(site)
    for state, count in (("failed", 1), ("delivered", 6), ("cancelled", 3), ("waiting", 5)):
        page = client.get(f"/notices?which={state}").text
        assert page.count('class="way"') == count, state
    assert client.get("/notices?which=nothing").status_code == 400


def test_what_failed_or_arrived_is_sent_again_under_the_same_id_and_it_is_written_down(site, client):
    people_were_told(site)
    failed = next(one for one, _ in site.house.notices.log(state="failed"))
    assert f'id="again-{failed.id}"' in client.get("/notices").text
    answer = client.post(f"/notices/{failed.id}/again?which=failed")
    assert answer.headers["location"] == "/notices?which=failed&done=notices.done.again"
    now = site.house.notices.delivery(failed.id)
    assert (now.id, now.state, now.attempts, now.try_at) == (failed.id, "waiting", 0, site.clock())
    assert (now, site.house.notices.get(now.notice)) in site.house.notices.due(site.clock())
    act = site.house.acts.latest()[0][1]
    assert (act.verb, act.who, act.what) == ("notice.resent", "maelle", f"notice:{failed.notice}")
    assert act.details == {"delivery": failed.id, "means": "email", "to": "maelle"}


def test_what_waits_or_stands_on_a_page_is_not_sent_again(site, client):
    by = ways(site, told(site))
    for means in ("page", "chat"):
        answer = client.post(f"/notices/{by[means].id}/again")
        assert answer.status_code == 409
        assert "Rien n'est envoyé" in plain(answer.text)
        assert site.house.notices.delivery(by[means].id) == by[means]
    assert client.post("/notices/999/again").status_code == 404


def test_a_reader_sees_their_own_and_not_the_log(site):
    people_were_told(site)
    told(site, to=("ines",))
    ines = site.log_in("ines")
    page = ines.get("/notices").text
    assert 'class="way"' not in page
    assert page.count("is-unread") == 1
    assert ines.post("/notices/1/again").status_code == 403


def test_what_cannot_wait_is_said_on_every_page(site, client):
    people_were_told(site)
    for path in ("/", "/drafts/new", "/account", "/notices", "/charter"):
        assert "Incident nº 4" in plain(client.get(path).text), path


def test_strangers_words_stay_words(site, client):
    by = ways(site, told(site))
    site.house.notices.settle(delivered(by["chat"], Answer(200, "<script>alert(1)</script>"), site.clock()))
    assert "<script>alert(1)" not in client.get("/notices").text


@pytest.mark.browser
def test_the_log_keeps_up_by_itself(open_page, site, check_page):
    by = ways(site, told(site))
    page = open_page("/notices")
    way = page.locator(".way", has_text="Courriel")
    expect(way).to_contain_text("En route")
    page.locator(".tabs a").first.focus()
    site.house.notices.settle(delivered(by["email"], Answer(250, "Ok"), site.clock()))
    expect(way).to_contain_text("250 Ok")
    told(site, incident=9)
    expect(page.locator("h1")).to_contain_text(re.compile("2 alertes"))
    expect(page.locator(".tabs a").first).to_be_focused()
    page.locator("#seen").press("Enter")
    expect(page.locator(".is-unread")).to_have_count(0)
    check_page(page)
