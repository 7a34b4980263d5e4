"""A page that stays open when its session ends says so, and leads back."""

import pytest
from playwright.sync_api import expect

from vigie.model import Act
from vigie.web import live

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/", "/listening?query=brand"])
def test_a_session_that_ended_is_told_from_a_network_that_is_down(open_page, site, monkeypatch, path):
    monkeypatch.setattr(live, "BEAT_S", 0.2)
    site.hear("La Brûlerie du Port ouvre samedi")
    page = open_page(path)
    band = page.locator("#logged-out")
    expect(band).to_be_hidden()
    digests = [session.digest for session in site.house.accounts.sessions("maelle")]
    closed = Act(at=site.clock(), who="maelle", verb="sessions.closed", what="account:maelle")
    site.house.accounts.close_sessions(digests, closed)
    expect(band).to_be_visible(timeout=15_000)
    assert "Votre session est terminée" in band.inner_text()
    expect(page.locator("#offline:visible")).to_have_count(0)
    band.get_by_role("link").click()
    page.wait_for_url("**/login?next=*")
    page.fill("#f-login", "maelle")
