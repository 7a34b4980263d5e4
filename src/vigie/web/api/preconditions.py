"""Entity tags: who changes something shows the version that they have seen (RFC 9110, 13.1)."""

from typing import Any

from litestar import Request

from vigie.web.api.problems import Fault, RefusedError, voice

Asked = Request[Any, Any, Any]


def quoted(tag: str) -> str:
    """A version as ``ETag`` shows it."""
    return f'"{tag}"'


def seen(request: Asked, tag: str) -> str:
    """The version that the change is meant for: ``tag`` itself when a header says so, empty for "not there yet".

    Raises:
        RefusedError: ``precondition-required`` when something is there and no header says which version,
            ``precondition-failed`` when the header names another one.
    """
    if "*" in _tags(request, "if-none-match"):
        if tag:
            raise RefusedError("precondition-failed", _fault(request, "If-None-Match"), headers={"ETag": quoted(tag)})
        return ""
    match = _tags(request, "if-match")
    if not match:
        if tag:
            raise RefusedError("precondition-required", _fault(request, "If-Match"), headers={"ETag": quoted(tag)})
        return ""
    if not tag or not ("*" in match or tag in match):
        headers = {"ETag": quoted(tag)} if tag else {}
        raise RefusedError("precondition-failed", _fault(request, "If-Match"), headers=headers)
    return tag


def unchanged(request: Asked, tag: str) -> bool:
    """Whether the caller already has this version."""
    tags = _tags(request, "if-none-match")
    return tag in tags or "*" in tags


def _tags(request: Asked, header: str) -> list[str]:
    """A weak tag (``W/"…"``) counts as its strong one: some proxies weaken tags when they compress."""
    written = request.headers.get(header, "")
    return [part.strip().removeprefix("W/").strip('"') for part in written.split(",") if part.strip()]


def _fault(request: Asked, header: str) -> Fault:
    return Fault(voice(request)("api.invalid.precondition"), "api.invalid.precondition", header=header)
