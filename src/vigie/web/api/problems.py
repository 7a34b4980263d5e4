"""What went wrong, told to a program: RFC 9457 problems, in the language that it asks for."""

import secrets
import traceback
from typing import Any, cast
from urllib.parse import quote

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, NotAuthorizedException, PermissionDeniedException, ValidationException
from msgspec import Struct

from vigie.charter import ROLES, Action, CharterError, allows
from vigie.charter import Problem as CharterProblem
from vigie.flows.ports.archive import StoreFullError
from vigie.flows.ports.charter_file import CharterMovedError
from vigie.query import Problem as QueryProblem
from vigie.web.api.invalid import InvalidError, explained
from vigie.web.guard import MustChangePasswordError, WrongHostError
from vigie.web.view import lang, visitor_or_none
from vigie.wording import LANGS, Wording

Asked = Request[Any, Any, Any]

STATUS = {
    "malformed-json": 400,
    "invalid-parameter": 400,
    "invalid-header": 400,
    "not-understood": 400,
    "unauthenticated": 401,
    "bad-token": 401,
    "not-allowed": 403,
    "no-role": 403,
    "own-words": 403,
    "not-asked": 403,
    "token-reads-only": 403,
    "token-too-strong": 403,
    "other-site": 403,
    "no-csrf-token": 403,
    "password-to-change": 403,
    "not-found": 404,
    "wrong-method": 405,
    "moved": 409,
    "last-owner": 409,
    "yourself": 409,
    "has-account": 409,
    "in-progress": 409,
    "outcome-unknown": 409,
    "no-charter": 409,
    "stopped": 409,
    "not-now": 409,
    "wrong-state": 409,
    "cannot-recall": 409,
    "nothing-proposed": 409,
    "same-person": 409,
    "already-released": 409,
    "undecided": 409,
    "precondition-failed": 412,
    "too-large": 413,
    "wrong-host": 421,
    "invalid-body": 422,
    "invalid-query": 422,
    "invalid-charter": 422,
    "key-reused": 422,
    "no-words": 422,
    "precondition-required": 428,
    "too-many-requests": 429,
    "broken": 500,
    "disk-full": 507,
}
"""Every kind of problem. ``api.problem.KIND.title`` and ``.then`` of the catalogue say it."""

TOLD_AT_MOST = 200
"""Things to mend in one answer; whoever has more mends these first."""

_PLAIN: dict[type[Exception], str] = {
    MustChangePasswordError: "password-to-change",
    WrongHostError: "wrong-host",
    CharterMovedError: "moved",
    StoreFullError: "disk-full",
    RecursionError: "malformed-json",  # a body of brackets in brackets
}
_BY_STATUS = {400: "not-understood", 404: "not-found", 405: "wrong-method", 413: "too-large", 429: "too-many-requests"}
_REASONS = {"scope": "token-reads-only", "other-site": "other-site", "stale-form": "no-csrf-token"}
_log = structlog.get_logger("vigie.web")


class Fault(Struct, frozen=True, omit_defaults=True):
    """One thing to mend.

    Attributes:
        detail: a sentence: what is wrong.
        code: the same for programs.
        hint: a sentence: how to mend it.
        pointer: where in the body, a JSON Pointer as a fragment (``#/match``).
        parameter, header: or which one it is.
        line, column: where in a charter, from 1.
        start, end: where in a query, characters from 0, ``end`` not included.
        suggestion: what to write there instead.
    """

    detail: str
    code: str = ""
    hint: str = ""
    pointer: str = ""
    parameter: str = ""
    header: str = ""
    line: int = 0
    column: int = 0
    start: int | None = None
    end: int | None = None
    suggestion: str = ""


