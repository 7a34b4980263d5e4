"""A person's entry in the charter: added, changed, taken out; the rest of the file stays as it was written."""

from collections.abc import Callable
from typing import Annotated, Any

from litestar import Request, Response
from litestar.exceptions import PermissionDeniedException
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from vigie.charter import ROLES, Role, edit
from vigie.flows.rewrite import rewrite
from vigie.model import Act
from vigie.web.api.naming import check_id
from vigie.web.api.people.reading import EXAMPLE, Person, person_out, there
from vigie.web.api.problems import RefusedError, invalid_body, voice
from vigie.web.api.routes import writes
from vigie.web.guard import visitor
from vigie.web.house import House, house_of
from vigie.web.pages.people.staff import last_owner, member

Asked = Request[Any, Any, Any]


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """A person as the charter has them. What is null stays as it was; a new person is a reader."""

    name: Annotated[str, Meta(min_length=1, max_length=200, examples=["Inès Abgrall"])]
    email: Annotated[str, Meta(max_length=254)] | None = None
    roles: Annotated[tuple[Role, ...], Meta(min_length=1, max_length=5)] | None = None


@writes("PUT", "/people/{id:str}", "manage-people", also=201, example=EXAMPLE)
def put_person(request: Asked, id: FromPath[str], data: JSONBody[Entry]) -> Response[Person]:
    """Add or change a person.

    Name, address and roles, in the charter. An account is another matter: see the invitation.
    """
    house, say = house_of(request), voice(request)
    if house.charter() is None:
        raise RefusedError("no-charter")
    known = member(house, id)
    one = known if known and not known.stray else None
    if one is None:
        check_id(id, say)
    if not data.name.strip():
        raise invalid_body(say, "short", "#/name", least=1)
    roles = _roles(data, one.roles if one else ("reader",))
    if set(roles) != set(one.roles if one else ()) and not visitor(request).may("change-roles"):
        raise PermissionDeniedException(extra={"action": "change-roles"})
    if one and "owner" in one.roles and "owner" not in roles and last_owner(house, id):
        raise RefusedError("last-owner")
    email = (data.email if data.email is not None else one.email if one else "").strip()
    verb = "person.changed" if one else "person.added"
    _write(request, house, verb, id, lambda text: edit.put_person(text, id, name=data.name, email=email, roles=roles))
    return Response(person_out(there(house, id)), status_code=200 if one else 201)


@writes("DELETE", "/people/{id:str}", "manage-people", status=204, fails=(404,))
def drop_person(request: Asked, id: FromPath[str]) -> Response[None]:
    """Take a person out of the charter.

    Their account, if there is one, can then do nothing. To take this back, put the person again.
    """
    house = house_of(request)
    one = there(house, id)
    if one.stray:
        raise RefusedError("not-found")
    if not visitor(request).may("change-roles"):
        raise PermissionDeniedException(extra={"action": "change-roles"})
    if id == visitor(request).id:
        raise RefusedError("yourself")
    if last_owner(house, id):
        raise RefusedError("last-owner")
    _write(request, house, "person.dropped", id, lambda text: edit.drop_person(text, id))
    return Response(None, status_code=204)


def _write(request: Asked, house: House, verb: str, id: str, changed: Callable[[str], str]) -> None:
    act = Act(at=house.clock(), who=visitor(request).id, verb=verb, what=f"person:{id}")
    rewrite(house.charter_file, changed, house.parse_charter, act)


def _roles(data: Entry, before: tuple[str, ...]) -> tuple[Role, ...]:
    chosen = before if data.roles is None else data.roles
    return tuple(role for role in ROLES if role in chosen) or ("reader",)
