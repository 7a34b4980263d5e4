"""The pages of queries as a browser without scripts sees them, and what the editor's script asks for."""

import html
import re
import time

import pytest

from vigie.flows import queries as flow
from vigie.model import Author, Post
from vigie.web.pages.queries.language import LANGUAGE, NAMED


def sampled(site, *texts: str) -> None:
    posts = [
        Post("bluesky", f"s{n}", Author("did:x", "lou.example", "Lou"), text, site.clock() - n)
        for n, text in enumerate(texts)
    ]
    site.house.archive.add_to_sample(posts, site.clock())


def was_of(page: str) -> str:
    return re.search(r'name="was" value="([^"]*)"', page)[1]


def form(client, id: str, **fields: str) -> dict[str, str]:
    page = client.get(f"/queries/{id}").text
    purpose = html.unescape(re.search(r'name="purpose" value="([^"]*)"', page)[1])
    match = html.unescape(re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)[1])
    return {"was": was_of(page), "purpose": purpose, "match": match, "keep_days": "", "do": "save"} | fields


def test_the_shelf_counts_a_mention_once(site, client):
    site.hear("colis perdu par la Brûlerie du Port", queries=("brand", "delivery"))
    page = html.unescape(client.get("/queries").text).replace("\xa0", " ")
    assert "<h1>Une mention depuis hier" in page


def test_the_shelf_says_how_each_query_does(site, client):
    site.house.archive.set_queries([("brand", "x")], site.clock())
    site.hear("brûlerie du port", "brûlerie du port encore")
    page = client.get("/queries").text
    assert "« delivery » ne trouve rien depuis 30 jours." in html.unescape(page).replace("\xa0", " ")
    assert 'href="/queries/brand"' in page
    assert 'href="/queries/new"' in page


def test_no_query_says_what_one_is(site, client):
    text = site.house.charter_file.read()[0]
    site.write_charter(re.sub(r"queries:\n(?:  .*\n)+", "queries: []\n", text))
    page = client.get("/queries", headers={"accept-language": "en"}).text
    assert "Vigie listens for nothing yet." in page


def test_saving_writes_the_file_and_keeps_comments(site, client):
    answer = client.post("/queries/brand", data=form(client, "brand", match='"brûlerie du port"\nOR brulerie\n'))
    assert answer.status_code == 303, answer.text
    text = site.house.charter_file.read()[0]
    assert "# our name, however it is spelt" in text
    assert '      "brûlerie du port"\n      OR brulerie\n' in text
    assert "enregistrée" in client.get(answer.headers["location"]).text


def test_a_mistake_is_shown_where_it_is_and_nothing_is_lost(site, client):
    before = site.house.charter_file.read()
    answer = client.post("/queries/brand", data=form(client, "brand", match='café AND\n("port', purpose="écouter <b>"))
    assert answer.status_code == 422
    assert "ligne 2" in answer.text
    assert "écouter &lt;b&gt;" in answer.text
    assert "café AND\n(" in html.unescape(answer.text)
    assert site.house.charter_file.read() == before


def test_a_mistake_is_mended_by_one_press_without_script(site, client):
    answer = client.post("/queries/brand", data=form(client, "brand", match='café OR "port', do="mend:0"))
    assert 'café OR "port"</textarea>' in html.unescape(answer.text)


def test_a_purpose_is_asked_for(client):
    data = {"id": "press", "purpose": " ", "match": "journal", "was": "", "do": "save"}
    answer = client.post("/queries/new", data=data)
    assert answer.status_code == 422
    assert "à quoi serviront ces mentions" in answer.text
    data |= {"purpose": "lire la presse", "id": "Presse locale"}
    assert 'id="id-error"' in client.post("/queries/new", data=data).text
    data |= {"id": "brand"}
    assert "porte ce nom" in client.post("/queries/new", data=data).text
    data |= {"id": "press"}
    assert client.post("/queries/new", data=data).status_code == 303
    data |= {"id": "press2", "keep_days": "dix"}
    assert client.post("/queries/new", data=data).status_code == 422


