"""A publication's page in a real browser follows what happens to it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from vigie.desk import publishing
from vigie.model import Act

pytestmark = pytest.mark.browser


def test_the_page_follows_and_never_under_somebodys_hands(ways, site, open_page: Callable[..., Page]):
    one = ways.planned("Le marché de Noël approche.", "2026-11-18T09:30")
    page, queue = open_page("/publications/1"), open_page("/queue")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Part sur Bluesky")
    expect(queue.get_by_text("Programmée", exact=True)).to_be_visible()
    page.get_by_label("Raison, si vous en avez une").fill("on en reparle")

    claimed = ways.house.publications.claim(one.id, one.revision, ["key"], site.clock())
    lost = publishing.given_up(claimed, "refused", "InvalidRequest")
    ways.house.publications.settle(lost, Act(site.clock(), "vigie", "publication.failed", "publication:1"))
    expect(queue.get_by_text("Échec", exact=True)).to_be_visible()
    expect(page.get_by_label("Raison, si vous en avez une")).to_have_value("on en reparle")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Part sur Bluesky")

    # what was seen is not what is: the press says so and does nothing
    page.get_by_role("button", name="Retirer de la file").click()
    expect(page.get_by_text("Cette publication a changé entre-temps.")).to_be_visible()
    assert ways.house.publications.get(1).state == "failed"
