"""The route of health. It is open, so it counts sources and names none."""

from typing import Any, Literal

from litestar import Request, Response
from msgspec import Struct

from vigie.flows.ports.pulse import STALE
from vigie.flows.sources import health
from vigie.web.api.routes import OPEN_TO_ALL, reads
from vigie.web.api.times import Instant, instant
from vigie.web.house import house_of

Asked = Request[Any, Any, Any]


class Role(Struct, frozen=True):
    """A part of Vigie that runs by itself. ``trouble`` is a code, ``disk-full``."""

    role: str
    alive: bool
    trouble: str


class Health(Struct, frozen=True):
    """``degraded`` when a source is down, or a role does not run or has trouble."""

    status: Literal["ok", "degraded"]
    sources: int
    down: int
    roles: tuple[Role, ...]
    at: Instant


@reads("/health", OPEN_TO_ALL, example=Health("ok", 2, 0, (), instant(1_794_501_720_000)), fails=(503,))
def read_health(request: Asked) -> Response[Health]:
    """See whether Vigie can read now.

    Status 200 when every source reads and every role runs, 503 otherwise, with the same body.
    """
    house = house_of(request)
    now = house.clock()
    states = house.archive.sources()
    down = sum(health(state, now) == "down" for state in states)
    roles = tuple(Role(one.role, 0 <= now - one.at < STALE, one.trouble) for one in house.pulses() if one.at)
    well = not down and all(one.alive and not one.trouble for one in roles)
    body = Health("ok" if well else "degraded", len(states), down, roles, instant(now))
    return Response(body, status_code=200 if well else 503)
