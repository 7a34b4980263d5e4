"""Headers on every answer: nothing runs, loads or frames here that is not ours."""

from typing import Any

POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' data:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "form-action 'self'; "
    "frame-ancestors 'none'; "
    "base-uri 'none'"
)

_ALWAYS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), browsing-topics=()"),
)


async def add_headers(message: Any, scope: Any) -> None:
    """Litestar's ``before_send``: adds what is missing; pages are never cached unless they say otherwise."""
    if message["type"] != "http.response.start":
        return
    headers: list[tuple[bytes, bytes]] = list(message.get("headers", ()))
    there = {name.lower() for name, _ in headers}
    headers += [pair for pair in _ALWAYS if pair[0] not in there]
    if b"cache-control" not in there:
        headers.append((b"cache-control", b"no-store"))
    if scope.get("scheme") == "https" and b"strict-transport-security" not in there:
        headers.append((b"strict-transport-security", b"max-age=31536000"))
    message["headers"] = headers
