"""A stolen account on a real Bluesky server: the alert in the browser, the pause, the recall that the network confirms,
the statement that is published, and what was learned."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from counterparts.pds import Pds, pds
from vigie.flows.ports.archive import Filter
from vigie.flows.ports.writer import Grant
from web.composer.test_published import WallClock, records, window
from web.incidents.conftest import CRISIS, THEIRS, wait_until
from web.served import serving

__all__ = ["pds"]
pytestmark = [pytest.mark.browser, pytest.mark.network_server]
WIRE = "  pause_when:\n    - {id: hand, on: unknown-hand, then: pause}\n"


@contextmanager
def role(name: str, home: Path, server: Pds) -> Iterator[None]:
    """A role of Vigie as a process of its own, until the end of the block."""
    env = os.environ | {"VIGIE_HOME": str(home), "VIGIE_ALLOW_PRIVATE": f"localhost:{server.port}"}
    with (home.parent / f"{name}.log").open("ab") as log:
        process = subprocess.Popen([sys.executable, "-m", "vigie", name], env=env, stdout=log, stderr=log)
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_stolen_account_is_contained_on_its_network(pds: Pds, tmp_path: Path, chromium: Browser) -> None:
    account, stranger = pds.make_account("brulerie"), pds.make_account("lou")
    ours = f"account: {account.handle}, account_id: '{account.did}'"
    charter = (
        CRISIS.replace("account: brulerie.example, account_id: 'did:plc:nous'", ours)
        .replace("{id: bluesky, network: bluesky}", f'{{id: bluesky, network: bluesky, address: "{pds.firehose}"}}')
        .replace("crisis:\n  on_call", f"crisis:\n{WIRE}  on_call")
    )
    home = tmp_path / "home"
    with ExitStack() as stack:
        site = stack.enter_context(serving(home, charter=charter, clock=WallClock()))
        house = site.house
        grant = Grant(pds.url, "correct-horse", account.handle, account.did)
        house.vault.put("channel:bsky", msgspec.json.encode(grant).decode())
        for name in ("work", "listen"):
            stack.enter_context(role(name, home, pds))
        page = window(chromium, site, "maelle")
        page.goto("/queries")

        def heard() -> bool:
            pds.post(stranger, "la brûlerie du port est ouverte")  # a firehose says nothing until something happens
            time.sleep(0.2)
            return bool(house.archive.mentions(Filter(), "", 1).mentions)

        wait_until(heard, 60)
        stolen = pds.post(account, THEIRS)  # behind Vigie's back
        expect(page.locator("#alerts")).to_contain_text("Bluesky : une publication est partie sans Vigie.")
        expect(page.locator("#held")).to_contain_text("Bluesky : publications suspendues")  # the tripwire did it
        expect(page.locator("#held")).to_contain_text("publication inconnue")
        page.locator("#alerts").get_by_role("link", name="Ouvrir").click()
        press(page, "Je prends")
        pds.reply(stranger, stolen, "C'est vous, la brûlerie du port ?")
        expect(page.locator("#spread")).to_contain_text("1 réponse")

        press(page, "Rappeler")
        expect(page.locator("#ours")).to_contain_text("Rappelée, vérifié")
        assert records(pds, account.did) == []
        expect(page.locator("#timeline")).to_contain_text("vérifie : la publication n’est plus sur Bluesky")

        prepared = page.locator(".prepared li", has_text="Pas nous")
        prepared.get_by_role("button", name="Reprendre dans un brouillon").click()
        expect(page).to_have_url(re.compile("/drafts/1"))
        page.goto("/pauses/1")
        press(page, "Reprendre")
        expect(page.locator("h1")).to_contain_text("Les publications ont repris")
        page.goto("/drafts/1/schedule")
        press(page, "Publier maintenant")
        page.goto("/incidents/1")
        expect(page.locator("#statement")).to_contain_text("publiée sur un compte")
        (statement,) = records(pds, account.did)
        assert statement["value"]["text"] == "Ce message n'est pas de nous."

        press(page, "Contenu")
        press(page, "Résolu")
        page.get_by_label("En quelques mots").fill("La clé du compte ne se partage plus.")
        press(page, "Retenir")
        expect(page.locator("#learned")).to_contain_text("La clé du compte ne se partage plus.")
        # what Vigie itself took back and published is nobody's unknown hand
        assert [one.id for one in house.incidents.of_states(("open", "acknowledged", "contained"))] == []
        assert house.incidents.get(1).state == "learned"
