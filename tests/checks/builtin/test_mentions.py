"""Handles that call nobody, somebody else, or too many."""

from typing import Any

import pytest

from checks.score import said_of

KNOWN = {"known_handles": ["@musee-aubrac.example", "@trams@social.aubrac.example", "@port.bsky.social"]}


def said(text: str, network: str = "bluesky", **more: Any) -> list[tuple[str, str | None]]:
    found = said_of({"text": text, "network": network, "charter": KNOWN, "channel": {}, **more}, "mentions", "fr")
    return [(one.code.removeprefix("checks.mentions."), one.replacement) for one in found]


@pytest.mark.parametrize(
    ("text", "network", "meant"),
    [
        ("Avec @musee-aubrac.com", "bluesky", "@musee-aubrac.example"),
        ("Avec @musee-aubrak.example", "bluesky", "@musee-aubrac.example"),
        ("Avec @musée-aubrac.example", "bluesky", "@musee-aubrac.example"),
        ("Avec @musee-аubrac.example", "bluesky", "@musee-aubrac.example"),  # a Cyrillic letter
        ("Avec @musee-aubrac.bsky.social", "bluesky", "@musee-aubrac.example"),
        ("Avec @porrt.bsky.social", "bluesky", "@port.bsky.social"),
        ("Avec @la-rnaison.example", "bluesky", "@la-maison.example"),  # our own
        ("Avec @trams@social.aubrak.example", "mastodon", "@trams@social.aubrac.example"),
        ("Avec @tram@social.aubrac.example", "mastodon", "@trams@social.aubrac.example"),
    ],
)
def test_look_alikes(text: str, network: str, meant: str) -> None:
    assert said(text, network) == [("look_alike", meant)]


@pytest.mark.parametrize(
    ("text", "network", "code"),
    [
        ("Merci @boulangerie", "bluesky", "no_handle"),
        ("Merci @ines@port.example", "bluesky", "other_network"),
        ("Merci @ines.bsky.social", "mastodon", "other_network"),
        ("@musee-aubrac.example vous attend", "bluesky", "first"),
    ],
)
def test_handles_that_call_nobody(text: str, network: str, code: str) -> None:
    assert said(text, network) == [(code, None)]


def test_a_handle_that_is_not_there() -> None:
    assert said("Merci @ferme.example", handles={"@ferme.example": False}) == [("unknown", None)]
    assert said("Merci @Ferme.example", handles={"@ferme.example": False}) == [("unknown", None)]
    assert said("Merci @ferme.example", handles={"@ferme.example": True}) == []


def test_rows() -> None:
    six = [f"@{name}.example" for name in ("quai", "halle", "sellerie", "lola", "gardien", "buvette")]
    assert said("Merci à " + ", ".join(six)) == [("many", None)]
    assert said("Merci à " + ", ".join(six[:5])) == []
    assert said("Merci à " + " pour le toit et le repas, ".join(six)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Merci @musee-aubrac.example",
        "Rendez-vous @ 18 h ou @18h30, 40 sacs @ 7.40",
        "Écrivez à contact@ferme.example",
        ".@ferme.example raconte",
    ],
)
def test_what_is_fine_passes(text: str) -> None:
    assert said(text) == []


def test_an_answer_may_begin_with_a_handle() -> None:
    assert said("@ferme.example oui, à 8 h", replying_to="Ouvert ?") == []
    assert said("Merci @local", "mastodon") == []
    assert said("Merci @local et @ines@port.example", "") == []
