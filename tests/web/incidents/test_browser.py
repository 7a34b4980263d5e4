"""A stolen account in a real browser, from the alert to what was learned; every page keeps up by itself."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from vigie.desk.publishing import piece_gone, recalling
from web.incidents.conftest import THEIRS, schedule

pytestmark = pytest.mark.browser


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_stolen_account_from_the_alert_to_what_was_learned(site, house, open_page, stolen):
    schedule(site, "Samedi, on ouvre la torréfaction.")
    page = open_page("/queries")
    waiting = page.locator('[data-waiting="/incidents"]')
    expect(waiting).to_be_hidden()

    incident = stolen()
    alert = page.locator("#alerts")
    expect(alert).to_contain_text("Bluesky : une publication est partie sans Vigie.")  # it comes by itself
    expect(waiting).to_contain_text("1")
    alert.get_by_role("link", name="Ouvrir").click()
    expect(page.locator("h1")).to_have_text("Bluesky : une publication est partie sans Vigie.")
    expect(page.locator("#ours")).to_contain_text(THEIRS)

    press(page, "Je prends")
    expect(page.locator("#war")).to_contain_text("Maëlle Kerbrat en répond")
    expect(page.locator("#alerts")).not_to_contain_text("Incident")
    press(page, "Suspendre Bluesky")
    expect(page.locator("#held")).to_contain_text("Bluesky : publications suspendues")
    (pause,) = house.publications.pauses()
    assert len(house.publications.held(pause.id)) == 1

    press(page, "Rappeler")
    expect(page.locator("#ours")).to_contain_text("Rappel demandé")
    _as_the_network_does(site, incident.remote_id)
    expect(page.locator("#ours")).to_contain_text("Rappelée, vérifié")  # without loading the page again
    expect(page.locator("#timeline")).to_contain_text("vérifie : la publication n’est plus sur Bluesky")

    page.locator(".prepared li", has_text="Pas nous").get_by_role("button", name="Reprendre dans un brouillon").click()
    expect(page).to_have_url(re.compile(r"/drafts/1"))
    page.goto("/incidents/1")
    expect(page.locator("#statement")).to_contain_text("Ce message n'est pas de nous.")

    page.get_by_role("checkbox", name="Changer la clé du compte").check()
    expect(page.locator("#tasks")).to_contain_text("1 sur 2")
    page.get_by_label("Ce qui se passe, ce qui est décidé").fill("Odile est prévenue.")
    press(page, "Noter")
    expect(page.locator("#timeline")).to_contain_text("Odile est prévenue.")

    press(page, "Contenu")
    expect(page.locator("#war")).to_contain_text("contenu en")
    press(page, "Résolu")
    page.get_by_label("En quelques mots").fill("La clé du compte ne se partage plus.")
    page.get_by_text("Pour en faire une règle").click()
    expect(page.locator("#rule-begun")).to_contain_text('bad: ["Gagnez un moulin, cliquez ici"]')
    press(page, "Retenir")
    expect(page.locator("#learned")).to_contain_text("La clé du compte ne se partage plus.")
    assert house.incidents.get(incident.id).state == "learned"
    expect(page.locator('[data-waiting="/incidents"]')).to_be_hidden()


def _as_the_network_does(site, remote_id: str) -> None:
    """What the role that publishes does once the network has taken the post away."""
    publications = site.house.publications
    asked = publications.settle(recalling(publications.by_remote("bluesky", remote_id)))
    publications.settle(piece_gone(asked, 0, site.clock()))


def test_two_people_see_each_other_work(site, house, open_page, stolen):
    stolen()
    maelle, yanis = open_page("/incidents/1"), open_page("/incidents/1", login="yanis")
    press(yanis, "Je prends")
    expect(maelle.locator("#war")).to_contain_text("Yanis Belkadi en répond")
    expect(maelle.get_by_role("button", name="Contenu", exact=True)).to_be_visible()
    maelle.get_by_label("Ce qui se passe, ce qui est décidé").fill("J'appelle la")
    yanis.get_by_role("checkbox", name="Prévenir la direction").check()
    expect(maelle.locator("#tasks")).to_contain_text("1 sur 2")
    expect(maelle.get_by_label("Ce qui se passe, ce qui est décidé")).to_have_value("J'appelle la")  # nothing is lost


def test_the_spread_grows_while_one_looks(site, house, open_page, stolen):
    incident = stolen()
    page = open_page("/incidents/1")
    expect(page.locator("#spread")).to_contain_text("aucune réponse")
    site.hear("Arnaque ?", "Compte piraté", reply_to=incident.remote_id, thread=incident.remote_id)
    expect(page.locator("#spread")).to_contain_text("2 réponses")
    expect(page.locator("#spread .chart__plot svg")).to_be_visible()
    site.hear("Ne cliquez pas", reply_to=incident.remote_id, thread=incident.remote_id)
    expect(page.locator("#spread")).to_contain_text("3 réponses")


def test_the_list_keeps_up(house, open_page, stolen):
    page = open_page("/incidents")
    expect(page.locator("h1")).to_contain_text("Aucun incident")
    stolen()
    expect(page.locator("h1")).to_have_text("Un incident attend quelqu’un.")
    expect(page.locator("#incidents .row")).to_have_count(1)


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_the_room_is_sound(site, house, open_page, stolen, check_page: Callable[..., None], width, theme):
    incident = stolen()
    site.hear("Arnaque ?", reply_to=incident.remote_id, thread=incident.remote_id)
    page = open_page("/incidents/1", width=width, theme=theme)
    check_page(page, widths=(width,))
    press(page, "Passer la main")
    expect(page.locator("#hand-over")).to_be_visible()
    check_page(page, widths=(width,))
    page.goto("/incidents/new")
    check_page(page, widths=(width,))


def test_it_is_handed_over_from_its_menu(house, open_page, stolen):
    stolen()
    page = open_page("/incidents/1")
    press(page, "Passer la main")
    page.get_by_label("À qui").select_option("yanis")
    page.locator("#hand-over").get_by_role("button").click()
    expect(page.locator("#timeline")).to_contain_text("passe la main à Yanis Belkadi")
    press(page, "Nommer")
    page.get_by_label("Nom de l’incident").fill("Compte volé")
    page.locator("#rename").get_by_role("button").click()
    expect(page.locator("h1")).to_have_text("Compte volé")
