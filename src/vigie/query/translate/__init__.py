"""Read queries of Brandwatch, Talkwalker, Meltwater and X as they are pasted; say what could not be carried over."""

from vigie.query.parse import parse
from vigie.query.problems import Problem, QueryError
from vigie.query.translate.carry import Carrier
from vigie.query.translate.detect import DIALECTS, detect
from vigie.query.translate.layout import lay_out
from vigie.query.translate.notes import VENDORS, Effect, Note, Translation, Vendor
from vigie.query.translate.read import read

__all__ = ["VENDORS", "Effect", "Note", "Translation", "Vendor", "detect", "translate"]

_BROAD = frozenset({"query.error.only_not", "query.error.too_broad"})


def translate(text: str, vendor: Vendor) -> Translation:
    """A query of another product in the listening language.

    What cannot be carried over, or not exactly, is noted with its place in ``text``. `vigie.query.parse` reads the
    translated text where `Translation.ready` is true; else nothing is left, or what is left is too broad by itself.

    >>> found = translate("“air france” NEAR/5f grève AND sentiment:negative", "brandwatch")
    >>> found.text
    '"air france" ONEAR/5 grève'
    >>> [(note.code, note.effect) for note in found.notes]
    [('translate.left_out.judged', 'wider')]

    Raises:
        QueryError: the text is not a query in that language either; codes are those of the listening language.
    """
    dialect = DIALECTS[vendor]
    tree, notes, comments = read(text, dialect)
    carrier = Carrier(text, dialect)
    piece = carrier.whole(tree)
    found = lay_out(piece, comments) if piece is not None else ""
    notes += carrier.notes
    if found and (problem := _too_broad(found, len(text))):
        notes.append(Note("translate.lost.too_broad", tree.start, tree.end, problem=problem))
    notes.sort(key=lambda note: (note.start, -note.end, note.code))
    return Translation(found, tuple(notes), vendor)


def _too_broad(found: str, length: int) -> Problem | None:
    """Why a translated query cannot be saved as it stands: nearly every post would match.

    Raises:
        QueryError: it is larger or deeper than a query may be.
    """
    try:
        parse(found)
    except QueryError as error:
        if all(problem.code in _BROAD for problem in error.problems):
            return error.problems[0]
        raise QueryError(
            [Problem(problem.code, 0, length, problem.values) for problem in error.problems[:1]]
        ) from error
    return None
