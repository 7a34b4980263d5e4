"""Pauses read."""

from typing import Any

from litestar import Request
from litestar.params import FromPath

from vigie import model
from vigie.web.api.paging import Items, Limit
from vigie.web.api.pauses.shapes import Pause, WholePause, held_out, pause_out
from vigie.web.api.problems import RefusedError
from vigie.web.api.routes import reads
from vigie.web.house import House, house_of
from vigie.web.pages.halt.pauses import flight

Asked = Request[Any, Any, Any]


@reads("/pauses", "read-publications")
def list_pauses(request: Asked, *, limit: Limit = 50) -> Items[Pause]:
    """List pauses and drills.

    The latest first; those in force have no `released_at` and are no drills.
    """
    return Items(tuple(map(pause_out, house_of(request).publications.latest_pauses(limit))))


@reads("/pauses/{id:int}", "read-publications", fails=(404,))
def read_pause(request: Asked, id: FromPath[int]) -> WholePause:
    """Read a pause with what it holds."""
    return whole(house_of(request), id)


def there(house: House, id: int) -> model.Pause:
    """A pause. Raises RefusedError."""
    found = house.publications.pause_of(id)
    if found is None:
        raise RefusedError("not-found")
    return found


def whole(house: House, id: int) -> WholePause:
    """A pause as it stands. Raises RefusedError."""
    pause = there(house, id)
    held = tuple(map(held_out, house.publications.held(id)))
    return WholePause(pause_out(pause), held, tuple(map(held_out, flight(house, pause))))
