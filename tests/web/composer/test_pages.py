"""The composer without script: every button works by itself, roles are kept, and pictures are what they say."""

import re
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest

from web.composer.charter import CHARTER, GUARANTEE, PIXEL
from web.served import token_of

BAD = "Nos moulins sont garantis à vie. #portesouvertesbrulerie"
GOOD = "Un souci avec un moulin, on le répare. Venez samedi."


@pytest.fixture
def house(site):
    site.write_charter(CHARTER)
    return site.house


@pytest.fixture
def yanis(site, house) -> Iterator[httpx.Client]:
    client = site.log_in("yanis")
    yield client
    client.close()


@pytest.fixture
def maelle(site, house) -> Iterator[httpx.Client]:
    client = site.log_in("maelle")
    yield client
    client.close()


def fields(text: str, **more: str) -> dict[str, str]:
    return {"text": text, "on:bsky": "1", "objective": "meet", "do": "save"} | more


def test_a_post_is_read_mended_and_handed_on(house, yanis):
    answer = yanis.post("/drafts/new", data=fields(BAD))
    assert answer.headers["location"].startswith("/drafts/1")
    page = yanis.get("/drafts/1").text
    assert '<span class="find" data-s="block" data-n=' in page
    assert GUARANTEE.replace("'", "&#39;") in page
    assert "Dites ce que nous ferons si cela casse." in page

    refused = yanis.post("/drafts/1", data=fields(BAD, revision="1", do="ask"))
    assert refused.status_code == 422
    assert "bloquent ce brouillon" in refused.text
    assert house.drafts.get(1).state == "draft"

    put = re.search(r'value="(put:[0-9a-f]{16})"', page)[1]
    assert yanis.post("/drafts/1", data=fields(BAD, revision="1", do=put)).status_code == 303
    assert house.drafts.get(1).content.text.endswith("#PortesOuvertesBrulerie")
    revision = str(house.drafts.get(1).revision)
    assert yanis.post("/drafts/1", data=fields(GOOD, revision=revision, do="ask")).status_code == 303
    assert house.drafts.get(1).state == "approved"  # this charter asks for no approval: whoever may schedules it
    page = yanis.get("/drafts/1?done=composer.done.asked").text
    assert "La demande est faite." in page
    assert "Peuvent programmer\u00a0: Maëlle Kerbrat." in page
    assert {one.rule for one in house.drafts.raised_since(0)} >= {"garantie", "accessibility"}

    # nothing is written over it; it is taken up again first
    revision = str(house.drafts.get(1).revision)
    held = yanis.post("/drafts/1", data=fields(GOOD + " Tôt.", revision=revision))
    assert held.status_code == 409
    assert "Ce brouillon est validé. Reprenez l’écriture pour le changer." in held.text
    yanis.post("/drafts/1", data={"do": "back", "revision": revision})
    assert house.drafts.get(1).state == "draft"
    assert house.drafts.get(1).content.text == GOOD


def test_looking_saves_nothing_and_keeps_what_was_typed(house, yanis):
    page = yanis.post("/drafts/new", data=fields(BAD, do="look", **{"own:masto": "1", "on:masto": "1"}))
    assert page.status_code == 200
    assert BAD in page.text
    assert house.drafts.latest() == []


def test_two_people_meet_on_a_page_that_shows_both(house, yanis, maelle):
    yanis.post("/drafts/new", data=fields("Samedi, on ouvre."))
    maelle.post("/drafts/1", data=fields("Samedi, on ouvre au public.", revision="1"))
    page = yanis.post("/drafts/1", data=fields("Dimanche, on ouvre.", revision="1"))
    assert page.status_code == 409
    assert "Maëlle Kerbrat a enregistré pendant que vous écriviez" in page.text
    assert "<ins>Dimanche</ins>" in page.text
    again = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text.split("<main")[1]))
    assert again["revision"] == "2"
    assert yanis.post("/drafts/1", data=again | {"text": "Dimanche, on ouvre.", "do": "save"}).status_code == 303
    assert [one.content.text for one in house.drafts.versions(1)] == [
        "Samedi, on ouvre.",
        "Samedi, on ouvre au public.",
        "Dimanche, on ouvre.",
    ]
    assert house.drafts.get(1).content.objective == "meet"


def mark_of(page: str, words: str) -> str:
    """The fingerprint of the remark that says these words."""
    (found,) = [one for one in page.split("data-fingerprint=")[1:] if words in one.split("data-reason=")[0]]
    return found[1:17]


def test_what_stops_is_let_pass_by_those_who_may_with_a_reason_until_a_day(site, house, yanis, maelle):
    yanis.post("/drafts/new", data=fields("Nos moulins sont garantis à vie."))
    page = yanis.get("/drafts/1").text
    mark = mark_of(page, "garantie")
    assert "Peuvent la laisser passer\u00a0: Maëlle Kerbrat" in page
    data = {"fingerprint": mark, "verdict": "suppressed", "why": "citation du catalogue", "until": "2026-11-13"}
    assert yanis.post("/drafts/1/decide", data=data).status_code == 403
    assert maelle.post("/drafts/1/decide", data=data | {"why": " "}).status_code == 422
    assert house.drafts.decisions(1) == []
    assert maelle.post("/drafts/1/decide", data=data).status_code == 303
    passed = yanis.get("/drafts/1").text
    assert "citation du catalogue" in passed
    assert "Jusqu’au 13 novembre 2026" in passed
    assert "bloque" not in passed
    site.clock.forward(2 * 86_400_000)
    assert "bloque" in yanis.get("/drafts/1").text
    acts = [act for _, act in house.acts.latest()]
    assert any(
        (act.verb, act.what, act.why) == ("finding.suppressed", "draft:1", "citation du catalogue") for act in acts
    )


