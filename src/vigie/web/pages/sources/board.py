"""The board of sources, and one source with what it sent that nobody could read."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from vigie.flows import sources as flow
from vigie.flows.sources import Row
from vigie.model import Millis
from vigie.web.guard import requires, visitor
from vigie.web.house import House, house_of
from vigie.web.pages.sources.forms import ABSENT, WITHOUT_ACCOUNT, form_of, shown
from vigie.web.pages.sources.said import facts, headline, one_line, pace, reject_sentence, trouble
from vigie.web.undo import UNDO
from vigie.web.view import fragment, timezone, view, wording

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
def board_page(
    request: Asked,
    *,
    removed: FromQuery[str] = "",
    restored: FromQuery[str] = "",
    saved: FromQuery[str] = "",
    late: FromQuery[bool] = False,
) -> Response[str]:
    """Every source with how it is, kept up to date."""
    return view(
        request,
        "sources/page.html",
        **_drawn(request),
        may_edit=visitor(request).may("edit-sources"),
        undo=UNDO.get(removed),
        restored=restored,
        saved=saved,
        late=late,
        swapped=False,
        suggested=_suggested(request),
        change=house_of(request).archive.last_change(),
    )


@get("/sources/-/rows", guards=[requires("read-sources")], sync_to_thread=True)
def rows(request: Asked) -> Response[str]:
    """The board alone, for pages that are open."""
    return fragment(request, "sources/_rows.html", **_drawn(request), swapped=True)


@get("/sources/{id:str}", guards=[requires("read-sources")], sync_to_thread=True)
def source_page(request: Asked, id: FromPath[str]) -> Response[str]:
    """One source: how it is, how it is read, and what could not be read of it."""
    house = house_of(request)
    row = next((row for row in board(house) if row.spec.id == id), None)
    if row is None:
        raise NotFoundException
    return one(request, row)


def one(
    request: Asked,
    row: Row,
    *,
    errors: dict[str, str] | None = None,
    filled: dict[str, Any] | None = None,
    status: int = 200,
) -> Response[str]:
    """A source's page, its form as the charter has it or as it was just filled."""
    house, w = house_of(request), wording(request)
    form = form_of(row.spec.network, needs_token=row.needs_token)
    return view(
        request,
        "sources/source.html",
        status=status,
        row=row,
        headline=one_line(row, w, house.clock(), timezone(house.charter())),
        said=lambda state: trouble(state, w),
        pace=pace,
        said_reject=lambda reason: reject_sentence(reason, w),
        form=form,
        values=filled or {asked.name: shown(asked, row.spec) for asked in form.fields},
        errors=errors or {},
        may_edit=visitor(request).may("edit-sources"),
        changeable=row.spec.network in house.networks and row.spec.network not in ABSENT,
        quarantine=quarantine(house, row.spec.id),
    )


def _suggested(request: Asked) -> list[str]:
    """Networks that ask for no account and that the house does not read yet, for who may add them."""
    if not visitor(request).may("edit-sources"):
        return []
    house = house_of(request)
    charter = house.charter()
    read = {spec.network for spec in charter.listening.sources} if charter else set()
    return [name for name in WITHOUT_ACCOUNT if name in house.networks and name not in read]


def _drawn(request: Asked) -> dict[str, Any]:
    """What the board's rows are drawn with."""
    house, w = house_of(request), wording(request)
    found, now, tz = board(house), house.clock(), timezone(house.charter())
    return {
        "rows": found,
        "headline": headline(found, w, now, tz),
        "facts": lambda row: facts(row, w, now, tz),
        "said": lambda state: trouble(state, w),
    }


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
    r"""Bytes as text that cannot play tricks: what does not print is written as its code.

    >>> print(visible(b'{"a": "\x00\xff\xe2\x80\xaex"}'))
    {"a": "\x00\xff\u202ex"}
    """
    text = raw.decode("utf-8", "backslashreplace")
    return "".join(
        sign if sign.isprintable() or sign == "\n" else sign.encode("unicode_escape").decode() for sign in text
    )
