"""What changed: two versions of a draft side by side in one text."""

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from vigie.flows.drafts import compared
from vigie.web.guard import requires
from vigie.web.house import house_of
from vigie.web.pages.composer.page import Asked, title
from vigie.web.pages.composer.writing import there
from vigie.web.view import view, wording
from vigie.wording.alerts import channel_label


@get("/drafts/{id:int}/versions", guards=[requires("read-drafts")], sync_to_thread=True)
def versions(request: Asked, id: FromPath[int], old: FromQuery[int] = 0, new: FromQuery[int] = 0) -> Response[str]:
    """Two versions compared word by word: the last two unless others are asked for."""
    house = house_of(request)
    saved = there(house, id)
    kept = house.drafts.versions(id)  # a saved draft has one at least
    after = next((one for one in kept if one.version == new), kept[-1])
    before = next((one for one in kept if one.version == old), None)
    before = before or next((one for one in reversed(kept) if one.version < after.version), after)
    charter = house.charter()
    was, now = before.content, after.content
    texts = [("", compared(was.text, now.text))] + [
        (channel_label(charter, channel), compared(was.variants.get(channel, ""), now.variants.get(channel, "")))
        for channel in dict.fromkeys((*was.variants, *now.variants))
    ]
    return view(
        request,
        "composer/versions.html",
        saved=saved,
        title=title(saved.content.text) or wording(request)("composer.untitled"),
        kept=list(reversed(kept)),
        before=before,
        after=after,
        texts=texts,
        names={person.id: person.name for person in (charter.people if charter else ())},
    )