def test_readers_read_and_write_nothing(site, house, yanis):
    yanis.post("/drafts/new", data=fields("Samedi, on ouvre."))
    with closing(site.log_in("ines")) as ines:
        page = ines.get("/drafts/1")
        assert page.status_code == 200
        assert "readonly" in page.text
        assert 'value="ask"' not in page.text
        assert ines.get("/drafts/new").status_code == 403
        assert ines.post("/drafts/-/save", data=fields("x", id="1", revision="1")).status_code == 403
        assert ines.post("/drafts/1", data=fields("x", revision="1")).status_code == 200  # looked at, not saved
        assert ines.post("/drafts/1/decide", data={}).status_code == 403
        assert ines.post("/drafts/-/picture", files={"picture": ("a.png", PIXEL)}).status_code == 403
    assert house.drafts.get(1).content.text == "Samedi, on ouvre."


def test_pictures_are_known_by_their_first_bytes_and_shown_to_the_house_alone(site, house, yanis):
    yanis.post("/drafts/new", data=fields("Samedi."))
    sent = yanis.post("/drafts/1/picture", files={"picture": ("../../x.html", PIXEL, "text/html")})
    assert sent.status_code == 303
    (one,) = house.drafts.get(1).content.media
    assert (one.type, one.size, one.kind) == ("image/png", len(PIXEL), "image")
    shown = yanis.get(f"/media/{one.id}")
    assert (shown.content, shown.headers["content-type"]) == (PIXEL, "image/png")
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in shown.headers["content-security-policy"]
    for bad in (b"<svg onload='alert(1)'/>", b"", b"%PDF-1.4", b"<html>", PIXEL[1:]):
        assert yanis.post("/drafts/-/picture", files={"picture": ("a.png", bad, "image/png")}).status_code == 415
    with closing(site.visit()) as stranger:
        assert stranger.get(f"/media/{one.id}").status_code == 303
    assert yanis.get("/media/" + "0" * 64).status_code == 404
    assert yanis.get("/media/..%2fsecret.key").status_code == 404
    assert oct((site.home.path / "media" / one.id).stat().st_mode & 0o777) == "0o600"

    # and dropped again
    data = fields("Samedi.", revision=str(house.drafts.get(1).revision), do="drop:0", **{"media:0": one.id})
    yanis.post("/drafts/1", data=data)
    assert house.drafts.get(1).content.media == ()


def test_a_picture_larger_than_any_network_takes_is_refused(yanis):
    yanis.get("/drafts/new")
    answer = yanis.post("/drafts/-/picture", files={"picture": ("a.png", PIXEL + bytes(20_000_000))})
    assert answer.status_code == 415


def test_versions_are_compared_word_by_word(house, yanis, maelle):
    yanis.post("/drafts/new", data=fields("On ouvre à tous nos clients fidèles."))
    maelle.post("/drafts/1", data=fields("On ouvre au public.", revision="1"))
    page = yanis.get("/drafts/1/versions").text
    assert "<del>à tous nos clients fidèles</del><ins>au public</ins>" in page
    assert yanis.get("/drafts/9/versions").status_code == 404


def test_a_draft_set_aside_is_found_and_taken_up_again(house, yanis):
    yanis.post("/drafts/new", data=fields("Samedi, on ouvre."))
    gone = yanis.post("/drafts/1", data=fields("Samedi, on ouvre.", revision="1", do="discard"))
    assert gone.headers["location"] == "/drafts?gone=1"
    assert "Samedi" not in yanis.get("/drafts").text
    assert "Samedi" in yanis.get("/drafts?which=gone").text
    revision = str(house.drafts.get(1).revision)
    yanis.post("/drafts/1", data=fields("Samedi, on ouvre.", revision=revision, do="back"))
    assert house.drafts.get(1).state == "draft"


@pytest.mark.parametrize(
    "text",
    ["", " " * 5000, "😀" * 400, "\u202eabc\u202c", "g\u200baranti à vie", "<script>alert(1)</script>", "a" * 100_000],
    ids=["empty", "spaces", "emoji", "bidi", "zero-width", "script", "long"],
)
def test_hostile_words_are_looked_at_and_kept_as_they_are(house, yanis, text):
    token = token_of(yanis.get("/drafts/new"))
    seen = yanis.post("/drafts/-/look", data=fields(text, _csrf=token))
    assert seen.status_code == 200
    assert "<script>alert" not in seen.json()["proofs"]
    saved = yanis.post("/drafts/-/save", data=fields(text))
    assert saved.status_code == 200
    assert house.drafts.get(1).content.text == text
    page = yanis.get("/drafts/1")
    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_an_empty_sheet_is_not_blamed_and_goes_nowhere(house, yanis):
    page = yanis.get("/drafts/new").text
    assert "Écrivez\u00a0: la charte relit à chaque pause." in page
    assert "data-reason=" not in page
    assert 'aria-disabled="true"' in page
    assert yanis.post("/drafts/new", data=fields("", do="ask")).status_code == 422
