"""The page of Listening without scripts: its title, filters, pages of the log, one mention, and hostile words."""

import re
from contextlib import closing

import pytest
from msgspec import structs

from vigie.model import Author, Media
from web.listening.talk import DAY, HOUR, MINUTE, take_back

TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


def title(text):
    return TITLE.search(text)[1].replace("\u00a0", " ").replace("\u202f", " ")


def ids(text):
    return [int(one) for one in re.findall(r'<li class="row[^"]*" id="m(\d+)"', text)]


def test_it_is_for_those_who_may_read(site):
    with site.visit() as stranger:
        assert stranger.get("/listening").headers["location"].startswith("/login")
    text, _ = site.house.charter_file.read()
    site.write_charter(text.replace("  - {id: ines, name: Inès Abgrall, roles: [reader]}\n", ""))
    with closing(site.log_in("ines")) as client:
        assert client.get("/listening").status_code == 403
        assert client.get("/live").status_code == 403


def test_nothing_yet(client):
    text = client.get("/listening").text
    assert title(text) == "Vigie écoute, rien encore."
    assert "Rien n’a encore répondu à vos requêtes" in text


def test_the_title_is_about_now(site, client):
    site.hear("La Brûlerie du Port", created_at=site.clock() - 3 * DAY)
    assert title(client.get("/listening").text).startswith("Personne ne parle de vous depuis le 9 nov. à")
    site.hear("La Brûlerie du Port", "La Brûlerie du Port")
    assert title(client.get("/listening").text) == "2 mentions en 6 heures."
    assert title(client.get("/listening?period=7d").text) == "3 mentions en 7 jours."
    assert title(client.get("/listening?network=mastodon").text) == "Aucune mention pour ces filtres."


def test_when_no_source_answers_the_title_says_it(site, client):
    for state in site.house.archive.sources():
        down = structs.replace(state, state="retrying", error="unreachable", latest=site.clock() - HOUR)
        site.house.archive.set_source(down)
    assert title(client.get("/listening").text).startswith("La veille ne reçoit plus rien depuis ")


def test_queries_are_called_what_the_house_calls_them(site, client):
    text, _ = site.house.charter_file.read()
    site.write_charter(text.replace("  - id: delivery\n", "  - id: delivery\n    name: Colis perdus\n"))
    site.hear("colis perdu par la Brûlerie du Port", queries=("brand", "delivery"))
    page = client.get("/listening").text
    assert 'href="/listening?query=delivery"><b>Colis perdus</b>' in page  # the chip
    assert '<a href="/listening?query=delivery">Colis perdus</a>' in page  # the table
    assert '<span class="faint">Colis perdus</span>' in page  # the row
    assert '<a href="/queries/delivery">Colis perdus</a>' in client.get("/listening/mention/1").text
    site.hear("colis perdu", queries=("delivery",))
    assert 'id="q-delivery">Colis perdus</h2>' in client.get("/").text


def test_a_surge_is_the_title(site, client):
    now = site.clock()
    for week in range(1, 5):
        site.hear("La Brûlerie du Port", created_at=now - week * 7 * DAY)
    for n in range(30):
        site.hear("La Brûlerie du Port", created_at=now - 20 * MINUTE - n)
    text = client.get("/listening").text
    assert title(text).startswith("« brand » dépasse l’habitude depuis ")
    assert "30 mentions en 6 heures, 1 attendue" in text.replace("\u00a0", " ")


FILTERS = {
    "/listening": [4, 3, 2, 1],
    "/listening?query=delivery": [3],
    "/listening?query=delivery&query=brand": [4, 3, 2, 1],
    "/listening?network=mastodon": [2],
    "/listening?lang=en": [4],
    "/listening?lang=en&lang=fr": [4, 3, 2, 1],
    "/listening?period=24h": [4, 3, 2],
    "/listening?q=torrefaction": [2],
    "/listening?q=%22du+port%22&lang=en": [4],
    "/listening?author=lou2.example": [2],
    "/listening?period=forever&lang=": [4, 3, 2, 1],
    "/listening?q=%22AND+(%27%3B--": [],
}


def test_filters_are_in_the_address(site, client):
    now = site.clock()
    site.hear("ancien, la Brûlerie du Port", created_at=now - 9 * DAY)
    site.hear("la torréfaction de la Brûlerie du Port", network="mastodon", created_at=now - 3 * HOUR)
    site.hear("colis en retard", queries=("delivery",), created_at=now - 2 * HOUR)
    site.hear("Brûlerie du Port, lovely place", langs=("en",), created_at=now - HOUR)
    assert {address: ids(client.get(address).text) for address in FILTERS} == FILTERS


def test_chips_lead_to_the_same_page_with_one_thing_changed(client):
    text = client.get("/listening?query=brand&lang=fr&q=caf%C3%A9").text
    assert 'href="/listening?lang=fr&amp;q=caf%C3%A9" aria-current="true"' in text
    assert 'href="/listening?query=brand&amp;query=delivery&amp;lang=fr&amp;q=caf%C3%A9"' in text
    assert '<input type="hidden" name="query" value="brand">' in text


