"""The war room without script: taken, contained, spoken about, resolved, learned from; and every act in its roles."""

import re
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest

from web.incidents.conftest import THEIRS, out, plain, schedule
from web.served import Site


@pytest.fixture
def yanis(site: Site, house) -> Iterator[httpx.Client]:
    with closing(site.log_in("yanis")) as client:
        yield client


@pytest.fixture
def ines(site: Site, house) -> Iterator[httpx.Client]:
    with closing(site.log_in("ines")) as client:
        yield client


def words(client: httpx.Client, path: str = "/incidents/1") -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return plain(answer.text)


def test_an_incident_that_nobody_has_taken_is_on_every_page_until_somebody_does(client, yanis, ines, stolen):
    stolen()
    for one in (client, yanis, ines):
        page = words(one, "/listening")
        assert "Incident nº 1, 17 h 42. Bluesky : une publication est partie sans Vigie. Ouvrir" in page
        assert re.search(r'data-hot data-waiting="/incidents"><span class="sr">, </span>1<', one.get("/queries").text)
    assert "Un incident attend quelqu'un." in words(client, "/")
    yanis.post("/incidents/1/take")
    assert "Incident nº 1, 17 h 42." not in words(client, "/listening")


def test_it_is_taken_handed_over_contained_resolved_and_learned_from(site, client, yanis, house, stolen):
    stolen()
    page = words(yanis)
    assert "0 min 00" in page
    assert "reste 10 min" in page
    assert "Personne ne l'a pris" in page
    assert "Prenez-le" in page
    assert yanis.post("/incidents/1/take").headers["location"] == "/incidents/1?done=incidents.done.taken"
    assert "Yanis Belkadi en répond" in words(client)

    site.clock.forward(4 * 60_000)
    client.post("/incidents/1/rename", data={"title": "Compte volé"})
    yanis.post("/incidents/1/assign", data={"to": "maelle"})
    assert "Maëlle Kerbrat en répond" in words(yanis)
    site.clock.forward(8 * 60_000)
    client.post("/incidents/1/contain")
    assert "contenu en 12 min, 10 min promises" in words(client)
    client.post("/incidents/1/resolve")
    assert "Écrivez ce que la maison en retient" in words(client)
    refused = client.post("/incidents/1/learn", data={"words": " "})
    assert refused.status_code == 409
    assert "Écrivez quelques mots" in plain(refused.text)
    client.post("/incidents/1/learn", data={"words": "La clé ne se partage plus.", "rule": "garantie"})
    page = words(client)
    assert "Appris" in page
    assert "La clé ne se partage plus." in page
    assert "Règle : garantie" in page
    lines = [line.kind for line in house.incidents.timeline(1)]
    assert lines == ["line.opened", "line.acknowledged", "line.renamed", "line.assigned", "line.contained",
                     "line.resolved", "line.learned"]  # fmt: skip
    assert "Compte volé" in words(client, "/incidents")
    verbs = [act.verb for _, act in house.acts.latest(0, 50) if act.what == "incident:1"]
    assert verbs[::-1] == ["incident.opened", "incident.acknowledged", "incident.renamed", "incident.assigned",
                           "incident.contained", "incident.resolved", "incident.learned"]  # fmt: skip


def test_who_comes_second_learns_who_was_first(client, yanis, stolen):
    stolen()
    yanis.post("/incidents/1/take")
    answer = client.post("/incidents/1/take")
    assert answer.status_code == 409
    assert "L'incident a changé entre-temps : Pris. Rien n'a été modifié." in plain(answer.text)


def test_it_was_not_over(client, house, stolen):
    stolen()
    for step in ("take", "resolve", "reopen"):
        assert client.post(f"/incidents/1/{step}").status_code == 303
    assert house.incidents.get(1).state == "acknowledged"


