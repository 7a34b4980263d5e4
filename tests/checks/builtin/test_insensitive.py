"""Words that wound: graded by how sure they are, lowered by quotation and by words that condemn."""

import pytest

from checks.score import said_of

BAD = {
    "fr": {
        "slur": "Encore un de ces bougnoules au guichet.",
        "ableist": "C'est un truc de mongol, cette procédure.",
        "sexist": "Il a pleuré comme une fillette devant la facture.",
        "ageist": "Les vieux croulants du quartier vont encore râler.",
        "body": "Même les gros rentrent dans ce maillot.",
        "class": "Le magasin est plein de cassos ce matin.",
        "contempt": "Tellement simple que même une blonde y arrive.",
        "violence": "Réunion à 18 h un vendredi, j'ai envie de me pendre.",
        "disaster": "La cuisine après le service : un vrai Tchernobyl.",
        "insult": "Quelle bande de connards, ces supporters.",
    },
    "en": {
        "slur": "Some paki left us one star.",
        "ableist": "The new app is retarded.",
        "sexist": "Man up and try the hot sauce.",
        "ageist": "OK boomer, the app has a help page.",
        "body": "No fatties on the bouncy castle.",
        "class": "The queue is full of chavs again.",
        "contempt": "So easy even your granny could do it.",
        "violence": "Three meetings before lunch, kill me now.",
        "disaster": "The store room looks like Hiroshima.",
        "insult": "Whoever parked there is an asshole.",
    },
}
GOOD = {
    "fr": (
        "Il a entendu « sale pédé » toute sa scolarité. Ce soir il raconte, et nous l'écoutons.",
        "Tapettes à mouches au rayon jardin.",
        "Les sinistrés peuvent rentrer chez eux dès ce soir.",
        "Boudins grillés au club de foot ce soir.",
        "La schizophrénie se soigne : nos soignants en parlent mardi.",
        "Un retard de livraison de deux jours, désolés.",
        "Les plus de 75 ans nagent le mercredi.",
        "Cette page est nulle, on la refait.",
    ),
    "en": (
        'A steward was called a "retard" on Saturday. Two fans are banned.',
        "Killer whales off the point this morning.",
        "The men in skirts are the Highland dancers, on at three.",
        "Two women parked the first tram in 1916.",
        "Fire retardant curtains are in.",
        "The dyke path is flooded, take the road.",
        "Wheelchair users: the ramp is on Mill Lane.",
        "That page was awful, we are redoing it.",
    ),
}


@pytest.mark.parametrize(("language", "code"), [(lang, code) for lang in BAD for code in BAD[lang]])
def test_it_names_what_is_wrong(language: str, code: str) -> None:
    found = said_of({"text": BAD[language][code]}, "insensitive", language)
    assert f"checks.insensitive.{code}" in {finding.code for finding in found}


@pytest.mark.parametrize(("language", "text"), [(lang, text) for lang in GOOD for text in GOOD[lang]])
def test_other_meanings_reports_and_facts_pass(language: str, text: str) -> None:
    assert said_of({"text": text}, "insensitive", language) == ()


def test_what_is_sure_stops_the_draft_and_what_is_doubtful_asks_for_a_look() -> None:
    (sure,) = said_of({"text": "The away fans are faggots."}, "insensitive", "en")
    (doubtful,) = said_of({"text": "It was a bloodbath on the pitch."}, "insensitive", "en")
    assert (sure.severity, doubtful.severity) == ("block", "warn")
    assert sure.sureness > doubtful.sureness


def test_a_quotation_weighs_less_and_one_that_is_condemned_nothing() -> None:
    (quoted,) = said_of({"text": 'He shouted "faggot" at the keeper.'}, "insensitive", "en")
    assert quoted.severity == "note"
    condemned = 'He shouted "faggot" at the keeper. We reported him and stand with our keeper.'
    assert said_of({"text": condemned}, "insensitive", "en") == ()


@pytest.mark.parametrize("text", ["quelle s@lope", "quelle s4lope", "qu\u200belle sal\u200bope"])
def test_a_disguised_word_is_found(text: str) -> None:
    assert said_of({"text": text}, "insensitive", "fr")
