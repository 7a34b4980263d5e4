"""Every page that a browser can be sent to, in both languages, by day and by night, on a desk and on a phone."""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from msgspec import Struct, structs
from playwright.sync_api import Browser, Page

from vigie.desk import publishing
from vigie.flows.ports.archive import Filter
from vigie.flows.ports.writer import Grant, WriteError
from vigie.flows.standing import Watched, fails
from vigie.model import Act, Attachment, Batch, Content, Deleted, Rejected, Remark, SavedDraft, Span
from vigie.networks import writings
from vigie.networks.bluesky import NETWORK as BLUESKY
from vigie.networks.mastodon import NETWORK as MASTODON
from vigie.networks.rss import NETWORK as RSS
from vigie.web.page import find_pages
from vigie.wording.catalogue import catalogue
from web import judge
from web.composer.charter import PIXEL
from web.composer.ways import TEXT, Ways
from web.incidents.conftest import live_through
from web.notices.telling import people_were_told
from web.served import Site, serving

pytestmark = pytest.mark.browser

PAGES = {
    "/": ["/"],
    "/listening": ["/listening", "/listening?query=brand&period=7d", "/listening?q=zorglub&lang=fr"],
    "/listening/mention/{number:int}": ["/listening/mention/{mention}", "/listening/mention/{gone}"],
    "/listening/why": [
        "/listening/why",
        "/listening/why?mention={mention}",
        "/listening/why?mention={mention}&query=delivery",
        "/listening/why?mention={gone}",
        "/listening/why?query=nobody&post=https://nowhere.example/1",
    ],
    "/queries": ["/queries"],
    "/queries/new": ["/queries/new"],
    "/queries/-/language": ["/queries/-/language"],
    "/queries/{id:str}": ["/queries/brand", "/queries/nobody"],
    "/drafts": ["/drafts", "/drafts?which=gone"],
    "/drafts/new": ["/drafts/new"],
    "/drafts/{id:int}": ["/drafts/1", "/drafts/{asked}", "/drafts/{changed}", "/drafts/{scheduled}"],
    "/drafts/{id:int}/versions": ["/drafts/1/versions"],
    "/drafts/{id:int}/schedule": ["/drafts/{approved}/schedule", "/drafts/{approved}/schedule?wall=2027-03-28T02:30"],
    "/queue": ["/queue"],
    "/publications/{id:int}": ["/publications/{planned}", "/publications/{failed}", "/publications/{out}"],
    "/calendar": ["/calendar", "/calendar?by=week", "/calendar?at=2027-08-01"],
    "/incidents": ["/incidents"],
    "/incidents/new": ["/incidents/new", "/incidents/new?mention={mention}"],
    "/incidents/{id:int}": ["/incidents/1", "/incidents/2", "/incidents/3"],
    "/halt": ["/halt"],
    "/pauses": ["/pauses"],
    "/pauses/{id:int}": ["/pauses/1", "/pauses/2"],
    "/channels": ["/channels"],
    "/channels/{id:str}": ["/channels/bsky", "/channels/masto"],
    "/charter": [f"/charter?part={part}" for part in ("rules", "checks", "objectives", "channels", "people")],
    "/charter/replay": ["/charter/replay"],
    "/charter/versions/{digest:str}": ["/charter/versions/nothing"],
    "/sources": ["/sources"],
    "/sources/new": ["/sources/new", "/sources/new?network=mastodon"],
    "/sources/{id:str}": ["/sources/presse"],
    "/people": ["/people"],
    "/people/new": ["/people/new"],
    "/people/{id:str}": ["/people/ines"],
    "/notices": ["/notices", "/notices?which=failed", "/notices?which=waiting"],
    "/account": ["/account", "/account?test={test}"],
    "/account/password": ["/account/password"],
    "/login": ["/login"],
    "/join/{ticket:str}": ["{join}", "/join/spent"],
    "/setup": ["/setup"],
}
"""Where each route is looked at; ``{...}`` is filled in by `houses`."""

NOT_PAGES = {
    "/today/tide", "/listening/rows", "/listening/fresh", "/listening/chart", "/live", "/sources/-/rows", "/setup/live",
    "/drafts/{id:int}/now", "/calendar/{file:str}", "/media/{id:str}", "/charter/replay/rules",
    "/incidents/{id:int}/spread", "/incidents/{id:int}/file", "/halt/now", "/account/test/{id:int}",
}  # fmt: skip
"""Parts of pages and streams."""

