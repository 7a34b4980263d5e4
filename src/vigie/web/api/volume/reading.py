"""The route of the volume, and its bars, which Today shows too."""

from typing import Annotated, Any, Literal, TypeAlias
from zoneinfo import ZoneInfo

from litestar import Request
from litestar.params import QueryParameter
from msgspec import Meta, Struct

from vigie.flows import volume as flow
from vigie.flows.volume import WINDOWS
from vigie.web.api import filters
from vigie.web.api.filters import By, Langs, Networks, Queries, Words
from vigie.web.api.routes import reads
from vigie.web.api.times import Instant, instant, instant_or_none
from vigie.web.house import house_of
from vigie.web.view import timezone

Asked = Request[Any, Any, Any]
Window: TypeAlias = Annotated[
    Literal["6h", "24h", "7d", "30d", "90d"],
    QueryParameter(description="How far back; the bars are 10 minutes, an hour or a day wide."),
]


class Usual(Struct, frozen=True):
    """What the same hours of earlier weeks make us expect: their mean, and a band around it."""

    middle: float
    low: float
    high: float


class Bar(Struct, frozen=True):
    """Posts written from ``start`` to before ``end``."""

    start: Instant
    end: Instant
    count: int
    usual: Usual | None


class Volume(Struct, frozen=True):
    """Bars from the oldest to the one that holds the present moment.

    ``above_since`` is when the present run of bars above the band began; null when things are as usual.
    """

    total: int
    expected: Annotated[int | None, Meta(description="How many are usual in all bars; null where nothing is expected.")]
    unexpected: Annotated[
        Literal["", "young", "search"],
        Meta(description="Why nothing is expected: the archive is young, or posts are searched by words or author."),
    ]
    above_since: Instant | None
    bars: tuple[Bar, ...]


class QueryVolume(Struct, frozen=True):
    """One query's volume."""

    query: str
    volume: Volume


class Volumes(Struct, frozen=True):
    """The chosen queries together, and each by itself; ``above`` are those above what is usual, the most so first."""

    window: str
    together: Volume
    each: tuple[QueryVolume, ...]
    above: tuple[str, ...]


@reads("/volume", "read-mentions")
def read_volume(
    request: Asked,
    *,
    queries: Queries = None,
    network: Networks = None,
    lang: Langs = None,
    author: By = "",
    q: Words = "",
    window: Window = "6h",
) -> Volumes:
    """Count mentions over time.

    Bar by bar up to now, beside what the same hours of earlier weeks had. Days are those of the house's time zone.
    """
    house = house_of(request)
    where = filters.filtered(queries, network, lang, author, q)
    zone = ZoneInfo(timezone(house.charter()))
    found = flow.volumes(house.archive, where, WINDOWS[window], house.clock(), zone)
    return Volumes(
        window=window,
        together=volume_out(found.together),
        each=tuple(QueryVolume(query, volume_out(one)) for query, one in found.each.items()),
        above=found.above,
    )


def volume_out(volume: flow.Volume) -> Volume:
    """A volume for the answer."""
    return Volume(
        total=volume.total,
        expected=volume.expected,
        unexpected=volume.unusual,
        above_since=instant_or_none(volume.since),
        bars=tuple(_bar(bar) for bar in volume.bars),
    )


def _bar(bar: flow.Bar) -> Bar:
    usual = Usual(bar.usual.middle, bar.usual.low, bar.usual.high) if bar.usual else None
    return Bar(instant(bar.start), instant(bar.end), bar.count, usual)
