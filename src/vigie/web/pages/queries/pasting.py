"""A query of another product, pasted into the editor: what it becomes, and what is not quite the same."""

from typing import Any

from litestar import Request, Response, post
from msgspec import Struct

from vigie.query import QueryError
from vigie.query.translate import VENDORS, Vendor, detect, translate
from vigie.web.guard import requires
from vigie.web.pages.queries.reading import LONGEST, Form
from vigie.web.view import fragment, wording
from vigie.wording import Wording
from vigie.wording.translations import note_sentence

Asked = Request[Any, Any, Any]


class Said(Struct, frozen=True):
    """One note: the part of the pasted text it is about, and the sentence."""

    part: str
    sentence: str
    harmless: bool


class Pasted(Struct, frozen=True):
    """What came of a pasted text.

    Attributes:
        product: whose language it was read as.
        text: the query in our language; empty when nothing of it could be carried over.
        error: why it cannot be read at all.
    """

    product: str
    text: str = ""
    faithful: bool = True
    notes: tuple[Said, ...] = ()
    error: str = ""


@post("/queries/-/translate", guards=[requires("edit-queries")], status_code=200, sync_to_thread=True)
def translated(request: Asked, data: Form) -> Response[str]:
    """What the pasted text becomes."""
    return fragment(request, "queries/_pasted.html", pasted=pasted(data, wording(request)), may_edit=True)


def pasted(data: dict[str, str], w: Wording) -> Pasted | None:
    """What the form's pasted text becomes; None when there is none."""
    text = data.get("pasted", "").replace("\r\n", "\n")[:LONGEST]
    if not text.strip():
        return None
    vendor = _vendor(data.get("vendor", ""), text)
    try:
        found = translate(text, vendor)
    except QueryError as error:
        first = error.problems[0]
        hint = w(first.hint, **first.values) if w.has(first.hint) else ""
        return Pasted(VENDORS[vendor], error=f"{w(first.code, **first.values)} {hint}".strip())
    notes = tuple(
        Said(text[note.start : note.end], note_sentence(note, w), note.effect == "same") for note in found.notes
    )
    return Pasted(VENDORS[vendor], found.text, found.faithful, notes)


def _vendor(name: str, text: str) -> Vendor:
    return next((vendor for vendor in VENDORS if vendor == name), None) or detect(text)