OUTSIDE = ("/login", "{join}", "/join/spent")
MISSING = {
    "/queries/nobody": 404,
    "/join/spent": 410,
    "/charter/versions/nothing": 404,
    "/listening/why?query=nobody&post=https://nowhere.example/1": 422,
}
LOOKS = [("fr", 1440, "light"), ("fr", 390, "dark"), ("en", 390, "light"), ("en", 1440, "dark")]
"""Each language meets each width and each theme, each width each theme: a fault that needs three at once is rare."""
AREAS = sorted({id.split(".")[0] for id in catalogue("en").single if "." in id})
IDS = frozenset({*catalogue("en").single, *catalogue("en").plural})
LIKE_AN_ID = re.compile(rf"\b(?:{'|'.join(AREAS)})(?:\.[a-z_]+)+\b")
LEFT_OVER = re.compile(r"\bNone\b|\bUndefined\b|\{[a-z_]*\}")


# What a reader meets: text that is shown, and names that are read aloud. Code and fields hold people's own braces.
WORDS = """() => {
  const said = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const holder = text.parentElement;
    const theirs = holder.closest('script, style, template, code, pre, textarea');
    if (!theirs && holder.checkVisibility()) said.push(text.data);
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
    for (const one of document.querySelectorAll(`[${name}]`)) said.push(one.getAttribute(name));
  return said.join('\\n');
}"""
UNDER_A_FINGER = """() => [...document.querySelectorAll('.btn, .chip, .seek, .nav__a, .input, .segs label, summary')]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
  .map((one) => 'under 44 px for a finger: ' + one.outerHTML.slice(0, 100))"""
DRAWN = "() => [...document.querySelectorAll('.chart__plot')].every((plot) => plot.firstElementChild)"


class Window(Struct):
    """A page of a browser, which goes from address to address, and what it complained of."""

    page: Page
    complaints: list[str]

    def go(self, address: str) -> int:
        """The status of the answer, once all is drawn."""
        self.complaints.clear()
        answer = self.page.goto(address)
        assert answer
        self.page.wait_for_function(DRAWN)
        self.page.evaluate("document.fonts.ready")
        return answer.status


class Houses(Struct):
    """A house where much has happened and one that has just been installed, and what addresses need."""

    lived_in: Site
    new: Site
    values: dict[str, str]
    windows: dict[tuple[str, int, str], Window]

    def window(self, chromium: Browser, address: str, look: tuple[str, int, str]) -> Window:
        """The window of somebody who may go to that address."""
        lang, width, theme = look
        who = "" if address in OUTSIDE else "maelle"
        site = self.new if address == "/setup" else self.lived_in
        key = (lang, width, site.url + who)
        if key not in self.windows:
            context = chromium.new_context(
                base_url=site.url,
                viewport={"width": width, "height": 900 if width > 500 else 844},
                color_scheme=theme,
                locale={"fr": "fr-FR", "en": "en-GB"}[lang],
                reduced_motion="reduce",
                has_touch=width < 500,
                is_mobile=width < 500,
            )
            if who:
                with closing(site.log_in(who)) as client:
                    context.add_cookies([{"name": "vigie", "value": client.cookies["vigie"], "url": site.url}])
            self.windows[key] = window = Window(context.new_page(), [])
            said = window.complaints
            window.page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
            window.page.on("pageerror", lambda error: said.append(str(error)))
        return self.windows[key]


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Houses]:
    networks = {network.name: network for network in (BLUESKY, MASTODON, RSS)}
    folder = tmp_path_factory.mktemp("houses")
    lived_in = serving(folder / "a", networks=networks, writings=writings())
    with lived_in as site, serving(folder / "b", charter="", demo=False) as new:
        made = Houses(site, new, live_in(site), {})
        yield made
        for window in made.windows.values():
            window.page.context.close()


def live_in(site: Site) -> dict[str, str]:
    """Mentions, one that was edited, one that was taken back, events that nobody could read, a link for somebody."""
    archive, now = site.house.archive, site.clock()
    said = site.hear(*(f"La Brûlerie du Port a du retard, colis {n}" for n in range(30)), queries=("brand", "delivery"))
    archive.append("bluesky", Batch(deleted=(Deleted("bluesky", said[3].remote_id, now),), latest=now), (), now)
    unread = Rejected("not-json", "", b"{<b>")
    archive.append("presse", Batch(rejected=(unread,), cursor="1"), [], now)
    picture = Attachment(id=site.house.media.put(PIXEL), type="image/png")
    begun = Content("Nous sommes ravis de vous annoncer samedi. #portesouvertes", ("bsky",), media=(picture,))
    act = Act(now, "yanis", "draft.begun", "draft")
    draft = site.house.drafts.begin(begun, "yanis", now, act)
    site.house.drafts.save(draft.id, 1, structs.replace(begun, text=f"{begun.text} Lundi."), "maelle", now)
    found = {one.post.remote_id: one.id for one in archive.mentions(Filter(), "", 50).mentions}
    with closing(site.log_in()) as client:
        link = re.search(r'id="link">https?://[^/]+(/join/[^<]+)<', client.post("/people/yanis/renew").text)
    assert link
    mentions = {"mention": str(found[said[-1].remote_id]), "gone": str(found[said[3].remote_id])}
    made = publish_in(site)
    live_through(site)  # from here on, an incident stops what is not about it
    return {**mentions, "join": link[1], "test": str(people_were_told(site)), **made}


