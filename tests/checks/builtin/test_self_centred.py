"""Texts that speak of us and to nobody; one reader addressed, or one useful fact, and it is silent."""

import pytest

from checks.score import said_of

BAD = {
    "fr": {
        "only_us": "Notre équipe a grandi, nos bureaux aussi. Nous sommes fiers de notre chemin et de nos résultats.",
    },
    "en": {
        "only_us": "Our team has grown and so have our offices. We are proud of our journey and of our results.",
    },
}
GOOD = {
    "fr": (
        "Notre équipe a grandi, nos bureaux aussi. Venez visiter nos bureaux et rencontrer notre équipe samedi.",
        "Nous sommes fiers.",
        "Merci à nos voisins : notre équipe a pu finir nos travaux grâce à leur échelle et à leur café.",
    ),
    "en": (
        "Our team has grown and so have our offices. We are proud, and you can visit us on Saturday.",
        "We are proud.",
        "Our shop is at our old address, and our doors open at 9 am all through our building works.",
    ),
}


@pytest.mark.parametrize(
    ("language", "code", "text"), [(one, code, text) for one in BAD for code, text in BAD[one].items()]
)
def test_says_what_is_wrong(language: str, code: str, text: str) -> None:
    assert f"checks.self-centred.{code}" in [found.code for found in said_of({"text": text}, "self-centred", language)]


@pytest.mark.parametrize(("language", "text"), [(one, text) for one in GOOD for text in GOOD[one]])
def test_says_nothing_of_what_is_fine(language: str, text: str) -> None:
    assert said_of({"text": text}, "self-centred", language) == ()
