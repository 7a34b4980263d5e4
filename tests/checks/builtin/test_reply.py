"""Answers that make it worse; whatever acknowledges, explains or helps passes."""

from typing import Any

import pytest

from checks.score import said_of

ASKED = {"fr": "Mon colis a dix jours de retard, que faites-vous ?", "en": "My parcel is ten days late, what now?"}
BAD = {
    "fr": {
        "blame": "Vous n'aviez qu'à lire les horaires.",
        "written": "C'était écrit noir sur blanc.",
        "threat": "Attention à ce que vous publiez, notre avocat lit ce fil.",
        "belittle": "Vous êtes bien le seul à vous plaindre.",
        "away": "Merci de contacter le service client.",
        "slogan": "Découvrez notre nouvelle gamme !",
        "no_help": "Bonne journée à vous.",
    },
    "en": {
        "blame": "As we already told you, deliveries take time.",
        "written": "It's clearly stated, read it again.",
        "threat": "Careful what you post, our lawyers read this.",
        "belittle": "Calm down, it's only a parcel.",
        "away": "Please contact support.",
        "slogan": "Discover our spring range!",
        "no_help": "Have a lovely day.",
    },
}
GOOD = {
    "fr": (
        "Dix jours, c'est trop. Un autre part ce soir, vous aurez le suivi avant 20 h.",
        "Envoyez-nous votre numéro en message privé, Léa vous répond avant midi.",
        "C'est écrit sur le sachet, en bas : trois chiffres. Vous les trouvez ?",
        "Nous ne sommes pas d'accord, et voici pourquoi : le tarif n'a pas bougé depuis 2021.",
        "Oui, par la rue Basse.",
    ),
    "en": (
        "Ten days is too long. Another one leaves tonight and you'll have the tracking by nine.",
        "DM us your order number so we can find it, Priya answers before noon.",
        "You should have been told, and you weren't. We've changed that today.",
        "We don't agree: the price hasn't moved since 2021.",
        "No, but there is a ramp at the east door.",
    ),
}


def said(text: str, language: str, **more: Any) -> list[str]:
    """The codes of what is said of an answer."""
    found = said_of({"text": text, "replying_to": ASKED[language], **more}, "reply", language)
    return [finding.code.rpartition(".")[2] for finding in found]


@pytest.mark.parametrize(("language", "code"), [(lang, code) for lang in BAD for code in BAD[lang]])
def test_it_names_what_is_wrong(language: str, code: str) -> None:
    assert code in said(BAD[language][code], language)


@pytest.mark.parametrize(("language", "text"), [(lang, text) for lang in GOOD for text in GOOD[lang]])
def test_what_helps_passes(language: str, text: str) -> None:
    assert said(text, language) == []


def test_a_post_that_answers_nobody_is_none_of_its_business() -> None:
    assert said_of({"text": "Vous n'aviez qu'à lire."}, "reply", "fr") == ()


def test_an_answer_given_before_is_a_copy_and_a_thank_you_is_not() -> None:
    same = "Nous sommes vraiment désolés, un nouveau colis part ce soir même."
    at = "2026-11-18T16:05:00+01:00"
    assert said(same, "fr", recent=[{"text": same, "at": at, "reply": True}]) == ["copied"]
    assert said(same, "fr", recent=[{"text": same, "at": at}]) == []
    assert said("Merci, à 8 h.", "fr", recent=[{"text": "Merci, à 8 h.", "at": at, "reply": True}]) == []


def test_praise_needs_no_help() -> None:
    assert said_of({"text": "À très vite.", "replying_to": "Merci pour l'accueil, bravo"}, "reply", "fr") == ()


@pytest.mark.parametrize("text", ["Bravo, quelle enquête.", "Merci... ou pas.", "Bien sûr, madame 🙄"])
def test_applause_and_smirks_for_somebody_who_complains_belittle(text: str) -> None:
    assert "belittle" in said(text, "fr")


def test_applause_for_good_news_is_meant() -> None:
    assert said_of({"text": "Bravo à vous !", "replying_to": "On a adoré le concert, merci"}, "reply", "fr") == ()


def test_an_hour_excuses_no_advertising() -> None:
    assert "slogan" in said("Great time to upgrade to Plus, where support answers in an hour!", "en")


def test_taking_note_is_doing_nothing() -> None:
    assert said("We have taken note of your comment.", "en") == ["no_help"]
    assert said("We have put another one in the post.", "en") == []


def test_a_question_that_answers_itself_and_a_year_of_foundation_help_nobody() -> None:
    assert said("Says who?", "en") == ["no_help"]
    assert said("Bringing you home with a smile since 1954 💚", "en")
    assert not said("Sorry. What number is on the label?", "en")
