"""A draft in a Markdown file: front matter, then its words. Comments are for colleagues, and not said."""

import re

from msgspec import structs

from vigie.flows.check_texts.allowances import Allowance, read_allowance
from vigie.flows.check_texts.document import Document, Mistake, Trace, UnreadableError
from vigie.flows.check_texts.front_matter import FrontMatter, read_front_matter
from vigie.flows.check_texts.settled import Defaults, Found, settled, stranger

_OPENING = re.compile(r"---[ \t]*(?:\r\n|\n)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\Z)", re.MULTILINE)
_OPEN, _CLOSE = "<!--", "-->"
_ALLOWS = "vigie-allow"


def read_markdown(name: str, text: str, by: Defaults) -> Document:
    """The one draft of a file.

    Raises:
        UnreadableError: the front matter or a ``vigie-allow`` cannot be read.
    """
    document = Document(name, text)
    said, trace, at, body = FrontMatter(), Trace(), 0, 0
    if opening := _OPENING.match(text):
        closing = _CLOSING.search(text, opening.end())
        if closing is None:
            raise UnreadableError(Mistake(1, 1, "check.error.front-matter-open", hint="---"))
        body = closing.end()
        said, trace, at = read_front_matter(text[: closing.start()])
    found = _body(document, body)
    if said.text.strip() and found.text:
        raise UnreadableError(Mistake(*document.place(found.at), "check.error.two-texts"))
    if said.text.strip():
        found = structs.replace(found, text=said.text, trace=trace, at=at)
    if wrong := stranger(said.channel, by, document.place(_line_of(text, "channel", body))):
        raise UnreadableError(wrong)
    writing = settled(structs.replace(found, said=said), by)
    return structs.replace(document, writings=(writing,))


def _body(document: Document, start: int) -> Found:
    """The words from a place on, without comments, nor white space around them."""
    text = document.text
    pieces: list[tuple[int, str]] = []
    allowances: list[Allowance] = []
    at = start
    while (opens := text.find(_OPEN, at)) >= 0 and (closes := text.find(_CLOSE, opens)) >= 0:
        inside = text[opens + len(_OPEN) : closes]
        if inside.strip().startswith(_ALLOWS):
            allowance = read_allowance(inside.strip().removeprefix(_ALLOWS))
            if allowance is None:
                hint = f"{_OPEN} {_ALLOWS} overselling until 2026-12-31: … {_CLOSE}"
                raise UnreadableError(Mistake(*document.place(opens), "check.error.allow", hint=hint))
            allowances.append(allowance)
        pieces.append((at, text[at:opens]))
        at = _past(text, opens, closes + len(_CLOSE))
    pieces.append((at, text[at:]))
    return _without_margins(pieces, allowances)


def _past(text: str, opens: int, end: int) -> int:
    """The end of a comment, with its line's where it has the line to itself."""
    alone = opens == 0 or text[opens - 1] == "\n"
    for mark in ("\r\n", "\n") if alone else ():
        if text.startswith(mark, end):
            return end + len(mark)
    return end


def _without_margins(pieces: list[tuple[int, str]], allowances: list[Allowance]) -> Found:
    whole = "".join(piece for _, piece in pieces)
    left = len(whole) - len(whole.lstrip())
    right = len(whole.rstrip())
    starts: list[int] = []
    places: list[int] = []
    at = 0
    for place, piece in pieces:
        first, last = max(at, left), min(at + len(piece), right)
        if first < last:
            starts.append(first - left)
            places.append(place + first - at)
        at += len(piece)
    if not starts:
        return Found(text="", at=pieces[0][0], allowances=allowances)
    trace = Trace(tuple(starts), tuple(places))
    return Found(text=whole[left:right], trace=trace, at=places[0], allowances=allowances)


def _line_of(text: str, key: str, end: int) -> int:
    """Where the value of a front matter's key stands."""
    found = re.compile(rf"^{key}[ \t]*:[ \t]*", re.MULTILINE).search(text, 0, end)
    return found.end() if found else 0
