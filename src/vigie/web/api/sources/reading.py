"""The board of sources, one of them, and its quarantine."""

from typing import Annotated, Any

from litestar import Request
from litestar.params import FromPath
from msgspec import Meta, Struct

from vigie.flows.sources import Health, Row
from vigie.web.api.paging import Items, Limit
from vigie.web.api.problems import RefusedError, voice
from vigie.web.api.routes import reads
from vigie.web.api.times import Instant, instant, instant_or_none
from vigie.web.house import House, house_of
from vigie.web.pages.sources.board import board, visible
from vigie.web.pages.sources.said import reject_sentence, trouble
from vigie.wording import Wording

Asked = Request[Any, Any, Any]
Options = dict[str, str | int | bool | tuple[str, ...]]


class Trouble(Struct, frozen=True):
    """Why a source is down: a code, a sentence, and what the other side said in its own words."""

    code: str
    sentence: str
    detail: str
    at: Instant | None


class Source(Struct, frozen=True):
    """A source of the charter and how it is. Its token, if it has one, is never shown."""

    id: str
    network: str
    address: str
    options: Options
    health: Annotated[Health, Meta(description="ended: there is nothing more to read.")]
    lag_ms: Annotated[int | None, Meta(description="How far behind its network; null where that cannot be told.")]
    rate: Annotated[float, Meta(description="Events a second over the last minute.")]
    events: int
    posts: int
    kept: int
    latest: Annotated[Instant | None, Meta(description="When the newest event read happened.")]
    last_post_at: Instant | None
    trouble: Trouble | None
    retry_at: Instant | None
    rejected: Annotated[dict[str, int], Meta(description="Events that nobody could read, by reason.")]
    has_token: bool
    needs_token: bool


class Rejected(Struct, frozen=True):
    """An event that nobody could read; ``raw`` is its beginning, what does not print written as its code."""

    at: Instant
    reason: str
    sentence: str
    detail: str
    raw: str


@reads("/sources", "read-sources")
def list_sources(request: Asked) -> Items[Source]:
    """List sources.

    In the charter's order, each with how it is.
    """
    return Items(tuple(source_out(row, voice(request)) for row in board(house_of(request))))


@reads("/sources/{id:str}", "read-sources", fails=(404,))
def read_source(request: Asked, id: FromPath[str]) -> Source:
    """Read a source."""
    return source_out(row_of(house_of(request), id), voice(request))


@reads("/sources/{id:str}/quarantine", "read-sources", fails=(404,))
def list_quarantine(request: Asked, id: FromPath[str], *, limit: Limit = 20) -> Items[Rejected]:
    """List events of a source that nobody could read.

    The latest first; 200 are kept for each source.
    """
    house, say = house_of(request), voice(request)
    row_of(house, id)
    found = house.archive.quarantine(id, limit)
    return Items(
        tuple(
            Rejected(instant(at), reason, reject_sentence(reason, say), detail, visible(raw))
            for at, reason, detail, raw in found
        )
    )


def row_of(house: House, id: str) -> Row:
    """A source of the charter. Raises RefusedError."""
    row = next((row for row in board(house) if row.spec.id == id), None)
    if row is None:
        raise RefusedError("not-found")
    return row


def source_out(row: Row, say: Wording) -> Source:
    """A source for the answer."""
    spec, state = row.spec, row.state
    wrong = None
    if state.error:
        wrong = Trouble(state.error, trouble(state, say), state.error_detail, instant_or_none(state.error_at))
    return Source(
        id=spec.id,
        network=spec.network,
        address=spec.address,
        options=spec.options,
        health=row.health,
        lag_ms=row.lag,
        rate=state.rate,
        events=state.events,
        posts=state.posts,
        kept=state.kept,
        latest=instant_or_none(state.latest),
        last_post_at=instant_or_none(state.last_post_at),
        trouble=wrong,
        retry_at=instant_or_none(state.retry_at),
        rejected=state.rejected,
        has_token=row.has_token,
        needs_token=row.needs_token,
    )
