"""The composer in a real browser: typed, understood, mended, described, handed on; and nothing lost on the way."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from vigie.model import Content
from web.composer.charter import CHARTER, GUARANTEE, PIXEL

pytestmark = pytest.mark.browser

BAD = "Nos moulins sont garantis à vie, venez samedi. #portesouvertesbrulerie"


@pytest.fixture
def house(site):
    site.write_charter(CHARTER)
    site.house.judge()
    return site.house


@pytest.fixture
def write(house, open_page) -> Callable[..., Page]:
    def opened(words: str = "", path: str = "/drafts/new", **how: object) -> Page:
        page = open_page(path, **how)
        sheet(page).click()
        page.keyboard.press("Control+End")
        page.keyboard.type(words)
        return page

    return opened


def sheet(page: Page):
    return page.get_by_label("Texte de la publication", exact=True)


def saved(page: Page):
    expect(page.locator("[data-saved]")).to_contain_text("enregistrée")


def test_a_bad_post_is_understood_mended_described_and_handed_on(house, write):
    page = write(BAD, login="yanis")
    page.get_by_role("checkbox", name="Bluesky").check()
    page.get_by_label("Cette publication sert à").select_option("meet")

    # sees why, under the words and beside them
    expect(page.locator('.sheet__under .find[data-s="block"]').first).to_have_text("garantis à vie")
    reason = page.locator("[data-reason]", has_text="garantie")
    expect(reason).to_contain_text("Bloque")
    expect(reason).to_contain_text(GUARANTEE)
    ready = page.get_by_role("button", name="Demander la programmation")
    expect(ready).to_have_attribute("aria-disabled", "true")

    # applies the suggestion: the tag can be read aloud
    page.get_by_role("button", name="Remplacer").first.click()
    expect(sheet(page)).to_have_value(BAD.replace("#portesouvertesbrulerie", "#PortesOuvertesBrulerie"))

    # writes the rest otherwise
    sheet(page).fill("Un souci avec un moulin, on le répare. Venez samedi. #PortesOuvertesBrulerie")
    expect(page.locator("[data-reason]", has_text="garantie")).to_have_count(0)

    # adds a picture, which stops it until it has its words
    page.locator("input[data-picture]").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": PIXEL})
    expect(page.locator("[data-standing]")).to_contain_text("bloque ce brouillon")
    page.get_by_label("Description de l’image 1").fill("Le tambour ouvert, des grains bruns, la vapeur")
    expect(page.locator("[data-standing]")).not_to_contain_text("bloque")
    expect(page.get_by_role("img", name="Le tambour ouvert, des grains bruns, la vapeur")).to_be_visible()

    saved(page)
    page.get_by_role("button", name="Demander la programmation").click()
    expect(page.get_by_role("status").filter(has_text="La demande est faite.")).to_be_visible()
    (draft,) = house.drafts.latest()
    assert draft.state == "approved"
    assert (draft.content.channels, draft.content.objective) == (("bsky",), "meet")
    assert draft.content.media[0].alt.startswith("Le tambour ouvert")
    assert [(one.rule, one.verdict) for one in house.drafts.decisions(draft.id)] == [("accessibility", "accepted")]


def test_the_lines_lie_under_their_words(house, write):
    page = write("Un texte 😀 assez long pour tenir sur plusieurs lignes. " * 6 + BAD)
    expect(page.locator(".sheet__under .find", has_text="garantis à vie")).to_have_count(1)
    boxes = page.evaluate(
        """() => ['textarea', '[data-under]'].map((one) => {
             const e = document.querySelector(`[data-sheet=""] ${one}`);
             const s = getComputedStyle(e);
             return [s.fontFamily, s.fontSize, s.lineHeight, s.padding, s.letterSpacing, s.wordSpacing,
                     e.clientWidth, e.offsetHeight].join();
           })"""
    )
    assert boxes[0] == boxes[1]
    assert page.locator('[data-sheet=""] [data-under]').text_content().rstrip("\n") == sheet(page).input_value()
    write_more = "Voici : "
    sheet(page).press("Control+Home")
    page.keyboard.type(write_more)
    assert page.locator('[data-sheet=""] [data-under]').text_content().startswith(write_more)


def test_keys_go_to_a_remark_and_replace(house, write):
    page = write("Venez samedi. #portesouvertesbrulerie")
    expect(page.locator(".sheet__under .find")).to_have_text("#portesouvertesbrulerie")
    page.keyboard.press("Control+Home")
    page.keyboard.press("F8")
    expect(page.locator("[data-reason].is-here")).to_have_count(1)
    page.keyboard.press("Control+.")
    expect(sheet(page)).to_have_value("Venez samedi. #PortesOuvertesBrulerie")
    page.keyboard.press("Control+z")
    expect(sheet(page)).to_have_value("Venez samedi. #portesouvertesbrulerie")


def test_everything_is_saved_by_itself_and_found_again(house, write, open_page):
    page = write("Samedi, on ouvre la torréfaction.")
    page.get_by_role("checkbox", name="Mastodon", exact=False).first.check()
    page.get_by_label("Prévue pour").fill("2026-11-21T09:00")
    saved(page)
    expect(page).to_have_url(re.compile(r"/drafts/\d+$"))
    page.reload()
    expect(sheet(page)).to_have_value("Samedi, on ouvre la torréfaction.")
    expect(page.get_by_label("Prévue pour")).to_have_value("2026-11-21T09:00")
    (draft,) = house.drafts.latest()
    assert draft.content.channels == ("masto",)
    assert draft.content.when == 1_795_248_000_000


def test_what_the_server_never_got_is_offered_again(house, write):
    page = write("Samedi, on ouvre.")
    saved(page)
    page.context.set_offline(True)
    page.keyboard.type(" Venez tôt.")
    expect(page.locator("[data-saved]")).to_contain_text("gardé dans ce navigateur")
    other = page.context.new_page()  # the first one is gone: the machine went down
    url = page.url
    page.close()
    other.context.set_offline(False)
    other.goto(url)
    expect(sheet(other)).to_have_value("Samedi, on ouvre.")
    other.get_by_role("button", name="Remettre ce texte").click()
    expect(sheet(other)).to_have_value("Samedi, on ouvre. Venez tôt.")
    saved(other)
    expect(other.locator("[data-take-up]")).to_have_count(0)
    assert_saved(house, other, "Samedi, on ouvre. Venez tôt.")


def assert_saved(house, page: Page, text: str) -> None:
    expect(page.locator("[data-draft]")).not_to_have_attribute("data-dirty", "never")
    for _ in range(100):
        if house.drafts.latest()[0].content.text == text:
            return
        page.wait_for_timeout(50)
    assert house.drafts.latest()[0].content.text == text


def test_two_people_choose_and_nothing_is_lost(house, write, open_page):
    first = write("Samedi, on ouvre la torréfaction.", login="yanis")
    saved(first)
    second = open_page(first.url, login="maelle")
    sheet(second).fill("Samedi, on ouvre la torréfaction au public.")
    saved(second)
    assert_saved(house, second, "Samedi, on ouvre la torréfaction au public.")
    sheet(first).fill("Dimanche, on ouvre la torréfaction.")
    told = first.locator("[data-meeting]")
    expect(told).to_contain_text("Maëlle Kerbrat a enregistré pendant que vous écriviez")
    expect(told.locator("del").first).to_have_text("Samedi")
    expect(told.locator("ins").first).to_have_text("Dimanche")
    first.get_by_role("button", name="Garder mon texte").click()
    assert_saved(house, first, "Dimanche, on ouvre la torréfaction.")
    kept = [one.content.text for one in house.drafts.versions(1)]
    assert kept == [
        "Samedi, on ouvre la torréfaction.",
        "Samedi, on ouvre la torréfaction au public.",
        "Dimanche, on ouvre la torréfaction.",
    ]


def test_theirs_is_taken_and_mine_is_held(house, write, open_page):
    first = write("Samedi.", login="yanis")
    saved(first)
    house.drafts.save(1, house.drafts.get(1).revision, Content("Lundi."), "maelle", 1_794_501_720_000)
    sheet(first).fill("Dimanche.")
    first.get_by_role("button", name="Reprendre le texte de Maëlle Kerbrat").click()
    expect(sheet(first)).to_have_value("Lundi.")
    expect(first.get_by_role("button", name="Remettre ce texte")).to_be_visible()


def test_a_network_has_words_of_its_own(house, write):
    page = write("Samedi, on ouvre la torréfaction.")
    for name in ("bsky", "masto"):
        page.locator(f'[data-channel="{name}"]').check()
    page.get_by_label("Mastodon a son propre texte").check()
    theirs = page.get_by_label("Texte pour Mastodon")
    expect(theirs).to_have_value("Samedi, on ouvre la torréfaction.")
    theirs.fill("Samedi, premier crack en public. Garanti à vie.")
    expect(page.locator('[data-sheet="masto"] .find').first).to_have_text("Garanti à vie")
    expect(page.locator('[data-sheet="masto"]')).to_contain_text("Mastodon : reste 453")
    expect(page.get_by_label("Aperçu pour @brulerie@port.example")).to_contain_text("premier crack")
    expect(page.get_by_label("Aperçu pour @brulerie.example")).to_contain_text("on ouvre la torréfaction")


def test_no_is_said_with_a_reason_and_can_be_taken_back(house, write):
    page = write("Venez samedi. #portesouvertesbrulerie")
    saved(page)
    reason = page.locator("[data-reason]", has_text="portesouvertesbrulerie")
    reason.locator("summary", has_text="Ignorer").click()
    reason.get_by_label("Raison, inscrite au registre").fill("C’est le nom déposé.")
    reason.get_by_role("button", name="Ignorer la remarque").click()
    expect(page.locator(".sheet__under .find")).to_have_count(0)
    page.get_by_text("Une remarque laissée passer").click()
    expect(page.locator(".passed")).to_contain_text("C’est le nom déposé.")
    assert house.drafts.decisions(1)[-1].verdict == "dismissed"
    page.get_by_role("button", name="La remettre").click()
    expect(page.locator(".sheet__under .find")).to_have_count(1)


@pytest.mark.parametrize("words", ["", BAD])
def test_the_composer_holds_for_everyone(house, write, check_page, words: str):
    page = write(words)
    page.locator('[data-channel="bsky"]').check()
    page.locator('[data-channel="masto"]').check()
    page.get_by_label("Mastodon a son propre texte").check()
    if words:
        page.locator("input[data-picture]").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": PIXEL})
        expect(page.locator("[data-reason]", has_text="Image 1")).to_have_count(1)
        saved(page)
        for more in page.locator("[data-reason] summary").all():
            more.click()
    check_page(page)


@pytest.mark.parametrize("path", ["/drafts", "/drafts/1/versions"])
def test_the_list_and_the_versions_hold_for_everyone(house, write, open_page, check_page, path: str):
    page = write("Samedi, on ouvre.")
    saved(page)
    other = open_page(path)
    check_page(other)