def test_fifty_a_page_and_a_place_to_return_to(site, client):
    site.hear(*(f"{n} Brûlerie du Port" for n in range(59)))
    first = client.get("/listening").text
    assert len(ids(first)) == 50
    older = re.search(r'id="older"[^>]*href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = client.get(older).text
    assert len(ids(second)) == 9
    assert not set(ids(first)) & set(ids(second))
    assert 'href="/listening"' in second
    assert 'id="older"' not in second


def test_one_mention_has_its_own_page(site, client):
    (root,) = site.hear("Un bateau ne répond plus", queries=())
    site.hear(
        "La Brûlerie du Port vend du Tempête",
        reply_to=root.remote_id,
        thread=root.remote_id,
        url="https://bsky.example/p/1",
        links=("https://presse.example/a", "javascript:alert(1)"),
        media=(Media("image", "https://img.example/1.png", "un quai sous la pluie"),),
    )
    text = client.get("/listening/mention/2?lang=fr").text
    assert "Un bateau ne répond plus" in text
    assert "<mark>Brûlerie du Port</mark>" in text
    assert 'href="https://bsky.example/p/1" target="_blank" rel="noopener noreferrer nofollow"' in text
    assert "un quai sous la pluie" in text
    assert "img.example" not in text
    assert "javascript:" not in text
    assert 'href="/listening?lang=fr#m2"' in text
    assert client.get("/listening/mention/404").status_code == 404
    assert client.get("/listening/mention/99999999999999999999").status_code in {400, 404}


def test_the_pane_alone_is_for_open_pages(site, client):
    site.hear("La Brûlerie du Port")
    text = client.get("/listening/mention/1", headers={"x-part": "pane"}).text
    assert text.lstrip().startswith("<aside")
    assert "<html" not in text


def test_a_tombstone_has_no_words(site, client):
    (gone,) = site.hear("La Brûlerie du Port ferme")
    take_back(site.house.archive, gone, site.clock())
    for address in ("/listening", "/listening/mention/1"):
        text = client.get(address).text
        assert "Retiré par son auteur" in text
        assert "ferme" not in text.replace("fermée", "").replace("Fermer", "").replace("fermer", "")
        assert gone.author.name not in text


def test_followers_are_a_range(site, client):
    author = Author(id="did:plc:x", handle="x.example", name="X", followers=14_207)
    site.hear("La Brûlerie du Port", author=author)
    text = client.get("/listening/mention/1").text.replace("\u202f", " ")
    assert "10 000 à 50 000" in text
    assert "14 207" not in text


HOSTILE = (
    "<script>alert(1)</script> Brûlerie du Port <img src=x onerror=alert(1)>",
    "Brûlerie du Port \u202egnp.exe\u202c \u2066\u2067",
    "Brûlerie\u200b du\u200d Port\ufeff " + "\u0301" * 400,
    "Brûlerie du Port {{ 7 * 7 }} {% raw %} &lt;b&gt; &#x3c;",
    'Brûlerie du Port " onmouseover="alert(1)" \' `',
    "Brûlerie du Port " + "x" * 1_000_000,
    "x " * 20_000 + "Brûlerie du Port",
    "\x00\x01\x1e\x1b[31m Brûlerie du Port \x7f\x85",
    "سلام Brûlerie du Port שלום",
)


def test_hostile_words_stay_words(site, client):
    for text in HOSTILE:
        author = Author(id="did:plc:evil", handle='"><script>', name="<b>\u202eevil\x1e" * 30)
        site.hear(text, author=author, title=text[:200], url="javascript:alert(1)", tags=("<i>",))
    mentions = [f"/listening/mention/{n + 1}" for n in range(len(HOSTILE))]
    for address in ("/", "/listening", *mentions):
        answer = client.get(address)
        page = answer.text
        assert answer.status_code == 200
        assert [bad for bad in ("<script>alert", "<img src=x", "javascript:", "\x1e", "\x1b") if bad in page] == []
        assert len(page) < 200_000
        assert 'dir="auto"' in page
        assert "<bdi>" in page


def test_what_has_just_come_is_asked_for_by_id(site, client):
    site.hear("La Brûlerie du Port et son café", "La Brûlerie du Port", "Un café", "colis")
    answer = client.get("/listening/fresh?q=cafe&ids=1,2,4,x,,99999999999999999999")
    assert [one["id"] for one in answer.json()] == [1]
    assert client.get("/listening/fresh").json() == []


def test_the_log_alone(site, client):
    site.hear("La Brûlerie du Port")
    text = client.get("/listening/rows?query=brand").text
    assert ids(text) == [1]
    assert "<html" not in text


@pytest.mark.parametrize("login", ["maelle", "ines"])
def test_only_those_who_may_edit_are_offered_it(site, login):
    with closing(site.log_in(login)) as client:
        text = client.get("/listening?query=brand").text
    assert ("Modifier la requête" in text) == (login == "maelle")


def test_in_english(site):
    site.hear("La Brûlerie du Port", "La Brûlerie du Port")
    with closing(site.log_in(headers={"accept-language": "en"})) as client:
        text = client.get("/listening").text
    assert title(text) == "2 mentions in 6 hours."
    assert "12 November" in text
