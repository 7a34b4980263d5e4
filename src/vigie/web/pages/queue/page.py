"""The queue: what goes out next on each channel, and what did not go out as it should."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, get
from msgspec import Struct

from vigie.flows.scheduling import Offer, offers
from vigie.model import Publication, PublicationState
from vigie.web.guard import requires, visitor
from vigie.web.house import house_of
from vigie.web.pages.composer.lines import Line, allowed, lines
from vigie.web.view import timezone, view, wording
from vigie.wording import Wording
from vigie.wording.alerts import channel_label

Asked = Request[Any, Any, Any]
MOST = 500
_SHOWN = 50
"""Lines of one channel; the calendar has the others."""
_LATELY = 30 * 86_400_000
"""How far back recalls that are not done yet are looked for."""
_OPEN: tuple[PublicationState, ...] = ("scheduled", "publishing", "unconfirmed", "failed", "missed")


class Tail(Struct, frozen=True):
    """One channel's part of the queue. ``free`` are its next good moments that nothing has taken."""

    id: str
    label: str
    network: str
    connected: bool
    lines: tuple[Line, ...]
    more: int
    free: tuple[Offer, ...]


@get("/queue", guards=[requires("read-publications")], sync_to_thread=True)
def queue(request: Asked) -> Response[str]:
    """What goes out next."""
    house, w = house_of(request), wording(request)
    charter, now = house.charter(), house.clock()
    found = lines(waiting(house.publications.of_states(_OPEN, MOST)), charter, w, now)
    lately = house.publications.between(now - _LATELY, now)
    recalled = [one for one in lately if one.state == "published" and one.recall not in ("", "recalled")]
    tails = []
    for channel in charter.channels if charter else ():
        mine = [one for one in found if one.one.channel == channel.id and not one.troubled]
        tail = Tail(
            channel.id,
            channel_label(charter, channel.id),
            channel.network,
            bool(house.vault.get(f"channel:{channel.id}")),
            tuple(mine[:_SHOWN]),
            max(0, len(mine) - _SHOWN),
            tuple(offers(charter, (channel.id,), house.publications, now, 3)) if charter else (),
        )
        tails.append(tail)
    trouble = [one for one in found if one.troubled] + lines(recalled, charter, w, now)
    return view(
        request,
        "queue/page.html",
        tails=tails,
        trouble=trouble,
        headline=headline(found, w, timezone(charter), now),
        allowed=lambda line: allowed(line, visitor(request)),
        may_write=visitor(request).may("write-drafts"),
        names={person.id: person.name for person in (charter.people if charter else ())},
    )


def waiting(found: Sequence[Publication]) -> list[Publication]:
    """By when they go out."""
    return sorted(found, key=lambda one: (one.due, one.id))


def headline(found: Sequence[Line], w: Wording, tz: str, now: int) -> str:
    """One sentence about now."""
    trouble = sum(one.troubled for one in found)
    held = sum(one.stands == "held" for one in found)
    if trouble:
        return w.count("publications.headline.trouble", trouble)
    if held:
        return w.count("publications.headline.held", held)
    coming = [one for one in found if one.stands == "scheduled"]
    if not coming:
        return w("publications.headline.none")
    first = coming[0]
    at = {"when": w.when(first.one.due, tz, now), "channel": first.label}
    return w.count("publications.headline.next", len(coming), **at)