def test_the_reflex_sheet_is_ticked_and_grows(client, yanis, house, stolen):
    stolen()
    page = words(client)
    assert "0 sur 2" in page
    assert "Changer la clé du compte Maëlle Kerbrat, avant 17 h 57" in page
    assert "Prévenir la direction (Odile Quéméner)" in page
    first, second = house.incidents.tasks(1)
    yanis.post(f"/incidents/1/tasks/{first.id}", data={"done": "1"})
    client.post(f"/incidents/1/tasks/{second.id}", data={"done": "1"})
    client.post("/incidents/1/tasks", data={"title": "Écrire à Lou", "owner": "yanis", "told": ""})
    page = words(client)
    assert "2 sur 3" in page
    assert "Yanis Belkadi fait : Changer la clé du compte" in page
    assert "Maëlle Kerbrat prévient Odile Quéméner" in page
    yanis.post(f"/incidents/1/tasks/{first.id}", data={})
    assert "1 sur 3" in words(client)
    assert client.post("/incidents/1/tasks/99", data={"done": "1"}).status_code == 404


def test_what_is_said_is_kept_in_the_timeline(client, yanis, stolen):
    stolen()
    yanis.post("/incidents/1/say", data={"words": "Odile est prévenue <b>par</b> téléphone."})
    assert "Yanis Belkadi note Odile est prévenue par téléphone." in words(client).replace("<b>", "").replace(
        "</b>", ""
    )
    assert "&lt;b&gt;par" in client.get("/incidents/1").text
    assert client.post("/incidents/1/say", data={"words": ""}).status_code == 422


def test_a_post_that_vigie_did_not_send_is_taken_back_like_any_other(site, client, house, stolen):
    incident = stolen()
    page = words(client)
    assert THEIRS in page
    assert "envoyée sans Vigie" in page
    client.post("/incidents/1/recall", data={"post": incident.remote_id})
    adopted = house.publications.by_remote("bluesky", incident.remote_id)
    assert (adopted.state, adopted.recall, adopted.sent[0].key) == ("published", "asked", "3kstolen")
    assert house.publications.by_key("bluesky", "3kstolen") == adopted  # nobody's unknown hand any more
    assert [one.id for one in house.publications.open(site.clock())] == [adopted.id]
    page = words(client)
    assert "Rappel demandé" in page
    assert "Maëlle Kerbrat demande le rappel sur Bluesky" in page
    again = client.post("/incidents/1/recall", data={"post": incident.remote_id})
    assert again.status_code == 409
    assert "Son état vient de changer" in plain(again.text)


def test_a_publication_of_ours_is_taken_back_too(site, client, house):
    one = out(site, "Blend Tempête : il va vous secouer")
    assert client.post(
        "/incidents/new", data={"title": "Partie pendant l'alerte", "publication": str(one.id)}
    ).is_redirect
    page = words(client)
    assert "programmée par Maëlle Kerbrat" in page
    client.post("/incidents/1/recall", data={})
    assert house.publications.get(one.id).recall == "asked"


def test_the_account_is_paused_from_the_room(site, client, house, stolen):
    schedule(site, "un")
    schedule(site, "deux", channel="masto")
    stolen()
    assert "Suspendre Bluesky" in words(client)
    client.post("/incidents/1/pause")
    (pause,) = house.publications.pauses()
    assert (pause.channels, pause.incident) == (("bsky",), 1)
    assert house.incidents.get(1).pause == pause.id
    page = words(client)
    assert "Suspendu depuis 17 h 42" in page
    assert "Maëlle Kerbrat suspend Bluesky" in page
    assert "Suspendre Bluesky" not in page


def test_a_statement_is_a_draft_like_any_other(client, yanis, house, stolen):
    stolen()
    page = words(yanis)
    assert "Pas nous" in page
    assert "conforme à la charte" in page
    assert "une remarque la bloque" in page  # a prepared answer obeys the same rules
    answer = yanis.post("/incidents/1/statement", data={"answer": "sorry"})
    assert answer.headers["location"].startswith("/drafts/1?done=")
    draft = house.drafts.get(1)
    assert draft.content.text == "Ce message n'est pas de nous."
    assert draft.content.channels == ("bsky",)
    assert house.incidents.get(1).statement == 1
    page = words(client)
    assert "Ouvrir le brouillon" in page
    assert "commence une déclaration (brouillon 1)" in page


def test_its_spread_is_counted_from_what_vigie_hears(site, client, stolen):
    incident = stolen()
    heard = ("Arnaque ?", "Compte piraté", "Ne cliquez pas")
    site.hear(*heard, reply_to=incident.remote_id, thread=incident.remote_id)
    page = words(client)
    assert "3 réponses" in page
    assert "Compte piraté" in page
    spec = client.get("/incidents/1/spread").json()
    assert spec["aloud"] == "3 réponses jusqu’ici."
    assert spec["spec"]["layer"]


