"""What must be known on every page: what is held back, which incidents nobody has taken, what I was told."""

from collections.abc import Sequence

from msgspec import Struct

from vigie.model import Incident, Notice, Pause
from vigie.web.house import House
from vigie.web.visitor import Visitor

SHOWN = 3
"""Bands of one kind; the others are a number behind a link."""
_TOLD = 20
"""Notices of mine that are looked through."""


class Held(Struct, frozen=True):
    """A pause in force and how many publications it holds."""

    pause: Pause
    count: int


class Frame(Struct, frozen=True):
    """The bands and the halt of a page.

    Attributes:
        seen: the change feed's id before anything of this was read.
        held: pauses in force, those of the whole house first.
        open: incidents that nobody has taken, the latest first.
        told: what reached my page, cannot wait and is about none of those.
    """

    seen: int
    held: tuple[Held, ...] = ()
    open: tuple[Incident, ...] = ()
    told: tuple[Notice, ...] = ()

    @property
    def all_held(self) -> Held | None:
        """The pause that holds everything, if one does."""
        return next((one for one in self.held if not one.pause.channels), None)


def frame(house: House, who: Visitor) -> Frame:
    """What this visitor's pages say."""
    seen = house.archive.last_change()
    if not who.may("read-publications"):
        return Frame(seen)
    pauses = sorted(house.publications.pauses(), key=lambda one: bool(one.channels))
    held = tuple(Held(one, len(house.publications.held(one.id))) for one in pauses)
    found = house.incidents.of_states(("open",)) if who.may("read-incidents") else []
    return Frame(seen, held, tuple(found), _told(house, who, found))


def waiting_incidents(house: House) -> int:
    """Incidents that are not over."""
    return len(house.incidents.of_states(("open", "acknowledged", "contained")))


def _told(house: House, who: Visitor, banded: Sequence[Incident]) -> tuple[Notice, ...]:
    unread = house.notices.unread(who.id)
    if not unread:
        return ()
    shown = {one.id for one in banded}
    latest = [notice for notice, _ in house.notices.for_person(who.id, min(unread, _TOLD))]
    return tuple(one for one in latest if one.urgency == "now" and one.incident not in shown)
