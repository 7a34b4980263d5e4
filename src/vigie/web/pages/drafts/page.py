"""The list of drafts: the last written first."""

from typing import Any, Literal, TypeAlias

from litestar import Request, Response, get
from litestar.params import FromQuery

from vigie.charter import Charter
from vigie.flows.ports.drafts import OPEN
from vigie.model import DraftState, SavedDraft
from vigie.web.guard import requires, visitor
from vigie.web.house import house_of
from vigie.web.pages.composer.page import title
from vigie.web.view import view, wording
from vigie.wording import Wording
from vigie.wording.alerts import channel_label

Asked = Request[Any, Any, Any]
MOST = 200
Which: TypeAlias = Literal["open", "review", "approved", "scheduled", "gone"]
_WHICH: dict[Which, tuple[DraftState, ...]] = {
    "open": (*OPEN, "expired"),
    "review": ("in_review",),
    "approved": ("approved",),
    "scheduled": ("scheduled",),
    "gone": ("discarded", "rejected"),
}


@get("/drafts", guards=[requires("read-drafts")], sync_to_thread=True)
def drafts(request: Asked, which: FromQuery[Which] = "open", gone: FromQuery[int] = 0) -> Response[str]:
    """What is being written; ``gone`` was just discarded and can be brought back."""
    house, w = house_of(request), wording(request)
    charter = house.charter()
    found = house.drafts.latest(_WHICH[which], MOST)
    return view(
        request,
        "drafts/page.html",
        which=which,
        whiches=tuple(_WHICH),
        drafts=[(one, title(one.content.text) or w("composer.untitled"), _on(one, charter)) for one in found],
        headline=_headline(house.drafts.latest(_WHICH["open"], MOST), w),
        names={person.id: person.name for person in (charter.people if charter else ())},
        gone=house.drafts.get(gone) if gone else None,
        may_write=visitor(request).may("write-drafts"),
    )


def _on(draft: SavedDraft, charter: Charter | None) -> list[tuple[str, str]]:
    """(network, what people call the channel)."""
    found = []
    for id in draft.content.channels:
        channel = charter.channel(id) if charter else None
        found.append((channel.network if channel else "", channel_label(charter, id)))
    return found


def _headline(found: list[SavedDraft], w: Wording) -> str:
    """One sentence about now: what waits for somebody comes first."""
    if not found:
        return w("drafts.headline.none")
    asked = sum(one.state == "in_review" for one in found)
    approved = sum(one.state == "approved" for one in found)
    said = [w.count("drafts.headline.review", asked)] if asked else []
    said += [w.count("drafts.headline.approved", approved)] if approved else []
    return " ".join(said) or w.count("drafts.headline.writing", len(found))