def publish_in(site: Site) -> dict[str, str]:
    """Drafts that people decide about, and publications in several states."""
    text = site.house.charter_file.read()[0]
    channel = "  - {id: masto, network: mastodon, account: brulerie@port.example, slots: [09:30]}\n"
    signing = "approvals:\n  - {id: read, by: [approver, maelle]}\n"
    text = text.replace("queries:\n", f"{channel}queries:\n", 1)
    site.write_charter(text.replace("listening:\n", f"{signing}listening:\n", 1))
    ways, publications = Ways(site.house), site.house.publications
    long = "\n\n---\n\n".join((TEXT, f"{TEXT} #CafeDuPort https://port.example/samedi"))
    here = ("masto",)  # the other one is suspended
    asked = ways.ask(ways.begin(long, on=("bsky", *here)))
    remark = Remark("À quelle heure ?", Span(TEXT.index("samedi"), TEXT.index("samedi") + 6), "", "samedi")
    changed = ways.answer(ways.ask(ways.begin()), "maelle", "changes-requested", remark, Remark("Trop sec."))

    def approved(text: str) -> SavedDraft:
        return ways.answer(ways.ask(ways.begin(text, on=here)), "maelle")

    waiting, scheduled = approved("Le café du mois arrive."), approved(long)
    (planned,) = ways.schedule(scheduled, "2026-11-20T09:30", "week")
    (failed,) = ways.schedule(approved("On ferme lundi."))
    (out,) = ways.schedule(approved("Nous voilà."))
    for one in (failed, out):
        claimed = publications.claim(one.id, one.revision, [f"key{one.id}"], site.clock())
        assert claimed
        moved = publishing.given_up(claimed, "refused", "InvalidRequest")
        if one is out:
            moved = publishing.sent_one(claimed, 0, "at://x/1", "cid", "https://bsky.example/1", site.clock())
        publications.settle(moved, Act(site.clock(), "vigie", "publication.failed", f"publication:{one.id}"))
    made = {"asked": asked, "changed": changed, "approved": waiting, "scheduled": scheduled}
    made |= {"planned": planned, "failed": failed, "out": out}
    site.house.keyring.keep_grant("bsky", Grant("https://pds.example", "secret"))
    watched = Watched(site.house.signals, site.house.notices)
    fails(watched, None, "bsky", WriteError("bad-token", "AuthFactorTokenRequired"), site.clock())
    return {name: str(one.id) for name, one in made.items()}


def test_the_table_knows_every_page() -> None:
    found = {
        path
        for page in find_pages()
        for handler in page.handlers
        if "GET" in handler.http_methods
        for path in handler.paths
        if not path.startswith("/api/")
    }
    assert found == PAGES.keys() | NOT_PAGES, found ^ (PAGES.keys() | NOT_PAGES)


@pytest.mark.parametrize("address", [address for some in PAGES.values() for address in some])
def test_a_page_is_sound(chromium: Browser, houses: Houses, address: str) -> None:
    found: list[str] = []
    for look in LOOKS:
        window = houses.window(chromium, address, look)
        status = window.go(address.format(**houses.values))
        wanted = MISSING.get(address, 200)
        faults = [one for one in window.complaints if wanted == 200 or "Failed to load resource" not in one]
        faults += [f"status {status}"] if status != wanted else []
        faults += wrong_words(window.page, look[0]) + unsound(window.page, look[2])
        found += [f"{look}: {fault}" for fault in faults]
    assert not found, "\n".join(dict.fromkeys(found))


def unsound(page: Page, theme: str) -> list[str]:
    """What a small screen, a finger or a screen reader stumbles over; by night, colours."""
    found = page.evaluate(judge.OVERFLOW) + page.evaluate(judge.SMALL)
    if page.evaluate("matchMedia('(pointer: coarse)').matches"):
        found += page.evaluate(UNDER_A_FINGER)
    page.evaluate(judge.AXE.read_text())
    return found + judge.violations(page, judge.TAGS if theme == "light" else judge.COLOURS)


def wrong_words(page: Page, lang: str) -> list[str]:
    """A missing title, another language, an id or a blank where a sentence should stand."""
    found = []
    if page.get_attribute("html", "lang") != lang:
        found.append("the language is not said")
    if len(page.title()) <= len("Vigie"):
        found.append("no title")
    if page.locator("h1:not(.sr)").count() != 1:
        found.append("not one headline")
    said = page.title() + "\n" + page.evaluate(WORDS)
    ids = [id for id in LIKE_AN_ID.findall(said) if id in IDS or id.count(".") > 1]
    return found + [f"left over: {one}" for one in ids + LEFT_OVER.findall(said)]
