"""Pictures without words, hashtags run together, letters in costume, capitals, emoji and drawings."""

import pytest

from checks.score import said_of

BAD = {
    "fr": {
        "hashtag": "Belle soirée #bonneannee",
        "letters": "Ce soir : 𝓿𝓮𝓷𝓮𝔃",
        "capitals": "NOUS FERMONS DEMAIN POUR TRAVAUX.",
        "emoji_many": "Bonne rentrée 🎒📚✏️🚌",
        "emoji_same": "Bravo 🔥🔥🔥",
        "emoji_inside": "Un b☕n café",
        "emoji_bullets": "🥐 croissant\n🍞 pain",
        "emoji_instead": "Rendez-vous à la 🏛️ samedi",
        "drawing": "Bonne soirée ¯\\_(ツ)_/¯",
        "hashtag_long": "#zwistrelbuckthaminglorenf",
    },
    "en": {
        "hashtag": "Well done #shoplocal",
        "letters": "Tonight Ⓢⓐⓛⓣ",
        "capitals": "PLEASE BRING YOUR OWN CUP.",
        "emoji_many": "Well done 🎓📚🎉🥳",
        "emoji_same": "Snow ❄️❄️❄️",
        "emoji_inside": "A g⚽al",
        "emoji_bullets": "👉 Open an account 👉 Set a goal",
        "emoji_instead": "Bring your 👧 on Sunday",
        "drawing": "( ͡° ͜ʖ ͡°)",
        "hashtag_long": "#zwistrelbuckthaminglorenf",
    },
}
GOOD = {
    "fr": (
        "La DGCCRF, l'URSSAF et la CPAM.",
        "Merci #solidarité #BonneAnnee #aujourdhui",
        "Le m² et l'H₂O, le 1ᵉʳ mai.",
        "STOP aux arnaques.",
        "À samedi 🎟️",
        "- Lundi : fermé\n- Mardi : ouvert",
    ),
    "en": (
        "USB-C, HDMI and RGB.",
        "#swimming #SmallBusiness #together",
        "Do NOT start the car.",
        "See you there 🎟️",
        "The sign says 'NO BALL GAMES'.",
    ),
}


@pytest.mark.parametrize(
    ("language", "code", "text"), [(one, code, text) for one in BAD for code, text in BAD[one].items()]
)
def test_says_what_is_wrong(language: str, code: str, text: str) -> None:
    assert f"checks.accessibility.{code}" in [
        found.code for found in said_of({"text": text}, "accessibility", language)
    ]


@pytest.mark.parametrize(("language", "text"), [(one, text) for one in GOOD for text in GOOD[one]])
def test_says_nothing_of_what_is_fine(language: str, text: str) -> None:
    assert said_of({"text": text}, "accessibility", language) == ()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("#bonneannee", "#BonneAnnee"),
        ("#explorelocalhistory", "#ExploreLocalHistory"),
        ("𝗦𝗘𝗥𝗩𝗜𝗖𝗘 𝗨𝗣𝗗𝗔𝗧𝗘", "SERVICE UPDATE"),
        ("s̶o̶l̶d̶", "sold"),
        ("ʜᴇʟʟᴏ", "hello"),
    ],
)
def test_replacements_are_safe(text: str, plain: str) -> None:
    found = said_of({"text": text}, "accessibility", "en")[0]
    assert (found.replacement, found.safe) == (plain, True)


def test_a_tag_that_could_be_cut_otherwise_is_not_put_right_unseen() -> None:
    (found,) = said_of({"text": "#backtoschool"}, "accessibility", "en")
    assert (found.replacement, found.safe) == ("#BackToSchool", False)


WHOLE = ("ecosysteme", "montreal", "bordeaux", "perfection", "hollywood", "awesome", "eggplant", "redskins")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("tag", WHOLE)
def test_one_word_is_not_cut(tag: str, language: str) -> None:
    assert said_of({"text": f"#{tag}"}, "accessibility", language) == ()


@pytest.mark.parametrize(
    ("alt", "code"),
    [
        ("", "no_alt"),
        ("IMG_2034.jpg", "alt_file"),
        ("DSC 0042", "alt_file"),
        ("Photo", "alt_empty"),
        ("chat", "alt_short"),
        ("Le chat du musée a dix ans.", "alt_repeats"),
        ("Un chat roux roulé en boule sur une banquette", ""),
    ],
)
def test_pictures_are_described(alt: str, code: str) -> None:
    example = {"text": "Le chat du musée a dix ans.", "media": [{"kind": "image", "alt": alt}]}
    codes = [(found.code, found.part) for found in said_of(example, "accessibility", "fr")]
    assert codes == ([(f"checks.accessibility.{code}", "media:0")] if code else [])
