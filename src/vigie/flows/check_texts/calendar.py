"""A content calendar: a CSV file with a draft a row, its columns named in French or English."""

from collections.abc import Callable, Sequence
from typing import Any, get_args

from msgspec import structs

from vigie.charter.forms import FORMS, NotThisForm
from vigie.flows.check_texts.allowances import Allowance, read_allowance
from vigie.flows.check_texts.cells import Cell, delimiter_of, rows
from vigie.flows.check_texts.document import Document, Mistake, UnreadableError, Writing
from vigie.flows.check_texts.front_matter import FrontMatter, Medium
from vigie.flows.check_texts.settled import Defaults, Found, settled, stranger
from vigie.model.draft import AttachmentKind
from vigie.text import fold

# fmt: off
COLUMNS: dict[str, tuple[str, ...]] = {
    "text": ("text", "texte", "post", "message", "content", "contenu", "caption", "legende", "copy"),
    "network": ("network", "reseau", "platform", "plateforme"),
    "channel": ("channel", "canal", "compte", "account"),
    "language": ("language", "langue", "lang"),
    "author": ("author", "auteur", "autrice"),
    "objective": ("objective", "objectif"),
    "when": ("when", "quand", "moment"),
    "date": ("date", "day", "jour"),
    "time": ("time", "heure"),
    "answers": ("answers", "answer to", "repond a", "reponse a", "replying to"),
    "media": ("media", "image", "visuel", "kind"),
    "alt": ("alt", "alt text", "alternative text", "texte alternatif", "description"),
    "allow": ("allow", "allowed", "tolere", "laisse passer"),
}
# fmt: on
"""The headings of each column, case and accents aside; the first one found counts."""
_KINDS: dict[str, AttachmentKind] = {kind: kind for kind in get_args(AttachmentKind)}
_FORMS = {"network": "text", "channel": "identifier", "language": "language", "author": "identifier",
          "objective": "identifier"}  # fmt: skip


def read_calendar(name: str, text: str, by: Defaults) -> Document:
    """Its drafts, in the order of the rows; rows without words nor media are left out.

    Raises:
        UnreadableError: with all that cannot be read.
    """
    document = Document(name, text)
    table = rows(text, delimiter_of(text))
    header = next(table, [])
    headings = [fold(cell.text.strip()) for cell in header]
    columns = {
        field: next(headings.index(one) for one in names if one in headings)
        for field, names in COLUMNS.items()
        if any(one in headings for one in names)
    }
    if "text" not in columns:
        if not header:
            return document
        values: dict[str, str | int] = {"known": ", ".join(COLUMNS["text"])}
        raise UnreadableError(Mistake(*document.place(header[0].at), "check.error.no-text-column", values))
    mistakes: list[Mistake] = []
    writings: list[Writing] = []
    for number, row in enumerate(table, 2):
        cells = {field: row[column] for field, column in columns.items() if column < len(row)}
        reading = _Row(document, cells, mistakes)
        found = reading.found(str(number))
        if wrong := stranger(found.said.channel, by, reading.place("channel")):
            mistakes.append(wrong)
        elif found.text.strip() or found.said.media:
            writings.append(settled(found, by))
    if mistakes:
        raise UnreadableError(*mistakes)
    return structs.replace(document, writings=tuple(writings))


class _Row:
    """One row being read; what is wrong goes to ``mistakes``."""

    def __init__(self, document: Document, cells: dict[str, Cell], mistakes: list[Mistake]) -> None:
        self._document, self._cells, self._mistakes = document, cells, mistakes

    def place(self, field: str) -> tuple[int, int]:
        return self._document.place(self._cells[field].at if field in self._cells else 0)

    def found(self, name: str) -> Found:
        words = self._cells.get("text")
        said = FrontMatter(
            **{field: self._formed(field, FORMS[form].read, FORMS[form].code) for field, form in _FORMS.items()},
            when=self._moment(),
            media=tuple(self._media()),
            answers=self._written("answers"),
        )
        allowances = tuple(self._allowances())
        if words is None:
            return Found(text="", said=said, name=name, allowances=allowances)
        return Found(text=words.text, said=said, trace=words.trace, at=words.at, name=name, allowances=allowances)

    def _written(self, field: str) -> str:
        return self._cells[field].text.strip() if field in self._cells else ""

    def _formed(self, field: str, read: Callable[[str], Any], code: str, written: str = "") -> Any:
        written = written or self._written(field)
        if not written:
            return ""
        try:
            return read(written)
        except NotThisForm as reason:
            self._wrong(field, code, reason.hint, written=written[:100])
            return ""

    def _moment(self) -> str:
        """``when``, or ``date`` with ``time``; noon where nobody says a time."""
        form = FORMS["moment"]
        if self._written("when"):
            return str(self._formed("when", form.read, form.code))
        if not self._written("date"):
            return ""
        if not self._written("time") and ("T" in self._written("date") or " " in self._written("date")):
            return str(self._formed("date", form.read, form.code))
        day = self._formed("date", FORMS["day"].read, FORMS["day"].code)
        hour = self._written("time").lower().replace(" ", "").replace("h", ":") or "12:00"
        hour = f"{hour}00" if hour.endswith(":") else hour
        return str(self._formed("time", form.read, form.code, f"{day}T{hour:0>5}")) if day else ""

    def _media(self) -> Sequence[Medium]:
        kind, alt = self._written("media").lower(), self._written("alt")
        if not kind and not alt:
            return ()
        return (Medium(_KINDS.get(kind, "image"), alt=alt),)

    def _allowances(self) -> Sequence[Allowance]:
        read = [read_allowance(one) for one in self._written("allow").split("|") if one.strip()]
        if None in read:
            self._wrong("allow", "check.error.allow", "overselling until 2026-12-31: …")
        return [one for one in read if one]

    def _wrong(self, field: str, code: str, hint: str, **values: str | int) -> None:
        self._mistakes.append(Mistake(*self.place(field), code, values, hint))
