"""What went wrong, said to a person as a page, to htmx as a note, to a program as a problem (RFC 9457)."""

import secrets
import traceback
from typing import Any
from urllib.parse import quote

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect

from vigie.flows.ports.archive import StoreFullError
from vigie.flows.ports.charter_file import CharterMovedError
from vigie.web.api.problems import answer as problem
from vigie.web.guard import MustChangePasswordError, WrongHostError
from vigie.web.house import house_of
from vigie.web.sessions import visitor_of
from vigie.web.view import fragment, view
from vigie.wording import Wording

Asked = Request[Any, Any, Any]

_KNOWN = frozenset({400, 401, 403, 404, 405, 409, 413, 421, 429, 500, 507})
_log = structlog.get_logger("vigie.web")


def answer(request: Asked, error: Exception) -> Response[Any]:
    """The answer for any exception; never a stack trace, which goes to the log under a reference instead."""
    if request.scope["path"].startswith("/api/"):
        return problem(request, error)
    if isinstance(error, MustChangePasswordError):
        return Redirect("/account/password", status_code=303)
    status, code = _status_and_code(error)
    reference = _logged(request, error) if status == 500 else ""  # noqa: PLR2004 - ours to mend
    _recognise(request)
    if status == 401:  # noqa: PLR2004 - nobody has logged in
        return _to_login(request)
    context = {"code": code, "reference": reference, "wait": _wait(error)}
    try:
        page = _said(request, status, context)
    except Exception as worse:  # noqa: BLE001 - the store may be what is broken: say it without asking it anything
        return _last_resort(request, _logged(request, worse))
    _copy_headers(error, page)
    return page


HANDLERS: dict[int | type[Exception], Any] = {HTTPException: answer, Exception: answer}


def _status_and_code(error: Exception) -> tuple[int, str]:
    match error:
        case WrongHostError():
            return 421, "errors.421"
        case CharterMovedError():
            return 409, "errors.charter_moved"
        case StoreFullError():
            return 507, "errors.507"
        case HTTPException():
            status = error.status_code if error.status_code in _KNOWN else 400 if error.status_code < 500 else 500  # noqa: PLR2004
            reason = error.extra.get("reason") if isinstance(error.extra, dict) else None
            return status, f"errors.reason.{reason}" if reason else f"errors.{status}"
        case _:
            return 500, "errors.500"


def _said(request: Asked, status: int, context: dict[str, Any]) -> Response[Any]:
    if not request.headers.get("hx-request"):
        return view(request, "error.html", status=status, **context)
    note = fragment(request, "_error_note.html", status=status, **context)
    note.headers.update({"HX-Retarget": "#toasts", "HX-Reswap": "beforeend"})
    return note


def _last_resort(request: Asked, reference: str) -> Response[Any]:
    languages = request.headers.get("accept-language", "").lower()
    say = Wording("fr" if languages.startswith("fr") else "en")
    text = f"{say('errors.500.title')}\n\n{say('errors.500.then')}\n\n{say('errors.reference')} {reference}\n"
    return Response(text, status_code=500, media_type="text/plain; charset=utf-8")


def _to_login(request: Asked) -> Response[Any]:
    came_for = "/"
    if request.method == "GET":
        came_for = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    to = "/login" if came_for == "/" else f"/login?next={quote(came_for)}"
    if request.headers.get("hx-request"):
        return Response(b"", status_code=401, headers={"HX-Redirect": "/login"})
    return Redirect(to, status_code=303)


def _recognise(request: Asked) -> None:
    """An unknown address never reached the doorkeeper: look at the cookie here, so that the page keeps its frame."""
    if request.scope.get("user") is not None:
        return
    try:
        request.scope["user"] = visitor_of(house_of(request), request, program=False)
    except Exception:  # noqa: BLE001 - the error page must come whatever else is broken
        request.scope["user"] = None


def _wait(error: Exception) -> int:
    extra = error.extra if isinstance(error, HTTPException) else None
    return int(extra.get("wait", 0)) if isinstance(extra, dict) else 0


def _logged(request: Asked, error: Exception) -> str:
    reference = secrets.token_hex(4)
    # Formatted here: a renderer that prints local variables would print the passwords of forms.
    trace = "".join(traceback.format_exception(error))
    _log.error("request failed", reference=reference, method=request.method, path=request.url.path, exception=trace)
    return reference


def _copy_headers(error: Exception, response: Response[Any]) -> None:
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update({key: value for key, value in error.headers.items() if key.lower() != "content-type"})
