"""Two people at one draft: the second sees who changed what, and chooses; nothing of either is lost."""

from typing import Any

from litestar import Request, Response

from vigie.flows.drafts import compared
from vigie.model import Content, SavedDraft
from vigie.web.house import house_of
from vigie.web.pages.composer.form import written
from vigie.web.view import fragment, timezone, view
from vigie.wording.alerts import channel_label

Asked = Request[Any, Any, Any]


def meeting(request: Asked, mine: Content, theirs: SavedDraft) -> dict[str, Any]:
    """For the page's script: what to show, and the revision to save from when mine is put back."""
    shown = fragment(request, "composer/_meeting.html", script=True, **_context(request, mine, theirs))
    return {"id": theirs.id, "revision": theirs.revision, "meeting": shown.content}


def meeting_page(request: Asked, mine: Content, theirs: SavedDraft) -> Response[str]:
    """The same as a page."""
    return view(request, "composer/meeting.html", status=409, script=False, **_context(request, mine, theirs))


def _context(request: Asked, mine: Content, theirs: SavedDraft) -> dict[str, Any]:
    house = house_of(request)
    charter = house.charter()
    person = charter.person(theirs.saved_by) if charter else None
    texts = [("", mine.text, theirs.content.text)] + [
        (channel_label(charter, id), mine.variants.get(id, ""), theirs.content.variants.get(id, ""))
        for id in dict.fromkeys((*mine.variants, *theirs.content.variants))
    ]
    return {
        "mine": mine,
        "theirs": theirs,
        "name": person.name if person else theirs.saved_by,
        "when": written(mine.when, timezone(charter)),
        "texts": [(name, compared(there, here)) for name, here, there in texts if here != there],
        "others": mine.text == theirs.content.text and mine.variants == theirs.content.variants,
    }
