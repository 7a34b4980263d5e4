"""A watch kept without a mouse: one always sees where one is."""

import pytest
from playwright.sync_api import Page, expect

from web.served import PASSWORD

pytestmark = pytest.mark.browser

RINGED = """() => {
  for (let one = document.activeElement; one && one !== document.body; one = one.parentElement) {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    if (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) return true;
    if (one.matches('li, form, dialog, main')) return false;
  }
  return false;
}"""


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def in_focus(page: Page, selector: str) -> None:
    """The selected one has the focus, and its ring is drawn."""
    expect(page.locator(selector)).to_be_focused()
    assert page.evaluate(RINGED), f"no ring around {selector}"


def test_a_watch_without_a_mouse(open_page, site):
    site.hear("Le Sidamo de la Brûlerie du Port est arrivé", "La Brûlerie du Port ouvre samedi")
    page = open_page("/login", login="")

    in_focus(page, "#f-login")
    page.keyboard.type("maelle")
    press(page, "Tab")
    in_focus(page, "#f-password")
    page.keyboard.type(PASSWORD)
    press(page, "Enter")
    page.wait_for_url(lambda url: "/login" not in url)

    press(page, "g", "l")
    page.wait_for_url("**/listening")
    expect(page.locator("#follow")).to_be_visible()  # the page's script has begun
    press(page, "j")
    in_focus(page, "#rows li:nth-child(1) .row__a")
    press(page, "j")
    in_focus(page, "#rows li:nth-child(2) .row__a")
    press(page, "Enter")
    in_focus(page, "#side")
    press(page, "Tab", "Tab")
    in_focus(page, "#side .dl a")
    press(page, "Escape")
    expect(page.locator("#side")).to_have_count(0)
    in_focus(page, "#rows li:nth-child(2) .row__a")

    press(page, "Control+k")
    page.keyboard.type("requêtes")
    in_focus(page, "[data-seek]")
    assert page.input_value("[data-seek]") == "requêtes"
    press(page, "Enter")
    page.wait_for_url("**/queries")

    press(page, "Tab")
    in_focus(page, ".skip")
    press(page, "Enter")
    for _ in range(12):
        press(page, "Tab")
        assert page.evaluate(RINGED)
        if page.evaluate("document.activeElement.pathname") == "/queries/brand":
            break
    press(page, "Enter")
    page.wait_for_url("**/queries/brand")


def test_the_palette_searches_the_mentions(open_page, site):
    site.hear("Le Sidamo de la Brûlerie du Port est arrivé", "La Brûlerie du Port ouvre samedi")
    page = open_page("/account")
    press(page, "Control+k")
    page.keyboard.type("sidamo")
    press(page, "Enter")
    page.wait_for_url("**/listening?q=sidamo")
    expect(page.locator("#rows li")).to_have_count(1)
