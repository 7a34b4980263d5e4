"""The list: what is under way first, then what still has to be learned from, then what was learned."""

from typing import Any, Literal

from litestar import Request, Response, get
from msgspec import Struct

from vigie.model import Incident, Millis
from vigie.web.guard import requires, visitor
from vigie.web.house import house_of
from vigie.web.view import timezone, view, wording
from vigie.wording import Wording
from vigie.wording.alerts import Names, names

Asked = Request[Any, Any, Any]
_LEARNED = 30


class Promise(Struct, frozen=True):
    """How an incident stands to what the charter promised: ``s`` is the state of a clock, ``part`` what is left of it,
    ``ms`` what is left, what is over, or what it took."""

    s: Literal["far", "soon", "late", "kept", "over"]
    ms: Millis
    part: float = 0.0


def promise(one: Incident, now: Millis) -> Promise:
    """``kept`` and ``over`` once it is contained (or resolved without that); before, how the clock runs."""
    ended = one.contained_at or one.resolved_at
    took = max(0, (ended or now) - one.opened_at)
    left = one.contain_within - took
    if ended is not None:
        return Promise("kept" if left >= 0 else "over", took)
    if left < 0:
        return Promise("late", -left)
    part = left / one.contain_within if one.contain_within else 0.0
    return Promise("far" if part >= 0.5 else "soon", left, part)  # noqa: PLR2004 - under half of it is soon


@get("/incidents", guards=[requires("read-incidents")], sync_to_thread=True)
def incidents(request: Asked) -> Response[str]:
    """Every incident, by what it asks for."""
    house, w = house_of(request), wording(request)
    running = house.incidents.of_states(("open", "acknowledged", "contained"))
    running.sort(key=lambda one: (one.state != "open", -one.opened_at))
    resolved = house.incidents.of_states(("resolved",))
    charter = house.charter()
    return view(
        request,
        "incidents/page.html",
        headline=_headline(running, resolved, names(charter), w, (timezone(charter), house.clock())),
        running=running,
        resolved=resolved,
        learned=house.incidents.of_states(("learned",), _LEARNED),
        promise=promise,
        may_handle=visitor(request).may("handle-incidents"),
    )


def _headline(
    running: list[Incident], resolved: list[Incident], known: Names, w: Wording, here: tuple[str, Millis]
) -> str:
    waiting = sum(one.state == "open" for one in running)
    if waiting:
        return w.count("incidents.headline.open", waiting)
    if running:
        people = known.everybody(tuple(dict.fromkeys(one.owner for one in running if one.owner)), w)
        return w.count("incidents.headline.taken", len(running), people=people)
    ended = [one.resolved_at for one in resolved if one.resolved_at is not None]
    if ended:
        return w("incidents.headline.none.last", when=w.when(max(ended), *here))
    return w("incidents.headline.none")
