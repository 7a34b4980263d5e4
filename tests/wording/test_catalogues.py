"""The catalogues of both languages: complete, consistent, used, and written as the house writes."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from vigie.wording import LANGS
from vigie.wording.catalogue import HERE, catalogue

SOURCES = HERE.parent
_ID = re.compile(r"[a-z]+(?:[._-][a-z0-9_-]+)+")
_NEVER = re.compile(r"\b(?:oups|veuillez|svp)\b", re.IGNORECASE)


def forms(lang: str) -> dict[str, tuple[str, ...]]:
    """Every message of a language with its forms."""
    known = catalogue(lang)
    return {id: (text,) for id, text in known.single.items()} | dict(known.plural)


def fields(text: str) -> set[str]:
    """Names of the values a sentence takes."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_messages():
    french, english = forms("fr"), forms("en")
    assert set(french) ^ set(english) == set()
    assert {id for id in french if len(french[id]) != len(english[id])} == set(), "plural in one language only"


def test_both_languages_take_the_same_values():
    french, english = forms("fr"), forms("en")
    differing = {
        id: (fields("".join(french[id])), fields("".join(english[id])))
        for id in french
        if fields("".join(french[id])) != fields("".join(english[id]))
        # one thing may be said in words: "One mention"
        and not (len(french[id]) > 1 and fields("".join(french[id])) ^ fields("".join(english[id])) <= {"n"})
    }
    assert differing == {}


@pytest.mark.parametrize("lang", LANGS)
def test_no_message_is_empty(lang):
    assert [id for id, texts in forms(lang).items() if not all(text.strip() for text in texts)] == []


@pytest.mark.parametrize("lang", LANGS)
def test_each_area_holds_its_own_messages_and_is_readable(lang):
    for area in sorted((HERE / lang).glob("*.po")):
        with area.open("rb") as file:
            ids = [m.id if isinstance(m.id, str) else m.id[0] for m in read_po(file, locale=lang) if m.id]
        begun = area.stem.replace("checks_", "checks.") + "."  # each check has a file of its own
        assert [id for id in ids if not id.startswith(begun)] == [], f"{area.name}: message ids begin with the area"
        assert [m for m in ids if not _ID.fullmatch(m)] == [], f"{area.name}: dotted codes in lower case"


def test_french_is_written_as_the_house_writes_it():
    bad = {id: text for id, texts in forms("fr").items() for text in texts if "!" in text or _NEVER.search(text)}
    assert bad == {}


def test_catalogues_hold_plain_spaces_only():
    odd = re.compile("[\u00a0\u202f\u2009]")
    assert [str(po.name) for lang in LANGS for po in (HERE / lang).glob("*.po") if odd.search(po.read_text())] == []


class Uses:
    """Message ids that code and templates name in full, and beginnings that they complete at run time."""

    def __init__(self) -> None:
        self.whole: set[str] = set()
        self.begun: set[str] = set()
        for path in SOURCES.rglob("*.py"):
            self._python(path)
        for path in SOURCES.rglob("*.html"):
            self._template(path.read_text())

    def _python(self, path: Path) -> None:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.JoinedStr):
                first = node.values[0] if node.values else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value.endswith("."):
                    self.begun.add(first.value)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                (self.begun if node.value.endswith(".") else self.whole).add(node.value)

    def _template(self, text: str) -> None:
        for constant in Environment().parse(text).find_all(nodes.Const):
            if isinstance(constant.value, str):
                (self.begun if constant.value.endswith(".") else self.whole).add(constant.value)

    def knows(self, id: str) -> bool:
        return id in self.whole or any(
            id.startswith(begun) for begun in self.begun if "." in begun and begun != "." and len(begun) > 2
        )


def test_every_message_is_used():
    uses = Uses()
    unused = [id for id in sorted(forms("en")) if not uses.knows(id) and not _written_with_an_ending(id, uses)]
    assert unused == []


def test_every_message_named_in_a_template_exists():
    known, missing = forms("en"), set()
    for path in SOURCES.rglob("*.html"):
        for call in Environment().parse(path.read_text()).find_all(nodes.Call):
            named = call.node.node if isinstance(call.node, nodes.Getattr) else call.node
            speaks = isinstance(named, nodes.Name) and named.name == "w"
            id = call.args[0] if speaks and call.args else None
            if isinstance(id, nodes.Const) and isinstance(id.value, str) and id.value not in known:
                missing.add(f"{path.name}:{call.lineno} {id.value}")
    assert sorted(missing) == []


def test_every_message_called_for_in_code_exists():
    known, missing = forms("en"), set()
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            said = ast.unparse(node.func)
            if said in {"w", "say", "self.w", "w.count", "w.html", "say.count"} and isinstance(node.args[0].value, str):
                id = node.args[0].value
                if id not in known:
                    missing.add(f"{path.relative_to(SOURCES)}:{node.lineno} {id}")
    assert sorted(missing) == []


def _written_with_an_ending(id: str, uses: Uses) -> bool:
    """``code ~ '.title'`` and ``f"{code}.then"``: the code is named in full somewhere, or begun."""
    head = id.rpartition(".")[0]
    return id.rpartition(".")[2] in {"title", "then", "may"} and uses.knows(head)
