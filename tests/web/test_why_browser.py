"""Why? in place: opened and closed under its row, by hand and by key, sound to a screen reader."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_reasons_open_under_their_row_and_close(site, open_page, check_page):
    site.hear("Un colis perdu par la Brûlerie du Port", queries=("brand", "delivery"))
    page = open_page("/listening")
    link = page.locator("#m1 [data-why]")
    link.click()
    box = page.locator("#m1 .row__reasons")
    expect(box.locator(".reasons")).to_have_count(2)
    expect(box).to_contain_text("« brand » trouve ce message.")
    expect(link).to_have_attribute("aria-expanded", "true")
    assert page.url.endswith("/listening")
    check_page(page)
    link.click()
    expect(box).to_have_count(0)
    expect(link).to_have_attribute("aria-expanded", "false")


def test_the_key_opens_the_reasons_of_the_row_one_stands_on(site, open_page):
    site.hear("La Brûlerie du Port, un matin", "La Brûlerie du Port, un soir")
    page = open_page("/listening")
    page.keyboard.press("j")
    page.keyboard.press("w")
    expect(page.locator("#m2 .row__reasons")).to_contain_text("trouve ce message")
    page.keyboard.press("w")
    expect(page.locator(".row__reasons")).to_have_count(0)


def test_what_was_left_aside_is_shown_in_full_on_the_page_of_its_own(site, open_page):
    site.hear("Merci @brulerie")
    page = open_page("/listening")
    page.locator("#m1 [data-why]").click()
    expect(page.locator(".row__reasons .test")).to_have_count(2)
    page.locator(".row__reasons").get_by_role("link", name="En détail").click()
    expect(page.locator(".test")).to_have_count(3)


def test_why_not_is_asked_with_nothing_but_the_keyboard(site, open_page):
    page = open_page("/listening/why?query=brand", lang="en")
    page.locator("#post").fill("A coffee by the port")
    page.locator("#post").press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("“brand” does not find this post: one condition is not met.")
    expect(page.locator(".misses")).to_contain_text("is there in one piece")
