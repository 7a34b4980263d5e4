"""Speaks to a server in an account's name."""

from email.utils import parsedate_to_datetime
from http import HTTPStatus as Status
from typing import Any, TypeVar
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from vigie.flows.ports.fetch import FetchError, Response
from vigie.flows.ports.writer import Budget, WriteError, WriteTools, unanswered
from vigie.model import Millis
from vigie.networks.mastodon.writing.refusals import budget, refused

T = TypeVar("T")
JSON = "application/json"


class Body(Struct, frozen=True):
    """What is sent along."""

    content: bytes = b""
    type: str = ""


class Server:
    """``origin`` as `vigie.networks.mastodon.network.origin` gives it; ``token`` is empty before there is one.

    Attributes:
        budget: what the server said last about posts that it still takes.
        date: its own time of its last answer; None when it does not tell.
    """

    def __init__(self, origin: str, token: str, tools: WriteTools) -> None:
        self.origin, self._token, self._tools = origin, token, tools
        self.budget = Budget()
        self.date: Millis | None = None

    async def get(self, path: str, shape: type[T], **asked: str) -> T:
        """What a question is answered. Raises WriteError, ``gone`` for what is not there."""
        return await self.do("GET", f"{path}?{urlencode(asked)}" if asked else path, shape, Body(), doubtful=False)

    async def find(self, path: str, shape: type[T], **asked: str) -> T | None:
        """The same; None for what is not there."""
        try:
            return await self.get(path, shape, **asked)
        except WriteError as error:
            if error.code != "gone":
                raise
            return None

    async def post(self, path: str, shape: type[T], values: dict[str, Any]) -> T:
        """Asks for something that does no harm when it is done twice."""
        return await self.do("POST", path, shape, as_json(values), doubtful=False)

    async def do(self, method: str, path: str, shape: type[T], body: Body, key: str = "", *, doubtful: bool) -> T:
        """Any request. ``key``: by which the server knows it again. Raises WriteError, doubtful when asked to be."""
        answer = await self.ask(method, path, body, key, doubtful=doubtful)
        if answer.status >= Status.BAD_REQUEST:
            raise refused(answer, self._tools.clock(), doubtful=doubtful)
        try:
            return msgspec.json.decode(answer.body, type=shape)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise WriteError("not-understood", f"{answer.url}: {error}", doubtful=doubtful) from error

    async def ask(self, method: str, path: str, body: Body, key: str = "", *, doubtful: bool) -> Response:
        """The answer as it came. Raises WriteError when there is none; a doubtful one is to be left alone until the
        server has surely ended what it may still be doing."""
        headers = {"accept": JSON}
        if self._token:
            headers["authorization"] = f"Bearer {self._token}"
        if body.type:
            headers["content-type"] = body.type
        if key:
            headers["idempotency-key"] = key
        try:
            answer = await self._tools.fetch(
                f"{self.origin}{path}",
                method=method,
                headers=headers,
                content=body.content,
                seconds=self._tools.seconds,
            )
        except FetchError as error:
            failed = unanswered(error, doubtful=doubtful)
            if failed.doubtful:
                failed.retry_at = self._tools.clock() + int(2_000 * self._tools.seconds)
            raise failed from error
        self.date = _date(answer) or self.date
        if key:
            self.budget = budget(answer) or self.budget
        return answer


def as_json(values: dict[str, Any]) -> Body:
    """Values as a server reads them; those that are empty are left away."""
    return Body(msgspec.json.encode({name: value for name, value in values.items() if value}), JSON)


def _date(answer: Response) -> Millis | None:
    try:
        return int(parsedate_to_datetime(answer.headers.get("date", "")).timestamp() * 1000)
    except (ValueError, OverflowError):
        return None
