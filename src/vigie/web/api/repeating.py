"""``Idempotency-Key``: a call that is sent again, because its answer was lost, is not done again.

A key is claimed before the work and its answer kept for 24 h after it, encrypted with the key itself: an answer may
hold a secret that is shown once. A claim without an answer means that the process ended in between.
"""

import hmac
import secrets
from collections.abc import Callable
from hashlib import sha256
from threading import Lock
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from litestar import Request, Response
from msgspec import Struct

from vigie.web.api.problems import Fault, RefusedError, voice
from vigie.web.guard import visitor
from vigie.web.house import House, house_of

HEADER = "Idempotency-Key"
LONGEST = 255
_NONCE = 12

Asked = Request[Any, Any, Any]


class Kept(Struct, frozen=True, array_like=True):
    """An answer as it is kept."""

    status: int
    media_type: str
    headers: dict[str, str]
    body: bytes


class Working:
    """Claims whose work this process is doing now."""

    def __init__(self) -> None:
        self._lock, self._claims = Lock(), set[str]()

    def begin(self, claim: str) -> bool:
        with self._lock:
            new = claim not in self._claims
            self._claims.add(claim)
            return new

    def end(self, claim: str) -> None:
        with self._lock:
            self._claims.discard(claim)


WORKING = Working()


def once(request: Asked, body: bytes, work: Callable[[], Response[Any]]) -> Response[Any]:
    """The answer of ``work``, or the one it gave when this key was first used.

    Raises:
        RefusedError: ``invalid-header``, ``key-reused`` with another request, ``in-progress``, ``outcome-unknown``.
    """
    key = request.headers.get(HEADER, "")
    if not key:
        return work()
    if len(key) > LONGEST or not key.isascii() or not key.isprintable():
        raise RefusedError("invalid-header", Fault(voice(request)("api.invalid.key"), "api.invalid.key", header=HEADER))
    house, login = house_of(request), visitor(request).login
    claim = f"api:{login}:{sha256(key.encode()).hexdigest()}"
    if not WORKING.begin(claim):
        raise RefusedError("in-progress", headers={"Retry-After": "1"})
    try:
        return _claimed(house, claim, key, _digest(request, house, body), work)
    finally:
        WORKING.end(claim)


def _claimed(house: House, claim: str, key: str, digest: str, work: Callable[[], Response[Any]]) -> Response[Any]:
    cipher = AESGCM(sha256(house.secret + b"\0idempotency\0" + key.encode()).digest())
    answers = f"{claim}:answer"
    try:
        first = house.accounts.remember_answer(claim, digest, b"claimed", house.clock()) is None
    except ValueError as error:
        raise RefusedError("key-reused") from error
    if first:
        response = work()
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + cipher.encrypt(nonce, msgspec.msgpack.encode(_kept(response)), claim.encode())
        house.accounts.remember_answer(answers, digest, sealed, house.clock())
        return response
    sealed = house.accounts.remember_answer(answers, digest, b"", house.clock()) or b""
    try:
        kept = msgspec.msgpack.decode(cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], claim.encode()), type=Kept)
    except (InvalidTag, ValueError, msgspec.DecodeError) as error:
        raise RefusedError("outcome-unknown") from error
    headers = {**kept.headers, "Idempotency-Replayed": "true"}
    return Response(kept.body or None, status_code=kept.status, media_type=kept.media_type, headers=headers)


def _kept(response: Response[Any]) -> Kept:
    body = b"" if response.content is None else msgspec.json.encode(response.content)
    return Kept(
        response.status_code or 200, str(response.media_type or "application/json"), dict(response.headers), body
    )


def _digest(request: Asked, house: House, body: bytes) -> str:
    """Names the request. With a key of ours: a body may hold a name that must not be guessed from what we keep."""
    parts = (request.method, request.url.path, request.url.query, request.headers.get("if-match", ""))
    return hmac.digest(house.secret, "\n".join(parts).encode() + b"\n" + body, sha256).hex()
