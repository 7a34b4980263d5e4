"""Keys and passwords that are given away; talk about them, examples and public names are not."""

import random
import string

import pytest

from checks.score import said_of

LETTERS = string.ascii_letters + string.digits


def made_up(count: int, signs: str = LETTERS) -> str:
    """A key that nobody has: the test names no real form of one in full."""
    return "".join(random.Random(count).choices(signs, k=count))


HEX = "0123456789abcdef"
KEYS = {
    "AWS": "AK" + "IA" + made_up(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
    "GitHub": "gh" + "p_" + made_up(36),
    "GitLab": "gl" + "pat-" + made_up(20),
    "Slack": "xo" + "xb-" + made_up(12, string.digits) + "-" + made_up(24),
    "Google": "AI" + "za" + made_up(35),
    "Stripe": "sk" + "_live_" + made_up(24),
    "OpenAI, Anthropic, OpenRouter": "sk" + "-ant-api03-" + made_up(80),
    "Hugging Face": "hf" + "_" + made_up(34),
    "Telegram": made_up(10, "123456789") + ":A" + "A" + made_up(33),
    "Shopify": "shp" + "at_" + made_up(32, HEX),
    "SendGrid": "SG" + "." + made_up(22) + "." + made_up(43),
    "DigitalOcean": "dop" + "_v1_" + made_up(64, HEX),
    "JWT": "ey" + "J" + made_up(20) + ".ey" + "J" + made_up(30) + "." + made_up(43),
}
BAD = {
    "webhook": "Postez ici : https://hooks.slack.com/services/T" + made_up(9, "ABC123") + "/B0" + made_up(24),
    "connection": "postgres://lecture:Tourteau-17@base.port.example/cafe pour les curieux",
    "private_key": "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r",
    "token": "client_secret = " + made_up(40, HEX),
    "password": "Wi-Fi « Invités », mot de passe : Moka-et-Tartine-1987",
}
GOOD = (
    "Remplacez YOUR_API_KEY par la vôtre.",
    "export TOKEN=xxxxxxxxxxxxxxxxxxxxxxxx",
    "postgres://USER:PASSWORD@HOST:5432/DB",
    "Mot de passe : long, unique, et jamais sur un papier.",
    "Your password is the least interesting thing about you.",
    "Password: 12 characters at least.",
    "Si votre mot de passe est azerty123, changez-le.",
    "Le secret : du beurre et 45 minutes de repos.",
    "commit " + made_up(40, HEX),
    "sha256:" + made_up(64, HEX),
    "Clé publique : " + made_up(40, HEX),
    "Code promo PRINTEMPS2026",
    "Wi-Fi gratuit, sans mot de passe.",
)


@pytest.mark.parametrize("service", KEYS)
def test_a_key_is_known_by_its_form(service: str) -> None:
    text = f"Pour essayer : {KEYS[service]} et voilà"
    (found,) = said_of({"text": text}, "secrets", "fr")
    assert (found.code, found.severity, found.values) == ("checks.secrets.key", "block", {"service": service})
    assert [text[span.start : span.end] for span in found.spans] == [KEYS[service]]


@pytest.mark.parametrize("code", BAD)
def test_what_opens_a_door_is_found(code: str) -> None:
    assert [found.code for found in said_of({"text": BAD[code]}, "secrets", "fr")] == [f"checks.secrets.{code}"]


@pytest.mark.parametrize("text", GOOD)
def test_what_opens_none_passes(text: str) -> None:
    assert said_of({"text": text}, "secrets", "fr") == ()


def test_only_the_password_itself_is_marked() -> None:
    text = "https://lecture:Tourteau-17@base.port.example/x"
    (found,) = said_of({"text": text}, "secrets", "fr")
    assert [text[span.start : span.end] for span in found.spans] == ["Tourteau-17"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le code de la boîte à clefs : 1905", "fr"),
        ("Le cadenas des vélos s'ouvre avec le 4408", "fr"),
        ("The bike shed padlock opens with 4408", "en"),
        ("Meeting passcode: 482913", "en"),
        ("DB_PASSWORD=Fork!lift92", "en"),
        ("Network is Hall_Guests and the key is open-books-2026", "en"),
    ],
)
def test_what_opens_a_door_is_a_secret(text: str, language: str) -> None:
    assert said_of({"text": text}, "secrets", language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Combinaison gagnante du tirage : 4 8 15 16 23 42.", "fr"),
        ("Mot de passe : 12 caractères minimum, c'est la nouvelle règle.", "fr"),
        ("Fire alarm test with 2500 pupils went fine.", "en"),
        ("The most common password is still 123456, ahead of password1.", "en"),
    ],
)
def test_what_opens_nothing_is_none(text: str, language: str) -> None:
    assert not said_of({"text": text}, "secrets", language)
