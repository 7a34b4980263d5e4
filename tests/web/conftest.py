"""What the tests of all pages share: a real home, a served site, somebody logged in, a browser and its judge."""

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from vigie.charter import Vocabulary, parse
from vigie.flows.ports.network import Network, Tools
from vigie.home import Home
from vigie.model import Act, Author, Batch, Millis, Post, Sighting, SourceSpec, SourceState
from vigie.store import open_store
from vigie.web import House, create_app
from vigie.web.invite import create_owner

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / ".cache/frontend/axe.min.js"
PASSWORD = "un quai sous la pluie"
NOON: Millis = 1_794_480_120_000
"""Thursday 12 November 2026, 17:42 in Paris."""

CHARTER = """\
# The roastery's charter.
charter: 1
company:
  name: Brûlerie du Port
  languages: [fr, en]
  timezone: Europe/Paris
channels:
  - {id: bsky, network: bluesky, account: brulerie.example, owner: maelle}
queries:
  - id: brand  # our name, however it is spelt
    purpose: know what is said of us
    match: '"brûlerie du port" OR @brulerie'
  - id: delivery
    purpose: hear of parcels that are late
    match: colis AND (retard OR perdu)
people:
  - {id: maelle, name: Maëlle Kerbrat, email: maelle@brulerie.example, roles: [owner]}
  - {id: yanis, name: Yanis Belkadi, roles: [author]}
  - {id: ines, name: Inès Abgrall, roles: [reader]}
listening:
  sources:
    - {id: bluesky, network: bluesky}
    - {id: presse, network: rss, address: "https://presse.example/feed.xml"}
"""

CHROMIUM = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--disable-component-update",
    "--no-first-run",
]


class MovableClock:
    """A clock that a test moves by hand."""

    def __init__(self, now: Millis = NOON) -> None:
        self.now = now

    def __call__(self) -> Millis:
        return self.now

    def forward(self, ms: Millis) -> None:
        self.now += ms


class Site:
    """A served Vigie with a home of its own.

    ``maelle`` (owner), ``yanis`` (author) and ``ines`` (reader) have accounts with the password `PASSWORD`.
    """

    def __init__(self, home: Home, house: House, store: object, clock: MovableClock, url: str) -> None:
        self.home, self.house, self.store, self.clock, self.url = home, house, store, clock, url
        self._next = 0

    def visit(self, **options: object) -> httpx.Client:
        """A browser that is not logged in, French unless told otherwise."""
        headers = {"accept-language": "fr", **dict(options.pop("headers", {}))}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30, **options)

    def log_in(self, login: str = "maelle", password: str = PASSWORD, **options: object) -> httpx.Client:
        """A browser that is logged in; its `post` carries the CSRF token by itself."""
        client = self.visit(**options)
        answer = client.post(
            "/login", data={"login": login, "password": password, "_csrf": token_of(client.get("/login"))}
        )
        assert answer.status_code == 303, answer.text
        client.headers["x-csrf-token"] = token_of(client.get("/account"))
        return client

    def hear(
        self, *texts: str, queries: Sequence[str] = ("brand",), network: str = "bluesky", **fields: object
    ) -> list[Post]:
        """Puts posts into the archive as the listening role would, each a minute after the one before."""
        posts = []
        for text in texts:
            self._next += 1
            n = self._next
            author = Author(id=f"did:plc:{n}", handle=f"lou{n}.example", name=f"Lou Ferrand {n}")
            given = {
                "network": network, "remote_id": f"at://did:plc:{n}/{n}", "author": author, "text": text,
                "created_at": self.clock() - (60 - n % 60) * 60_000, "langs": ("fr",),
            } | fields  # fmt: skip
            posts.append(Post(**given))
        sightings = [Sighting(post, tuple(sorted(queries)), "match" if queries else "own") for post in posts]
        archive = self.house.archive
        batch = Batch(posts=tuple(posts), cursor=str(self._next), latest=self.clock(), events=len(posts))
        archive.append(network, batch, sightings, self.clock())
        return posts

    def write_charter(self, text: str) -> None:
        """As somebody does with an editor."""
        now, digest = self.house.charter_file.read()
        if now != text:
            self.house.charter_file.write(
                text, digest, Act(at=self.clock(), who="maelle", verb="charter.changed", what="charter")
            )


def token_of(answer: httpx.Response) -> str:
    """The CSRF token of a page's forms."""
    found = re.search(r'name="_csrf" value="([^"]+)"', answer.text)
    assert found, answer.text[:2000]
    return found[1]


