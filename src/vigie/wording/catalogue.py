"""Reads a language's catalogues: every ``AREA.po`` of its folder, merged; no compiled files to forget."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from msgspec import Struct

from vigie.wording.typography import french

HERE = Path(__file__).parent


class Catalogue(Struct, frozen=True):
    """One language's sentences by message id; plural ones have two forms, one and other."""

    single: Mapping[str, str]
    plural: Mapping[str, tuple[str, str]]


@cache
def catalogue(lang: str) -> Catalogue:
    """Raises FileNotFoundError for a language without a folder, ValueError for a message that two areas define."""
    areas = sorted((HERE / lang).glob("*.po"))
    if not areas:
        raise FileNotFoundError(HERE / lang)
    single: dict[str, str] = {}
    plural: dict[str, tuple[str, str]] = {}
    typeset = french if lang == "fr" else str
    for area in areas:
        for message in _messages(area, lang):
            id, forms = message
            if id in single or id in plural:
                raise ValueError(f"{area}: {id} is defined twice")
            if len(forms) == 1:
                single[id] = typeset(forms[0])
            else:
                plural[id] = (typeset(forms[0]), typeset(forms[1]))
    return Catalogue(single, plural)


def _messages(area: Path, lang: str) -> list[tuple[str, tuple[str, ...]]]:
    with area.open("rb") as file:
        read = read_po(file, locale=lang, abort_invalid=True)
    found: list[tuple[str, tuple[str, ...]]] = []
    for message in read:
        if message.id == "":
            continue
        if isinstance(message.id, str):
            found.append((message.id, (str(message.string),)))
        else:
            found.append((message.id[0], tuple(message.string or ())[:2]))
    return found
