"""The whole way on a real Bluesky server: a draft, changes asked for, approved, scheduled, published, seen there."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from counterparts.pds import COLLECTION, Pds, pds
from vigie.flows.ports.writer import Grant
from web.composer.charter import APPROVED
from web.composer.test_approval_browser import select
from web.composer.ways import TEXT
from web.served import MovableClock, Site, serving

__all__ = ["pds"]
pytestmark = [pytest.mark.browser, pytest.mark.network_server]
PATIENCE_S = 30
LONG = TEXT.replace("samedi", "samedi à dix heures") + "\n\n---\n\nTanguy vous attend. #CafeDuPort"


class WallClock(MovableClock):
    """The clock of the machine, as `work` reads it."""

    def __call__(self) -> int:
        return time.time_ns() // 1_000_000


@contextmanager
def working(home: Path, server: Pds) -> Iterator[None]:
    """`vigie work` on that home until the end of the block."""
    env = os.environ | {"VIGIE_HOME": str(home), "VIGIE_ALLOW_PRIVATE": f"localhost:{server.port}"}
    with (home.parent / "work.log").open("ab") as log:
        process = subprocess.Popen([sys.executable, "-m", "vigie", "work"], env=env, stdout=log, stderr=log)
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def window(chromium: Browser, site: Site, login: str) -> Page:
    client = site.log_in(login)
    context = chromium.new_context(base_url=site.url, locale="fr-FR")
    context.add_cookies([{"name": "vigie", "value": client.cookies["vigie"], "url": site.url}])
    client.close()
    page = context.new_page()
    page.set_default_timeout(PATIENCE_S * 1000)
    return page


def test_from_the_first_word_to_the_network_and_back(pds: Pds, tmp_path: Path, chromium: Browser):
    account = pds.make_account("brulerie")
    charter = APPROVED.replace("account: brulerie.example", f"account: {account.handle}, account_id: {account.did}")
    home = tmp_path / "home"
    with serving(home, charter=charter, clock=WallClock()) as site, working(home, pds):
        grant = Grant(pds.url, "correct-horse", account.handle, account.did)
        site.house.vault.put("channel:bsky", msgspec.json.encode(grant).decode())
        yanis, ines, maelle = (window(chromium, site, who) for who in ("yanis", "ines", "maelle"))

        agreed(yanis, ines)
        maelle.goto("/drafts/1/schedule")
        maelle.get_by_role("button", name="Publier maintenant").click()
        expect(maelle.get_by_text("C’est programmé.")).to_be_visible()
        # the page follows by itself
        expect(maelle.get_by_role("heading", level=1)).to_contain_text("Publiée sur Bluesky")
        one = site.house.publications.get(1)
        expect(maelle.get_by_role("link", name="Voir sur Bluesky")).to_have_count(2)

        first, second = records(pds, account.did)
        assert one
        assert [first["uri"], second["uri"]] == [sent.remote_id for sent in one.sent]
        assert [first["value"]["text"], second["value"]["text"]] == [piece.text for piece in one.outgoing.pieces]
        assert second["value"]["reply"]["parent"]["uri"] == first["uri"]

        maelle.get_by_label("Raison, inscrite au registre").fill("La date a changé.")
        maelle.get_by_role("button", name="Retirer du réseau").click()
        expect(maelle.get_by_role("heading", level=1)).to_have_text("Retirée de Bluesky.")
        assert records(pds, account.did) == []
        verbs = {act.verb for _, act in site.house.acts.about("publication:1")}
        assert verbs >= {f"publication.{verb}" for verb in ("scheduled", "published", "recall-asked", "recalled")}


def agreed(yanis: Page, ines: Page) -> None:
    """One writes, the other asks for a change, it is made, it is approved."""
    yanis.goto("/drafts/new")
    yanis.get_by_label("Texte de la publication").fill(TEXT)
    yanis.get_by_role("checkbox", name="Bluesky").check()
    yanis.get_by_label("Cette publication sert à").select_option("meet")
    expect(yanis.locator("[data-saved]")).to_contain_text("enregistrée")
    yanis.get_by_role("button", name="Demander la validation").click()
    expect(yanis.get_by_text("Attend une réponse")).to_be_visible()

    ines.goto("/drafts/1")
    select(ines, "samedi")
    ines.keyboard.press("m")
    ines.keyboard.type("À quelle heure ?")
    ines.get_by_role("button", name="Demander des changements").click()
    expect(ines.get_by_text("Votre demande est transmise.")).to_be_visible()

    yanis.goto("/drafts/1")
    expect(yanis.locator(".reason--ask")).to_contain_text("À quelle heure ?")
    yanis.get_by_label("Texte de la publication").fill(LONG)
    expect(yanis.locator("[data-counts]").first).to_contain_text("fil de 2")
    yanis.get_by_role("button", name="Demander la validation").click()
    expect(yanis.get_by_text("Attend une réponse")).to_be_visible()

    ines.goto("/drafts/1")
    ines.get_by_role("button", name="Valider").click()
    expect(ines.get_by_text("Votre validation est enregistrée.")).to_be_visible()


def records(server: Pds, did: str) -> list[dict[str, Any]]:
    """What stands on the account, the oldest first."""
    asked: dict[str, str | int] = {"repo": did, "collection": COLLECTION, "limit": 100}
    found = httpx.get(f"{server.url}/xrpc/com.atproto.repo.listRecords", params=asked, timeout=20).json()["records"]
    return sorted(found, key=lambda one: one["value"]["createdAt"])
