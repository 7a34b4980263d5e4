"""The board of sources in a real browser: it follows by itself, and holds for everyone."""

import pytest
from playwright.sync_api import expect

from vigie.model import Batch, Rejected, SourceState

pytestmark = pytest.mark.browser


def trouble(site, error: str = "unreachable") -> None:
    site.house.archive.set_source(
        SourceState(
            "presse", "rss", state="retrying", error=error, error_at=site.clock(), retry_at=site.clock() + 60_000
        )
    )


def test_a_source_that_falls_silent_is_seen_without_loading_again(site, open_page):
    page = open_page("/sources")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tout est lu")
    trouble(site)
    expect(page.locator("#source-presse")).to_contain_text("Le serveur ne répond pas", timeout=15_000)
    expect(page.get_by_role("heading", level=1)).to_contain_text("« presse » ne répond plus", timeout=15_000)


def test_pages_hold_for_everyone(site, open_page, check_page):
    raw = b'{"commit": {"record": {"createdAt": "1601"}}}' * 20
    site.house.archive.append(
        "presse", Batch(rejected=(Rejected("bad-date", "createdAt", raw),), cursor="1"), [], site.clock()
    )
    trouble(site, "bad-token")
    for path in ("/sources", "/sources/presse", "/sources/new", "/sources/new?network=mastodon"):
        check_page(open_page(path))
