"""The frame in a browser: keys, the palette, themes, and what axe-core says."""

import pytest

from web.served import CHARTER

pytestmark = pytest.mark.browser


def test_the_palette_filters_and_goes(open_page):
    page = open_page("/account")
    page.keyboard.press("Control+k")
    page.keyboard.type("perso")
    shown = page.locator("#palette a:visible")
    assert shown.first.inner_text().strip().startswith("Personnes")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people")


def test_the_palette_offers_to_search_for_what_it_does_not_know(open_page):
    page = open_page("/account")
    page.keyboard.press("Control+k")
    page.keyboard.type("zzz")
    assert page.locator("#palette a:visible").all_inner_texts() == ["Chercher dans Veille\xa0: zzz"]
    assert not page.locator("#palette [data-none]").is_visible()


def test_the_palette_says_when_it_knows_nothing(open_page, site):
    site.write_charter(CHARTER.replace("roles: [reader]", "roles: []"))
    page = open_page("/account", login="ines")
    page.keyboard.press("Control+k")
    page.keyboard.type("zzz")
    assert page.locator("#palette [data-none]").is_visible()


def test_two_letters_go_to_a_page_but_not_while_typing(open_page):
    page = open_page("/account")
    page.fill("#f-name", "")
    page.locator("#f-name").press("g")
    page.locator("#f-name").press("p")
    assert page.url.endswith("/account")
    page.locator("h1").click()
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/people")


def test_the_question_mark_shows_the_keys(open_page):
    page = open_page("/account")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()


def test_the_menu_changes_the_theme_at_once_and_for_good(open_page, site):
    page = open_page("/account")
    page.click(".nav__foot")
    with page.expect_response("**/account/look"):
        page.locator("#me label", has_text="Sombre").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert site.house.accounts.get("maelle").theme == "dark"


def test_the_menu_changes_the_language(open_page):
    page = open_page("/account")
    page.click(".nav__foot")
    page.locator("#me label", has_text="English").click()
    page.wait_for_selector("html[lang=en]")


def test_a_person_without_a_mouse_reaches_the_content_first(open_page):
    page = open_page("/account")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_error_page_is_sound(open_page, check_page, lang):
    check_page(open_page("/nothing", lang=lang))


def test_the_frame_with_its_dialogs_is_sound(open_page, check_page):
    page = open_page("/account")
    for name in ("palette", "keys"):
        page.evaluate(f"document.getElementById('{name}').showModal()")
        check_page(page, widths=(1440, 390))
        page.evaluate(f"document.getElementById('{name}').close()")
    page.click(".nav__foot")
    check_page(page, widths=(1440, 720))


def test_the_palette_searches_the_pages_that_can(open_page, site):
    site.hear("Le Sidamo est arrivé à la Brûlerie du Port")
    page = open_page("/account")
    page.keyboard.press("Control+k")
    searches = page.locator("#palette [data-search]")
    assert not any(link.is_visible() for link in searches.all())
    page.keyboard.type("sidamo & co")
    for link in searches.all():
        assert link.get_attribute("href") == link.get_attribute("data-search") + "sidamo%20%26%20co"
        assert link.is_visible()
