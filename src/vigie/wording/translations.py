"""What a translation could not carry over, in words: the same sentence on pages, in the API and on a terminal."""

from vigie.query.translate import Note
from vigie.wording.voice import Wording


def note_sentence(note: Note, w: Wording) -> str:
    """What became of a part, which of its words stand in the way, and what the query finds because of it."""
    sentences = [w(note.code, **note.values)]
    if note.problem is not None:
        sentences.append(w(note.problem.code, **note.problem.values))
    if note.effect != "same":
        sentences.append(w(f"translate.effect.{note.effect}"))
    return " ".join(sentences)
