"""A text that goes out as several posts: a line of three dashes stands between one and the next."""

import re
from collections.abc import Callable, Iterator, Sequence

from vigie.model import Span
from vigie.text.sentences import sentence_ends

CUT = "---"
_BETWEEN = re.compile(r"^[ \t]*-{3}[ \t]*$", re.MULTILINE)
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_LINE = re.compile(r"\n\s*")
_WORD = re.compile(r"\s+")


def pieces(text: str) -> tuple[Span, ...]:
    r"""Where each post of a thread stands, without the blanks around it; empty ones are left out, but there is one.

    >>> text = "Un.\n---\n\n---\nDeux.\n"
    >>> [text[one.start:one.end] for one in pieces(text)]
    ['Un.', 'Deux.']
    """
    edges = [0, *(edge for found in _BETWEEN.finditer(text) for edge in found.span()), len(text)]
    spans = [_bare(text, start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return tuple(one for one in spans if one.start < one.end) or (Span(0, 0),)


def parted(text: str) -> tuple[str, ...]:
    """The posts themselves."""
    return tuple(text[one.start : one.end] for one in pieces(text))


def cut(text: str, fits: Callable[[str], bool]) -> str:
    r"""The text with cuts put in so that each post fits: between paragraphs where that is enough, else between lines,
    sentences, words.

    >>> cut("Un deux.\n\nTrois quatre. Cinq.", lambda post: len(post) <= 14)
    'Un deux.\n\n---\n\nTrois quatre.\n\n---\n\nCinq.'
    """
    posts = [part.strip() for post in parted(text) for part in _fitting(post, fits, _LEVELS)]
    return f"\n\n{CUT}\n\n".join(post for post in posts if post)


def _fitting(text: str, fits: Callable[[str], bool], levels: Sequence[Callable[[str], Iterator[int]]]) -> list[str]:
    """Parts that fit, blanks included; what nothing can cut stays as it is."""
    if not levels or fits(text.strip()):
        return [text]
    found: list[str] = []
    at = 0
    for end in (*levels[0](text), len(text)):
        part = text[at:end]
        at = end
        if found and fits((found[-1] + part).strip()):
            found[-1] += part
        elif part:
            found += _fitting(part, fits, levels[1:])
    return found


def _ends(pattern: re.Pattern[str]) -> Callable[[str], Iterator[int]]:
    return lambda text: (found.end() for found in pattern.finditer(text) if found.end() < len(text))


_LEVELS = (_ends(_PARAGRAPH), _ends(_LINE), lambda text: iter(sentence_ends(text)), _ends(_WORD))


def _bare(text: str, start: int, end: int) -> Span:
    inside = text[start:end]
    return (
        Span(start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip())) if inside.strip() else Span(0, 0)
    )
