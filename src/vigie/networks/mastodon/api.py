"""Asks a server over HTTP; each way in which it can refuse has its code."""

from http import HTTPStatus as Status
from typing import TypeVar
from urllib.parse import quote, urlencode

import msgspec

from vigie.flows.ports.fetch import Fetch, FetchError, Response
from vigie.flows.ports.network import Clock, SourceDownError
from vigie.model import Millis
from vigie.model.loose import read_instant
from vigie.networks.mastodon.entities import Instance

T = TypeVar("T")
MAYBE_TOKEN = frozenset((Status.BAD_REQUEST, Status.FORBIDDEN, Status.UNPROCESSABLE_ENTITY))
"""What servers of several makes answer to a bad token besides 401: their words tell."""
SPARE = 10
"""Requests left for people who look at a profile or a thread, out of the 300 in five minutes that a server grants."""


class Api:
    """One server, asked with the house's token if there is one. ``server`` is its origin, ``https://masto.example``."""

    def __init__(self, server: str, fetch: Fetch, clock: Clock, token: str) -> None:
        self.server, self.fetch, self.clock, self.token = server, fetch, clock, token
        self.wait_until: Millis = 0

    async def get(self, path: str, kind: type[T], **params: str) -> T:
        """What a server answers, decoded.

        Raises:
            SourceDownError: it does not.
        """
        answer = await self._ask(path, params)
        if answer.status != Status.OK:
            raise self._refusal(answer)
        return _decoded(answer, kind)

    async def find(self, path: str, kind: type[T], **params: str) -> T | None:
        """The same, or None for what is not there (404, 410).

        Raises:
            SourceDownError: it cannot be told.
        """
        answer = await self._ask(path, params)
        if answer.status in {Status.NOT_FOUND, Status.GONE}:
            return None
        if answer.status != Status.OK:
            raise self._refusal(answer)
        return _decoded(answer, kind)

    async def instance(self) -> Instance:
        """What the server says of itself. Some know only the first version of the question, and some neither."""
        for path in ("/api/v2/instance", "/api/v1/instance"):
            found = await self.find(path, Instance)
            if found is not None:
                return found
        return Instance()

    async def _ask(self, path: str, params: dict[str, str]) -> Response:
        url = f"{self.server}{quote(path, safe='/%')}" + (f"?{urlencode(params)}" if params else "")
        headers = {"accept": "application/json"} | ({"authorization": f"Bearer {self.token}"} if self.token else {})
        try:
            answer = await self.fetch(url, headers=headers)
        except FetchError as error:
            final = error.code in {"bad-address", "private-address"}
            raise SourceDownError(error.code, error.detail, final=final) from error
        self._note_limit(answer)
        return answer

    def _note_limit(self, answer: Response) -> None:
        left = answer.headers.get("x-ratelimit-remaining", "")
        if left.isdecimal() and int(left[:9]) <= SPARE:
            self.wait_until = read_instant(answer.headers.get("x-ratelimit-reset", "")) or self.clock() + 60_000

    def _refusal(self, answer: Response) -> SourceDownError:
        detail = f"{answer.status} {said(answer)}".strip()
        status = answer.status
        if status == Status.UNAUTHORIZED or (status in MAYBE_TOKEN and about_token(answer)):
            return SourceDownError("bad-token", detail, final=True)
        if status == Status.TOO_MANY_REQUESTS:
            return SourceDownError("rate-limited", detail, retry_at=self._retry_at(answer) or self.clock() + 300_000)
        if status >= Status.INTERNAL_SERVER_ERROR:
            return SourceDownError("unreachable", detail, retry_at=self._retry_at(answer))
        if status in {Status.NOT_FOUND, Status.GONE}:
            return SourceDownError("gone", detail)
        if status == Status.FORBIDDEN:
            return SourceDownError("refused", detail)
        return SourceDownError("not-understood", detail)

    def _retry_at(self, answer: Response) -> Millis | None:
        seconds = answer.headers.get("retry-after", "")
        if seconds.isdecimal():
            return self.clock() + min(int(seconds[:9]), 86_400) * 1000
        return read_instant(answer.headers.get("x-ratelimit-reset", ""))


def _decoded(answer: Response, kind: type[T]) -> T:
    if answer.cut:
        raise SourceDownError("not-understood", f"{answer.url}: longer than {len(answer.body)} bytes")
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SourceDownError("not-understood", f"{answer.url}: {error}") from error


class _Refusal(msgspec.Struct):
    error: str = ""
    error_description: str = ""


def said(answer: Response) -> str:
    """The server's own words."""
    try:
        said = msgspec.json.decode(answer.body, type=_Refusal)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    return f"{said.error} {said.error_description}".strip()


def about_token(answer: Response) -> bool:
    """Servers of other makes answer 400 to a bad token, and Mastodon 422 where it wants one: their words tell it."""
    words = said(answer).lower()
    return any(sign in words for sign in ("token", "authenticated", "authoriz", "authoris", "unauthenticated", "scope"))
