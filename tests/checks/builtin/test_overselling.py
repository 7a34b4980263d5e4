"""Calls to buy, pressure, offers and praise of oneself; and a channel that sells too often."""

import pytest

from checks.score import said_of

BAD = {
    "fr": {
        "buy": "Craquez pour la théière bleue.",
        "urgency": "Plus que deux jours pour en profiter.",
        "offer": "-20 % sur tous les paniers",
        "price": "Notre coffret à partir de 19 € seulement",
        "praise": "Nos pains sont imbattables.",
        "shout": "SOLDES SUR TOUT !!!",
    },
    "en": {
        "buy": "Treat yourself to the blue teapot.",
        "urgency": "Last chance to get a seat!",
        "offer": "Use code PORT10 at checkout.",
        "price": "The blue teapot, only £9.",
        "praise": "Simply the best bread in town.",
        "shout": "HUGE CLEARANCE SALE!!!",
    },
}
GOOD = {
    "fr": (
        "Le thé bleu est revenu.",
        "La dernière séance affiche complet.",
        "Pas besoin d'acheter une balance.",
        "Le colis dit « dernière chance, achetez » : ce n'est pas nous.",
        "-3 degrés cette nuit.",
    ),
    "en": (
        "The blue teapot is back.",
        "No need to hurry: the form can wait.",
        "The last bus leaves at 23:40.",
        "The roof cost £4,200.",
        "Where is the best scone in the county?",
    ),
}


@pytest.mark.parametrize(
    ("language", "code", "text"), [(one, code, text) for one in BAD for code, text in BAD[one].items()]
)
def test_says_what_is_wrong(language: str, code: str, text: str) -> None:
    assert f"checks.overselling.{code}" in [found.code for found in said_of({"text": text}, "overselling", language)]


@pytest.mark.parametrize(("language", "text"), [(one, text) for one in GOOD for text in GOOD[one]])
def test_says_nothing_of_what_is_fine(language: str, text: str) -> None:
    assert said_of({"text": text}, "overselling", language) == ()


RECENT = [
    {"text": text, "at": f"2026-11-0{day}T09:00:00Z"}
    for day, text in enumerate(
        ("Le maraîcher est là samedi.", "Bons cadeaux à l'accueil.", "Le thé bleu est en vente."), 1
    )
]
SELLS = "Les cartes cadeaux sont en boutique."


def test_selling_is_counted_against_the_channels_share() -> None:
    (found,) = said_of({"text": SELLS, "channel": {"selling_at_most": "50%"}, "recent": RECENT}, "overselling", "fr")
    assert (found.code, found.values) == ("checks.overselling.share", {"selling": 3, "total": 4, "limit": 50})


@pytest.mark.parametrize("more", [{"channel": {"selling_at_most": "75%"}}, {"channel": {}}])
def test_selling_within_the_share_is_fine(more: dict[str, object]) -> None:
    assert said_of({"text": SELLS, "recent": RECENT, **more}, "overselling", "fr") == ()


def test_what_does_not_sell_is_fine_on_a_channel_that_sells_too_often() -> None:
    example = {"text": "Le pont est coupé demain.", "channel": {"selling_at_most": "10%"}, "recent": RECENT}
    assert said_of(example, "overselling", "fr") == ()


def test_an_answer_may_name_a_price() -> None:
    example = {"text": "Oui, 80 € la demi-journée.", "replying_to": "La salle se loue-t-elle ?"}
    assert said_of(example, "overselling", "fr") == ()