class Problem(Struct, frozen=True, omit_defaults=True):
    """An answer of RFC 9457. ``code`` is the last part of ``type``; ``errors`` are all things to mend."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    errors: tuple[Fault, ...] = ()
    reference: str = ""


class RefusedError(Exception):
    """A request that is not done. ``kind`` is one of `STATUS`; ``values`` are for its sentence."""

    def __init__(
        self,
        kind: str,
        *faults: Fault,
        headers: dict[str, str] | None = None,
        values: dict[str, str | int] | None = None,
    ) -> None:
        super().__init__(kind)
        self.kind, self.faults, self.headers, self.values = kind, faults, headers or {}, values or {}


def invalid_body(say: Wording, reason: str, pointer: str, **values: str | int) -> RefusedError:
    """A refusal for one field of the body; ``reason`` as `InvalidError` has it."""
    id = f"api.invalid.{reason}"
    return RefusedError("invalid-body", Fault(say(id, **values), id, pointer=pointer))


def voice(request: Asked) -> Wording:
    """The language of ``Accept-Language``, else of the account, else of the house."""
    for wish in request.headers.get("accept-language", "").split(","):
        tag = wish.split(";")[0].strip()[:2].lower()
        if tag in LANGS:
            return Wording(tag)
    return Wording(lang(request))


def kind_address(kind: str) -> str:
    """Where the kind of problem is explained."""
    return f"/api/v1/problems#{kind}"


def answer(request: Asked, error: Exception) -> Response[Problem]:
    """The problem for any exception of a handler; never a stack trace, which the log has under ``reference``."""
    say = voice(request)
    refusal = _refusal(request, error, say)
    values = dict(refusal.values)
    reference = ""
    if refusal.kind == "broken":
        reference = values["reference"] = _logged(request, error)
    body = Problem(
        type=kind_address(refusal.kind),
        title=say(f"api.problem.{refusal.kind}.title"),
        status=STATUS[refusal.kind],
        detail=say(f"api.problem.{refusal.kind}.then", **values),
        instance=quote(request.url.path, safe="/"),
        code=refusal.kind,
        errors=refusal.faults,
        reference=reference,
    )
    headers = {**refusal.headers, "Content-Language": say.lang, "Vary": "Accept-Language"}
    return Response(body, status_code=body.status, media_type="application/problem+json", headers=headers)


def charter_faults(problems: tuple[CharterProblem, ...], say: Wording, pointer: str = "") -> tuple[Fault, ...]:
    """What is wrong with a charter, with its places."""
    return tuple(
        Fault(
            detail=_said(say, one.code, one.values),
            code=one.code,
            pointer=pointer,
            line=one.line,
            column=one.column,
            suggestion=one.hint,
        )
        for one in problems[:TOLD_AT_MOST]
    )


def query_faults(problems: tuple[QueryProblem, ...], say: Wording, pointer: str = "#/match") -> tuple[Fault, ...]:
    """What is wrong with a query, with its places."""
    return tuple(
        Fault(
            detail=_said(say, one.code, one.values),
            code=one.code,
            hint=say(one.hint, **one.values) if say.has(one.hint) else "",
            pointer=pointer,
            start=one.start,
            end=one.end,
            suggestion=one.suggestion,
        )
        for one in problems[:TOLD_AT_MOST]
    )


def _refusal(request: Asked, error: Exception, say: Wording) -> RefusedError:
    match error:
        case RefusedError():
            return error
        case CharterError():
            return RefusedError("invalid-charter", *charter_faults(error.problems, say))
        case InvalidError():
            return RefusedError("invalid-parameter", Fault(error.sentence(say), error.code, parameter=error.where))
        case ValidationException():
            return _invalid(request, error, say)
        case HTTPException():
            return _of_http(request, error, say)
        case _:
            return RefusedError(next((kind for known, kind in _PLAIN.items() if isinstance(error, known)), "broken"))


def _of_http(request: Asked, error: HTTPException, say: Wording) -> RefusedError:
    extra = error.extra if isinstance(error.extra, dict) else {}
    if isinstance(error, NotAuthorizedException):
        bearer = request.headers.get("authorization", "").lower().startswith("bearer ")
        challenge = 'Bearer realm="Vigie", error="invalid_token"' if bearer else 'Bearer realm="Vigie"'
        return RefusedError("bad-token" if bearer else "unauthenticated", headers={"WWW-Authenticate": challenge})
    if isinstance(error, PermissionDeniedException):
        if "action" in extra:
            return _not_allowed(request, cast(Action, extra["action"]), say)
        return RefusedError(_REASONS.get(str(extra.get("reason", "")), "not-allowed"))
    if error.status_code == 400 and not error.extra and request.method != "GET":  # noqa: PLR2004 - a body that is no JSON
        return RefusedError("malformed-json")
    kind = _BY_STATUS.get(error.status_code, "not-understood" if error.status_code < 500 else "broken")  # noqa: PLR2004
    return RefusedError(kind, headers=dict(error.headers or {}))


def _not_allowed(request: Asked, action: Action, say: Wording) -> RefusedError:
    who = visitor_or_none(request)
    if who is not None and not who.roles:
        return RefusedError("no-role")
    roles = ", ".join(say(f"people.role.{role}") for role in ROLES if allows((role,), action))
    return RefusedError("not-allowed", values={"roles": roles})


def _invalid(request: Asked, error: ValidationException, say: Wording) -> RefusedError:
    body, faults = False, []
    for one in explained(request, error):
        body = body or one.body
        pointer, parameter = (one.where, "") if one.body else ("", one.where)
        faults.append(Fault(one.sentence(say), one.code, pointer=pointer, parameter=parameter))
    return RefusedError("invalid-body" if body else "invalid-parameter", *faults)


def _said(say: Wording, code: str, values: dict[str, str | int]) -> str:
    return say(code, **values) if say.has(code) else code


def _logged(request: Asked, error: Exception) -> str:
    reference = secrets.token_hex(4)
    trace = "".join(traceback.format_exception(error))
    _log.error("request failed", reference=reference, method=request.method, path=request.url.path, exception=trace)
    return reference
