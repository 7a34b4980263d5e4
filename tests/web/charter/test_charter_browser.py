"""The charter's page in a browser: for eyes, fingers, keys and screen readers."""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from vigie.model import Author
from web.charter.test_charter_page import RULES, fires
from web.served import MovableClock, Site, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A house where rules spoke, people answered, and posts went out."""
    with serving(tmp_path_factory.mktemp("charter") / "home", charter=RULES, clock=MovableClock()) as site:
        fires(site, "garantie", "dismissed", "dismissed", "dismissed", "accepted", "suppressed", "")
        fires(site, "voisins", "", "", "", "", "", severity="warn", trial=True)
        site.hear("Un moulin garanti à vie.", "Il est arrivé.", queries=(), author=Author("did:plc:nous"))
        site.write_charter(RULES.replace("On le répare.", "On le répare à l'atelier."))
        yield site


@pytest.fixture
def at(chromium: Browser, lived_in: Site) -> Iterator[Callable[[str], Page]]:
    """``at("/charter")``: the owner's browser there, French, by day, on a desk."""
    with closing(lived_in.log_in()) as client:
        session = {"name": "vigie", "value": client.cookies["vigie"], "url": lived_in.url}
    context = chromium.new_context(
        base_url=lived_in.url, locale="fr-FR", viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
    )
    context.add_cookies([session])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if _ours(message) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def opened(path: str) -> Page:
        page.goto(path)
        return page

    yield opened
    context.close()
    assert not complaints, complaints


@pytest.mark.parametrize(
    "path", ["rules", "checks", "queries", "objectives", "channels", "people", "replay", "version"]
)
def test_each_part_is_sound(
    at: Callable[[str], Page], lived_in: Site, check_page: Callable[..., None], path: str
) -> None:
    to = {
        "replay": "/charter/replay",
        "version": f"/charter/versions/{lived_in.house.charter_digest()}",
    }.get(path, f"/charter?part={path}")
    page = at(to)
    for one in page.locator("details:not([open]) > summary").all():
        if one.is_visible():
            one.evaluate("element => { element.parentElement.open = true }")
    check_page(page)


def test_a_text_is_tried_with_the_keyboard_alone(at: Callable[[str], Page]) -> None:
    page = at("/charter")
    page.get_by_label("Texte", exact=True).focus()
    page.keyboard.type("Nos moulins sont garantis à vie")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tried = page.locator("#tried")
    expect(tried).to_contain_text("Un moulin finit par casser.")
    expect(tried.locator(".find").first).to_contain_text("garantis")
    assert page.url.endswith("/charter"), "the page stays where it is"
    page.get_by_label("Texte", exact=True).fill("Le Huila est là.")
    page.get_by_role("button", name="Essayer").click()
    expect(tried).to_contain_text("Rien à redire")


def test_a_year_is_replayed_by_one_key_and_its_posts_are_shown(at: Callable[[str], Page]) -> None:
    page = at("/charter")
    page.keyboard.press("r")
    expect(page.locator("#replayed [role=status]")).to_contain_text("2 publications sont lues.")
    expect(page.locator("h1")).to_contain_text("1 publication sur 2 aurait été bloquée.")
    expect(page.locator("mark").first).to_have_text("garanti à vie")
    page.get_by_role("link", name="Charte", exact=True).first.click()
    page.get_by_role("link", name="Les voir").first.click()
    expect(page.locator("#h-garantie")).to_be_in_viewport()


def test_advice_leads_to_its_rule(at: Callable[[str], Page]) -> None:
    page = at("/charter?part=people")
    page.locator("[aria-labelledby=advice-t]").get_by_role("link", name="voisins").click()
    expect(page.locator("article#voisins")).to_be_in_viewport()


def test_a_version_shows_its_lines(at: Callable[[str], Page]) -> None:
    page = at("/charter")
    page.locator(".versions a").first.click()
    expect(page.locator(".changes .add")).to_contain_text("On le répare à l'atelier.")
    expect(page.locator(".changes .cut")).to_contain_text("On le répare.")


def _ours(message: ConsoleMessage) -> bool:
    """An error of the page itself; what the judge evaluates has no address."""
    return message.type == "error" and bool(message.location["url"])
