"""Corporate tone: formulas, hollow phrases, jargon and evasions; plain speech passes."""

import pytest

from checks.score import said_of

BAD = {
    "fr": {
        "announcement": "C'est avec une immense joie que nous vous dévoilons notre nouvelle enseigne.",
        "hollow": "Le voyageur est au cœur de toutes nos décisions.",
        "jargon": "Nous capitalisons sur la montée en compétences de l'atelier.",
        "evasion": "Une maladresse a été commise, les mesures correctives ont été prises.",
    },
    "en": {
        "announcement": "We are so proud to announce our second bakery!",
        "hollow": "We remain committed to delivering excellence to our valued customers.",
        "jargon": "Let's touch base and leverage our shared learnings.",
        "evasion": "Mistakes were made, and we apologise for any inconvenience.",
    },
}
GOOD = {
    "fr": (
        "Le levier de la presse est cassé, on répare jeudi.",
        "On s'est trompés d'adresse : Malik repart livrer vos douze paniers ce soir.",
        "La feuille de route du GPS passait par le lac. On a corrigé la carte.",
    ),
    "en": (
        "A leverage ratio of 3 means three pounds borrowed for each of your own.",
        "Our mistake: I printed the old price. Come back and I refund the difference. Jo",
        "The lift is out until Friday, use the ramp on Mill Street.",
    ),
}


@pytest.mark.parametrize(("language", "code"), [(lang, code) for lang in BAD for code in BAD[lang]])
def test_it_names_what_is_wrong(language: str, code: str) -> None:
    found = said_of({"text": BAD[language][code]}, "corporate", language)
    assert f"checks.corporate.{code}" in {finding.code for finding in found}
    assert all(finding.spans and finding.severity == "warn" for finding in found)


@pytest.mark.parametrize(("language", "text"), [(lang, text) for lang in GOOD for text in GOOD[lang]])
def test_plain_speech_passes(language: str, text: str) -> None:
    assert said_of({"text": text}, "corporate", language) == ()


def test_one_word_of_a_slide_is_fine_and_two_are_not() -> None:
    assert said_of({"text": "Our roadmap is public."}, "corporate", "en") == ()
    (found,) = said_of({"text": "Our roadmap empowers you."}, "corporate", "en")
    assert found.pattern == "buzz"


def test_a_release_quoted_to_be_laughed_at_is_still_one() -> None:
    text = "Notre communiqué parle d'un « acteur incontournable », on en rit encore."
    assert said_of({"text": text}, "corporate", "fr")
