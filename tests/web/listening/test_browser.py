"""Listening in a browser: mentions come live, nothing moves under the reader, keys work, no axe violation."""

import gc

import pytest
from playwright.sync_api import expect

from vigie.web.live import Live
from web.listening.talk import DAY, HOUR, MINUTE, take_back
from web.live.running import Running

pytestmark = pytest.mark.browser


def rows(page):
    return page.locator("#rows > .row")


def ready(page):
    """The page is connected and its chart is drawn."""
    expect(page.locator(".chart__plot svg")).to_be_visible()
    expect(page.locator("#follow")).to_be_visible()


@pytest.mark.parametrize(("lang", "fresh"), [("fr", "2 nouvelles mentions"), ("en", "2 new mentions")])
def test_a_mention_comes_live(site, open_page, lang, fresh):
    site.hear("La Brûlerie du Port")
    page = open_page("/listening", lang=lang)
    ready(page)
    expect(page.locator("#follow")).to_have_attribute("aria-pressed", "true")
    site.hear("La Brûlerie du Port a rouvert")
    expect(rows(page)).to_have_count(2)
    expect(rows(page).first.locator("mark")).to_have_text("Brûlerie du Port")
    page.locator("#follow").click()
    expect(page.locator("#follow")).to_have_attribute("aria-pressed", "false")
    site.hear("trois, Brûlerie du Port", "quatre, Brûlerie du Port")
    expect(page.locator("#fresh button")).to_have_text(fresh)
    expect(page).to_have_title(f"(2) {_title(page)}")
    expect(rows(page)).to_have_count(2)
    page.locator("#fresh button").click()
    expect(rows(page)).to_have_count(4)
    expect(rows(page).first).to_contain_text("quatre")


def _title(page):
    return page.title().split(") ", 1)[-1]


def test_scrolling_or_choosing_pauses(site, open_page):
    site.hear(*(f"{n} Brûlerie du Port" for n in range(40)))
    page = open_page("/listening")
    ready(page)
    page.locator("#stream").evaluate("pane => pane.scrollTo(0, 300)")
    expect(page.locator("#follow")).to_have_attribute("aria-pressed", "false")
    site.hear("neuve, Brûlerie du Port")
    expect(page.locator("#fresh")).to_be_visible()
    expect(rows(page)).to_have_count(40)
    page.locator("#stream").evaluate("pane => pane.scrollTo(0, 0)")
    expect(rows(page)).to_have_count(41)
    page.keyboard.press("j")
    site.hear("encore, Brûlerie du Port")
    expect(page.locator("#fresh")).to_be_visible()
    expect(rows(page)).to_have_count(41)


def test_only_what_passes_the_filters_comes(site, open_page):
    page = open_page("/listening?query=delivery&lang=fr&q=retard")
    ready(page)
    site.hear("La Brûlerie du Port en retard")
    site.hear("colis late", queries=("delivery",), langs=("en",))
    site.hear("colis perdu", queries=("delivery",))
    site.hear("colis en retard", queries=("delivery",))
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text("colis en retard")
    expect(page.locator("#blank")).to_have_count(0)


def test_what_is_taken_back_or_edited_changes_in_place(site, open_page):
    kept, gone = site.hear("un, Brûlerie du Port", "deux, Brûlerie du Port")
    page = open_page("/listening/mention/2")
    ready(page)
    expect(page.locator("#side .said--open")).to_contain_text("deux")
    take_back(site.house.archive, gone, site.clock())
    expect(page.locator("#side .said--gone")).to_be_visible()
    expect(page.locator("#m2 .said--gone")).to_be_visible()
    site.hear("un bis, Brûlerie du Port", remote_id=kept.remote_id, author=kept.author, edited_at=site.clock())
    expect(page.locator("#m1")).to_contain_text("un bis")
    expect(rows(page)).to_have_count(2)


