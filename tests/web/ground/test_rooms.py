"""The rooms that are scanned, and the rules that every template keeps."""

import importlib
import pkgutil
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from vigie.web import api, pages
from vigie.web.assets import FOLDER
from vigie.web.page import Page, find_pages
from vigie.wording import Wording

WEB = FOLDER.parent
TEMPLATES = sorted(path for path in WEB.rglob("*.html"))
FOLDERS = sorted(found.name for found in pkgutil.iter_modules(pages.__path__, "vigie.web.pages.") if found.ispkg)


@pytest.mark.parametrize("name", FOLDERS)
def test_each_folder_offers_a_page(name):
    assert isinstance(getattr(importlib.import_module(name), "PAGE", None), Page)


def test_none_is_left_out():
    offered = len(FOLDERS) + sum(found.ispkg for found in pkgutil.iter_modules(api.__path__))
    assert len(find_pages()) == offered


def test_keys_and_addresses_are_taken_once():
    found = find_pages()
    keys = [page.nav.key for page in found if page.nav and page.nav.key] + [
        d.key for p in found for d in p.deeds if d.key
    ]
    addresses = [page.nav.href for page in found if page.nav]
    assert len(keys) == len(set(keys)), keys
    assert len(addresses) == len(set(addresses)), addresses


def test_every_label_is_a_message():
    w = Wording("fr")
    labels = [page.nav.label for page in find_pages() if page.nav] + [
        d.label for page in find_pages() for d in page.deeds
    ]
    assert [label for label in labels if not w.has(label)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(WEB).as_posix())
def test_templates_hold_no_inline_style_or_script(path: Path):
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=", text), "the content policy forbids inline styles: make a class"
    assert not re.search(r"<style|<script(?![^>]*\ssrc=)", text), "the content policy forbids inline scripts"
    assert not re.search(r"\son[a-z]{4,}\s*=", text), "the content policy forbids handlers in attributes"
    assert not re.search(r"\|\s*safe\b|autoescape false", text), "everything is escaped"


def test_every_icon_that_is_asked_for_is_in_the_sprite():
    sprite = ET.parse(FOLDER / "icons.svg").getroot()
    known = {symbol.get("id") for symbol in sprite}
    asked = {name for path in TEMPLATES for name in re.findall(r"icon\('([\w-]+)'\)", path.read_text())}
    asked |= {page.nav.icon for page in find_pages() if page.nav} | {
        d.icon for page in find_pages() for d in page.deeds
    }
    assert {name for name in asked if f"i-{name}" not in known} == set()
