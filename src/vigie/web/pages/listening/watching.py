"""The charter's queries and the reader's place, as each request needs them."""

from typing import Any

from litestar import Request

from vigie.flows.mentions import Watched, watched
from vigie.web.house import House, house_of
from vigie.web.pages.listening.rows import Place
from vigie.web.view import timezone, wording
from vigie.wording import Wording

_ready: dict[str, Watched] = {}
"""The last charter's queries, parsed once; by the charter's digest."""


def watched_by(house: House) -> Watched:
    """The queries of the charter in force, ready to mark words."""
    charter = house.charter()
    if charter is None:
        return watched(())
    found = _ready.get(charter.digest)
    if found is None:
        found = watched((query.id, query.purpose, query.match) for query in charter.queries)
        _ready.clear()
        _ready[charter.digest] = found
    return found


def place_of(request: Request[Any, Any, Any]) -> Place:
    """The reader's language, the house's clock and the present moment."""
    house = house_of(request)
    return place_in(house, wording(request))


def place_in(house: House, w: Wording) -> Place:
    """The same for words that are chosen already."""
    charter = house.charter()
    names = {query.id: query.label for query in charter.queries} if charter else {}
    return Place(w, timezone(charter), house.clock(), names)
