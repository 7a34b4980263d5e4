"""My account: where I am told besides my pages, and whether that works."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from vigie.flows.ports.messenger import Answer, NotToldError
from vigie.flows.tell import delivered, not_delivered, unreachable
from web.incidents.conftest import plain
from web.notices.telling import ways
from web.served import CHARTER, Site, serving

NTFY = "ntfy://ntfy.example/un-sujet-secret"


@pytest.fixture
def site(tmp_path, clock) -> Iterator[Site]:
    charter = CHARTER.replace("roles: [owner]}", 'roles: [owner], quiet: ["20:00-07:30"]}')
    with serving(tmp_path / "home", charter=charter, clock=clock) as site:
        yield site


def test_what_the_charter_says_of_me(client):
    page = plain(client.get("/account").text)
    assert "maelle@brulerie.example" in page
    assert "20:00-07:30" in page


def test_a_chat_is_kept_encrypted_and_never_shown_again(site, client):
    assert client.post("/account/chat", data={"address": f" {NTFY} "}).headers["location"].startswith("/account?done=")
    assert site.house.vault.get("person:maelle:chat") == NTFY
    page = client.get("/account").text
    assert "ntfy://…" in page
    assert "secret" not in page
    act = site.house.acts.latest()[0][1]
    assert (act.verb, act.what, act.details) == ("chat.set", "person:maelle", {"service": "ntfy"})
    client.post("/account/chat/drop")
    assert site.house.vault.get("person:maelle:chat") == ""
    assert site.house.acts.latest()[0][1].verb == "chat.dropped"
    assert "ntfy://…" not in client.get("/account").text.replace("ntfy://ntfy.example/mon-sujet", "")


@pytest.mark.parametrize("address", ["", "nothing", "x://" + "y" * 2_000])
def test_what_is_no_address_is_refused_in_its_place(site, client, address):
    answer = client.post("/account/chat", data={"address": address})
    assert answer.status_code == 422
    assert "Ce n'est pas l'adresse d'un service" in plain(answer.text)
    assert 'aria-invalid="true"' in answer.text
    assert site.house.vault.names() == []


def test_a_reader_is_told_on_pages_and_sets_no_address(site):
    ines = site.log_in("ines")
    assert "/account/chat" not in ines.get("/account").text
    assert ines.post("/account/chat", data={"address": NTFY}).status_code == 403
    assert ines.post("/account/test").status_code == 403


def test_a_test_says_what_arrived(site, client):
    there = client.post("/account/test").headers["location"]
    number = int(re.fullmatch(r"/account\?test=(\d+)#told-t", there)[1])
    by = ways(site, site.house.notices.get(number))
    assert set(by) == {"page", "email", "chat"}
    part = client.get(f"/account/test/{number}").text
    assert "hx-trigger" in part
    assert "Courriel : en route." in plain(part)
    site.house.notices.settle(delivered(by["email"], Answer(250, "Ok"), site.clock()))
    site.house.notices.settle(unreachable(by["chat"]))
    part = client.get(f"/account/test/{number}").text
    assert "hx-trigger" not in part
    assert "Courriel : remis." in plain(part)
    assert "Messagerie : pas d'adresse." in plain(part)
    assert "Courriel : remis." in plain(client.get(there).text)
    assert site.log_in("yanis").get(f"/account/test/{number}").status_code == 404
    assert client.get("/account/test/999").status_code == 404
    assert client.get(f"/account?test={'9' * 30}").status_code == 200


def test_a_test_that_did_not_arrive_says_why(site, client):
    number = int(re.search(r"\d+", client.post("/account/test").headers["location"])[0])
    by = ways(site, site.house.notices.get(number))
    site.house.notices.settle(not_delivered(by["email"], NotToldError("550 no such person", final=True), site.clock()))
    assert "Courriel : pas remis. 550 no such person" in plain(client.get(f"/account/test/{number}").text)


def test_a_test_does_not_wait_for_ever(site, client, clock):
    number = int(re.search(r"\d+", client.post("/account/test").headers["location"])[0])
    clock.forward(16_000)
    part = client.get(f"/account/test/{number}").text
    assert "hx-trigger" not in part
    assert "Rien ne part en ce moment" in plain(part)


def test_the_houses_programs_hear_nothing_of_it(site, client):
    site.write_charter(site.house.charter_file.read()[0] + 'webhooks: [{id: pager, url: "https://pager.example/x"}]\n')
    client.post("/account/test")
    assert {one.means for one, _ in site.house.notices.log()} == {"page", "email", "chat"}


@pytest.mark.browser
def test_what_arrived_appears_by_itself(open_page, site, check_page):
    page = open_page("/account")
    page.get_by_role("button", name="M’envoyer un essai").click()
    expect(page.locator("#tried")).to_contain_text("en route")
    (notice, _), *_ = site.house.notices.for_person("maelle")
    for means, one in ways(site, notice).items():
        if means != "page":
            site.house.notices.settle(delivered(one, Answer(200), site.clock()))
    expect(page.locator("#tried")).not_to_contain_text("en route")
    check_page(page)
