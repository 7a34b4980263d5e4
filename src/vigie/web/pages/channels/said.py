"""How an account stands, in words: one sentence for all, the figures of one, and what went wrong."""

from collections.abc import Sequence

from msgspec import Struct

from vigie.flows.connecting import WrongAccountError
from vigie.flows.ports.writer import Budget, WriteError
from vigie.model import Millis
from vigie.web.pages.channels.rows import Row
from vigie.wording import Wording

MENDED_BY_A_PERSON = frozenset({"refused", "ended"})


class Lines(Struct, frozen=True):
    """The figures of one account, in words; empty for what its network has not said."""

    proved: str
    ends: str
    budget: str
    last: str


def headline(found: Sequence[Row], w: Wording, now: Millis) -> str:
    """One sentence about now: what is broken, what ends soon, what was never connected."""
    broken = sum(row.health in MENDED_BY_A_PERSON for row in found)
    if broken:
        return w.count("channels.headline.broken", broken)
    ending = sum(row.ends_soon(now) for row in found)
    if ending:
        return w.count("channels.headline.ending", ending)
    absent = sum(row.health == "absent" for row in found)
    if absent:
        return w.count("channels.headline.absent", absent)
    if any(row.health == "unproved" for row in found):
        return w("channels.headline.unproved")
    return w("channels.headline.well" if found else "channels.headline.none")


def lines(row: Row, w: Wording, now: Millis, tz: str) -> Lines:
    """What is known of an account."""
    said = row.said
    return Lines(
        proved=w.when(said.at, tz, now) if said.at else "",
        ends=w.date(said.expires_at, tz) if said.expires_at is not None else "",
        budget=_budget(said.budget, w, now, tz),
        last=w.when(row.last_at, tz, now) if row.last_at is not None else w("channels.last.none"),
    )


def trouble(error: WriteError | WrongAccountError, network: str, w: Wording) -> str:
    """What happened, and what to do; the network's own words only where nobody knows the code."""
    if isinstance(error, WrongAccountError):
        return w("channels.error.wrong-account", found=error.found, expected=error.expected)
    code = "address" if error.code == "unreachable" and error.final else error.code
    id = f"channels.error.{code}"
    if w.has(id):
        return w(id, network=network)
    return w("channels.error.other", network=network, detail=error.detail or error.code)


def _budget(budget: Budget, w: Wording, now: Millis, tz: str) -> str:
    if budget.left is None or budget.of is None:
        return ""
    if budget.resets_at is None or budget.resets_at <= now:
        return w("channels.budget", left=budget.left, of=budget.of)
    return w("channels.budget.until", left=budget.left, of=budget.of, when=w.when(budget.resets_at, tz, now))