def test_a_name_is_given_shown_and_taken_back(site, client):
    answer = client.post("/queries/delivery", data=form(client, "delivery", name="  Colis   perdus "))
    assert answer.status_code == 303, answer.text
    assert "    name: Colis perdus\n" in site.house.charter_file.read()[0]
    page = html.unescape(client.get(answer.headers["location"]).text).replace("\xa0", " ")
    assert "<title>Requête « Colis perdus »" in page
    assert 'name="name" value="Colis perdus"' in page
    assert "« Colis perdus » est enregistrée" in page
    assert '<a href="/queries/delivery">Colis perdus</a>' in client.get("/queries").text
    again = form(client, "delivery", name="", name_was="Colis perdus")
    assert client.post("/queries/delivery", data=again).status_code == 303
    assert "name: Colis" not in site.house.charter_file.read()[0]
    assert '<a href="/queries/delivery">delivery</a>' in client.get("/queries").text


def test_who_changes_what_a_query_finds_undoes_no_renaming(site, client):
    mine = form(client, "delivery", match="colis AND retard", name="", name_was="")
    yanis = site.log_in("yanis")
    assert yanis.post("/queries/delivery", data=form(yanis, "delivery", name="Colis")).status_code == 303
    assert client.post("/queries/delivery", data=mine).status_code == 303
    there = flow.drafted(site.house.charter(), "delivery")
    assert (there.name, there.match) == ("Colis", "colis AND retard")


def test_two_people_at_once_are_told_and_both_texts_kept(site, client):
    mine = form(client, "brand", match="brulerie AND café")
    yanis = site.log_in("yanis")
    assert yanis.post("/queries/brand", data=form(yanis, "brand", match="brulerie OR café")).status_code == 303
    answer = client.post("/queries/brand", data=mine)
    assert answer.status_code == 409
    assert "brulerie AND café" in answer.text
    assert "brulerie OR café" in answer.text
    again = client.post("/queries/brand", data=mine | {"was": was_of(answer.text)})
    assert again.status_code == 303
    assert flow.drafted(site.house.charter(), "brand").match == "brulerie AND café"


def test_a_query_that_is_gone_can_be_added_again(site, client):
    mine = form(client, "delivery", match="colis AND retard")
    yanis = site.log_in("yanis")
    yanis.post("/queries/delivery/drop")
    answer = client.post("/queries/delivery", data=mine)
    assert answer.status_code == 409
    assert "colis AND retard" in answer.text
    again = client.post("/queries/new", data=mine | {"id": "delivery", "was": was_of(answer.text)})
    assert again.status_code == 303


def test_a_query_named_elsewhere_keeps_its_place(site, client):
    client.post(
        "/queries/new", data={"id": "local", "purpose": "p", "match": "{brand} AND brest", "was": "", "do": "save"}
    )
    before = site.house.charter_file.read()
    answer = client.post("/queries/brand/drop")
    assert answer.status_code == 422
    assert site.house.charter_file.read() == before
    assert 'aria-disabled="true"' in client.get("/queries/brand").text


def test_dropping_offers_to_undo(site, client):
    before = site.house.charter_file.read()[0]
    answer = client.post("/queries/delivery/drop")
    page = client.get(answer.headers["location"]).text
    token = re.search(r'name="done" value="([^"]+)"', page)[1]
    assert "delivery" not in site.house.charter_file.read()[0]
    answer = client.post("/queries/-/undo", data={"done": token})
    assert answer.headers["location"] == "/queries?restored=delivery"
    assert site.house.charter_file.read()[0] == before


def test_too_late_to_undo_gives_the_text_back_as_a_form(site, client):
    page = client.get(client.post("/queries/delivery/drop").headers["location"]).text
    token = re.search(r'name="done" value="([^"]+)"', page)[1]
    site.write_charter(site.house.charter_file.read()[0] + "# note\n")
    answer = client.post("/queries/-/undo", data={"done": token})
    assert answer.status_code == 409
    assert "colis AND (retard OR perdu)" in answer.text


def test_a_former_text_comes_back_into_the_field(site, client):
    site.house.archive.set_queries([("brand", "first text")], 1)
    site.house.archive.set_queries([("brand", "second text")], 2)
    assert "first text</textarea>" in client.get("/queries/brand?version=1").text


