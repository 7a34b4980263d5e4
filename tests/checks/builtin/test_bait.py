"""Begging for engagement; real questions, real votes and warnings pass."""

import pytest

from checks.score import said_of

BAD = {
    "fr": {
        "react": "Partagez si vous êtes fiers de votre ville !",
        "comment": "Tapez OUI en commentaire pour recevoir le guide.",
        "tag": "Identifie un pote qui oublie toujours son badge.",
        "clickbait": "Vous n'allez pas croire ce que Maud a trouvé dans le four.",
        "chain": "Envoie ce message à dix amis avant minuit, il te portera chance.",
        "contest": "Pour gagner un panier : abonnez-vous et commentez.",
        "ballot": "Croissant 🥐 ou pain au chocolat 🍫 ? 🥐 pour l'un, 🍫 pour l'autre.",
        "false_poll": "Notre carte d'hiver est : A) géniale B) parfaite C) indispensable",
    },
    "en": {
        "react": "Repost if you love your library!",
        "comment": "Type YES in the comments and the recipe is yours.",
        "tag": "Tag a friend who is always late.",
        "clickbait": "You won't believe what the night shift found.",
        "chain": "Copy and paste this on your wall. Most people won't have the courage.",
        "contest": "To win a hamper: follow us and comment below.",
        "ballot": "❤️ for rye, 🔥 for sourdough!",
        "false_poll": "Our new menu is a) brilliant b) amazing c) perfect",
    },
}
GOOD = {
    "fr": (
        "Que mange-t-on chez vous le dimanche soir ?",
        "Le conseil vote le budget ce soir, séance publique.",
        "Nous ne demandons jamais de liker pour gagner : c'est une arnaque.",
        "Partagez la route : course cycliste dimanche.",
        "Pour participer au tirage, commentez avant mardi. Règlement : https://brulerie.example/reglement",
        "Horaires : ☕ 8 h, 🥐 9 h.",
    ),
    "en": (
        "If you like a dark crust, ask for the back of the oven.",
        "Which step of the form lost you? We rewrite it next week.",
        "We never ask you to like or share to win. That page is a scam.",
        "The council votes tonight, doors at six.",
        "Please don't tag children in the photos.",
        "We share your data with two firms, both named here.",
    ),
}


@pytest.mark.parametrize(("language", "code"), [(lang, code) for lang in BAD for code in BAD[lang]])
def test_it_names_what_is_wrong(language: str, code: str) -> None:
    found = said_of({"text": BAD[language][code]}, "bait", language)
    assert f"checks.bait.{code}" in {finding.code for finding in found}


@pytest.mark.parametrize(("language", "text"), [(lang, text) for lang in GOOD for text in GOOD[lang]])
def test_real_questions_and_warnings_pass(language: str, text: str) -> None:
    assert said_of({"text": text}, "bait", language) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1 share = 1 smile.", "react"),
        ("@ your gym buddy, no excuses.", "tag"),
        ("He opened the box. And then…", "clickbait"),
        ("Do you love our cakes, or REALLY love our cakes?", "false_poll"),
    ],
)
def test_its_form_is_enough(text: str, code: str) -> None:
    assert [found.code for found in said_of({"text": text}, "bait", "en")] == [f"checks.bait.{code}"]


def test_a_verb_alone_is_an_order_and_among_words_is_none() -> None:
    assert said_of({"text": "Croissant person? Like. Turnover person? Comment."}, "bait", "en")
    assert said_of({"text": "We share the kitchen, and comment on each other's bread."}, "bait", "en") == ()


def test_a_choice_of_real_answers_is_a_poll() -> None:
    assert said_of({"text": "We open at a) eight b) nine c) ten?"}, "bait", "en") == ()


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("en", "Like for early trains, comment for late ones.", "ballot"),
        ("fr", "Cœur pour la brioche, flamme pour le pain.", "ballot"),
        ("en", "Our new bench is a) comfy b) super comfy c) a dream", "false_poll"),
        ("fr", "@ celui qui arrive en retard", "tag"),
    ],
)
def test_reactions_by_name_and_answers_that_grow_louder_are_known(language: str, text: str, code: str) -> None:
    assert f"checks.bait.{code}" in {one.code for one in said_of({"text": text}, "bait", language)}


def test_a_place_after_an_at_is_nobody() -> None:
    assert not said_of({"text": "Sunday swim @ La Piscine, nine to noon."}, "bait", "en")
