"""Each way by which somebody was told, in words: to whom, by what means, how it went."""

from collections.abc import Iterable
from itertools import groupby

from msgspec import Struct

from vigie.flows.tell import NO_ADDRESS, NO_SERVER, may_go_again
from vigie.model import Delivery, Millis, Notice
from vigie.wording import Wording
from vigie.wording.alerts import Names

SOON: Millis = 60_000
"""What is due within this is on its way; what is due later waits for something."""

_CANCELLED = {NO_ADDRESS: "notices.went.no_address", NO_SERVER: "notices.went.no_server"}


class Line(Struct, frozen=True):
    """One delivery. ``answer``: what the other side said; ``again``: whether it can be sent once more."""

    one: Delivery
    who: str
    says: str
    answer: str
    again: bool


class Told(Struct, frozen=True):
    """One notice with its lines."""

    notice: Notice
    lines: tuple[Line, ...]


def by_notice(found: Iterable[tuple[Delivery, Notice]], known: Names, w: Wording, tz: str, now: Millis) -> list[Told]:
    """Deliveries that follow each other about one notice, together; each notice's in the order in which they left."""
    told = []
    for _, some in groupby(found, key=lambda pair: pair[1].id):
        pairs = list(some)
        lines = tuple(line(delivery, known, w, tz, now) for delivery, _ in reversed(pairs))
        told.append(Told(pairs[0][1], lines))
    return told


def line(one: Delivery, known: Names, w: Wording, tz: str, now: Millis) -> Line:
    """One delivery in words."""
    who = known.person(one.person) if one.person else one.address
    shown = " ".join(str(part) for part in (one.status or "", one.answer) if part) if one.state != "cancelled" else ""
    return Line(one, who, _went(one, w, tz, now), shown, may_go_again(one))


def _went(one: Delivery, w: Wording, tz: str, now: Millis) -> str:
    match one.state:
        case "delivered":
            return w("notices.went.delivered", when=w.when(one.delivered_at or one.try_at, tz, now))
        case "failed":
            return w.count("notices.went.failed", one.attempts)
        case "cancelled":
            return w(_CANCELLED.get(one.answer, "notices.went.not_needed"))
        case "waiting":
            due = w.when(one.try_at, tz, now)
            if one.attempts:
                return w.count("notices.went.refused", one.attempts, when=due)
            return w("notices.went.quiet", when=due) if one.try_at > now + SOON else w("notices.went.sending")
