"""Today: the title says what matters most, nothing is shown that does not exist."""

import re
from contextlib import closing

import pytest
from msgspec import structs
from playwright.sync_api import expect

from vigie.flows.today import TOO_MANY
from web.listening.talk import DAY, HOUR, MINUTE
from web.served import serving


def title(client):
    text = client.get("/").text
    return re.search(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)[1].replace("\u00a0", " ").replace("\u202f", " ")


def grown(site, days=36):
    """An archive that is a few weeks old, with a mention of each query each day."""
    now = site.clock()
    for day in range(1, days):
        site.hear("La Brûlerie du Port", created_at=now - day * DAY)
        site.hear("colis en retard", queries=("delivery",), created_at=now - day * DAY - HOUR)


def test_a_house_without_charter_is_set_up_first(tmp_path):
    with serving(tmp_path / "home", charter="") as site, closing(site.log_in()) as client:
        answer = client.get("/")
    assert (answer.status_code, answer.headers["location"]) == (302, "/setup")


def test_a_new_house_has_first_steps(client):
    text = client.get("/").text
    assert title(client).startswith("Vigie écoute. Il reste ")
    assert "Premiers pas" in text
    assert "Rien n’a encore répondu à vos requêtes" in text
    assert "À voir" not in text


def test_a_calm_day(site, client):
    grown(site)
    assert title(client).startswith("Rien ne presse. ")
    site.hear("La Brûlerie du Port", "La Brûlerie du Port")
    assert re.fullmatch(r"Rien ne presse\. \d mentions depuis minuit, \d un jour habituel\.", title(client))
    text = client.get("/").text
    assert "Premiers pas" not in text
    assert "rien ne dépasse l’habitude" in text


def test_a_surge_comes_before_all(site, client):
    grown(site)
    site.hear(*("colis en retard" for _ in range(40)), queries=("delivery",), created_at=site.clock() - 3 * MINUTE)
    _down(site, "presse")
    assert title(client).startswith("« delivery » dépasse l’habitude depuis ")
    text = client.get("/").text
    assert text.index('id="q-delivery"') < text.index('id="q-brand"')
    assert "40 mentions depuis" in text


def test_a_surge_that_is_over_is_still_said(site, client):
    grown(site)
    site.hear(*("colis en retard" for _ in range(40)), queries=("delivery",), created_at=site.clock() - 2 * HOUR)
    assert title(client).startswith("« delivery » a dépassé l’habitude, de ")
    assert "40 mentions de" in client.get("/").text.replace("\u00a0", " ")


def test_a_source_in_trouble(site, client):
    grown(site)
    _down(site, "presse")
    assert title(client) == "presse ne répond plus."
    _down(site, "bluesky")
    assert title(client).startswith("La veille ne reçoit plus rien depuis ")


def test_a_query_that_finds_nothing_or_too_much(site, client):
    now = site.clock()
    for day in range(1, 6):
        site.hear(*("La Brûlerie du Port" for _ in range(TOO_MANY + 1)), created_at=now - day * DAY)
    assert title(client) == "Rien ne presse. 2 requêtes sont à revoir."
    text = client.get("/").text.replace("\u00a0", " ").replace("\u202f", " ")
    assert "501 mentions par jour" in text
    assert "rien depuis 30 jours" in text


def test_a_mention_is_shown_once(site, client):
    site.hear("colis de la Brûlerie du Port en retard", queries=("brand", "delivery"))
    text = client.get("/").text
    assert text.count('id="m1"') == 1


def test_someone_without_a_role_learns_who_gives_one(site):
    text, _ = site.house.charter_file.read()
    site.write_charter(text.replace("  - {id: ines, name: Inès Abgrall, roles: [reader]}\n", ""))
    with closing(site.log_in("ines")) as client:
        page = client.get("/").text
    assert "Maëlle Kerbrat" in page
    assert "ne vous donne encore aucun rôle" in page


def test_in_english(site):
    grown(site)
    with closing(site.log_in(headers={"accept-language": "en"})) as client:
        assert title(client).startswith("Nothing is pressing.")


def _down(site, name):
    state = next(one for one in site.house.archive.sources() if one.id == name)
    site.house.archive.set_source(structs.replace(state, state="retrying", error="unreachable"))


@pytest.mark.browser
def test_it_says_what_has_come_and_does_not_move(site, open_page):
    grown(site)
    page = open_page("/")
    expect(page.locator(".chart__plot svg")).to_be_visible()
    before = page.locator(".row").count()
    site.hear("La Brûlerie du Port a rouvert")
    expect(page.locator("#renew")).to_have_text("Une nouvelle mention")
    assert page.locator(".row").count() == before
    page.locator("#renew a").click()
    expect(page.locator(".row").first).to_contain_text("rouvert")


@pytest.mark.browser
def test_no_violation(site, open_page, check_page):
    page = open_page("/", lang="en")
    expect(page.locator(".chart__plot svg")).to_be_visible()
    check_page(page, (1440, 320))
    grown(site)
    site.hear(*("colis en retard" for _ in range(40)), queries=("delivery",), created_at=site.clock() - 3 * MINUTE)
    _down(site, "presse")
    page.goto("/")
    expect(page.locator(".chart__plot svg")).to_be_visible()
    check_page(page)
