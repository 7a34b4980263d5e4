"""What a body or a parameter has wrong in its shape, as codes with values: the decoder speaks English alone."""

import re
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin, get_type_hints

from litestar import Request
from litestar.exceptions import ValidationException
from msgspec import Struct

from vigie.wording import Wording

_PATTERNS = (
    (re.compile(r"Expected `(?P<wanted>[^`]+)`, got `(?P<got>[^`]+)`"), "type"),
    (re.compile(r"Expected `\w+` of length >= (?P<least>\d+)"), "short"),
    (re.compile(r"Expected `\w+` of length <= (?P<most>\d+)"), "long"),
    (re.compile(r"Expected `\w+` >= (?P<least>-?\d+)"), "small"),
    (re.compile(r"Expected `\w+` <= (?P<most>-?\d+)"), "large"),
    (re.compile(r"Object missing required field `(?P<field>[^`]*)`"), "missing"),
    (re.compile(r"Object contains unknown field `(?P<field>[^`]*)`"), "unknown"),
    (re.compile(r"Invalid enum value"), "choice"),
    (re.compile(r"Expected `str` matching regex"), "pattern"),
)
_KINDS = {"str": "text", "int": "number", "float": "number", "bool": "flag", "array": "list", "object": "object"}


class InvalidError(Exception):
    """A value that does not fit. ``where`` is a parameter's name, or for a ``body`` a pointer (``#/roles/0``)."""

    def __init__(self, reason: str, where: str, values: dict[str, str | int] | None = None, *, body: bool) -> None:
        super().__init__(f"{where}: {reason}")
        self.reason, self.where, self.values, self.body = reason, where, values or {}, body

    @property
    def code(self) -> str:
        """Id of its sentence."""
        return f"api.invalid.{self.reason}"

    def sentence(self, say: Wording) -> str:
        """What is wrong and what is wanted."""
        values = {
            key: _in_words(value, say) if key in {"wanted", "got"} else value for key, value in self.values.items()
        }
        return say(self.code, **values)


class Parameter(Struct, frozen=True):
    """A parameter as its route declares it."""

    name: str
    annotation: Any


def explained(request: Request[Any, Any, Any], error: ValidationException) -> Iterator[InvalidError]:
    """Each thing that the decoder found; ``extra`` of Litestar's exception has ``key``, ``source`` and ``message``."""
    found = error.extra if isinstance(error.extra, list) else []
    for one in found:
        key, message = str(one.get("key", "")), str(one.get("message", ""))
        body = one.get("source") == "body" or key == "data"
        where = _pointer(key) if body else request.route_handler.opt["parameters"].get(key, key)
        reason, values = _reason(message)
        if body and key == "data" and message == "'data'":
            reason = "no-body"
        if reason == "choice":
            values = {"known": ", ".join(_choices(request, key, body=body))}
        if reason in {"missing", "unknown"}:
            where = f"{where}/{values['field']}"
        yield InvalidError(reason, where, values, body=body)
    if not found:
        yield InvalidError("shape", "#", body=True)


def _reason(message: str) -> tuple[str, dict[str, str | int]]:
    for pattern, reason in _PATTERNS:
        if match := pattern.search(message):
            return reason, dict(match.groupdict())
    return "shape", {}


def _pointer(key: str) -> str:
    """``roles[0]`` becomes ``#/roles/0``."""
    return "#" if key == "data" else "#/" + re.sub(r"\[(\d*|\.\.\.)\]", r"/\1", key).replace(".", "/").rstrip("/")


def _choices(request: Request[Any, Any, Any], key: str, *, body: bool) -> list[str]:
    """What a field of few values may hold, found by following its path through the types."""
    hints = request.route_handler.opt["hints"]
    names = re.findall(r"[a-z_]+", key)
    annotation: Any = hints.get("data" if body else names[0])
    for name in names if body else ():
        struct = next((one for one in _inside(annotation) if isinstance(one, type) and issubclass(one, Struct)), None)
        annotation = get_type_hints(struct, include_extras=True).get(name) if struct else None
    literal = next((one for one in _inside(annotation) if get_origin(one) is Literal), None)
    return [str(value) for value in get_args(literal) if value != ""]


def _inside(annotation: Any) -> Iterator[Any]:
    """An annotation and everything it is made of."""
    yield annotation
    if get_origin(annotation) is not Literal:
        for part in get_args(annotation):
            yield from _inside(part)


def _in_words(wanted: str | int, say: Wording) -> str:
    parts = [_KINDS.get(part.strip(), "") for part in str(wanted).split("|")]
    names = list(dict.fromkeys(say(f"api.kind.{part}") for part in parts if part))
    return (
        say("api.kind.or", first=", ".join(names[:-1]), last=names[-1])
        if len(names) > 1
        else "".join(names) or str(wanted)
    )
