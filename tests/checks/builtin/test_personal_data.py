"""Somebody's numbers and addresses; not a desk's, a service's, nor figures that only look like them."""

import pytest

from checks.score import said_of

BAD = {
    "phone": (
        "Écrivez à Julie au 06.39.98.11.22",
        "Call Danny on 07700 900133",
        "+32 475 12 34 56",
        "(555) 012-4477",
        "(01 99 00 73 15)",
        "tel:+33639981122",
    ),
    "mail": ("jules.martin@gmail.com", "marie@fleurs.example", "emma.hall@port.example"),
    "iban": ("FR14 2004 1010 0505 0001 3M02 606", "GB82WEST12345698765432"),
    "card": ("Carte 4539 1488 0343 6467",),
    "social_security": ("2 55 08 14 168 025 38", "NINO: AB123456C", "SSN 219-09-9999"),
    "identity": ("Passeport 19AB40725", "passport 533380006 was found"),
    "plate": ("AB-123-CD mal garée", "Silver Fiesta KV19 TZR"),
    "home": (
        "Mme Leroux habite 5 rue des Lilas à Nantes",
        "M. Petit, 12 avenue Foch, 75016 Paris",
        "Her flat is at 22 Acacia Avenue",
        "chez Hélène Mazurier, résidence Les Glycines, appt 41",
    ),
}
GOOD = (
    "Standard : 0 800 123 456, ou le 3949",
    "Call 0345 606 0000",
    "presse@port.example, support-technique@port.example, boulangerie@fleurs.example",
    "Commande n° 4539 1488 0343 6467",
    "Carte 4539 1488 0343 6468",
    "Carte 4242 4242 4242 4242",
    "FR14 2004 1010 0505 0001 3M02 607",
    "2 55 08 14 168 025 39",
    "réf. AB-123-CD, pièce KV-19",
    "SIRET 732 829 320 00074, ISBN 978-2-07-036822-8",
    "rendez-vous le 01 02 2026 à 10 h, au 5 rue des Lilas",
    "de 9.30 à 12.45, 45 000 cafés, 12,90 €, version 10.20.30.40",
    "@ines écrit à 18 h",
)


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in BAD.items() for text in texts])
def test_what_is_somebodys_is_found(code: str, text: str) -> None:
    assert [found.code for found in said_of({"text": text}, "personal-data", "fr")] == [f"checks.personal-data.{code}"]


@pytest.mark.parametrize("text", GOOD)
def test_what_is_nobodys_passes(text: str) -> None:
    assert said_of({"text": text}, "personal-data", "fr") == ()


@pytest.mark.parametrize(
    "text", ["+33 1 99 00 20 20", "01.99.00.20.20", "Lise.Petit@port.example", "FR1420041010050500013M02606"]
)
def test_what_the_house_publishes_itself_passes_however_it_is_written(text: str) -> None:
    contacts = ["01 99 00 20 20", "lise.petit@port.example", "FR14 2004 1010 0505 0001 3M02 606"]
    assert said_of({"text": text}, "personal-data", "fr")
    assert said_of({"text": text, "charter": {"own_contacts": contacts}}, "personal-data", "fr") == ()
