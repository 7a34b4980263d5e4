"""The queue and a publication's page: states in plain words, and what people do about them."""

from contextlib import closing

import pytest

from vigie.desk import publishing
from vigie.model import Act, Pause, Publication


@pytest.fixture
def maelle(site, ways):
    with closing(site.log_in("maelle")) as client:
        yield client


def act(ways, one: Publication, verb: str) -> Act:
    return Act(ways.house.clock(), "vigie", f"publication.{verb}", f"publication:{one.id}")


def claimed(ways, one: Publication) -> Publication:
    taken = ways.house.publications.claim(one.id, one.revision, [f"key{one.id}"], ways.house.clock())
    assert taken
    return taken


def test_the_queue_says_what_goes_out_next_and_what_is_wrong(ways, site, maelle):
    ways.planned("Bonjour du port.", "2026-11-20T09:30")
    page = maelle.get("/queue").text
    assert "Une publication est programmée\u00a0: Bluesky" in page
    assert "Bluesky n’est pas connecté" in page
    assert 'href="/channels/bsky#connect"' in page
    assert 'href="/drafts/new?when=2026-11-13T09:30&amp;on=bsky"' in page
    site.house.vault.put("channel:bsky", "{}")
    assert "n’est pas connecté" not in maelle.get("/queue").text

    failed = claimed(ways, ways.planned("On ferme lundi.", "2026-11-21T09:30"))
    ways.house.publications.settle(
        publishing.given_up(failed, "too-long", "Record too long"), act(ways, failed, "failed")
    )
    lost = claimed(ways, ways.planned("Nouvel arrivage.", "2026-11-22T09:30"))
    ways.house.publications.settle(publishing.in_doubt(lost, "timeout", "", site.clock() + 60_000))
    page = maelle.get("/queue").text
    assert "2 publications demandent qu’on les regarde." in page
    assert "Le réseau trouve le texte trop long." in page
    assert "Vigie relit le réseau avant tout nouvel essai." in page
    page = maelle.get(f"/publications/{failed.id}").text
    assert "Record too long" in page
    assert "Elle n’est pas partie sur Bluesky." in page

    done = maelle.post(f"/publications/{lost.id}/look", data={"back": "queue"})
    assert done.headers["location"] == "/queue?done=publications.done.looks"
    assert ways.house.publications.get(lost.id).try_at == site.clock()
    maelle.post(f"/publications/{failed.id}/move", data={"back": "queue", "do": "now"})
    again = ways.house.publications.get(failed.id)
    assert (again.state, again.due) == ("scheduled", site.clock())


def test_what_is_held_is_said(ways, site, maelle):
    ways.planned("Bonjour du port.", "2026-11-20T09:30")
    pause = Pause(0, (), "maelle", "Alerte rouge", site.clock())
    ways.house.publications.pause(pause, Act(site.clock(), "maelle", "pause.set", "pause"))
    page = maelle.get("/queue").text
    assert "row is-held" in page
    assert "Une suspension la retient. Rien n’est supprimé." in page
    assert "Retenue\u00a0: elle ne part pas sur Bluesky." in maelle.get("/publications/1").text


def test_a_publication_is_moved_dropped_and_never_over_what_was_not_seen(ways, maelle):
    one = ways.planned("Bonjour du port.", "2026-11-20T09:30")
    moved = maelle.post("/publications/1/move", data={"wall": "2026-11-25T09:30", "revision": str(one.revision)})
    assert moved.headers["location"] == "/publications/1?done=publications.done.moved"
    late = maelle.post("/publications/1/drop", data={"revision": str(one.revision)})
    assert late.status_code == 409
    assert "a changé entre-temps" in late.text
    for wall, status in (("2026-11-24T09:30", 409), ("2026-11-01T09:30", 422), ("bientôt", 422), ("", 422)):
        assert maelle.post("/publications/1/move", data={"wall": wall}).status_code == status
    assert ways.house.publications.get(1).wall == "2026-11-25T09:30"
    page = maelle.get("/publications/1").text
    assert "avant\u00a0: le 20 nov. à 9\u00a0h\u00a030" in page
    maelle.post("/publications/1/drop", data={"why": "on en reparle"})
    assert ways.house.publications.get(1).state == "dropped"
    assert maelle.post("/publications/1/drop").status_code == 409
    assert maelle.get("/publications/99").status_code == 404


def test_what_is_out_is_taken_back_with_a_reason(ways, site, maelle):
    one = claimed(ways, ways.planned("Bonjour du port.", "2026-11-20T09:30"))
    sent = publishing.sent_one(one, 0, "at://x/1", "cid", "https://bsky.example/1", site.clock())
    ways.house.publications.settle(sent, act(ways, one, "published"))
    page = maelle.get("/publications/1").text
    assert 'href="https://bsky.example/1"' in page
    assert "Publiée sur Bluesky" in page
    assert maelle.post("/publications/1/recall", data={"why": " "}).status_code == 422
    assert maelle.post("/publications/1/recall", data={"why": "café épuisé"}).status_code == 303
    assert ways.house.publications.get(1).recall == "asked"
    assert "Retrait demandé" in maelle.get("/publications/1").text
    with closing(site.log_in("yanis")) as yanis:
        assert yanis.post("/publications/1/recall", data={"why": "non"}).status_code == 403
        assert "Retirer du réseau" not in yanis.get("/publications/1").text


def test_a_link_that_is_none_is_not_followed(ways, site, maelle):
    one = claimed(ways, ways.planned("Bonjour du port.", "2026-11-20T09:30"))
    sent = publishing.sent_one(one, 0, "at://x/1", "cid", "javascript:alert(1)", site.clock())
    ways.house.publications.settle(sent, act(ways, one, "published"))
    assert "javascript:" not in maelle.get("/publications/1").text


def test_a_turn_is_skipped(ways, maelle):
    ways.planned("Bonjour du port.", "2026-11-20T09:30", "day")
    maelle.post("/publications/1/skip")
    assert ways.house.publications.get(1).wall == "2026-11-21T09:30"
    assert "et ne se répète plus" in maelle.get("/publications/1").text
