"""Posts unlike their channel: another language, another voice, somebody's own life."""

from typing import Any

import pytest

from checks.score import said_of

RECENT = {
    "fr": ("Nous avons rétabli les virements à 9 h 15.", "Nos agences ferment à 16 h mardi."),
    "en": ("We've restored transfers as of 9.20.", "Our branches close at four on Tuesday."),
}
PURPOSE = {"fr": "Répondre aux clients de la banque", "en": "Help for customers of the building society"}
BAD = {
    "fr": {
        "language": "The branches are closed on Monday and we are sorry for that.",
        "private": "Tu prends du pain en rentrant ? Les poubelles sont sorties.",
        "leisure": "QUEL BUT de Mbappé, quel match !",
        "opinion": "Ce ministre est un menteur, dehors.",
        "inside": "Ma patronne ne sait pas que j'ai les codes, dites rien.",
    },
    "en": {
        "language": "Nos agences sont fermées lundi, et nous vous prions de nous excuser.",
        "private": "Can you pick up some milk on your way? Kids are in bed.",
        "leisure": "What a goal!!! Come on you reds",
        "opinion": "The minister is a liar, vote them out.",
        "inside": "Don't tell my boss but half the office is being let go",
    },
}
GOOD = {
    "fr": (
        "Nous rouvrons l'agence du port lundi à 9 h.",
        "« Je n'avais jamais vu ça », raconte notre guichetière.",
        "Le « phishing » a doublé cette année : trois réflexes.",
        "Cette semaine, c'est Maud qui tient ce compte : je vous emmène au coffre !",
    ),
    "en": (
        "We reopen the harbour branch on Monday at nine.",
        "'I've never seen that,' says our cashier of thirty years.",
        "Three ways to spot phishing, in French as well.",
        "Takeover day: it's Kofi from the vault here, I answer until five.",
    ),
}


def said(text: str, language: str, **channel: Any) -> list[str]:
    """The codes of what is said of a post on a bank's account."""
    recent = [
        {"text": text, "at": f"2026-11-1{day}T10:00:00+01:00"} for day, text in enumerate(RECENT[language], start=1)
    ]
    told = {"purpose": PURPOSE[language], "voice": "we", **channel}
    channel = {key: value for key, value in told.items() if value is not None}
    example = {"text": text, "language": language, "channel": channel, "recent": recent}
    return [finding.code.rpartition(".")[2] for finding in said_of(example, "wrong-account", language)]


@pytest.mark.parametrize(("language", "code"), [(lang, code) for lang in BAD for code in BAD[lang]])
def test_it_names_what_is_wrong(language: str, code: str) -> None:
    assert said(BAD[language][code], language) == [code]


@pytest.mark.parametrize(("language", "text"), [(lang, text) for lang in GOOD for text in GOOD[lang]])
def test_what_the_channel_usually_says_passes(language: str, text: str) -> None:
    assert said(text, language) == []


def test_who_says_i_on_an_account_that_says_we_is_asked() -> None:
    assert said("J'ouvre l'agence du port lundi à 9 h.", "fr") == ["voice"]
    assert said("J'ouvre l'agence du port lundi à 9 h.", "fr", voice="i") == []
    assert said("J'ouvre l'agence du port lundi à 9 h.", "fr", voice=None) == ["voice"], "its posts say we"
    assert said("J'ai relu le contrat de l'agence lundi à 9 h. Inès", "fr") == [], "signed"


def test_a_subject_is_at_home_where_the_channel_is_about_it() -> None:
    text = "Quel match hier soir, nous avons adoré !"
    assert said(text, "fr", purpose="Actualité du club de handball") == []


def test_without_a_channel_nothing_can_be_unlike_it() -> None:
    assert said_of({"text": "je rentre, tu prends du pain ?"}, "wrong-account", "fr") == ()
