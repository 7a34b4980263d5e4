"""How a resource declares its routes: who may, what it answers, what it says of itself; the rest comes with it.

``@reads`` and ``@writes`` are Litestar's handlers with, for every route of the API: the right of the charter that it
needs, the pace, no parameter that nobody knows, problems as answers, and ``Idempotency-Key`` where something changes.
"""

import inspect
import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import wraps
from typing import Any, Literal, TypeAlias, get_args, get_type_hints

from litestar import Request, Response
from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.handlers.base import BaseRouteHandler
from litestar.params import QueryParameter

from vigie.charter import Action
from vigie.web.api.pace import paced
from vigie.web.api.problems import Fault, RefusedError, answer, voice
from vigie.web.api.repeating import once
from vigie.web.guard import OPEN, requires

BASE = "/api/v1"

Method: TypeAlias = Literal["POST", "PUT", "PATCH", "DELETE"]
Asked = Request[Any, Any, Any]
Handler: TypeAlias = Callable[..., Any]
Declared: TypeAlias = Callable[[Handler], HTTPRouteHandler]

OPEN_TO_ALL: Literal["open"] = "open"
"""In the place of an action: for programs that nobody has given a token."""
LOGGED_IN: Literal["logged-in"] = "logged-in"
"""For everybody who has shown who they are, whatever their roles."""
Right: TypeAlias = Action | Literal["open", "logged-in"]


def reads(path: str, right: Right, *, example: Any = None, fails: tuple[int, ...] = ()) -> Declared:
    """A route that changes nothing. ``fails`` are statuses that its problems have besides the usual ones."""

    def declare(handler: Handler) -> HTTPRouteHandler:
        return _declared("GET", path, right, handler, example=example, fails=fails)

    return declare


def asks(path: str, right: Right, *, cost: int, example: Any = None, fails: tuple[int, ...] = ()) -> Declared:
    """A question that is too long for an address: a POST that changes nothing. ``cost`` is the pace that it takes up.

    A read token may ask; and another site learns nothing by making a browser ask, since it cannot read the answer.
    """

    def declare(handler: Handler) -> HTTPRouteHandler:
        statuses = (413, 422, *fails)
        return _declared("POST", path, right, handler, example=example, fails=statuses, any_site=True, cost=cost)

    return declare


def writes(
    method: Method,
    path: str,
    right: Right,
    *,
    status: int = 200,
    also: int = 0,
    example: Any = None,
    fails: tuple[int, ...] = (),
) -> Declared:
    """A route that changes something, once for each ``Idempotency-Key``. ``also`` is a second status of success."""

    def declare(handler: Handler) -> HTTPRouteHandler:
        @wraps(handler)
        async def run(*args: Any, **given: Any) -> Any:
            request: Asked = given["request"]
            body = await request.body()
            return await sync_to_thread(once, request, body, lambda: _answered(request, handler, args, given, status))

        statuses = (409, 413, 422, *fails)
        return _declared(
            method, path, right, run, status=status, example=example, fails=statuses, also=also, writes=True
        )

    return declare


def _declared(
    method: Method | Literal["GET"], path: str, right: Right, handler: Handler, *, status: int = 200, **opt: Any
) -> HTTPRouteHandler:
    """The handler with what every route has. ``opt`` is what the guards and the document look at."""
    summary, _, rest = inspect.cleandoc(handler.__doc__ or "").partition("\n")
    hints = get_type_hints(handler, include_extras=True)
    opt |= {"home": handler.__module__, "right": right, "hints": hints, "parameters": _parameters(path, hints)}
    guards: list[Any] = [paced]
    if right not in (OPEN_TO_ALL, LOGGED_IN):
        guards.append(requires(right))
    decorate = HTTPRouteHandler(
        BASE + path,
        http_method=method,
        status_code=status,
        guards=[*guards, known_parameters],
        exception_handlers={HTTPException: answer, Exception: answer},
        include_in_schema=True,
        operation_id=handler.__name__,
        summary=summary.rstrip("."),
        description=" ".join(rest.split()) or summary,
        tags=[path.split("/")[1]],
        opt=opt | OPEN if right == OPEN_TO_ALL else opt,
        sync_to_thread=None if inspect.iscoroutinefunction(handler) else True,
    )
    return decorate(handler)


def _answered(request: Asked, handler: Handler, args: Any, given: Any, status: int) -> Response[Any]:
    """What the handler answers, or the problem; both are what a key gives back later."""
    try:
        found = handler(*args, **given)
    except Exception as error:  # noqa: BLE001 - as Litestar would
        return answer(request, error)
    return found if isinstance(found, Response) else Response(found, status_code=status)


def known_parameters(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """A guard: a parameter that is misspelt would otherwise be a filter that does not filter."""
    known = tuple(handler.opt["parameters"].values())
    unknown = [name for name in dict.fromkeys(connection.query_params) if name not in known]
    if not unknown or not isinstance(connection, Request):
        return
    say = voice(connection)
    faults = [
        Fault(
            say("api.invalid.parameter", name=name[:60]),
            "api.invalid.parameter",
            hint=say("api.invalid.known", known=", ".join(known)) if known else say("api.invalid.known_none"),
            parameter=name[:60],
            suggestion=next(iter(get_close_matches(name[:60], known, 1)), ""),
        )
        for name in unknown[:10]
    ]
    raise RefusedError("invalid-parameter", *faults)


def _parameters(path: str, hints: Mapping[str, Any]) -> dict[str, str]:
    """Names of the parameters by those of the handler's arguments."""
    not_in_query = {"request", "data", "return", *re.findall(r"{(\w+):", path)}
    return {name: _alias(hint) or name for name, hint in hints.items() if name not in not_in_query}


def _alias(hint: Any) -> str:
    found = (one.name or one.query for one in get_args(hint) if isinstance(one, QueryParameter))
    return next((alias for alias in found if alias), "")
