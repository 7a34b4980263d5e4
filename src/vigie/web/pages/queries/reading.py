"""The shelf of queries, and what the parser and the sample say while somebody writes."""

from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery

from vigie.flows import queries as flow
from vigie.flows.queries import Card, Draft
from vigie.web.guard import requires, visitor
from vigie.web.house import House, house_of
from vigie.web.pages.queries.language import LANGUAGE
from vigie.web.pages.queries.sample import frequencies, look
from vigie.web.pages.queries.typed import faults, painted
from vigie.web.undo import UNDO
from vigie.web.view import fragment, view, wording
from vigie.wording import Wording

Asked = Request[Any, Any, Any]
Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
LONGEST = 60_000
"""Characters of a query that are read while typing."""
LONGEST_NAME = 60
"""Characters of what people call a query: it stands in sentences and on buttons."""


@get("/queries", guards=[requires("read-queries")], sync_to_thread=True)
def shelf_page(request: Asked, dropped: FromQuery[str] = "", restored: FromQuery[str] = "") -> Response[str]:
    """Every query with how it does."""
    house, w = house_of(request), wording(request)
    charter, archive, now = house.charter(), house.archive, house.clock()
    cards = flow.shelf(charter, archive, now, frequencies(house))
    undo = UNDO.get(dropped)
    return view(
        request,
        "queries/page.html",
        cards=cards,
        headline=headline(cards, flow.since_yesterday(charter, archive, now), w),
        may_edit=visitor(request).may("edit-queries"),
        state_words={state: f"queries.state.{state}" for state in ("broken", "costly", "silent")},
        undo=undo,
        dropped=flow.label_of(house.parse_charter(undo.done.before), undo.id) if undo else "",
        restored=flow.label_of(charter, restored),
        language=LANGUAGE,
    )


@get("/queries/-/language", guards=[requires("read-queries")], sync_to_thread=True)
def language_page(request: Asked) -> Response[str]:
    """The language in one page, and what the editor's figures mean."""
    return view(request, "queries/language.html", language=LANGUAGE)


@post("/queries/-/examine", guards=[requires("read-queries")], status_code=200, sync_to_thread=True)
def examined(request: Asked, data: Form) -> dict[str, Any]:
    """What the parser says of the text in the field: colours, faults, cost."""
    house, w = house_of(request), wording(request)
    draft = draft_of(data)
    said = flow.examine(draft.match, draft.id, flow.named(house.charter()), frequencies(house))
    context: dict[str, Any] = {
        "draft": draft,
        "faults": faults(said, w) if draft.match.strip() else [],
        "broken": bool(said.problems) and bool(draft.match.strip()),
        "cost": said.cost,
        "cheaper": said.cheaper,
        "may_edit": visitor(request).may("edit-queries"),
        "preview": None,
        **counted(house, draft.id if data.get("was") else ""),
    }
    return {
        "readable": said.query is not None,
        **painted(said),
        "verdict": fragment(request, "queries/_verdict.html", **context).content,
        "figures": fragment(request, "queries/_figures.html", **context).content,
    }


@post("/queries/-/preview", guards=[requires("read-queries")], status_code=200, sync_to_thread=True)
def previewed(request: Asked, data: Form) -> Response[str]:
    """What the text in the field would have found in the sample."""
    house = house_of(request)
    draft = draft_of(data)
    said = flow.examine(draft.match, draft.id, flow.named(house.charter()))
    seen = look(house, said.query, wording(request)) if said.query else None
    return fragment(request, "queries/_preview.html", preview=seen)


def draft_of(data: dict[str, str], id: str = "") -> Draft:
    """What a form says, its lines ended as the charter ends them."""
    keep = data.get("keep_days", "").strip()
    return Draft(
        id=id or data.get("id", "").strip(),
        name=" ".join(data.get("name", "").split())[:LONGEST_NAME],
        purpose=" ".join(data.get("purpose", "").split()),
        match=data.get("match", "").replace("\r\n", "\n").rstrip()[:LONGEST],
        keep_days=int(keep) if keep.isascii() and keep.isdigit() and len(keep) < 6 else None,  # noqa: PLR2004 - years
    )


def counted(house: House, id: str) -> dict[str, int | None]:
    """Mentions of the last 30 days and the version they were found with; none for a query that is not there yet."""
    version = version_of(house, id) if id else 0
    return {"version": version, "stored": flow.stored(house.archive, id, house.clock()) if version else None}


def version_of(house: House, id: str) -> int:
    """The number the listening role knows a query by; 0 before it has taken it up."""
    return max((version.number for version in house.archive.queries() if version.id == id), default=0)


def quoted(ids: Sequence[str], w: Wording) -> str:
    """Names of queries in a sentence: « a », « b » et « c »."""
    return w.list([w("queries.quoted", name=id) for id in ids])


def headline(cards: tuple[Card, ...], today: int, w: Wording) -> str:
    """One sentence about how the queries do now: the worst first. ``today``: mentions since yesterday at this hour."""
    if not cards:
        return w("queries.headline.none")
    broken = [card.label for card in cards if card.state == "broken"]
    if broken:
        return w.count("queries.headline.broken", len(broken), queries=quoted(broken, w))
    silent = [card.label for card in cards if card.state == "silent"]
    if len(silent) == len(cards):
        return w("queries.headline.all_silent")
    if silent and len(silent) <= 3:  # noqa: PLR2004 - more names than that are no sentence
        return w.count("queries.headline.silent", len(silent), queries=quoted(silent, w))
    return w.count("queries.headline.day", today) if today else w("queries.headline.no_day")
