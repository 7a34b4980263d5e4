"""The board of sources, and one source with what it sent that nobody could read."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from msgspec import Struct

from vigie.flows import sources as flow
from vigie.flows.sources import Row
from vigie.model import Millis
from vigie.web.guard import requires, visitor
from vigie.web.house import House, house_of
from vigie.web.pages.sources.forms import ABSENT, form_of, shown
from vigie.web.undo import UNDO
from vigie.web.view import fragment, timezone, view, wording
from vigie.wording import Wording

Asked = Request[Any, Any, Any]
RAW_SHOWN = 600
"""Bytes of a rejected event that the page shows."""


class Rejected(Struct, frozen=True):
    """Something a network sent that nobody could read; ``raw`` as text, every sign that hides made visible."""

    at: Millis
    reason: str
    detail: str
    raw: str
    cut: bool


@get("/sources", guards=[requires("read-sources")], sync_to_thread=True)
def board_page(request: Asked, removed: str = "", restored: str = "", saved: str = "") -> Response[str]:
    """Every source with how it is, kept up to date."""
    house = house_of(request)
    found = board(house)
    w = wording(request)
    return view(
        request,
        "sources/page.html",
        rows=found,
        headline=headline(found, w, house.clock(), timezone(house.charter())),
        may_edit=visitor(request).may("edit-sources"),
        undo=UNDO.get(removed),
        restored=restored,
        saved=saved,
        can_undo=True,
    )


@get("/sources/-/rows", guards=[requires("read-sources")], sync_to_thread=True)
def rows(request: Asked) -> Response[str]:
    """The board alone, for pages that are open."""
    house = house_of(request)
    found = board(house)
    said = headline(found, wording(request), house.clock(), timezone(house.charter()))
    return fragment(request, "sources/_rows.html", rows=found, headline=said, swapped=True)


@get("/sources/{id:str}", guards=[requires("read-sources")], sync_to_thread=True)
def source_page(request: Asked, id: str) -> Response[str]:
    """One source: how it is, how it is read, and what could not be read of it."""
    house = house_of(request)
    row = next((row for row in board(house) if row.spec.id == id), None)
    if row is None:
        raise NotFoundException
    return one(request, row)


def one(
    request: Asked, row: Row, *, errors: dict[str, str] | None = None, filled: dict[str, Any] | None = None, status: int = 200
) -> Response[str]:
    """A source's page, its form as the charter has it or as it was just filled."""
    house = house_of(request)
    form = form_of(row.spec.network, needs_token=row.needs_token)
    return view(
        request,
        "sources/source.html",
        status=status,
        row=row,
        form=form,
        values=filled or {asked.name: shown(asked, row.spec) for asked in form.fields},
        errors=errors or {},
        may_edit=visitor(request).may("edit-sources"),
        changeable=row.spec.network in house.networks and row.spec.network not in ABSENT,
        quarantine=quarantine(house, row.spec.id),
    )


def board(house: House) -> tuple[Row, ...]:
    """The charter's sources with their states."""
    return flow.board(house.charter(), house.archive.sources(), house.networks, house.vault.names(), house.clock())


def quarantine(house: House, id: str) -> list[Rejected]:
    """The latest events of a source that could not be read, newest first."""
    return [
        Rejected(at, reason, detail, visible(raw[:RAW_SHOWN]), len(raw) > RAW_SHOWN)
        for at, reason, detail, raw in house.archive.quarantine(id)
    ]


def visible(raw: bytes) -> str:
    """Bytes as text that cannot play tricks: what does not print is written as its code.

    >>> visible(b'{"a": "\\x00\\xff\\xe2\\x80\\xaex"}')
    '{"a": "\\\\x00\\\\xff\\\\u202ex"}'
    """
    text = raw.decode("utf-8", "backslashreplace")
    return "".join(sign if sign.isprintable() or sign == "\n" else sign.encode("unicode_escape").decode() for sign in text)


def headline(rows: Sequence[Row], w: Wording, now: Millis, tz: str) -> str:
    """One sentence about how the sources are now: the worst first."""
    if not rows:
        return w("sources_page.headline.none")
    down = [row for row in rows if row.health == "down"]
    if len(down) == 1:
        return w("sources_page.headline.down", name=down[0].spec.id, when=_since(down[0], w, now, tz))
    if down:
        return w("sources_page.headline.downs", names=w.list([row.spec.id for row in down[:4]]))
    slow = max((row for row in rows if row.health == "slow"), key=lambda row: row.lag or 0, default=None)
    if slow is not None:
        return w("sources_page.headline.slow", name=slow.spec.id, lag=w.duration(slow.lag or 0))
    if all(row.health == "waiting" for row in rows):
        return w("sources_page.headline.waiting")
    lags = [row.lag for row in rows if row.lag is not None]
    return w("sources_page.headline.well_lag", lag=w.duration(max(lags))) if lags else w("sources_page.headline.well")


def _since(row: Row, w: Wording, now: Millis, tz: str) -> str:
    return w.when(row.state.error_at or row.state.since or now, tz, now)
