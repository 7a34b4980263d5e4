"""Paid, given, by staff, by a machine, altered: said clearly, or found."""

import pytest

from checks.score import said_of

BAD = {
    "fr": {
        "gift": "Un matelas offert par la marque, on dort enfin, essayez-le.",
        "partner": "Une gourde parfaite #collab",
        "affiliate": "-15 % chez Orvane avec mon code LUCIE15",
        "staff": "Cliente fidèle depuis un an, je recommande cette boutique.",
    },
    "en": {
        "gift": "They gifted us this sofa and it is the best.",
        "partner": "In partnership with Nordpeak, the warmest jackets.",
        "affiliate": "20% off at Tidewell with code MARIE20",
        "staff": "As a customer I love this bakery, best bread ever.",
    },
}
GOOD = {
    "fr": (
        "Publicité. Un matelas offert par la marque.",
        "Merci à la boulangerie, qui nous livre depuis 2009.",
        "Notre code PORT5 vaut sur notre site, -5 %.",
    ),
    "en": (
        "#ad They gifted us this sofa.",
        "Thank you, Gordon, for forty years.",
        "Use our code PORT5 on our site for 5% off.",
    ),
}


@pytest.mark.parametrize(
    ("language", "code", "text"), [(one, code, text) for one in BAD for code, text in BAD[one].items()]
)
def test_says_what_is_wrong(language: str, code: str, text: str) -> None:
    assert f"checks.disclosure.{code}" in [found.code for found in said_of({"text": text}, "disclosure", language)]


@pytest.mark.parametrize(
    ("language", "code", "text"),
    [
        ("fr", "gift", "Pas de pub ici : Toquemalin nous a offert le robot, et il est parfait."),
        ("fr", "affiliate", "Avec JADE20, c'est moins cher chez @orvane.example."),
        ("fr", "staff", "Collègues, laissez cinq étoiles comme de simples clients, sans dire que vous êtes d'ici."),
        ("en", "gift", "Not an ad: Toquemalin gave us this mixer, in exchange for an honest review."),
        ("en", "affiliate", "JADE20 gets you a treat at @orvane.example."),
        ("en", "partner", "Dr Lacey, who consults for us, recommends our insoles."),
    ],
)
def test_says_so_of_other_ways_to_put_it(language: str, code: str, text: str) -> None:
    assert f"checks.disclosure.{code}" in [found.code for found in said_of({"text": text}, "disclosure", language)]


@pytest.mark.parametrize(("language", "text"), [(one, text) for one in GOOD for text in GOOD[one]])
def test_says_nothing_of_what_is_fine(language: str, text: str) -> None:
    assert said_of({"text": text}, "disclosure", language) == ()


AI = {"kind": "image", "alt": "Un quai sous la neige", "ai": True}
RETOUCHED = {"kind": "image", "alt": "Une femme en manteau", "retouched": True}


@pytest.mark.parametrize(
    ("example", "code", "part"),
    [
        ({"text": "Le quai ce matin.", "media": [AI]}, "ai_media", "media:0"),
        ({"text": "Cinq conseils.", "ai": True}, "ai_text", "text"),
        ({"text": "La ligne d'hiver.", "media": [RETOUCHED]}, "retouched", "media:0"),
    ],
)
def test_what_a_machine_made_or_changed_has_to_be_said(example: dict[str, object], code: str, part: str) -> None:
    (found,) = said_of(example, "disclosure", "fr")
    assert (found.code, found.part) == (f"checks.disclosure.{code}", part)


def test_no_retouching_is_no_mention_of_it() -> None:
    (found,) = said_of({"text": "La ligne d'hiver, sans retouche.", "media": [RETOUCHED]}, "disclosure", "fr")
    assert found.code == "checks.disclosure.retouched"


@pytest.mark.parametrize(
    "example",
    [
        {"text": "Image générée par une IA : le quai ce matin.", "media": [AI]},
        {"text": "Texte écrit avec une IA, relu par Fanny.", "ai": True},
        {"text": "Image retouchée : la ligne d'hiver.", "media": [RETOUCHED]},
    ],
)
def test_what_is_said_is_fine(example: dict[str, object]) -> None:
    assert said_of(example, "disclosure", "fr") == ()
