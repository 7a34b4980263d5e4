"""Speaks to an account's server in its name: logs in, renews its tokens, and never locks itself out."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode

import msgspec
from msgspec import Struct, field

from vigie.flows.ports.fetch import FetchError, Response
from vigie.flows.ports.writer import Budget, Grant, WriteError, WriteTools, unanswered
from vigie.networks.bluesky.writing.refusals import budget, refused, said, wants_fresh_token

T = TypeVar("T")
ERRORS = range(400, 600)


class Tokens(Struct, frozen=True):
    """What a server gives in exchange for the password: one for hours, one to renew both with for weeks."""

    access: str = field(name="accessJwt")
    refresh: str = field(name="refreshJwt")
    did: str = ""
    handle: str = ""


class Session:
    """One account on its server. Calls may run side by side; the tokens are renewed once for all of them.

    Renewing uses up the old tokens. So new ones are kept before they are used, and when an answer with new ones never
    reached us, the password opens a new session: a lost answer costs a login, never the account.
    """

    def __init__(self, grant: Grant, keep: Callable[[Grant], None], tools: WriteTools) -> None:
        self._grant, self._keep, self._tools = grant, keep, tools
        self._tokens = _read(grant.session)
        self._renewing = asyncio.Lock()
        self.budget = Budget()

    @property
    def grant(self) -> Grant:
        """As it was kept last."""
        return self._grant

    async def did(self) -> str:
        """The account's lasting identifier. Raises WriteError when it takes a login that fails."""
        if not self._grant.account_id:
            await self._token()
        return self._grant.account_id

    async def ask(self, method: str, shape: type[T], **asked: str) -> T:
        """What a query answers. Raises WriteError."""
        path = f"{method}?{urlencode(asked)}" if asked else method
        return _decoded(await self._call("GET", path, b"", "", doubtful=False), shape, doubtful=False)

    async def find(self, method: str, shape: type[T], **asked: str) -> T | None:
        """The same; None for a record that is not there."""
        answer = await self._sent("GET", f"{method}?{urlencode(asked)}", b"", "", doubtful=False)
        if answer.status in ERRORS and said(answer).not_there:
            return None
        return _decoded(self._checked(answer, doubtful=False), shape, doubtful=False)

    async def do(self, method: str, shape: type[T], body: dict[str, Any]) -> T:
        """What a procedure that changes something answers. Raises WriteError, doubtful when nobody knows."""
        content = msgspec.json.encode(body)
        return _decoded(
            await self._call("POST", method, content, "application/json", doubtful=True), shape, doubtful=True
        )

    async def upload(self, method: str, shape: type[T], content: bytes, type: str) -> T:
        """Hands over bytes. A second time does no harm, so its errors are never doubtful."""
        return _decoded(await self._call("POST", method, content, type, doubtful=False), shape, doubtful=False)

    async def log_in(self) -> Tokens:
        """Opens a new session with the password.

        Raises:
            WriteError: ``bad-token`` when it is wrong, or opens another account than before.
        """
        login = self._grant.account_id or self._grant.login
        content = msgspec.json.encode({"identifier": login, "password": self._grant.secret})
        answer = await self._fetch(
            "POST", "com.atproto.server.createSession", content, "application/json", "", doubtful=False
        )
        return self._kept(_decoded(self._checked(answer, doubtful=False), Tokens, doubtful=False))

    async def _call(self, http: str, path: str, content: bytes, type: str, *, doubtful: bool) -> Response:
        return self._checked(await self._sent(http, path, content, type, doubtful=doubtful), doubtful=doubtful)

    async def _sent(self, http: str, path: str, content: bytes, type: str, *, doubtful: bool) -> Response:
        token = await self._token()
        answer = await self._fetch(http, path, content, type, token, doubtful=doubtful)
        if wants_fresh_token(answer):
            token = await self._renewed(token)
            answer = await self._fetch(http, path, content, type, token, doubtful=doubtful)
        if http == "POST":
            self.budget = budget(answer) or self.budget
        return answer

    async def _token(self) -> str:
        if self._tokens is not None:
            return self._tokens.access
        async with self._renewing:
            return (self._tokens or await self.log_in()).access

    async def _renewed(self, old: str) -> str:
        async with self._renewing:
            if self._tokens is not None and self._tokens.access != old:
                return self._tokens.access  # somebody else has just done it
            if self._tokens is not None:
                answer = await self._fetch(
                    "POST", "com.atproto.server.refreshSession", b"", "", self._tokens.refresh, doubtful=False
                )
                if answer.status not in ERRORS:
                    return self._kept(_decoded(answer, Tokens, doubtful=False)).access
                if not wants_fresh_token(answer):
                    raise refused(answer, self._tools.clock(), doubtful=False)
            return (await self.log_in()).access

    def _kept(self, tokens: Tokens) -> Tokens:
        known = self._grant.account_id
        if known and tokens.did and tokens.did != known:
            raise WriteError("bad-token", f"{tokens.did}, {known} expected", final=True)
        session = msgspec.json.encode(tokens).decode()
        grant = msgspec.structs.replace(self._grant, session=session, account_id=known or tokens.did)
        self._keep(grant)
        self._grant, self._tokens = grant, tokens
        return tokens

    def _checked(self, answer: Response, *, doubtful: bool) -> Response:
        if answer.status in ERRORS:
            raise refused(answer, self._tools.clock(), doubtful=doubtful)
        return answer

    async def _fetch(self, http: str, path: str, content: bytes, type: str, token: str, *, doubtful: bool) -> Response:
        headers = {"accept": "application/json"}
        if token:
            headers["authorization"] = f"Bearer {token}"
        if type:
            headers["content-type"] = type
        try:
            return await self._tools.fetch(
                f"{self._grant.service}/xrpc/{path}",
                method=http,
                headers=headers,
                content=content,
                seconds=self._tools.seconds,
            )
        except FetchError as error:
            raise unanswered(error, doubtful=doubtful) from error


def _read(session: str) -> Tokens | None:
    try:
        return msgspec.json.decode(session, type=Tokens)
    except msgspec.DecodeError:
        return None


def _decoded(answer: Response, shape: type[T], *, doubtful: bool) -> T:
    try:
        return msgspec.json.decode(answer.body or b"{}", type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise WriteError("not-understood", f"{answer.url}: {error}", doubtful=doubtful) from error
