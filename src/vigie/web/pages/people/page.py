"""The list of people, and one of them."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from vigie.charter import ROLES, CharterError
from vigie.web.guard import requires, visitor
from vigie.web.house import house_of
from vigie.web.pages.people.staff import last_owner, member, members
from vigie.web.undo import UNDO
from vigie.web.view import view, wording

Asked = Request[Any, Any, Any]


@get("/people", guards=[requires("manage-people")], sync_to_thread=True)
def people_page(request: Asked, removed: FromQuery[str] = "") -> Response[str]:
    """Everyone, with the roles of the charter; ``removed`` names somebody who just left and can be put back."""
    everyone = members(house_of(request))
    return view(
        request,
        "people/page.html",
        people=[one for one in everyone if not one.stray],
        strays=[one for one in everyone if one.stray],
        able=sum(one.state == "open" and not one.stray for one in everyone),
        removed=removed,
        gone=_gone(request, removed),
    )


@get("/people/{id:str}", guards=[requires("manage-people")], sync_to_thread=True)
def person_page(request: Asked, id: FromPath[str]) -> Response[str]:
    """One person: what they may do, and their account."""
    return sheet(request, id)


def sheet(request: Asked, id: str, status: int = 200, **more: Any) -> Response[str]:
    """The same after a form: with an error in its place, or a link that is shown once."""
    house, who = house_of(request), visitor(request)
    one = member(house, id)
    if one is None:
        raise NotFoundException
    context: dict[str, Any] = {
        "one": one,
        "roles": ROLES,
        "me": one.id == who.id,
        "last": last_owner(house, id),
        "may_roles": who.may("change-roles"),
        "link": "",
        "errors": [],
    }
    return view(request, "people/person.html", status=status, **(context | more))


def _gone(request: Asked, removed: str) -> str:
    """The name of somebody just taken out; empty when that can no longer be taken back."""
    house, held = house_of(request), UNDO.get(removed)
    if held is None or house.charter_digest() != held.token:
        return ""
    person = house.parse_charter(held.done.before).person(held.id)
    return person.name if person else ""


def said(request: Asked, error: CharterError) -> list[str]:
    """What a charter error says, a sentence each."""
    w = wording(request)
    return [w(one.code, **one.values) if w.has(one.code) else f"{one.path}: {one.code}" for one in error.problems]
