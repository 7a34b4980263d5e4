"""Safe fixes put into a file where their words stand; every other character stays as it was."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from vigie.flows.check_texts.checking import Checked
from vigie.flows.check_texts.document import Document, UnreadableError
from vigie.model import Span


class _Edit(NamedTuple):
    """In the draft of that number, these words become others."""

    number: int
    span: Span
    words: str


class Mender:
    """Mends files that one reader reads; ``read`` may raise UnreadableError."""

    def __init__(self, read: Callable[[str, str], Document]) -> None:
        self._read = read

    def __call__(self, document: Document, drafts: Sequence[Checked]) -> tuple[Document, int]:
        """(the file as it is then, how many findings were mended). What changes no meaning is, and nothing let pass.

        Changes are proved: read again, the file must say what it said, with them and nothing else. Those for which it
        does not (a comma put into a table without quotation marks, say) are left to a person's hand.
        """
        return self._applied(document, list(_edits(drafts)))

    def _applied(self, document: Document, edits: Sequence[_Edit]) -> tuple[Document, int]:
        if not edits:
            return document, 0
        changed = self._with(document, edits)
        if changed is not None:
            return changed, len(edits)
        if len(edits) == 1:
            return document, 0
        half = len(edits) // 2
        # the later ones first: what is before them stays where it is
        document, late = self._applied(document, edits[half:])
        document, early = self._applied(document, edits[:half])
        return document, late + early

    def _with(self, document: Document, edits: Sequence[_Edit]) -> Document | None:
        text = document.text
        wanted = [one.draft.text for one in document.writings]
        for number, span, words in reversed(edits):
            place = document.writings[number].trace.span(span)
            text = text[: place.start] + words + text[place.end :]
            wanted[number] = wanted[number][: span.start] + words + wanted[number][span.end :]
        try:
            changed = self._read(document.name, text)
        except UnreadableError:
            return None
        return changed if [one.draft.text for one in changed.writings] == wanted else None


def _edits(drafts: Sequence[Checked]) -> Iterator[_Edit]:
    """In the order of the file; of two that overlap the first, the other waits until the file is looked at again."""
    for number, checked in enumerate(drafts):
        end = 0
        for told in checked.told:  # in the order of their words
            one = told.finding
            if one.safe and one.spans and one.replacement is not None and not told.silent and one.spans[0].start >= end:
                yield _Edit(number, one.spans[0], one.replacement)
                end = one.spans[0].end
