"""Approval in a real browser: words pointed at with the mouse or the keyboard, found again by their author."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from web.composer.charter import APPROVED
from web.composer.ways import TEXT, Ways

pytestmark = pytest.mark.browser


@pytest.fixture
def ways(site) -> Ways:
    site.write_charter(APPROVED)
    return Ways(site.house)


def select(page: Page, words: str) -> None:
    """As the keyboard does: the selection of the field itself."""
    start = TEXT.index(words)
    field = page.get_by_label("Texte de la publication")
    field.focus()
    field.evaluate("(field, [start, end]) => field.setSelectionRange(start, end)", [start, start + len(words)])


def test_changes_are_asked_for_on_words_made_and_approved(ways, open_page: Callable[..., Page]):
    ways.ask(ways.begin())
    ines = open_page("/drafts/1", login="ines")
    select(ines, "samedi")
    ines.keyboard.press("m")
    expect(ines.get_by_label("Mots concernés")).to_have_value("samedi")
    expect(ines.get_by_label("Ce qu’il faut changer")).to_be_focused()
    ines.keyboard.type("À quelle heure ?")
    select(ines, "on le répare")
    ines.get_by_role("button", name="Remarque sur les mots choisis").click()
    expect(ines.get_by_label("Mots concernés").nth(1)).to_have_value("on le répare")
    ines.keyboard.type("Dites qui.")
    ines.get_by_role("button", name="Demander des changements").click()
    expect(ines.get_by_role("status").filter(has_text="Votre demande est transmise.")).to_be_visible()

    yanis = open_page("/drafts/1", login="yanis")
    expect(yanis.locator('.sheet__under .find[data-s="ask"]')).to_have_text(["on le répare", "samedi"])
    asked = yanis.locator(".reason--ask").nth(0)
    expect(asked).to_contain_text("À quelle heure ?")
    asked.get_by_role("button", name="Voir dans le texte").click()
    chosen = yanis.get_by_label("Texte de la publication").evaluate(
        "f => f.value.slice(f.selectionStart, f.selectionEnd)"
    )
    assert chosen == "samedi"
    yanis.keyboard.type("samedi à dix heures")  # over what is chosen
    expect(yanis.locator(".reason--ask").nth(0)).to_contain_text("samedi")
    yanis.get_by_label("Texte de la publication").fill(TEXT.replace("samedi", "dimanche à dix heures"))
    expect(yanis.locator(".reason--ask").nth(0)).to_contain_text("Mots changés depuis")
    yanis.get_by_role("button", name="Demander la validation").click()
    expect(yanis.get_by_text("Attend une réponse")).to_be_visible()

    ines.goto("/drafts/1")
    ines.get_by_role("button", name="Valider").click()
    expect(ines.get_by_role("status").filter(has_text="Votre validation est enregistrée.")).to_be_visible()
    assert ways.house.drafts.get(1).state == "approved"


def test_what_nobody_may_do_stays_visible_with_its_reason(ways, open_page: Callable[..., Page]):
    ways.ask(ways.begin())
    yanis = open_page("/drafts/1", login="yanis")
    button = yanis.get_by_role("button", name="Valider")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_accessible_description("Votre rôle ne permet pas de valider.")
    button.click(force=True)
    assert ways.house.publications.approvals(1) == []
    yanis.get_by_role("button", name="Reprendre l’écriture").click()
    expect(yanis.get_by_role("status").filter(has_text="Le brouillon est repris.")).to_be_visible()


def test_scheduled_in_a_few_presses(ways, open_page: Callable[..., Page]):
    ways.approved()
    maelle = open_page("/drafts/1")
    maelle.get_by_role("link", name="Programmer").click()
    maelle.get_by_role("link", name="le 16 nov. à 9 h 30").click()
    expect(maelle.get_by_role("heading", level=1)).to_have_text("Part lundi 16 novembre à 9 h 30.")
    maelle.get_by_role("button", name="Programmer").click()
    expect(maelle.get_by_role("status").filter(has_text="C’est programmé.")).to_be_visible()
    assert ways.house.publications.get(1).wall == "2026-11-16T09:30"