def test_keys(site, open_page):
    site.hear("un, Brûlerie du Port", "deux, Brûlerie du Port", "trois, Brûlerie du Port", url="https://x.example/1")
    page = open_page("/listening")
    ready(page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#m2 .row__a")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#m3 .row__a")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#side")).to_contain_text("deux")
    assert page.url.endswith("/listening/mention/2")
    expect(page.locator("#spot")).to_have_attribute("href", "https://x.example/1")
    page.keyboard.press("j")
    expect(page.locator("#side")).to_contain_text("un, ")
    page.keyboard.press("Escape")
    expect(page.locator("#side")).to_have_count(0)
    assert page.url.endswith("/listening")
    page.keyboard.press("/")
    expect(page.locator(".search__in")).to_be_focused()
    page.keyboard.type("trois")
    page.keyboard.press("Enter")
    page.wait_for_url("**/listening?q=trois")
    expect(rows(page)).to_have_count(1)


def test_back_and_forth(site, open_page):
    site.hear("un, Brûlerie du Port", "deux, Brûlerie du Port")
    page = open_page("/listening?lang=fr")
    ready(page)
    page.locator("#m2 .row__a").click()
    expect(page.locator("#side")).to_contain_text("deux")
    page.locator("#m1 .row__a").click()
    expect(page.locator("#side")).to_contain_text("un, ")
    page.go_back()
    expect(page.locator("#side")).to_contain_text("deux")
    page.go_back()
    expect(page.locator("#side")).to_have_count(0)
    assert page.url.endswith("/listening?lang=fr")
    page.locator(".chip", has_text="brand").click()
    page.wait_for_url("**/listening?query=brand&lang=fr")
    page.go_back()
    page.wait_for_url("**/listening?lang=fr")


def test_tabs_share_one_stream(site, open_page):
    page = open_page("/listening")
    ready(page)
    other = page.context.new_page()
    other.goto("/listening?query=delivery")
    ready(other)
    site.hear("colis en retard", queries=("delivery",))
    expect(rows(page)).to_have_count(1)
    expect(rows(other)).to_have_count(1)
    page.goto("/")
    page.go_back()
    expect(rows(page)).to_have_count(1)
    assert sum(live.browsers for live in gc.get_objects() if isinstance(live, Live)) == 1
    page.close()
    site.hear("colis perdu", queries=("delivery",))
    expect(rows(other)).to_have_count(2)


def test_when_the_link_breaks_it_says_so_and_catches_up(site, open_page):
    running = Running(site.house)
    page = open_page("/listening")
    page.context.add_cookies([{**cookie, "domain": "127.0.0.1"} for cookie in page.context.cookies()])
    page.goto(f"{running.url}/listening")
    ready(page)
    site.hear("avant, Brûlerie du Port")
    expect(rows(page)).to_have_count(1)
    running.stop()
    expect(page.locator("#offline")).to_be_visible()
    expect(page.locator("#offline")).to_contain_text("Vigie garde ce qui arrive")
    site.hear("pendant, Brûlerie du Port")
    again = Running(site.house, running.port)
    expect(page.locator("#offline")).to_be_hidden(timeout=30_000)
    expect(rows(page)).to_have_count(2)
    page.close()
    again.stop()


def test_the_badge_follows_the_sources(site, open_page):
    page = open_page("/listening")
    ready(page)
    state = site.house.archive.sources()[0]
    site.house.archive.set_source(type(state)(state.id, state.network, state="retrying", error="unreachable"))
    expect(page.locator("#hearing .badge")).to_have_attribute("data-s", "soon")
    expect(page.locator("#hearing")).to_contain_text("sauf bluesky")


def test_hostile_words_do_nothing(site, open_page):
    page = open_page("/listening")
    ready(page)
    take = "document.title='taken'"
    site.hear(f'<img src=x onerror="{take}"><script>{take}</script> Brûlerie du Port \u202e abc')
    expect(rows(page)).to_have_count(1)
    page.locator("#m1 .row__a").click()
    expect(page.locator("#side")).to_contain_text("<script>")
    assert "taken" not in page.title()
    assert page.locator("#rows img, #side img, #rows script").count() == 0


def test_no_violation(site, open_page, check_page):
    now = site.clock()
    for week in range(1, 6):
        both = {"queries": ("brand", "delivery"), "created_at": now - week * 7 * DAY}
        site.hear("La Brûlerie du Port", "colis en retard", **both)
    site.hear(*(f"{n} Brûlerie du Port" * (1 + n % 7) for n in range(30)), created_at=now - 5 * MINUTE)
    (gone,) = site.hear("La Brûlerie du Port ferme", created_at=now - HOUR)
    take_back(site.house.archive, gone, now)
    page = open_page("/listening", lang="en")
    ready(page)
    check_page(page)
    page = open_page("/listening?query=brand&lang=fr&q=brulerie&author=x")
    ready(page)
    check_page(page, (1440, 320))
    page.goto("/listening/mention/3")
    ready(page)
    check_page(page)
