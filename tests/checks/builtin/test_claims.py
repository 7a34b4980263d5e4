"""Assertions without a proof; those with their source, and what is denied or asked, pass."""

import pytest

from checks.score import said_of

BAD = {
    "fr": {
        "guarantee": "Nos parapluies sont garantis à vie.",
        "first": "N° 1 du parapluie en France",
        "health": "Ce thé soulage les migraines.",
        "finance": "Un placement garanti sans risque.",
        "green": "Un parapluie bon pour la planète, dans notre boutique.",
        "neutral": "Nos livraisons sont neutres en carbone.",
    },
    "en": {
        "guarantee": "Our umbrellas never fail.",
        "first": "Number one umbrella brand in Europe",
        "health": "Our tea boosts your immunity.",
        "finance": "Double your money by spring.",
        "green": "Eco-friendly umbrellas, at last.",
        "neutral": "Carbon neutral umbrellas.",
    },
}
GOOD = {
    "fr": (
        "Garantie légale de deux ans.",
        "Nous ne garantissons pas le beau temps.",
        "Ce thé est-il bon pour la santé ?",
        "30 % de plastique de moins que celui de 2023, mesuré par notre atelier.",
        "Le maillot vert revient à Lucas.",
        "Nous avons retiré « neutre en carbone » de nos étiquettes : la compensation ne l'autorise pas.",
        "Attention aux placements à rendement garanti.",
        "Couvercle compostable selon la norme NF T51-800.",
    ),
    "en": (
        "The guarantee lasts two years.",
        "We can't promise sunshine.",
        "The label says “eco-friendly”; we asked what it means.",
        "Printed on EU Ecolabel paper.",
        "No. 1 Harbour Street reopens.",
        "We've taken \"carbon neutral\" off our labels: offsetting isn't proof.",
        "Home compostable to AS 5810, lid included.",
    ),
}


@pytest.mark.parametrize(
    ("language", "code", "text"), [(one, code, text) for one in BAD for code, text in BAD[one].items()]
)
def test_says_what_is_wrong(language: str, code: str, text: str) -> None:
    assert f"checks.claims.{code}" in [found.code for found in said_of({"text": text}, "claims", language)]


@pytest.mark.parametrize(("language", "text"), [(one, text) for one in GOOD for text in GOOD[one]])
def test_says_nothing_of_what_is_fine(language: str, text: str) -> None:
    assert said_of({"text": text}, "claims", language) == ()


def test_no_proof_makes_neutrality_right() -> None:
    text = "Carbon neutral coffee, certified by a 2025 audit."
    assert [found.pattern for found in said_of({"text": text}, "claims", "en")] == ["neutral"]
