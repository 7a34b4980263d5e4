"""How fast one caller may ask: a bucket for each token or session, in this process's memory."""

from collections import OrderedDict
from math import ceil
from threading import Lock
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from vigie.model import Millis
from vigie.web.api.problems import RefusedError
from vigie.web.house import house_of
from vigie.web.visitor import Visitor

BURST = 300
"""Requests at once; a program that pages through a year of mentions stays below."""
PER_SECOND = 10
HELD = 1000
"""Callers remembered; the one longest silent is forgotten first, and has a full bucket again."""


class Buckets:
    """What each caller has left."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._left: OrderedDict[str, tuple[float, Millis]] = OrderedDict()

    def take(self, caller: str, now: Millis, cost: int) -> int:
        """0 when the request may pass, else the seconds to wait."""
        with self._lock:
            left, at = self._left.pop(caller, (float(BURST), now))
            left = min(float(BURST), left + max(0, now - at) / 1000 * PER_SECOND)
            passes = left >= cost
            self._left[caller] = (left - cost if passes else left, now)
            while len(self._left) > HELD:
                self._left.popitem(last=False)
        return 0 if passes else ceil((cost - left) / PER_SECOND)


def paced(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """A guard. Raises RefusedError ``too-many-requests``."""
    who = connection.scope.get("user")
    if not isinstance(who, Visitor):
        return
    caller = who.token.id if who.token else who.session.digest if who.session else who.login
    state = connection.app.state
    buckets: Buckets | None = state.get("api_buckets")
    if buckets is None:
        buckets = state.api_buckets = Buckets()
    if wait := buckets.take(caller, house_of(connection).clock(), handler.opt.get("cost", 1)):
        raise RefusedError("too-many-requests", headers={"Retry-After": str(wait)}, values={"wait": str(wait)})
