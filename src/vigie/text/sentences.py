"""Cut a text into sentences: where each ends."""

import re

# A sign that ends a sentence wherever it stands, one that does before a space, or the end of a line.
_END = re.compile(r"[。！？｡]+|[.!?…؟۔।]+[\"'»”’)\]]*(?=\s|$)|\n")
_LAST_WORD = re.compile(r"([^\W\d_]+)\.\Z")
# What is cut short by a full stop and usually followed by more of the same sentence, French and English.
_SHORT = frozenset(
    ("mm", "mr", "mrs", "ms", "dr", "prof", "st", "ste", "av", "bd", "cf", "al", "p", "pp", "env", "tél", "tel", "vs")
)


def sentence_ends(text: str) -> list[int]:
    r"""The place after the last character of each sentence, ascending; the last is the text's own end.

    A full stop inside a word or a number ends nothing, nor after one capital (``J. Dupont``) or a usual short form
    (``Dr. House``), nor do three of them where a small letter follows.

    >>> text = "M. Dupont paie 3.50 €. Bof ! Et toi\nMoi non"
    >>> ends = sentence_ends(text)
    >>> [text[start:end] for start, end in zip([0, *ends], ends)]
    ['M. Dupont paie 3.50 €.', ' Bof !', ' Et toi\n', 'Moi non']
    """
    ends = [found.end() for found in _END.finditer(text) if not _goes_on(text, found)]
    return ends if ends and ends[-1] == len(text) else [*ends, len(text)]


def _goes_on(text: str, end: re.Match[str]) -> bool:
    """Whether the sentence goes on after what looks like its end."""
    if end[0].startswith(("...", "…")):
        return text[end.end() + 1 : end.end() + 2].islower()
    if end[0] != ".":
        return False
    last = _LAST_WORD.search(text, max(0, end.end() - 12), end.end())
    return last is not None and ((len(last[1]) == 1 and last[1].isupper()) or last[1].lower() in _SHORT)
