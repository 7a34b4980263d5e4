"""An explanation as pages show it: the answer, what was missed, the words in their text, and every condition."""

from collections.abc import Iterator
from itertools import islice

from markupsafe import Markup
from msgspec import Struct, structs

from vigie.flows.mentions import MARKED_AT_MOST, merged
from vigie.model import Post, Span
from vigie.query import Query
from vigie.query.explain import Clause, explain
from vigie.web.said import marked, printable
from vigie.wording import Wording
from vigie.wording.reasons import Line, answer, instead, lines, missed

_DEEPEST = 8  # levels of conditions that are set in; deeper ones stand under each other
_LINES = 120
_MISSES = 40


class Reasons(Struct, frozen=True):
    """What one query has to say of a post. ``query`` is its id; empty for a text that was typed.

    ``misses`` are sentences, each with the one that says what would have done as well; ``more`` stands for the rest.
    """

    query: str
    answer: str
    matches: bool
    misses: tuple[tuple[str, str], ...]
    more: str
    title: Markup
    text: Markup
    lines: tuple[Line, ...]


def reasons(query: Query, post: Post, w: Wording, *, id: str = "", label: str = "") -> Reasons:
    """Explains one query beside one post."""
    said = explain(query, post)
    texts = said.spans if said.matches else [span for miss in said.misses for span in miss.found.text]
    titles = _titles(said.clause) if said.matches else [span for miss in said.misses for span in miss.found.title]
    more = len(said.misses) - _MISSES
    return Reasons(
        query=id,
        answer=answer(said, label, w),
        matches=said.matches,
        misses=tuple((printable(missed(miss, w)), printable(instead(miss, w))) for miss in said.misses[:_MISSES]),
        more=w.count("why.others", more) if more > 0 else "",
        title=marked(post.title, merged(titles), MARKED_AT_MOST),
        text=marked(post.text, merged(texts), MARKED_AT_MOST),
        lines=tuple(map(_safe, islice(lines(said, post, w), _LINES))),
    )


def _titles(clause: Clause) -> Iterator[Span]:
    """What made it match in the title."""
    if not clause.holds or clause.kind == "not":
        return
    yield from clause.found.title
    if not clause.text or clause.kind == "named":
        for part in clause.parts:
            yield from _titles(part)


def _safe(line: Line) -> Line:
    """What strangers wrote, fit for a page."""
    return structs.replace(
        line,
        depth=min(line.depth, _DEEPEST),
        text=printable(line.text),
        words=tuple(map(printable, line.words)),
        notes=tuple(map(printable, line.notes)),
    )
