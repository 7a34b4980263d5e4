"""A served Vigie for tests: a real home, a real store, a real server on a free port."""

import asyncio
import random
import re
import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import httpx
import msgspec
import uvicorn
from argon2 import PasswordHasher
from litestar import Litestar

from vigie.charter import Channel, Vocabulary, parse
from vigie.checks import built_in
from vigie.fetch import GuardedFetch
from vigie.flows.ports.accounts import Account
from vigie.flows.ports.fetch import Fetch
from vigie.flows.ports.network import Network, Tools
from vigie.flows.ports.pulse import Pulse
from vigie.flows.ports.vault import Vault
from vigie.flows.ports.writer import Grant, WriteTools, Writing
from vigie.home import Home
from vigie.model import Act, Author, Batch, Millis, Post, Sighting, SourceSpec, SourceState
from vigie.store import open_store
from vigie.web.house import House
from vigie.web.live import stop_live
from vigie.web.site import create_app

PASSWORD = "un quai sous la pluie"
NOON: Millis = 1_794_501_720_000
"""Thursday 12 November 2026, 17:42 in Paris."""
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Made once: a client of its own would read all authorities again, and speaks plain HTTP."""

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


class MovableClock:
    """A clock that a test moves by hand."""

    def __init__(self, now: Millis = NOON) -> None:
        self.now = now

    def __call__(self) -> Millis:
        return self.now

    def forward(self, ms: Millis) -> None:
        self.now += ms


class Keys:
    """Implements `vigie.flows.ports.keyring.Keyring` over the home's vault, as `app` does."""

    def __init__(self, vault: Vault, tools: WriteTools, writings: Mapping[str, Writing]) -> None:
        self._vault, self._tools, self._writings = vault, tools, writings

    def writing(self, channel: Channel) -> Writing | None:
        return self._writings.get(channel.network)

    def grant(self, channel: str) -> Grant | None:
        kept = self._vault.get(f"channel:{channel}")
        return msgspec.json.decode(kept, type=Grant) if kept else None

    def keep_grant(self, channel: str, grant: Grant | None) -> None:
        if grant is None:
            self._vault.drop(f"channel:{channel}")
        else:
            self._vault.put(f"channel:{channel}", msgspec.json.encode(grant).decode())

    def write_tools(self) -> WriteTools:
        return self._tools


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
        return httpx.Client(base_url=self.url, headers=headers, timeout=30, verify=NO_TLS, **options)

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
    fetch: Fetch | None = None,
    pulses: Callable[[], Sequence[Pulse]] = tuple,
    writings: Mapping[str, Writing] | None = None,
) -> Iterator[Site]:
    """A home in ``folder``, its store and a site over them, on a free port."""
    clock = clock or MovableClock()
    home = Home(folder)
    if not (folder / "vigie.db").exists():
        (folder / "vigie.db").write_bytes(_empty_store())
    store = open_store(folder / "vigie.db", role="web")
    listening = _listening_socket()
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    vocabulary = Vocabulary(
        frozenset({"bluesky", "mastodon", "rss", "files"}), checks={check.id: check.options for check in built_in()}
    )
    fetch = fetch or GuardedFetch()
    vault = home.vault()
    keys = Keys(vault, WriteTools(fetch, clock, random.SystemRandom().random, 5.0), writings or {})
    house = House(
        archive=store.archive, acts=store.acts, accounts=store.accounts, drafts=store.drafts, media=home.media(),
        publications=store.publications, incidents=store.incidents, notices=store.notices, signals=store.signals,
        keyring=keys,
        charter_file=home.charter_file(store.acts), fetch=fetch,
        vault=vault, clock=clock, networks=networks or {}, parse_charter=lambda text: parse(text, vocabulary),
        open_tools=open_tools or _no_tools, secret=home.secret("web"), demo=demo, base_url=url, poll_ms=20,
        pulses=pulses,
    )  # fmt: skip
    site = Site(home, house, store, clock, url)
    _furnish(site, charter)
    server = _Server(uvicorn.Config("", log_level="warning", timeout_graceful_shutdown=2))
    thread = threading.Thread(target=_serve, args=(server, house, listening), daemon=True)
    thread.start()
    try:
        _wait_until(lambda: server.started or not thread.is_alive())
        assert server.started, "the site did not start"
        yield site
    finally:
        if isinstance(server.config.app, Litestar):  # as `app` does: open streams end before the server waits for them
            stop_live(server.config.app)
        server.should_exit = True
        thread.join(timeout=20)
        store.close()
        listening.close()
    assert not thread.is_alive(), "the site did not stop"


class _Server(uvicorn.Server):
    """One that looks ten times as often whether it is to end: most tests serve a site of their own."""

    async def main_loop(self) -> None:
        while not await self.on_tick(0):
            await asyncio.sleep(0.01)


def _listening_socket() -> socket.socket:
    # With the protocol named: asyncio switches Nagle's delay off (40 ms an answer) only where it is.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    return listening


def _serve(server: uvicorn.Server, house: House, listening: socket.socket) -> None:
    server.config.app = create_app(house)
    server.run(sockets=[listening])


def _furnish(site: Site, charter: str) -> None:
    if charter:
        site.write_charter(charter)
    for login in ("maelle", "yanis", "ines"):
        account = Account(login=login, person=login, password_hash=_hashed(), created_at=site.clock())
        site.house.accounts.add(
            account, Act(at=site.clock(), who="vigie", verb="account.created", what=f"account:{login}")
        )
    for name, network in (("bluesky", "bluesky"), ("presse", "rss")):
        state = SourceState(
            id=name, network=network, state="reading", since=site.clock() - 60_000, latest=site.clock(), rate=12.5,
            last_post_at=site.clock(), events=400, posts=380, kept=3,
        )  # fmt: skip
        site.house.archive.set_source(state)


@cache
def _empty_store() -> bytes:
    """A new store's file: its tables are made once a process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vigie.db"
        open_store(path, role="web").close()
        return path.read_bytes()


@cache
def _hashed() -> str:
    """Checked like any other, only not slow on purpose: nearly every test logs in."""
    return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)


def _no_tools(spec: SourceSpec) -> Tools:
    raise AssertionError(f"this site reads nothing, asked for {spec.id}")


def _wait_until(true: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)
