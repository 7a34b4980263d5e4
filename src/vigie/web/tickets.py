"""Signed notes that go out to a browser and come back: nothing is stored, and nobody can write one but us."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

import msgspec

from vigie.model import Millis


def sign(secret: bytes, purpose: str, value: str, until: Millis) -> str:
    """A ticket that says ``value`` for one purpose, until then.

    >>> ticket = sign(b"k", "join", "ana", 1000)
    >>> read(b"k", "join", ticket, 999), read(b"k", "join", ticket, 1000), read(b"k", "code", ticket, 0)
    ('ana', '', '')
    """
    body = msgspec.json.encode((value, until))
    return f"{_text(body)}.{_text(_seal(secret, purpose, body))}"


def read(secret: bytes, purpose: str, ticket: str, now: Millis) -> str:
    """What the ticket says; empty when it is not ours, not for this purpose or too old."""
    head, _, tail = ticket.partition(".")
    try:
        body, seal = _bytes(head), _bytes(tail)
        if not hmac.compare_digest(seal, _seal(secret, purpose, body)):
            return ""
        value, until = msgspec.json.decode(body, type=tuple[str, int])
    except (ValueError, msgspec.DecodeError):
        return ""
    return value if now < until else ""


def seal(secret: bytes, purpose: str, value: str) -> str:
    """A signature alone, for a value that the other side has already."""
    return _text(_seal(secret, purpose, value.encode()))


def _seal(secret: bytes, purpose: str, body: bytes) -> bytes:
    return hmac.digest(secret, purpose.encode() + b"\0" + body, sha256)


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text.encode("ascii", "replace") + b"=" * (-len(text) % 4))
