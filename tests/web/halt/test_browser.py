"""The halt in a real browser: one key, one dialog, every open page; and letting go again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from web.incidents.conftest import CRISIS, schedule

pytestmark = pytest.mark.browser


@pytest.fixture
def house(site):
    site.write_charter(CRISIS.replace("Belkadi, roles: [author]", "Belkadi, roles: [publisher]"))
    return site.house


def band(page: Page):
    return page.locator("#held")


def test_one_key_stops_everything_and_every_open_page_says_so(site, house, open_page):
    schedule(site, "un", "deux")
    schedule(site, "trois", channel="masto")
    yanis, maelle = open_page("/listening", login="yanis"), open_page("/queries")
    expect(band(maelle)).to_be_hidden()

    yanis.keyboard.press("Shift+P")
    dialog = yanis.get_by_role("dialog", name="Suspendre toutes les publications")
    expect(dialog).to_contain_text("3 publications programmées seront retenues sur 2 comptes. Rien n’est supprimé.")
    yanis.keyboard.type("Alerte rouge. On se tait.")
    yanis.keyboard.press("Enter")
    expect(yanis).to_have_url(re.compile(r"/pauses/1"))
    expect(yanis.locator("h1")).to_contain_text("Tout est suspendu depuis")
    assert house.publications.due(site.clock() + 10**9) == []

    expect(band(maelle)).to_contain_text("Tout est suspendu")  # without loading the page again
    expect(band(maelle)).to_contain_text("Alerte rouge. On se tait.")
    expect(maelle.locator("#halt-switch")).to_contain_text("Reprendre…")

    maelle.keyboard.press("Shift+P")  # the same key leads to where one lets go
    expect(maelle).to_have_url(re.compile(r"/pauses/1"))
    maelle.get_by_role("button", name="Envoyer").click()
    maelle.get_by_role("button", name="Proposer la reprise").click()
    expect(maelle.get_by_text("Une deuxième personne valide : Yanis Belkadi.")).to_be_visible()
    yanis.goto("/pauses/1")
    yanis.get_by_role("button", name="Valider et reprendre").click()
    expect(yanis.locator("h1")).to_contain_text("Les publications ont repris")
    expect(band(maelle)).to_be_hidden()
    expect(maelle.locator("#halt-switch")).to_contain_text("Tout suspendre")


def test_it_can_be_left_without_doing_anything(house, open_page):
    page = open_page("/")
    page.locator("#halt-switch").click()
    expect(page.get_by_role("dialog", name="Suspendre toutes les publications")).to_be_visible()
    page.get_by_role("button", name="Annuler").click()
    page.locator("#halt-switch").focus()
    page.keyboard.press("Space")
    expect(page.locator("#halt")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#halt")).to_be_hidden()
    assert house.publications.pauses() == []


def test_typing_a_capital_p_is_only_typing(house, open_page):
    page = open_page("/listening")
    page.get_by_role("searchbox").first.focus()
    page.keyboard.press("Shift+P")
    expect(page.locator("#halt")).to_be_hidden()


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_its_pages_are_sound(site, house, open_page, check_page: Callable[..., None], width, theme):
    schedule(site, "un", "deux", after=-3_600_000)
    page = open_page("/halt", width=width, theme=theme)
    switch = page.locator("#halt-switch").bounding_box()
    assert switch["x"] + switch["width"] > width - 30  # the same corner, phone included
    assert switch["y"] < 10
    switch_height = switch["height"]
    assert switch_height >= (43.5 if width < 500 else 28)
    page.locator("#halt-switch").click()
    check_page(page, widths=(width,))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Tout est suspendu")
    check_page(page, widths=(width,))


def test_when_vigie_does_not_answer_the_dialog_says_so(house, open_page):
    page = open_page("/")
    page.route("**/halt", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.locator("#halt-switch").click()
    page.get_by_role("button", name="Suspendre maintenant").click()
    expect(page.locator("#halt")).to_contain_text("La suspension n’est pas confirmée")
    assert house.publications.pauses() == []
