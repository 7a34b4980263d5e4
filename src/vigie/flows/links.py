"""Which links of a draft to try, and what each answered: handed to the checks as `Facts.links`."""

from collections.abc import Iterable

from vigie.flows.ports.fetch import Fetch, FetchError
from vigie.model import Draft
from vigie.text.signs import links

MOST = 10
"""Links of one draft that are tried."""
SECONDS = 3.0
_BYTES = 1_024
"""Read of a page, when its head could not be asked for."""
_NO_HEAD = frozenset((400, 403, 404, 405, 406, 429, 500, 501, 503))
"""Answers to HEAD that many sites give only because they do not know it."""
_NOBODY = frozenset(("unreachable", "too-many-redirects"))


def to_try(draft: Draft, known: Iterable[str] = ()) -> tuple[str, ...]:
    """The draft's links that nobody tried yet, each once, as they are written; at most `MOST`."""
    seen = set(known)
    found = dict.fromkeys(draft.text[span.start : span.end] for span in links(draft.text))
    return tuple(url for url in found if url not in seen)[:MOST]


async def tried(url: str, fetch: Fetch) -> dict[str, int | None]:
    """What an address answered, under itself: an HTTP status, or None when nothing answers there.

    Empty when nothing is known of it: it may not be asked (inside the house, no address at all), or answers too late (a
    slow site is not a dead one). Try several side by side, and put what comes together.
    """
    try:
        status = (await fetch(url, method="HEAD", limit=0, seconds=SECONDS)).status
        if status in _NO_HEAD:
            status = (await fetch(url, limit=_BYTES, seconds=SECONDS)).status
    except FetchError as error:
        return {url: None} if error.code in _NOBODY else {}
    return {url: status}
