"""The pages of sources as a browser without scripts sees them."""

import html
import re

from vigie.model import Batch, Rejected, SourceState


def plain(text: str) -> str:
    return re.sub(r"[\xa0\u202f]", " ", html.unescape(text))


def test_all_is_well_and_says_so(client):
    page = plain(client.get("/sources").text)
    assert "Tout est lu" in page
    assert "12,5 événements par seconde" in page
    assert 'href="/sources/presse"' in page


def test_a_source_in_trouble_says_what_what_is_safe_and_what_to_do(site, client):
    site.house.archive.set_source(
        SourceState(
            "presse",
            "rss",
            state="retrying",
            error="unreachable",
            error_at=site.clock() - 60_000,
            retry_at=site.clock() + 300_000,
            since=site.clock(),
        )
    )
    page = plain(client.get("/sources").text)
    assert "« presse » ne répond plus depuis 17 h 41." in page
    assert "Rien n’est perdu" in page
    assert "Prochain essai à 17 h 47." in page
    assert "does not answer" not in page
    page = plain(client.get("/sources/presse", headers={"accept-language": "en"}).text)
    assert "“presse” has not answered since 17:41." in page


def test_what_nobody_could_read_is_shown_as_harmless_text(site, client):
    raw = b'{"text": "<script>alert(1)</script> \xe2\x80\xae\x00\xff"' + b"x" * 5000
    batch = Batch(
        rejected=(Rejected("bad-date", "createdAt: <b>1601</b>", raw), Rejected("not-json", "", b"{")), cursor="1"
    )
    site.house.archive.append("presse", batch, [], site.clock())
    assert "2 illisibles" in plain(client.get("/sources").text)
    page = client.get("/sources/presse").text
    assert "<script>alert" not in page
    assert "<b>1601" not in page
    assert "\\u202e\\x00\\xff" in page
    assert len(page) < 40_000
    assert "Date illisible" in plain(page)


def test_adding_a_feed_writes_it_into_the_charter(site, client):
    assert "mastodon" in client.get("/sources/new").text
    answer = client.post("/sources/new", data={"network": "rss", "address": "https://www.cap-nord.example/feed"})
    assert answer.status_code == 303, answer.text
    text = site.house.charter_file.read()[0]
    assert "cap-nord-example" in text
    assert "# our name, however it is spelt" in text
    page = plain(client.get(answer.headers["location"]).text)
    assert "« cap-nord-example » est dans la charte." in page
    assert "En attente" in page


def test_what_does_not_fit_is_said_at_its_field(site, client):
    before = site.house.charter_file.read()
    answer = client.post("/sources/new", data={"network": "rss", "address": ""})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    answer = client.post("/sources/new", data={"network": "rss", "address": "pas une adresse"})
    assert answer.status_code == 422
    assert "pas une adresse" in answer.text
    answer = client.post("/sources/new", data={"network": "mastodon", "address": "mastodon.example", "id": "presse"})
    assert "porte ce nom" in plain(answer.text)
    assert client.post("/sources/new", data={"network": "files", "address": "/etc/passwd"}).status_code == 404
    assert site.house.charter_file.read() == before


def test_changing_keeps_what_the_form_does_not_show_and_never_shows_a_token(site, client):
    site.write_charter(
        site.house.charter_file.read()[0].rstrip()
        + "\n    - {id: masto, network: mastodon, address: mastodon.example, every: 60, public: true}\n"
    )
    data = {"address": "mastodon.example", "tags": "#cafe, brest", "notifications": "yes", "token": "s3cret"}
    assert client.post("/sources/masto", data=data).status_code == 303
    spec = next(spec for spec in site.house.charter().listening.sources if spec.id == "masto")
    assert spec.options == {"every": 60, "tags": ("cafe", "brest"), "notifications": True}
    page = client.get("/sources/masto").text
    assert "s3cret" not in page
    assert "Un jeton est gardé." in plain(page)
    assert 'value="cafe brest"' in page


def test_removing_is_undone(site, client):
    before = site.house.charter_file.read()[0]
    answer = client.post("/sources/presse/remove")
    assert "presse" not in [spec.id for spec in site.house.charter().listening.sources]
    token = re.search(r'name="done" value="([^"]+)"', client.get(answer.headers["location"]).text)[1]
    assert client.post("/sources/-/undo", data={"done": token}).headers["location"] == "/sources?restored=presse"
    assert site.house.charter_file.read()[0] == before
    token = re.search(
        r'name="done" value="([^"]+)"', client.get(client.post("/sources/presse/remove").headers["location"]).text
    )[1]
    site.write_charter(site.house.charter_file.read()[0] + "# note\n")
    answer = client.post("/sources/-/undo", data={"done": token})
    assert "Trop tard pour annuler" in client.get(answer.headers["location"]).text


def test_readers_and_authors_look_and_do_not_touch(site):
    for login in ("ines", "yanis"):
        visitor = site.log_in(login)
        assert "Ajouter une source" not in visitor.get("/sources").text
        page = visitor.get("/sources/presse").text
        assert "Retirer cette source" not in page
        assert visitor.get("/sources/new").status_code == 403
        assert visitor.post("/sources/presse/remove").status_code == 403
        assert visitor.post("/sources/presse", data={"address": "https://x.example"}).status_code == 403


def test_unknown_sources_are_not_found(client):
    assert client.get("/sources/nobody").status_code == 404
    assert client.post("/sources/nobody", data={"address": "x"}).status_code == 404
    assert client.post("/sources/nobody/remove").status_code == 303