def test_the_file_holds_the_facts_as_they_were_frozen(client, ines, stolen):
    stolen()
    answer = client.get("/incidents/1/file")
    assert answer.headers["content-disposition"] == 'attachment; filename="incident-1.json"'
    (fact,) = answer.json()["evidence"]
    assert THEIRS in fact["content"]
    assert fact["digest"] in client.get("/incidents/1").text
    assert ines.get("/incidents/1/file").status_code == 403


def test_a_reader_reads_and_does_nothing(ines, stolen):
    stolen()
    page = ines.get("/incidents/1").text
    assert "<button" not in re.search(r'<div class="war" id="war">.*?<section', page, re.DOTALL)[0]
    assert "Réservé à ceux qui écrivent : Maëlle Kerbrat et Yanis Belkadi." in plain(page)
    for act in ("take", "assign", "contain", "resolve", "learn", "reopen", "rename", "say", "tasks", "tasks/1", "pause",
                "recall", "statement"):  # fmt: skip
        assert ines.post(f"/incidents/1/{act}", data={}).status_code == 403, act


def test_an_author_handles_it_and_leaves_the_recall_to_others(yanis, stolen):
    stolen()
    page = words(yanis)
    assert "Rappeler revient à Maëlle Kerbrat." in page
    assert yanis.post("/incidents/1/recall", data={}).status_code == 403


def test_it_is_opened_by_hand_from_a_mention(site, client, house):
    site.hear("La Brûlerie du Port vend du café brûlé")
    (mention,) = (house.archive.mention(n) for n in (1,))
    page = words(client, f"/incidents/new?mention={mention.id}")
    assert "La Brûlerie du Port vend du café brûlé" in page
    assert "Yanis Belkadi est appelé aussitôt." in page
    assert client.post("/incidents/new", data={"title": ""}).status_code == 422
    given = {"title": "Café brûlé", "words": "Trois clients en parlent.", "mention": str(mention.id), "on:bsky": "1"}
    assert client.post("/incidents/new", data=given).headers["location"].startswith("/incidents/1")
    incident = house.incidents.get(1)
    assert (incident.title, incident.origin, incident.channels) == ("Café brûlé", "person", ("bsky",))
    assert [notice.incident for notice, _ in house.notices.for_person("yanis")] == [1]
    client.post("/incidents/new", data=given)
    assert house.incidents.get(2) is None  # the same post is one incident


def test_the_list_says_how_things_stand(client, house, stolen):
    assert "Aucun incident. Vigie relit tout ce qui part de vos comptes." in words(client, "/incidents")
    stolen()
    assert "Un incident attend quelqu'un." in words(client, "/incidents")
    client.post("/incidents/1/take")
    assert "Un incident est en cours, Maëlle Kerbrat en répond." in words(client, "/incidents")
    client.post("/incidents/1/resolve")
    assert "Aucun incident en cours. Le dernier est résolu depuis 17 h 42." in words(client, "/incidents")


def test_hostile_words_stay_words(site, client, house, stolen):
    incident = stolen()
    nasty = '<script>alert(1)</script>"onmouseover="x'
    client.post("/incidents/1/rename", data={"title": nasty})
    site.hear(nasty, reply_to=incident.remote_id, thread=incident.remote_id)
    for path in ("/incidents/1", "/incidents", "/", "/halt/now"):
        assert "<script>alert" not in client.get(path).text.replace("\\u003c", "<"), path


def test_what_i_was_told_stays_until_i_have_seen_it(site, client, yanis, house, stolen):
    stolen()
    client.post("/incidents/1/take")
    client.post("/incidents/1/assign", data={"to": "yanis"})
    said = "Maëlle Kerbrat vous confie l'incident nº 1 : Bluesky : une publication est partie sans Vigie."
    assert said in words(yanis, "/queries")
    assert said not in words(client, "/queries")
    upto = max(notice.id for notice, _ in house.notices.for_person("yanis"))
    answer = yanis.post("/incidents/-/seen", data={"upto": str(upto), "back": "//evil.example"})
    assert answer.headers["location"] == "/"
    assert said not in words(yanis, "/queries")
