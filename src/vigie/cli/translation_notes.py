"""What a translation could not carry over, on a terminal and as JSON."""

import msgspec

from vigie.cli.speak import err
from vigie.query.translate import Note, Translation
from vigie.wording import Wording
from vigie.wording.translations import note_sentence


def print_notes(found: Translation, pasted: str, w: Wording) -> None:
    """A line for each note: its place in the pasted text, the sentence, and what the query finds because of it."""
    for note in found.notes:
        line, column = _place(note, pasted)
        err.print(f"{line}:{column}: {note_sentence(note, w)}", markup=False)


def translation_json(found: Translation, pasted: str, w: Wording) -> str:
    """The query and its notes as one object."""
    notes = [
        {
            "code": note.code,
            "start": note.start,
            "end": note.end,
            "line": _place(note, pasted)[0],
            "column": _place(note, pasted)[1],
            "part": pasted[note.start : note.end],
            "becomes": note.becomes,
            "effect": note.effect,
            "message": note_sentence(note, w),
        }
        for note in found.notes
    ]
    whole = {"vendor": found.vendor, "query": found.text, "faithful": found.faithful, "ready": found.ready}
    return msgspec.json.encode({**whole, "notes": notes}).decode()


def _place(note: Note, pasted: str) -> tuple[int, int]:
    before = pasted[: note.start]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
