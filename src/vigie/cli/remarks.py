"""A finding as every form of `vigie check` tells it: where it is in its file, and its sentences."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from vigie.flows.check_texts import Document, Report, Told, Writing
from vigie.model import Finding, Span, told
from vigie.wording import Wording


class Remark(Struct, frozen=True):
    """One finding.

    Attributes:
        places: of its words in the file; when it is about none, an empty one where the draft begins.
        words: the first of them, as they are written.
        says: what is wrong and what to do.
        advice: what to write instead, in the house's words; empty when nobody said.
    """

    document: Document
    writing: Writing
    told: Told
    places: tuple[Span, ...]
    words: str
    says: str
    advice: str

    @property
    def finding(self) -> Finding:
        """The finding itself."""
        return self.told.finding

    @property
    def start(self) -> tuple[int, int]:
        """(line, column), from 1."""
        return self.document.place(self.places[0].start)

    @property
    def end(self) -> tuple[int, int]:
        """(line, column) of the character after its first words."""
        return self.document.place(self.places[0].end)


def remarks(report: Report, w: Wording) -> Iterator[Remark]:
    """Every finding of a report, in the order of the files."""
    for document, writing, one in report.each():
        yield remark(document, writing, one, w)


def remark(document: Document, writing: Writing, one: Told, w: Wording) -> Remark:
    """One of them."""
    finding = one.finding
    places = writing.places(finding.spans) or (Span(writing.at, writing.at),)
    words = writing.draft.text[finding.spans[0].start : finding.spans[0].end] if finding.spans else ""
    return Remark(document, writing, one, places, words, sentence(finding, w), told(finding.suggest, w.lang))


def sentence(finding: Finding, w: Wording) -> str:
    """What is wrong: the product's words for a built-in check, the house's for its own rules."""
    values: Mapping[str, Any] = finding.values
    return w(finding.code, **values) if finding.code else told(finding.why, w.lang)


def name_of(rule: str, w: Wording) -> str:
    """What people call a rule."""
    return w(f"checks.{rule}.name") if w.has(f"checks.{rule}.name") else rule


def clean(text: str) -> str:
    """The text without what no file can hold: halves of characters, as some broken programs leave them."""
    return text.encode("utf-8", "replace").decode()
