"""Litestar's OpenAPI document, completed with what it cannot know: rights, problems, headers, examples."""

import importlib
import inspect
import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, TypeAlias, get_args, get_origin, get_type_hints

import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from vigie.web.api.paging import Items
from vigie.web.api.problems import STATUS, Problem
from vigie.web.api.repeating import HEADER
from vigie.web.api.routes import BASE, LOGGED_IN, OPEN_TO_ALL

Json: TypeAlias = dict[str, Any]

ABOUT = """\
Everything that Vigie's pages show and do.

Send a token of yours as `Authorization: Bearer vigie_…`; you may do with it what your roles allow you on the pages, and
no more. Lists come in pages (`after`, `limit`, `next`, and a `Link` header), instants are RFC 3339 in UTC, what goes
wrong is an `application/problem+json` in the language of `Accept-Language`. Each writing call takes an
`Idempotency-Key`, so that it can be sent again when its answer was lost."""

_PAGE_OF = re.compile(r"Items_[\w.]*?(\w+)_(?=\")")  # a page of something, as Litestar names it
_REF = "#/components/schemas/{name}"
_SUCCESS = {200: "Done.", 201: "Made.", 204: "Done; there is nothing to say."}
_STREAMED = {"stream_changes": "text/event-stream", "look_back_query": "application/x-ndjson"}
_HEADERS = {
    "Idempotency-Key": "Names this call; the same call with the same key is done once and answered alike for 24 hours.",
    "If-Match": "The `ETag` of what you have seen.",
    "If-None-Match": "`*`: only if there is nothing yet.",
}


def described(app: Litestar) -> Json:
    """The whole document."""
    document: Json = app.openapi_schema.to_schema()
    document["info"] |= {"title": "Vigie", "description": ABOUT}
    document["servers"] = [{"url": "/"}]
    tags: dict[str, str] = {}
    for path, method, handler in routes(app):
        operation = document["paths"][path][method]
        _complete(operation, handler)
        tags.setdefault(operation["tags"][0], _about(handler))
    document["tags"] = [{"name": name, "description": about} for name, about in sorted(tags.items())]
    _components(document.setdefault("components", {}), app)
    named: Json = msgspec.json.decode(_PAGE_OF.sub(r"\1Page", msgspec.json.encode(document).decode()))
    return named


def routes(app: Litestar) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    """Every route of the API: path as the document has it, method in lower case, handler."""
    for route in app.routes:
        if not isinstance(route, HTTPRoute) or not route.path_format.startswith(BASE):
            continue
        for handler in route.route_handlers:
            if "right" in handler.opt:
                for method in handler.http_methods:
                    yield route.path_format, method.lower(), handler


def _complete(operation: Json, handler: HTTPRouteHandler) -> None:
    opt = handler.opt
    right = opt["right"]
    operation["security"] = [] if right == OPEN_TO_ALL else [{"token": []}, {"session": []}]
    if right not in (OPEN_TO_ALL, LOGGED_IN):
        operation["x-right"] = right
    responses: Json = operation["responses"]
    responses.pop("400", None)
    success = responses[str(handler.status_code)]
    success["description"] = _SUCCESS[int(handler.status_code)]
    _show(success, opt.get("example"))
    if opt.get("also"):
        responses[str(opt["also"])] = {**success, "description": _SUCCESS[opt["also"]]}
    for status in _statuses(opt, right):
        responses[str(status)] = {"$ref": f"#/components/responses/{status}"}
    if 304 in opt["fails"]:  # noqa: PLR2004
        responses["304"] = {"description": "Nothing changed since."}
    if 503 in opt["fails"]:  # noqa: PLR2004 - health: the same body, with bad news
        responses["503"] = {**success, "description": "The same, when something is wrong."}
    if streamed := _STREAMED.get(operation["operationId"]):
        success["content"] = {streamed: {"schema": {"type": "string"}}}
    headers = [HEADER] if opt.get("writes") else []
    if 412 in opt["fails"]:  # noqa: PLR2004 - a precondition is looked at
        headers.append("If-Match")
        if handler.opt.get("also"):
            headers.append("If-None-Match")
    for parameter in operation.get("parameters", []):
        # None stands for "not given", which a query string says by leaving the parameter out
        parameter["schema"] |= parameter["schema"].pop("oneOf", [{}])[0]
    operation["parameters"] = [
        *operation.get("parameters", []),
        *({"$ref": f"#/components/parameters/{name}"} for name in headers),
    ]


def _statuses(opt: Json, right: str) -> list[int]:
    found = {400, *opt["fails"]} - {304, 503}
    if right != OPEN_TO_ALL:
        found |= {401, 403, 429}
    if opt.get("writes"):
        found.add(507)
    return sorted(found)


def _show(success: Json, example: Any) -> None:
    for content in success.get("content", {}).values():
        if example is not None:
            content["example"] = msgspec.to_builtins(example)


def _components(components: Json, app: Litestar) -> None:
    _, problem = msgspec.json.schema_components([Problem], ref_template=_REF)
    schemas: Json = components.setdefault("schemas", {})
    schemas |= {name: schema for name, schema in problem.items() if name in {"Problem", "Fault"}}
    for schema in schemas.values():
        schema.setdefault("description", _markdown(Items.__doc__))
    for struct in _structs(app):
        if struct.__name__ in schemas:
            schemas[struct.__name__]["description"] = _markdown(struct.__doc__)
    components["responses"] = {str(status): _problem(status) for status in sorted(set(STATUS.values()))}
    components["parameters"] = {
        name: {"name": name, "in": "header", "required": False, "description": about, "schema": {"type": "string"}}
        for name, about in _HEADERS.items()
    }
    components["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "A token of yours, made under My account."},
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": "vigie",
            "description": "A browser that is logged in; writing calls then carry `X-CSRF-Token`, as `/me` gives it.",
        },
    }


def _structs(app: Litestar) -> set[type[msgspec.Struct]]:
    """Every shape that a route takes or gives."""
    found: set[type[msgspec.Struct]] = set()

    def walk(hint: Any) -> None:
        for part in get_args(hint):
            walk(part)
        kind = get_origin(hint) or hint
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind not in found:
            found.add(kind)
            for inside in get_type_hints(kind, include_extras=True).values():
                walk(inside)

    for _, _, handler in routes(app):
        for hint in handler.opt["hints"].values():
            walk(hint)
    return found


def _problem(status: int) -> Json:
    kinds = [kind for kind, its in STATUS.items() if its == status]
    example = Problem(
        type=f"{BASE}/problems#{kinds[0]}",
        title="…",
        status=status,
        detail="…",
        instance=f"{BASE}/…",
        code=kinds[0],
    )
    content = {"schema": {"$ref": _REF.format(name="Problem")}, "example": msgspec.to_builtins(example)}
    return {
        "description": f"{HTTPStatus(status).phrase}: {', '.join(f'`{kind}`' for kind in kinds)}.",
        "content": {"application/problem+json": content},
    }


def _about(handler: HTTPRouteHandler) -> str:
    """What a resource says of itself: the docstring of its folder."""
    package = str(handler.opt["home"]).rpartition(".")[0]
    return _markdown(importlib.import_module(package).__doc__)


def _markdown(doc: str | None) -> str:
    """A docstring as the document has it."""
    return inspect.cleandoc(doc or "").replace("``", "`")
