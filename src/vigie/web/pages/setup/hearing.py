"""What the typed words become: the query, or what hinders it."""

from msgspec import Struct

from vigie.flows.queries import examine
from vigie.flows.setup import listening_query
from vigie.query import Query
from vigie.wording import Wording


class Heard(Struct, frozen=True):
    """The query made of the words, and the first thing wrong with it. Both empty when nothing was typed."""

    text: str
    query: Query | None = None
    problem: str = ""
    hint: str = ""


def heard(words: str, name: str, w: Wording) -> Heard:
    """Turns what was typed into a query and reads it."""
    text = listening_query(words, name)
    if not text:
        return Heard("")
    said = examine(text, "brand", {})
    if said.query is not None:
        return Heard(text, said.query)
    first = said.problems[0]
    hint = w(first.hint, **first.values) if w.has(first.hint) else ""
    return Heard(text, None, w(first.code, **first.values), hint)
