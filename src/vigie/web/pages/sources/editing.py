"""Adding, changing and removing a source; tokens go into the vault and are never shown again."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect

from vigie.charter import CharterError
from vigie.flows import sources as flow
from vigie.flows.rewrite import take_back
from vigie.flows.sources import SourceGoneError, SourceTakenError
from vigie.model import Act, SourceSpec
from vigie.web.guard import requires, visitor
from vigie.web.house import House, house_of
from vigie.web.pages.sources.board import board, one
from vigie.web.pages.sources.forms import ABSENT, Form, form_of, shown, wished_id
from vigie.web.pages.sources.forms import specified as filled_spec
from vigie.web.undo import UNDO, Undo
from vigie.web.view import view, wording
from vigie.wording import Wording

Asked = Request[Any, Any, Any]
Filled = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
_ID = re.compile(r"[a-z][a-z0-9_-]{0,63}")


@get("/sources/new", guards=[requires("edit-sources")], sync_to_thread=True)
def new(request: Asked, network: FromQuery[str] = "", address: FromQuery[str] = "") -> Response[str]:
    """Which network, then its form."""
    values: dict[str, Any] = {"address": address[:2000], "public": not address}
    return _new(request, network, values)


@post("/sources/new", guards=[requires("edit-sources")], status_code=200, sync_to_thread=True)
def add(request: Asked, data: Filled) -> Response[Any]:
    """Writes a new source into the charter."""
    house = house_of(request)
    network = data.get("network", "")
    form = _form(house, network)
    given = data.get("id", "").strip()
    id = given or flow.free_id(house.charter(), wished_id(network, data.get("address", "")))
    spec = filled_spec(form, network, id, data, None)
    errors = _problems(house, spec, wording(request))
    if not _ID.fullmatch(id) or id in {"new", "-"}:
        errors["id"] = wording(request)("sources_page.error.id_shape")
    errors |= _missing(form, data, wording(request), has_token=False, needs=house.networks[network].needs_token)
    if not errors:
        errors = _put(request, spec, data.get("token", "").strip(), new=True)
    if errors:
        return _new(request, network, _values(form, spec, given), errors=errors, status=422)
    return Redirect(f"/sources?saved={id}", status_code=303)


@post("/sources/{id:str}", guards=[requires("edit-sources")], status_code=200, sync_to_thread=True)
def change(request: Asked, id: FromPath[str], data: Filled) -> Response[Any]:
    """Changes how a source is read. An empty token field leaves the token as it is."""
    house, w = house_of(request), wording(request)
    row = next((row for row in board(house) if row.spec.id == id), None)
    if row is None:
        raise NotFoundException
    form = _form(house, row.spec.network)
    spec = filled_spec(form, row.spec.network, id, data, row.spec)
    errors = _problems(house, spec, w) | _missing(form, data, w, has_token=row.has_token, needs=row.needs_token)
    if not errors:
        errors = _put(request, spec, data.get("token", "").strip(), new=False)
    if errors:
        return one(request, row, errors=errors, filled=_values(form, spec, id), status=422)
    return Redirect(f"/sources?saved={id}", status_code=303)


@post("/sources/{id:str}/remove", guards=[requires("edit-sources")], sync_to_thread=True)
def remove(request: Asked, id: FromPath[str]) -> Response[Any]:
    """Takes a source out of the charter; the next page offers to undo."""
    house, w = house_of(request), wording(request)
    try:
        done = flow.remove(
            house.charter_file,
            house.vault,
            id,
            parse_charter=house.parse_charter,
            who=visitor(request).id,
            now=house.clock(),
        )
    except SourceGoneError:
        return Redirect("/sources", status_code=303)
    except CharterError as error:
        row = next((row for row in board(house) if row.spec.id == id), None)
        if row is None:
            raise NotFoundException from error
        return one(request, row, errors={"": _said(error, w)}, status=422)
    return Redirect(f"/sources?removed={UNDO.hold(Undo(id, done))}", status_code=303)


@post("/sources/-/undo", guards=[requires("edit-sources")], sync_to_thread=True)
def undo(request: Asked, data: Filled) -> Response[Any]:
    """Puts the charter back as it was before a source was removed, unless somebody changed it since."""
    house = house_of(request)
    held = UNDO.get(data.get("done", ""))
    if held is not None:
        act = Act(at=house.clock(), who=visitor(request).id, verb="source.restored", what=f"source:{held.id}")
        if take_back(house.charter_file, held.done, house.parse_charter, act):
            return Redirect(f"/sources?restored={held.id}", status_code=303)
    return Redirect("/sources?late=true", status_code=303)


def _new(
    request: Asked, network: str, values: dict[str, Any], *, errors: dict[str, str] | None = None, status: int = 200
) -> Response[str]:
    house = house_of(request)
    offered = [name for name in house.networks if name not in ABSENT]
    form = _form(house, network) if network in offered else None
    return view(
        request,
        "sources/new.html",
        status=status,
        network=network,
        offered=offered,
        form=form,
        abouts={name: _form(house, name).about for name in offered},
        needs_token=form is not None and house.networks[network].needs_token,
        values=values,
        errors=errors or {},
    )


def _form(house: House, network: str) -> Form:
    if network not in house.networks or network in ABSENT:
        raise NotFoundException
    return form_of(network, needs_token=house.networks[network].needs_token)


def _put(request: Asked, spec: SourceSpec, token: str, *, new: bool) -> dict[str, str]:
    """Writes it; returns what went wrong, by field."""
    house, w = house_of(request), wording(request)
    try:
        flow.put(
            house.charter_file,
            house.vault,
            spec,
            new=new,
            token=token,
            parse_charter=house.parse_charter,
            who=visitor(request).id,
            now=house.clock(),
        )
    except SourceTakenError:
        return {"id": w("sources_page.error.id_taken")}
    except SourceGoneError:
        return {"": w("sources_page.error.gone")}
    except CharterError as error:
        return {"": _said(error, w)}
    return {}


def _problems(house: House, spec: SourceSpec, w: Wording) -> dict[str, str]:
    """What the network itself says of a source, by option."""
    said: dict[str, str] = {}
    for option, code, detail in house.networks[spec.network].problems(spec):
        known = w.has(f"sources.error.{code}")
        sentence = w(f"sources.error.{code}" if known else "sources_page.error.refused", detail=detail)
        said.setdefault(option, sentence)
    return said


def _missing(form: Form, data: Mapping[str, str], w: Wording, *, has_token: bool, needs: bool) -> dict[str, str]:
    missing = {
        asked.name: w("sources_page.error.address")
        for asked in form.fields
        if asked.needed and not data.get(asked.name, "").strip()
    }
    if needs and not has_token and not data.get("token", "").strip():
        missing["token"] = w("sources_page.error.token")
    return missing


def _values(form: Form, spec: SourceSpec, id: str) -> dict[str, Any]:
    return {asked.name: shown(asked, spec) for asked in form.fields} | {"id": id}


def _said(error: CharterError, w: Wording) -> str:
    first = error.problems[0] if error.problems else None
    what = w(first.code, **first.values) if first else ""
    return w("sources_page.error.charter", what=what, line=str(first.line) if first else "")
