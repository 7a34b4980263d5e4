"""Where a draft stands with those who approve it, for the pages."""

from typing import Literal, TypeAlias

from vigie.charter import allows
from vigie.desk import approving
from vigie.flows.approving import Review, Rooms, review
from vigie.flows.check_draft import Checked
from vigie.model import SavedDraft
from vigie.web.house import House
from vigie.web.visitor import Visitor

Next: TypeAlias = Literal["ask", "schedule", "hand-over"]
"""What the composer leads to: asking those who approve, scheduling, or asking somebody who may schedule."""


def rooms(house: House) -> Rooms:
    """Where approving reads and writes."""
    return Rooms(house.drafts, house.publications, house.notices)


def review_of(house: House, saved: SavedDraft, checked: Checked) -> Review:
    """The answers to a saved draft and who has still to give one."""
    return review(rooms(house), saved, house.charter(), checked, house.clock())


def next_act(house: House, checked: Checked, who: Visitor) -> Next:
    """What the charter asks for next, were the draft done now."""
    charter = house.charter()
    findings = tuple(one.finding for one in checked.remarks)
    if approving.needed(charter.approvals if charter else (), checked.drafts, findings):
        return "ask"
    return "schedule" if who.may("schedule") else "hand-over"


def who_may(house: House, action: Literal["approve", "schedule", "recall", "connect-accounts"]) -> list[str]:
    """Names of the people of the house who may do something."""
    charter = house.charter()
    return [one.name for one in (charter.people if charter else ()) if allows(one.roles, action)]
