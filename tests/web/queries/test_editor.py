"""The query editor in a real browser: a mistake is seen where it is, mended, tried on the sample and saved."""

import pytest
from msgspec import structs
from playwright.sync_api import Page, expect

from vigie.flows import queries as flow
from vigie.model import Author, Post
from web.live.running import Running
from web.queries.endless import Endless

pytestmark = pytest.mark.browser


@pytest.fixture
def sample(site) -> None:
    texts = ["Un café à la brûlerie du port", *["Rien de tout cela"] * 399]
    posts = [
        Post("bluesky", f"s{n}", Author("did:x", "lou.example", "Lou Ferrand"), text, site.clock() - n * 1000)
        for n, text in enumerate(texts)
    ]
    site.house.archive.add_to_sample(posts, site.clock())


def write(page: Page, words: str) -> None:
    page.locator("#match").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def test_a_mistake_is_seen_mended_tried_and_saved(site, sample, open_page):
    page = open_page("/queries/brand")
    write(page, '\nOR "café')
    verdict = page.locator("[data-verdict]")
    expect(verdict).to_contain_text("ligne 2, colonne 4")
    expect(page.locator("[data-under] .here")).to_have_text('"café')
    expect(page.locator("[data-save]")).to_be_disabled()
    expect(page.locator("[data-editor]")).to_have_attribute("data-s", "stop")

    verdict.get_by_role("button", name="Écrire").click()
    assert page.locator("#match").input_value().endswith('OR "café"')
    expect(verdict).to_contain_text("Vigie sait lire cette requête.")
    expect(page.locator("[data-found]")).to_have_text("1 sur 400")
    expect(page.locator("[data-preview] mark")).to_have_text(["café", "brûlerie du port"])

    page.keyboard.press("Control+s")
    expect(page.get_by_role("status").filter(has_text="enregistrée")).to_be_visible()
    text = site.house.charter_file.read()[0]
    assert "# our name, however it is spelt" in text
    assert "# The roastery's charter." in text
    assert flow.drafted(site.house.charter(), "brand").match == '"brûlerie du port" OR @brulerie\nOR "café"'


def test_the_coloured_copy_always_says_what_was_typed(site, open_page):
    page = open_page("/queries/new")
    for words in ('"a b" OR ', "😀 #tag ", "\n{brand", "} NEAR/3 x", "\n\n# note"):
        write(page, words)
        lines = page.locator("[data-under] .editor__line").all_text_contents()
        assert "\n".join(lines) == page.locator("#match").input_value()
    boxes = page.evaluate(
        """() => [...document.querySelectorAll('.editor__text, .editor__under')].map((e) => {
             const s = getComputedStyle(e);
             return [s.fontFamily, s.fontSize, s.lineHeight, s.padding, s.letterSpacing,
                     e.offsetWidth, e.offsetHeight].join();
           })"""
    )
    assert boxes[0] == boxes[1]


def test_names_are_completed_with_the_keyboard(site, open_page):
    page = open_page("/queries/new")
    write(page, "café OR {d")
    expect(page.locator("#names").get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    assert page.locator("#match").input_value() == "café OR {delivery}"
    page.keyboard.press("Control+z")
    assert page.locator("#match").input_value() == "café OR {d"
    write(page, "\b{")
    expect(page.locator("#names").get_by_role("option")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator("#names").get_by_role("option")).to_have_count(0)


def test_ctrl_enter_looks_into_the_sample(site, sample, open_page):
    page = open_page("/queries/new")
    write(page, "cafe")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-preview]")).to_contain_text("Elle aurait trouvé un des 400 derniers messages")
    expect(page.locator("[data-preview] mark")).to_have_text(["café"])


