"""The route of Today."""

from typing import Any
from zoneinfo import ZoneInfo

from litestar import Request
from msgspec import Struct

from vigie.flows import today as flow
from vigie.web.api.problems import RefusedError
from vigie.web.api.routes import reads
from vigie.web.api.shapes import Mention, mention_out
from vigie.web.api.times import Instant, instant, instant_or_none
from vigie.web.api.volume.reading import Volume, volume_out
from vigie.web.house import house_of
from vigie.web.pages.listening.watching import watched_by

Asked = Request[Any, Any, Any]


class Surge(Struct, frozen=True):
    """A query above its usual level: ``count`` posts since ``since``, where ``expected`` are usual."""

    query: str
    since: Instant
    count: int
    expected: int


class Flood(Struct, frozen=True):
    """A query that finds more than anybody reads."""

    query: str
    a_day: int


class Lately(Struct, frozen=True):
    """A query's latest mentions, and how many it has since midnight."""

    query: str
    today: int
    mentions: tuple[Mention, ...]


class Today(Struct, frozen=True):
    """The day so far. ``calm``: nobody is needed.

    ``troubled`` are sources that are down or late, ``silent`` queries that found nothing in a month.
    """

    calm: bool
    surges: tuple[Surge, ...]
    troubled: tuple[str, ...]
    silent: tuple[str, ...]
    floods: tuple[Flood, ...]
    lately: tuple[Lately, ...]
    tide: Volume
    latest: Instant | None


@reads("/today", "read-mentions", fails=(409,))
def read_today(request: Asked) -> Today:
    """See what asks for somebody now.

    Queries above their usual level, sources in trouble, queries to look at again, the latest mentions of each, and the
    day hour by hour from midnight to midnight of the house's time zone.
    """
    house = house_of(request)
    charter = house.charter()
    if charter is None:
        raise RefusedError("no-charter")
    found = flow.today(house.archive, charter, watched_by(house), house.clock(), ZoneInfo(charter.company.timezone))
    return Today(
        calm=found.calm,
        surges=tuple(Surge(one.query, instant(one.since), one.count, one.expected) for one in found.surges),
        troubled=tuple(state.id for state in found.troubled),
        silent=found.silent,
        floods=tuple(Flood(one.query, one.a_day) for one in found.floods),
        lately=tuple(
            Lately(one.query, one.today, tuple(mention_out(row.mention, row.marks) for row in one.rows))
            for one in found.lately
        ),
        tide=volume_out(found.tide),
        latest=instant_or_none(found.latest),
    )
