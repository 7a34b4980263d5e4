"""A person's entry in the charter: added, changed, taken out; the rest of the file stays as it was written."""

import re
from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body, FromPath
from litestar.response import Redirect
from msgspec import Struct

from vigie.charter import ROLES, CharterError, Role, edit
from vigie.flows.ports.charter_file import CharterMovedError
from vigie.flows.rewrite import Rewritten, rewrite, take_back
from vigie.model import Act
from vigie.web.guard import requires, visitor
from vigie.web.house import House, house_of
from vigie.web.pages.people.access import open_account
from vigie.web.pages.people.page import said, sheet
from vigie.web.pages.people.staff import free_id, last_owner, member
from vigie.web.undo import UNDO, Undo
from vigie.web.view import done, view

Asked = Request[Any, Any, Any]
_OWNERS = [requires("manage-people"), requires("change-roles")]
_ID = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_TAKEN_BY_PAGES = frozenset({"new"})


class EntryForm(Struct):
    """A person as typed; one role comes as a string."""

    id: str = ""
    name: str = ""
    email: str = ""
    roles: list[str] | str = []


class UndoForm(Struct):
    """``removed``: the change to take back."""

    removed: str = ""


Entry = Annotated[EntryForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/people/new", guards=_OWNERS, sync_to_thread=True)
def new(request: Asked) -> Response[str]:
    """An empty form."""
    return _form(request, EntryForm(roles=["reader"]))


@post("/people/new", guards=_OWNERS, sync_to_thread=True)
def add(request: Asked, data: Entry) -> Response[Any]:
    """Writes the entry, makes the account and shows the link."""
    house = house_of(request)
    id = data.id.strip().lower() or free_id(house.charter(), data.name)
    if not data.name.strip():
        return _form(request, data, ["people.error.nameless"])
    if not _ID.fullmatch(id) or id in _TAKEN_BY_PAGES:
        return _form(request, data, ["people.error.id"])
    if member(house, id) is not None:
        return _form(request, data, ["people.error.taken"])
    try:
        _write(request, house, "person.added", id, _put(id, data))
    except CharterError as error:
        return _form(request, data, said(request, error))
    return sheet(request, id, link=open_account(request, house, id))


@post("/people/{id:str}", guards=_OWNERS, sync_to_thread=True)
def change(request: Asked, id: FromPath[str], data: Entry) -> Response[Any]:
    """Name, address and roles."""
    house = house_of(request)
    one = member(house, id)
    if one is None or one.stray:
        raise NotFoundException
    if not data.name.strip():
        return sheet(request, id, status=400, errors=["people.error.nameless"])
    if "owner" not in _roles(data) and "owner" in one.roles and last_owner(house, id):
        return sheet(request, id, status=409, errors=["people.error.last_owner"])
    try:
        _write(request, house, "person.changed", id, _put(id, data))
    except CharterError as error:
        return sheet(request, id, status=400, errors=said(request, error))
    return done(f"/people/{quote(id)}", "people.done.changed")


@post("/people/{id:str}/drop", guards=_OWNERS, sync_to_thread=True)
def drop(request: Asked, id: FromPath[str]) -> Response[Any]:
    """Takes the entry out; the account, if there is one, can then do nothing and is listed apart."""
    house = house_of(request)
    one = member(house, id)
    if one is None or one.stray:
        raise NotFoundException
    if id == visitor(request).id or last_owner(house, id):
        return sheet(request, id, status=409, errors=["people.error.last_owner"])
    try:
        written = _write(request, house, "person.dropped", id, lambda text: edit.drop_person(text, id))
    except CharterError as error:
        return sheet(request, id, status=400, errors=said(request, error))
    return Redirect(f"/people?removed={UNDO.hold(Undo(id, written))}", status_code=303)


@post("/people/-/undo", guards=_OWNERS, sync_to_thread=True)
def undo(request: Asked, data: Annotated[UndoForm, Body(media_type=RequestEncodingType.URL_ENCODED)]) -> Response[Any]:
    """Puts the entry back as it was written, unless the charter changed since."""
    house, held = house_of(request), UNDO.get(data.removed)
    if held is None:
        raise CharterMovedError
    act = Act(at=house.clock(), who=visitor(request).id, verb="person.restored", what=f"person:{held.id}")
    if not take_back(house.charter_file, held.done, house.parse_charter, act):
        raise CharterMovedError
    return done(f"/people/{quote(held.id)}", "people.done.restored")


def _put(id: str, data: EntryForm) -> Callable[[str], str]:
    return lambda text: edit.put_person(text, id, name=data.name, email=data.email.strip(), roles=_roles(data))


def _write(request: Asked, house: House, verb: str, id: str, changed: Callable[[str], str]) -> Rewritten:
    act = Act(at=house.clock(), who=visitor(request).id, verb=verb, what=f"person:{id}")
    return rewrite(house.charter_file, changed, house.parse_charter, act)


def _roles(data: EntryForm) -> tuple[Role, ...]:
    chosen = {data.roles} if isinstance(data.roles, str) else set(data.roles)
    return tuple(role for role in ROLES if role in chosen) or ("reader",)


def _form(request: Asked, data: EntryForm, errors: list[str] | None = None) -> Response[str]:
    context = {"data": data, "chosen": _roles(data), "roles": ROLES, "errors": errors or []}
    return view(request, "people/new.html", status=400 if errors else 200, **context)
