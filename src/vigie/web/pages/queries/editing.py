"""The query editor: showing it, checking, saving, dropping and taking that back."""

import re
from typing import Any, Literal

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct, structs

from vigie.charter import CharterError
from vigie.flows import queries as flow
from vigie.flows.ports.charter_file import CharterMovedError
from vigie.flows.queries import Draft, QueryGoneError, QueryMovedError, QueryTakenError
from vigie.flows.rewrite import take_back
from vigie.model import Act
from vigie.query.translate import VENDORS
from vigie.web.guard import requires, visitor
from vigie.web.house import House, house_of
from vigie.web.pages.queries.language import LANGUAGE
from vigie.web.pages.queries.look_back import KEPT, at_once, files, noon
from vigie.web.pages.queries.pasting import pasted
from vigie.web.pages.queries.reading import LONGEST, Asked, Form, counted, draft_of, quoted
from vigie.web.pages.queries.sample import frequencies, look
from vigie.web.pages.queries.suggesting import offers
from vigie.web.pages.queries.typed import faults, painted
from vigie.web.undo import UNDO, Undo
from vigie.web.view import view, wording
from vigie.wording import Wording

_ID = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_RESERVED = frozenset({"new", "-"})
_MOST_DAYS = 36_500


class Notice(Struct, frozen=True):
    """A boxed note over the form."""

    kind: Literal["stop", "soon"]
    title: str
    text: str
    lines: tuple[str, ...] = ()


@get("/queries/new", guards=[requires("edit-queries")], sync_to_thread=True)
def new(
    request: Asked, match: FromQuery[str] = "", id: FromQuery[str] = "", purpose: FromQuery[str] = ""
) -> Response[str]:
    """An empty form, or one begun elsewhere (``/queries/new?match=…``)."""
    return _editor(request, Draft(id[:64], purpose[:500], match[:2000]), was="")


@get("/queries/{id:str}", guards=[requires("read-queries")], sync_to_thread=True)
def edit(
    request: Asked, id: FromPath[str], *, saved: FromQuery[bool] = False, version: FromQuery[int] = 0
) -> Response[str]:
    """A query of the charter; ``version`` puts a former text into the field, unsaved."""
    house = house_of(request)
    there = _there(house, id)
    former = next((old.match for _, old in house.archive.query_versions(id) if old.number == version), there.match)
    draft = structs.replace(there, match=former)
    return _editor(request, draft, was=flow.stamp(there), saved=saved)


@post("/queries/new", guards=[requires("edit-queries")], status_code=200, sync_to_thread=True)
def add(request: Asked, data: Form) -> Response[Any]:
    """Saves a new query, or checks, mends or previews the form without saving."""
    return _filled(request, data, draft_of(data), was="")


@post("/queries/{id:str}", guards=[requires("read-queries")], status_code=200, sync_to_thread=True)
def change(request: Asked, id: FromPath[str], data: Form) -> Response[Any]:
    """The same for a query that is there."""
    return _filled(request, data, draft_of(data, id), was=data.get("was", ""))


@post("/queries/{id:str}/drop", guards=[requires("edit-queries")], sync_to_thread=True)
def drop(request: Asked, id: FromPath[str]) -> Response[Any]:
    """Takes a query out of the charter; the next page offers to undo."""
    house = house_of(request)
    try:
        done = flow.drop(
            house.charter_file, id, parse_charter=house.parse_charter, who=visitor(request).id, now=house.clock()
        )
    except QueryGoneError:
        return Redirect("/queries", status_code=303)
    except (CharterError, CharterMovedError) as error:
        draft = _there(house, id)
        return _editor(request, draft, was=flow.stamp(draft), notice=_refusal(error, wording(request)), status=422)
    return Redirect(f"/queries?dropped={UNDO.hold(Undo(id, done))}", status_code=303)


@post("/queries/-/undo", guards=[requires("edit-queries")], sync_to_thread=True)
def undo(request: Asked, data: Form) -> Response[Any]:
    """Puts the charter back as it was before a query was dropped, unless somebody changed it since."""
    house = house_of(request)
    held = UNDO.get(data.get("done", ""))
    if held is None:
        return Redirect("/queries", status_code=303)
    act = Act(at=house.clock(), who=visitor(request).id, verb="query.restored", what=f"query:{held.id}")
    if take_back(house.charter_file, held.done, house.parse_charter, act):
        return Redirect(f"/queries?restored={held.id}", status_code=303)
    before = {query.id: query for query in house.parse_charter(held.done.before).queries}[held.id]
    w = wording(request)
    notice = Notice("soon", w("queries.error.undo_late"), w("queries.error.undo_late_text"))
    draft = Draft(before.id, before.purpose, before.match, before.keep_days, before.name)
    return _editor(request, draft, was="", notice=notice, status=409)


def _filled(request: Asked, data: dict[str, str], draft: Draft, was: str) -> Response[Any]:
    """What the pressed button asks for."""
    do = data.get("do", "check")
    name_was = data.get("name_was", "")
    if do == "save" and visitor(request).may("edit-queries"):
        return _save(request, data, draft, was)
    if do.startswith("mend:"):
        draft = _mended(request, draft, do.removeprefix("mend:"))
    elif do.startswith("take:"):
        draft = structs.replace(draft, match=do.removeprefix("take:").replace("\r\n", "\n")[:LONGEST])
    return _editor(request, draft, was=was, name_was=name_was, asked=data)


