"""Near copies of our last posts and of others'; the same subject in new words is none."""

from typing import Any

import pytest

from checks.score import said_of

SAID = "La nocturne de mardi va jusqu'à 21 h avec deux visites, à 18 h et 19 h 30, sans supplément."
YESTERDAY, LAST_YEAR = "2026-11-17T09:30:00+01:00", "2025-11-18T09:30:00+01:00"


def codes(text: str, at: str = YESTERDAY, where: str = "recent", **more: Any) -> list[str]:
    post = {"text": SAID, "at": at, "account": "@musee.example", "reply": more.pop("reply", False)}
    example = {"text": text, where: [post], "now": "2026-11-18T10:00:00+01:00", **more}
    return [one.code.removeprefix("checks.repeat.") for one in said_of(example, "repeat", "fr")]


@pytest.mark.parametrize(
    "text",
    [
        SAID,
        SAID.replace("mardi", "jeudi"),
        "Bonjour à tous ! " + SAID + " 🎉 #Nocturne https://musee.example/n",
        "Avec deux visites sans supplément, à 18 h et 19 h 30, la nocturne de mardi va jusqu'à 21 h.",
    ],
)
def test_copies(text: str) -> None:
    assert codes(text) == ["own"]
    assert codes(text, where="elsewhere") == ["other"]


@pytest.mark.parametrize("text", ["Bonjour à tous", "Le musée rouvre mardi en nocturne, et c'est gratuit.", ""])
def test_what_is_no_copy(text: str) -> None:
    assert codes(text) == []


def test_it_may_be_said_again_after_a_while_and_in_answers() -> None:
    assert codes(SAID, LAST_YEAR) == []
    assert codes(SAID, replying_to="Jusqu'à quelle heure ?") == []
    assert codes(SAID, reply=True) == []


def test_the_post_that_is_copied_is_named() -> None:
    post = {"text": SAID, "at": YESTERDAY, "account": "@musee.example"}
    (found,) = said_of({"text": SAID, "elsewhere": [post], "now": YESTERDAY}, "repeat", "fr")
    assert found.values == {
        "day": "2026-11-17",
        "text": "La nocturne de mardi va jusqu'à 21 h avec deux visites, à 18 h et 19 h 30, sans…",
        "account": "@musee.example",
    }
