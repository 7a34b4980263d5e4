"""The calendar in a real browser: moved by dragging, by keys, and what the charter says of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_publication_is_moved_by_dragging_and_by_keys(ways, open_page: Callable[..., Page]):
    one = ways.planned("Le marché de Noël approche.", "2026-11-18T09:30")

    def wall() -> str:
        return ways.house.publications.get(one.id).wall

    page = open_page("/calendar")
    slip = page.locator(f"#publication-{one.id}")
    with page.expect_navigation():
        slip.drag_to(page.locator('[data-day="2026-11-20"]'))
    expect(page.locator('[data-day="2026-11-20"]')).to_contain_text("Le marché de Noël approche")
    assert wall() == "2026-11-20T09:30"

    link = slip.get_by_role("link")
    expect(link).to_be_focused()  # where one was, so that a key goes on from there
    with page.expect_navigation():
        page.keyboard.press("Shift+ArrowDown")
    assert wall() == "2026-11-27T09:30"
    expect(link).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Shift+ArrowLeft")
    assert wall() == "2026-11-26T09:30"

    # a day of mourning: nothing moves, and the page says why
    with page.expect_navigation():
        slip.drag_to(page.locator('[data-day="2026-11-24"]'))
    expect(page.get_by_text("La charte bloque ce texte à ce moment.")).to_be_visible()
    assert wall() == "2026-11-26T09:30"


def test_who_may_not_schedule_moves_nothing(ways, open_page: Callable[..., Page]):
    one = ways.planned("Le marché de Noël approche.", "2026-11-18T09:30")
    page = open_page("/calendar", login="yanis")
    slip = page.locator(f"#publication-{one.id}")
    assert slip.get_attribute("draggable") is None
    slip.get_by_role("link").focus()
    page.keyboard.press("Shift+ArrowRight")
    slip.drag_to(page.locator('[data-day="2026-11-20"]'))
    assert ways.house.publications.get(one.id).wall == "2026-11-18T09:30"