def _save(request: Asked, data: dict[str, str], draft: Draft, was: str) -> Response[Any]:
    house, w, name_was = house_of(request), wording(request), data.get("name_was", "")
    errors = _errors(data, draft, new=not was, w=w)
    said = flow.examine(draft.match, draft.id, flow.named(house.charter()))
    if errors or said.query is None:
        return _editor(request, draft, was=was, name_was=name_was, errors=errors, status=422)
    try:
        flow.save(
            house.charter_file,
            draft if draft.name != name_was else structs.replace(draft, name=None),  # others may have renamed it
            was=was,
            parse_charter=house.parse_charter,
            who=visitor(request).id,
            now=house.clock(),
        )
    except (QueryMovedError, QueryGoneError) as error:
        theirs = error.theirs if isinstance(error, QueryMovedError) else None
        context = {"draft": draft, "theirs": theirs, "was": flow.stamp(theirs), "name_was": name_was if theirs else ""}
        return view(request, "queries/conflict.html", status=409, **context)
    except QueryTakenError:
        return _editor(
            request, draft, was=was, name_was=name_was, errors={"id": w("queries.error.id_taken")}, status=422
        )
    except (CharterError, CharterMovedError) as error:
        return _editor(request, draft, was=was, name_was=name_was, notice=_refusal(error, w), status=422)
    return Redirect(f"/queries/{draft.id}?saved=true", status_code=303)


def _editor(
    request: Asked,
    draft: Draft,
    *,
    was: str,
    name_was: str | None = None,
    errors: dict[str, str] | None = None,
    notice: Notice | None = None,
    asked: dict[str, str] | None = None,
    saved: bool = False,
    status: int = 200,
) -> Response[str]:
    house, w = house_of(request), wording(request)
    charter = house.charter()
    names = flow.named(charter)
    said = flow.examine(draft.match, draft.id, names, frequencies(house))
    count = counted(house, draft.id if was else "")
    do, asked = (asked or {}).get("do", ""), asked or {}
    look_too = bool(was) or do in ("preview", "look-back", "suggest")
    others = [(query.id, query.purpose) for query in charter.queries if query.id != draft.id] if charter else []
    return view(
        request,
        "queries/editor.html",
        status=status,
        draft=draft,
        new=not was,
        was=was,
        name_was=(draft.name or "") if name_was is None else name_was,
        headline=_headline(draft, was, count["stored"], broken=bool(said.problems), w=w),
        errors=errors or {},
        notice=notice,
        saved=saved,
        may_edit=visitor(request).may("edit-queries"),
        broken=bool(said.problems) and bool(draft.match.strip()),
        faults=faults(said, w) if draft.match.strip() else [],
        painted=painted(said),
        cost=said.cost,
        cheaper=said.cheaper,
        preview=look(house, said.query, w) if said.query and look_too else None,
        past=at_once(request, said.query, asked.get("where", KEPT)) if said.query and do == "look-back" else None,
        offers=offers(house, said.query) if said.query and do == "suggest" else None,
        pasted=pasted(asked, w) if do == "translate" else None,
        pasted_text=asked.get("pasted", ""),
        vendors=VENDORS,
        vendor=asked.get("vendor", ""),
        noon=noon,
        places=[spec.id for spec in files(charter)],
        keeps_all=bool(charter and charter.listening.keep == "all"),
        names=others,
        names_others=others,
        versions=house.archive.query_versions(draft.id) if was else [],
        used_by=quoted([flow.label_of(charter, id) for id in flow.used_by(draft.id, names)], w) if was else "",
        house_days=charter.retention.mentions_days if charter else 0,
        language=LANGUAGE,
        **count,
    )


def _there(house: House, id: str) -> Draft:
    draft = flow.drafted(house.charter(), id)
    if draft is None:
        raise NotFoundException
    return draft


def _headline(draft: Draft, was: str, stored: int | None, *, broken: bool, w: Wording) -> str:
    if not was:
        return w("queries.headline.new")
    if broken:
        return w("queries.headline.unreadable", name=draft.label)
    if not stored:
        return w("queries.headline.finds_none", name=draft.label)
    return w.count("queries.headline.finds", stored, name=draft.label)


def _errors(data: dict[str, str], draft: Draft, *, new: bool, w: Wording) -> dict[str, str]:
    errors: dict[str, str] = {}
    if new and (not _ID.fullmatch(draft.id) or draft.id in _RESERVED):
        errors["id"] = w("queries.error.id_shape")
    if not draft.purpose:
        errors["purpose"] = w("queries.error.purpose")
    keep = data.get("keep_days", "").strip()
    if keep and not (draft.keep_days and 1 <= draft.keep_days <= _MOST_DAYS):
        errors["keep_days"] = w("queries.error.keep")
    return errors


def _mended(request: Asked, draft: Draft, number: str) -> Draft:
    """The text with the suggestion for its nth fault, as the page without script asks for it."""
    house = house_of(request)
    said = flow.examine(draft.match, draft.id, flow.named(house.charter()))
    problems = said.problems or (said.query.warnings if said.query else ())
    if not number.isdigit() or int(number) >= len(problems):
        return draft
    return structs.replace(draft, match=flow.mend(draft.match, problems[int(number)]))


def _refusal(error: CharterError | CharterMovedError, w: Wording) -> Notice:
    """Why the charter was not written."""
    title = w("queries.error.not_saved")
    if isinstance(error, CharterMovedError):
        return Notice("stop", title, w("queries.error.moving"))
    lines = tuple(
        w(
            "queries.error.charter_line",
            line=str(problem.line),
            column=str(problem.column),
            what=w(problem.code, **problem.values),
        )
        for problem in error.problems[:5]
    )
    return Notice("stop", title, f"{w('queries.error.charter')} {w('queries.error.kept')}", lines)
