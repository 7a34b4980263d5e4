"""What a person types in a search box, as an expression of the search index. Nothing typed is a mistake."""

import re

_PIECE = re.compile(r'"([^"]*)"?(\*?)|([^\s"]+)')
_WORD_CHARACTER = re.compile(r"[^\W_]")
MAX_PIECES = 32
MAX_LENGTH = 1_000


def expression(typed: str) -> str:
    """All words, "phrases" and prefix* of a text, each quoted for FTS5, joined by AND; empty without a word.

    >>> expression('grève "café du port" torr*')
    '"grève" AND "café du port" AND "torr"*'
    >>> expression('(NOT AND" - ☕')
    '"(NOT" AND "AND"'
    """
    clean = typed[:MAX_LENGTH].replace("\0", " ").encode("utf-8", "replace").decode()
    pieces: list[str] = []
    for phrase, star, word in _PIECE.findall(clean):
        if word:
            phrase, star = word.rstrip("*"), "*" if word.endswith("*") else ""  # noqa: PLW2901
        if _WORD_CHARACTER.search(phrase):
            pieces.append(f'"{phrase}"{star}')
    return " AND ".join(pieces[:MAX_PIECES])
