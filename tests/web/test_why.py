"""Why? and why not?: the page of reasons, without script; the fragment under a row; nothing a stranger wrote runs."""

import re
from contextlib import closing

import pytest

from vigie.model import Author, Post
from web.listening.talk import take_back

ANSWER = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


def said(text: str) -> str:
    """A page as one reads it: plain spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("&#39;", "’")


def answer(text: str) -> str:
    return said(ANSWER.search(text)[1])


def asked(client, **fields):
    token = client.headers["x-csrf-token"]
    return client.post("/listening/why", data={"_csrf": token, **fields})


def test_each_row_of_the_log_asks_why(site, client):
    site.hear("La Brûlerie du Port")
    assert 'href="/listening/why?mention=1" data-why' in client.get("/listening").text
    page = client.get("/listening/why?mention=1")
    assert answer(page.text) == "« brand » trouve ce message."
    assert "<mark>Brûlerie du Port</mark>" in page.text


def test_the_part_under_a_row_is_the_same_alone(site, client):
    site.hear("colis perdu par la Brûlerie du Port", queries=("brand", "delivery"))
    part = client.get("/listening/why?mention=1", headers={"x-part": "why"})
    assert "<html" not in part.text
    assert said(part.text).count("trouve ce message.</b>") == 2
    assert 'href="/listening/why?mention=1&amp;query=delivery"' in part.text


def test_why_not_says_the_fewest_that_are_missing(site, client):
    site.hear("Un café au port")
    page = client.get("/listening/why?mention=1&query=brand")
    assert page.status_code == 200
    assert answer(page.text) == "« brand » ne trouve pas ce message : une condition n’est pas remplie."


def test_a_typed_query_and_a_pasted_text(client):
    page = asked(
        client,
        match='grève NEAR/8 "Air France"',
        post="La grève continue : treize mots plus loin on lit enfin que la compagnie aérienne bien connue Air France",
    )
    assert page.status_code == 200
    assert answer(page.text) == "La requête ne trouve pas ce message : une condition n’est pas remplie."
    assert "« grève » y est, « Air France » est à 14 mots de là ; NEAR/8 en demande 8 au plus." in said(page.text)
    assert "<mark>grève</mark>" in page.text
    assert "D’un texte collé, Vigie ne connaît ni" in said(page.text)


def test_the_language_of_a_pasted_text_may_be_said(client):
    question = {"match": "port lang:fr", "post": "au port"}
    assert answer(asked(client, **question, lang="fr").text) == "La requête trouve ce message."
    assert "La langue du message n’est pas connue" in said(asked(client, **question, lang="zz").text)


def test_a_post_is_found_by_its_address_in_the_archive_and_in_the_sample(site, client):
    site.hear("La Brûlerie du Port", url="https://bsky.example/profile/did:plc:1/post/3l6oveex3ii2l")
    kept = asked(client, query="brand", post="https://bsky.example/profile/lou1.example/post/3l6oveex3ii2l")
    assert answer(kept.text) == "« brand » trouve ce message."
    passed = Post("mastodon", "https://m.example/1", Author("a"), "un café", site.clock(), url="https://m.example/@a/1")
    site.house.archive.add_to_sample([passed], site.clock())
    site.clock.forward(60_000)  # the page's copy of the sample is older than that
    assert answer(asked(client, query="brand", post="https://m.example/@a/1").text).startswith(
        "« brand » ne trouve pas"
    )
    page = client.get("/listening/why?query=brand&post=https://m.example/1").text
    assert 'name="pick" value="https://m.example/1"' in page
    assert answer(asked(client, query="brand", pick="https://m.example/1").text).startswith("« brand » ne trouve pas")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"query": "brand"}, "Collez un message ou son adresse"),
        ({"query": "brand", "post": "https://nowhere.example/1"}, "Vigie ne garde pas le message de cette adresse"),
        ({"query": "nobody", "post": "a"}, "La charte n’a plus la requête « nobody »"),
        ({"post": "a"}, "Choisissez une requête"),
        ({"match": '"port', "post": "a"}, "guillemet"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, fields, sentence):
    page = asked(client, **fields)
    assert page.status_code == 422
    assert sentence in said(page.text)
    typed = fields.get("post", "") or fields.get("match", "").replace('"', "&#34;")
    assert typed in page.text


def test_what_was_taken_back_is_not_shown(site, client):
    (post,) = site.hear("La Brûlerie du Port")
    take_back(site.house.archive, post, site.clock())
    page = client.get("/listening/why?mention=1").text
    assert "Ce message a été retiré de son réseau" in said(page)
    assert "data-why" not in client.get("/listening").text


def test_own_posts_say_why_they_are_kept(site, client):
    site.hear("Nous ouvrons à neuf heures", queries=())
    assert "C’est un message de la maison" in said(client.get("/listening/why?mention=1").text)


def test_words_of_strangers_stay_words(client):
    page = asked(client, match="<script>alert(1)</script> OR b", post="<img src=x onerror=alert(1)> b").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_post_of_a_megabyte_and_a_query_of_thousands_of_words(client):
    match = " OR ".join(f"mot{n}" for n in range(3_000))
    page = asked(client, match=match, post="mot1 " * 200_000)
    assert page.status_code in {200, 413}
    assert len(page.text) < 400_000


def test_it_is_for_those_who_may_read(site):
    with site.visit() as stranger:
        assert stranger.get("/listening/why").headers["location"].startswith("/login")
    with closing(site.log_in("ines")) as reader:
        assert reader.get("/listening/why").status_code == 200
