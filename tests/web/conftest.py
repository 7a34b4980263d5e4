"""What the tests of all pages share: a served site, somebody logged in, a browser and its judge."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from web import judge
from web.served import MovableClock, Site, serving

CHROMIUM = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--disable-component-update",
    "--no-first-run",
]


@pytest.fixture
def clock() -> MovableClock:
    """Stands at `NOON` until moved."""
    return MovableClock()


@pytest.fixture
def site(tmp_path: Path, clock: MovableClock) -> Iterator[Site]:
    """A served site with the charter above."""
    with serving(tmp_path / "home", clock=clock) as site:
        yield site


@pytest.fixture
def client(site: Site) -> Iterator[httpx.Client]:
    """The owner's browser, without scripts."""
    client = site.log_in()
    yield client
    client.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser a module: a running Playwright and an asynchronous test do not go together in one thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """``open_page("/listening", login="yanis", width=390, theme="dark", lang="en")``: a page in the browser.

    ``login=""`` is nobody. The test fails when a page wrote an error to the console.
    """
    contexts = []
    complaints: list[str] = []

    def opened(
        path: str = "/", *, login: str = "maelle", width: int = 1440, theme: str = "light", lang: str = "fr"
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900 if width > 500 else 844},
            color_scheme=theme,
            reduced_motion="reduce",
            locale={"fr": "fr-FR", "en": "en-GB"}[lang],
            has_touch=width < 500,
            base_url=site.url,
        )
        contexts.append(context)
        if login:
            client = site.log_in(login)
            context.add_cookies([{"name": "vigie", "value": client.cookies["vigie"], "url": site.url}])
            client.close()
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if _ours(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        page.evaluate("document.fonts.ready")
        return page

    yield opened
    for context in contexts:
        context.close()
    failed = [one for one in complaints if "Failed to load resource" not in one]
    assert not failed, failed


def _ours(message: ConsoleMessage) -> bool:
    """An error of the page itself; what `judge` evaluates has no address."""
    return message.type == "error" and bool(message.location["url"])


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """The owner's browser at Today, French, by day, on a desk."""
    return open_page("/")


@pytest.fixture
def check_page() -> Callable[..., None]:
    """``check_page(page)``: see `web.judge.check_page`."""
    return judge.check_page
