"""Letting go: one person proposes, another one agrees."""

from typing import Annotated

from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from vigie.desk.when import wall_of
from vigie.flows import pausing
from vigie.flows.ports.publications import ReleaseError
from vigie.model import Fate, HeldChoice
from vigie.web.api.incidents.shapes import milliseconds
from vigie.web.api.pauses.reading import Asked, there, whole
from vigie.web.api.pauses.shapes import WholePause
from vigie.web.api.problems import RefusedError, invalid_body, voice
from vigie.web.api.routes import writes
from vigie.web.api.times import Instant
from vigie.web.house import house_of
from vigie.web.pages.composer.page import doing
from vigie.web.pages.halt.releasing import past
from vigie.web.view import timezone


class NewChoice(Struct, frozen=True, forbid_unknown_fields=True):
    """What is to become of one held publication. ``due`` for ``reschedule`` alone."""

    publication: int
    fate: Fate
    due: Instant | None = None


class NewRelease(Struct, frozen=True, forbid_unknown_fields=True):
    """A choice for each held publication."""

    choices: Annotated[tuple[NewChoice, ...], Meta(max_length=10_000)]


@writes("PUT", "/pauses/{id:int}/release", "release", fails=(404,))
def propose_release(request: Asked, id: FromPath[int], data: JSONBody[NewRelease]) -> WholePause:
    """Propose to resume.

    Another proposal takes the place of the one before. In a house where nobody else may resume, publishing resumes.
    """
    house, say = house_of(request), voice(request)
    there(house, id)
    zone = timezone(house.charter())
    choices = []
    for one in data.choices:
        due = milliseconds(one.due) if one.fate == "reschedule" else None
        choices.append(HeldChoice(one.publication, one.fate, due, wall_of(due, zone) if due is not None else ""))
    if past(choices, house.clock()):
        raise invalid_body(say, "future", "#/choices")
    try:
        pausing.propose(house.publications, house.charter(), id, choices, doing(request))
    except ReleaseError as error:
        raise _refused(error) from error
    return whole(house, id)


@writes("POST", "/pauses/{id:int}/agree", "release", fails=(404,))
def agree_release(request: Asked, id: FromPath[int]) -> WholePause:
    """Agree to resume.

    Somebody else has proposed it.
    """
    house = house_of(request)
    there(house, id)
    try:
        pausing.agree(house.publications, id, doing(request))
    except ReleaseError as error:
        raise _refused(error) from error
    return whole(house, id)


def _refused(error: ReleaseError) -> RefusedError:
    numbers = ", ".join(map(str, error.publications))
    return RefusedError(error.code, values={"publications": numbers} if error.code == "undecided" else {})