def test_the_language_opens_beside_the_text_and_closes(site, open_page):
    page = open_page("/queries/new")
    page.get_by_role("link", name="Le langage en une page").click()
    expect(page.get_by_role("dialog")).to_contain_text("NEAR/5")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_dropping_is_undone_by_its_toast(site, open_page):
    before = site.house.charter_file.read()[0]
    page = open_page("/queries/delivery", lang="en")
    page.get_by_role("button", name="Drop this query").click()
    expect(page.get_by_role("status").filter(has_text="is dropped")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").filter(has_text="is back")).to_be_visible()
    assert site.house.charter_file.read()[0] == before


@pytest.mark.parametrize("path", ["/queries", "/queries/new", "/queries/brand", "/queries/-/language"])
def test_pages_hold_for_everyone(site, sample, open_page, check_page, path: str):
    site.house.archive.set_queries([("brand", '"brûlerie du port" OR @brulerie')], site.clock())
    site.hear("La brûlerie du port", "Merci @brulerie")
    page = open_page(path)
    check_page(page)


def test_faults_and_conflicts_hold_for_everyone(site, open_page, check_page):
    page = open_page("/queries/brand")
    write(page, ' OR c* OR "tout un long passage de mots que personne ne ferme')
    expect(page.locator("[data-verdict] .fault")).to_have_count(2)
    check_page(page)
    write(page, '"')
    page.locator("#match").fill("brulerie")
    site.write_charter(site.house.charter_file.read()[0].replace("OR @brulerie'", "OR @brulerie OR x'"))
    expect(page.locator("[data-save]")).to_be_enabled()
    page.keyboard.press("Control+s")
    expect(page.get_by_role("heading", level=1)).to_contain_text("a changé pendant que vous écriviez")
    check_page(page)


def test_looking_back_fills_figures_bars_and_examples(site, open_page, check_page):
    site.hear(*["Un café au port"] * 12, "Rien de tout cela")
    page = open_page("/queries/new")
    write(page, "café")
    page.keyboard.press("Control+Shift+Enter")
    past = page.locator("[data-past]")
    expect(past.locator(".past__n")).to_have_text("Elle aurait trouvé 12 messages")
    expect(past.locator("svg[role=img] rect")).to_have_count(1)
    expect(past.locator("mark")).to_have_text(["café"] * 10)
    expect(past.locator("[data-past-stop]")).to_be_hidden()
    past.get_by_text("Les chiffres de chaque barre").click()
    expect(past.get_by_role("row")).to_have_count(2)
    check_page(page)


def test_stop_ends_a_look_back_and_says_that_it_is_not_the_whole(site, open_page):
    running = Running(structs.replace(site.house, archive=Endless(site.house.archive)))
    try:
        page = open_page("/queries/new")
        page.context.add_cookies([cookie | {"url": running.url} for cookie in cookies_of(page)])
        page.goto(f"{running.url}/queries/new")
        write(page, "café")
        page.locator("[data-past-go]").click()
        expect(page.locator("[data-past] mark").first).to_have_text("café")
        page.locator("[data-past-stop]").click()
        expect(page.locator("[data-past-figures]")).to_contain_text("Arrêtée avant la fin")
        expect(page.locator("[data-past-go]")).to_be_focused()
        page.wait_for_function("() => document.querySelector('[data-past-stop]').hidden")
        page.locator("[data-past-go]").click()
        expect(page.locator("[data-past-stop]")).to_be_visible()
        expect(page.locator("[data-past] mark").first).to_have_text("café")
        write(page, " OR thé")  # another text: what is shown would not be about it
        expect(page.locator("[data-past-stop]")).to_be_hidden()
        expect(page.locator("[data-past] mark")).to_have_count(0)
    finally:
        running.stop()


def cookies_of(page: Page) -> list[dict[str, str]]:
    return [{"name": one["name"], "value": one["value"]} for one in page.context.cookies()]


def test_a_word_is_taken_up_and_undone_with_one_key(site, open_page, check_page):
    site.hear(*["Grève des trains ce matin"] * 30, *["Les trains passent"] * 4, *["Un café au port"] * 60)
    page = open_page("/queries/new")
    write(page, "grève")
    page.get_by_text("Des mots pour l’élargir ou la préciser").click()
    offer = page.get_by_role("button", name="OR trains")
    expect(offer).to_be_visible()
    check_page(page)
    offer.click()
    assert page.locator("#match").input_value() == "grève\nOR trains"
    page.keyboard.press("Control+z")
    assert page.locator("#match").input_value() == "grève"


def test_a_pasted_query_is_shown_before_it_replaces(site, open_page, check_page):
    page = open_page("/queries/new", lang="en", theme="dark", width=390)
    write(page, "mine")
    page.get_by_text("Paste a query from another product").click()
    page.locator("#pasted").fill("“air france” NEAR/5f grève AND sentiment:negative")
    page.locator("[data-paste-go]").click()
    said = page.locator("[data-paste-said]")
    expect(said).to_contain_text('"air france" ONEAR/5 grève')
    expect(said).to_contain_text("sentiment:negative")
    assert page.locator("#match").input_value() == "mine"
    check_page(page)
    said.get_by_role("button", name="Take this text").click()
    assert page.locator("#match").input_value() == '"air france" ONEAR/5 grève'


def test_a_dear_query_offers_a_cheaper_text(site, open_page, check_page):
    page = open_page("/queries/new")
    write(page, "le OR torréfaction")
    verdict = page.locator("[data-verdict]")
    expect(verdict).to_contain_text("de ce qu’un message peut coûter")
    check_page(page)
    verdict.get_by_role("button", name="Prendre ce texte").click()
    assert page.locator("#match").input_value() == "torréfaction"
    expect(verdict).not_to_contain_text("peut coûter")
