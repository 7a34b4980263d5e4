"""Links: dead, short, disguised, followed; and those that are fine."""

from typing import Any

import pytest

from checks.score import said_of

OURS = {"own_domains": ["brulerie.example", "harbourroast.example", "café-du-port.example"]}


def said(text: str, **more: Any) -> list[tuple[str, str | None]]:
    found = said_of({"text": text, "charter": OURS, **more}, "links", "fr")
    return [(one.code.removeprefix("checks.links."), one.replacement) for one in found]


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, "dead"), (410, "dead"), (500, "dead"), ("none", "silent"), (401, "locked"), (403, ""), (429, ""), (200, "")],
)
def test_what_a_link_answers(status: int | str, code: str) -> None:
    url = "https://musee.example/expo"
    assert said(f"Voir {url}.", links={url: status}) == ([(code, None)] if code else [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("https://bit.ly/x", "shortener"),
        ("bit.ly/x", "shortener"),
        ("http://192.168.0.1/x", "number"),
        ("https://[2001:db8::1]/", "number"),
        ("https://3232235777/", "number"),
        ("https://crew:oars@musee.example/", "credentials"),
        ("Allez sur brulerie-du-port.com", "look_alike"),
        ("www.brulerie.com/offre", "look_alike"),
        ("https://brulerie.example.evil.com/login", "look_alike"),
        ("https://harbourr0ast.example", "look_alike"),
        ("https://harborroast.example", "look_alike"),
        ("https://bruIerie.example/", "look_alike"),
        ("https://brulerie.bsky.social", "look_alike"),
        ("https://brulеrie.example/", "disguised"),  # a Cyrillic letter
        ("https://xn--brulrie-bhg.example/", "disguised"),  # the same, coded
        ("https://brûlerie.example/", "disguised"),
    ],
)
def test_what_leads_elsewhere_or_hides_where(text: str, code: str) -> None:
    assert [one for one, _ in said(text)] == [code]


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://a.example/?page=2&utm_source=x&q=1#haut", "https://a.example/?page=2&q=1#haut"),
        ("https://a.example/x?fbclid=1", "https://a.example/x"),
        ("brulerie.example/menu?utm_source=x", "brulerie.example/menu"),
        ("https://youtu.be/abc?si=1&t=30", "https://youtu.be/abc?t=30"),
        ("https://a.example/#xtor=RSS-1", "https://a.example/"),
    ],
)
def test_what_follows_the_reader_is_taken_out_safely(url: str, plain: str) -> None:
    (found,) = said_of({"text": f"Voir {url}"}, "links", "fr")
    assert (found.code, found.replacement, found.safe) == ("checks.links.tracking", plain, True)


def test_http_becomes_https_but_not_unread() -> None:
    (found,) = said_of({"text": "http://musee.example/x"}, "links", "fr")
    assert (found.code, found.replacement, found.safe) == ("checks.links.http", "https://musee.example/x", False)


@pytest.mark.parametrize(
    "text",
    [
        "https://docs.brulerie.example/ et https://www.brulerie.example",
        "https://café-du-port.example/",
        "https://musee.example/?source=lecteurs&ref=2",
        "contact@brulerie-port.example",
        "Fin de phrase.Et suite, et/ou, 12/11, km/h, a.b/c, l'appli bit est là",
        "https://musée.example/",
    ],
)
def test_what_is_fine_passes(text: str) -> None:
    assert said(text) == []