@contextmanager
def serving(
    folder: Path,
    *,
    charter: str = CHARTER,
    networks: Mapping[str, Network] | None = None,
    open_tools: Callable[[SourceSpec], Tools] | None = None,
    demo: bool = True,
    clock: MovableClock | None = None,
) -> Iterator[Site]:
    """A home in ``folder``, its store and a site over them, on a free port."""
    clock = clock or MovableClock()
    home = Home(folder)
    store = open_store(folder / "vigie.db", role="web")
    listening = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    vocabulary = Vocabulary(frozenset({"bluesky", "mastodon", "rss", "files"}))
    house = House(
        archive=store.archive, acts=store.acts, accounts=store.accounts, charter_file=home.charter_file(store.acts),
        vault=home.vault(), clock=clock, networks=networks or {}, parse_charter=lambda text: parse(text, vocabulary),
        open_tools=open_tools or _no_tools, secret=home.secret("web"), demo=demo, base_url=url, poll_ms=20,
    )  # fmt: skip
    site = Site(home, house, store, clock, url)
    _furnish(site, charter)
    server = uvicorn.Server(uvicorn.Config("", log_level="warning", timeout_graceful_shutdown=2))
    thread = threading.Thread(target=_serve, args=(server, house, listening), daemon=True)
    thread.start()
    try:
        _wait_until(lambda: server.started or not thread.is_alive())
        assert server.started, "the site did not start"
        yield site
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        store.close()
        listening.close()
    assert not thread.is_alive(), "the site did not stop"


def _serve(server: uvicorn.Server, house: House, listening: socket.socket) -> None:
    server.config.app = create_app(house)
    server.run(sockets=[listening])


def _furnish(site: Site, charter: str) -> None:
    if charter:
        site.write_charter(charter)
    for login in ("maelle", "yanis", "ines"):
        create_owner(site.house.accounts, login, site.clock(), password=PASSWORD)
    for name, network in (("bluesky", "bluesky"), ("presse", "rss")):
        state = SourceState(
            id=name, network=network, state="reading", since=site.clock() - 60_000, latest=site.clock(), rate=12.5,
            last_post_at=site.clock(), events=400, posts=380, kept=3,
        )  # fmt: skip
        site.house.archive.set_source(state)


def _no_tools(spec: SourceSpec) -> Tools:
    raise AssertionError(f"this site reads nothing, asked for {spec.id}")


def _wait_until(true: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


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
    with site.log_in() as client:
        yield client


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
            viewport={"width": width, "height": 900 if width > 500 else 844}, color_scheme=theme, reduced_motion="reduce",
            locale={"fr": "fr-FR", "en": "en-GB"}[lang], has_touch=width < 500, base_url=site.url,
        )  # fmt: skip
        contexts.append(context)
        if login:
            with site.log_in(login) as client:
                context.add_cookies([{"name": "vigie", "value": client.cookies["vigie"], "url": site.url}])
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        page.evaluate("document.fonts.ready")
        return page

    yield opened
    for context in contexts:
        context.close()
    failed = [one for one in complaints if "Failed to load resource" not in one]
    assert not failed, failed


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """The owner's browser at Today, French, by day, on a desk."""
    return open_page("/")


@pytest.fixture(scope="session")
def check_page() -> Callable[..., None]:
    """``check_page(page)``: axe-core in both themes, and no sideways scrolling at any width. Fails with what it found."""
    source = AXE.read_text() if AXE.exists() else ""

    def check(page: Page, widths: Sequence[int] = (1440, 720, 390, 320)) -> None:
        assert source, "axe-core is missing: run scripts/frontend.py --dev"
        found: list[str] = []
        first = page.viewport_size
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            for width in widths:
                page.set_viewport_size({"width": width, "height": 900 if width > 500 else 844})
                found += [f"{theme} {width}: {problem}" for problem in _problems(page, source)]
        page.set_viewport_size(first)
        assert not found, "\n".join(dict.fromkeys(found))

    return check


def _problems(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)  # evaluated over the debugging protocol: the page's content policy stays as it is
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    violations = page.evaluate("tags => axe.run(document, {runOnly: tags}).then(r => r.violations)", tags)
    problems = [
        f"{one['id']} ({len(one['nodes'])}): " + " ## ".join(node["html"][:140] for node in one["nodes"][:3])
        for one in violations
    ]
    return problems + page.evaluate(_OVERFLOW) + page.evaluate(_SMALL)


_OVERFLOW = """() => {
  const width = innerWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.querySelectorAll('body *')].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width && box.right > width + 1 && !element.closest('.table-wrap,.tabs,.filters,.code,.diff--lines,svg,dialog:not([open])');
  });
  return ['scrolls sideways: ' + wide.slice(0, 4).map((e) => `${e.tagName}.${e.className} to ${Math.round(e.getBoundingClientRect().right)}`).join(' | ')];
}"""

_SMALL = """() => {
  if (innerWidth > 390) return [];
  return [...document.querySelectorAll('button, a.btn, .nav a, input, select')].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width && (box.height < 24 || box.width < 24) && !element.closest('dialog, [popover], label')
      && !element.classList.contains('link') && !['checkbox', 'radio', 'hidden'].includes(element.type);
  }).map((element) => 'target under 24 px: ' + element.outerHTML.slice(0, 100));
}"""