def test_typing_gets_colours_faults_and_figures(site, client):
    sampled(site, *["un café"] * 3, *["du thé"] * 297)
    answer = client.post("/queries/-/examine", data={"id": "brand", "match": '😀 OR "café'}).json()
    assert answer["readable"] is False
    assert answer["faults"] == [[6, 11, "here"]]
    assert "ligne 1, colonne 6" in answer["verdict"].replace("\xa0", " ")
    answer = client.post("/queries/-/examine", data={"id": "brand", "match": "café OR {delivery}"}).json()
    assert answer["readable"] is True
    assert answer["faults"] == []
    preview = client.post("/queries/-/preview", data={"id": "brand", "match": "café"}).text
    assert "<mark>café</mark>" in preview
    assert "3 des 300 derniers messages" in preview
    assert client.post("/queries/-/preview", data={"id": "brand", "match": "(café"}).text.strip() == ""


def test_a_small_or_empty_sample_is_said(site, client):
    assert "Pas encore d’échantillon" in client.get("/queries/brand").text
    sampled(site, "un café")
    site.clock.forward(60_000)
    assert "encore petit" in client.post("/queries/-/preview", data={"match": "café"}).text


def test_hostile_posts_stay_text(site, client):
    sampled(
        site, '<script>alert("café")</script> \u202ecafé' + "é" * 100_000, "</textarea>café<img src=x onerror=alert(1)>"
    )
    page = client.post("/queries/-/preview", data={"match": "café"}).text
    assert "<script" not in page
    assert "<img" not in page
    assert len(page) < 10_000


def test_a_reader_reads_and_cannot_write(site):
    ines = site.log_in("ines")
    page = ines.get("/queries/brand")
    assert "readonly" in page.text
    assert 'value="save"' not in page.text
    assert ines.get("/queries/new").status_code == 403
    assert ines.post("/queries/brand/drop").status_code == 403
    before = site.house.charter_file.read()
    ines.post("/queries/brand", data=form(ines, "brand", match="x"))
    assert site.house.charter_file.read() == before


def test_a_charter_broken_by_hand_is_said_and_left_alone(site, client):
    data = form(client, "brand", match="brulerie")
    site.write_charter(site.house.charter_file.read()[0] + "peopel: []\n")
    before = site.house.charter_file.read()
    answer = client.post("/queries/brand", data=data)
    assert answer.status_code == 422
    assert "peopel" in answer.text
    assert "brulerie</textarea>" in answer.text
    assert site.house.charter_file.read() == before


def test_nobody_and_other_sites_stay_outside(site, client):
    with site.visit() as nobody:
        assert nobody.get("/queries").status_code == 303
    assert client.post("/queries/brand/drop", headers={"x-csrf-token": "no"}).status_code == 403


def test_every_example_of_the_language_page_is_a_query(client):
    for chapter in LANGUAGE:
        for word in chapter.words:
            assert flow.examine(word.example, "", NAMED).problems == (), word.example
    for lang in ("fr", "en"):
        page = client.get("/queries/-/language", headers={"accept-language": lang}).text
        assert "queries." not in re.sub(r"<link[^>]*>", "", page)


@pytest.mark.parametrize(
    "match", ["", "\n" * 500, "a" * 70_000, "(" * 5000, '"' * 5001, "\x00", "{" * 3000, "😀" * 9000]
)
def test_any_text_is_answered(client, match: str):
    assert client.post("/queries/-/examine", data={"id": "brand", "match": match}).status_code == 200
    assert (
        client.post("/queries/new", data={"id": "x", "purpose": "p", "match": match, "do": "check"}).status_code == 200
    )


def test_checking_while_typing_is_quick_on_a_full_sample(site, client, record_property):
    """No limit is asserted: the figure is for the record (the aim is a 95th percentile well under 250 ms)."""
    sampled(site, *(f"post number {n} about café and other things of the day" for n in range(10_000)))
    taken: dict[str, list[float]] = {"examine": [], "preview": []}
    for n in range(40):
        data = {"id": "brand", "match": f'("brûlerie du port" OR @brulerie OR mot{n}) AND NOT from:brulerie.example'}
        for what, times in taken.items():
            start = time.perf_counter()
            assert client.post(f"/queries/-/{what}", data=data).status_code == 200
            times.append(time.perf_counter() - start)
    for what, times in taken.items():
        record_property(f"{what}_p95_ms", round(sorted(times)[37] * 1000, 1))
