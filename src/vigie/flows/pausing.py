"""Stop everything that goes out, or one channel; let it go again, which takes two people."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from vigie.charter import Charter
from vigie.charter.rights import allows
from vigie.flows.drafts import Doing
from vigie.flows.ports.publications import Publications
from vigie.model import Act, Fate, HeldChoice, Millis, Pause, Publication, Release

LONGEST_WAIT_S = 10.0
"""How long an order to stop waits for what was on its way."""
LOOK_EVERY_S = 0.02


class Waiting(Struct, frozen=True):
    """How one waits: ``steady`` counts seconds and is never set back, ``rest`` passes some of them."""

    steady: Callable[[], float]
    rest: Callable[[float], None]


class Stopped(Struct, frozen=True):
    """What an order to stop has done.

    Attributes:
        held: numbers of the publications that it holds now.
        in_flight: what was on its way when the order came, as it stands now. One that is still ``publishing`` may yet
            appear; ``unconfirmed`` is not sent again while the pause lasts.
        settled_ms: from the order until nothing was on its way any more; None when that was not seen in time.
    """

    pause: Pause
    held: tuple[int, ...]
    in_flight: tuple[Publication, ...]
    settled_ms: int | None


def pause(
    publications: Publications,
    channels: Sequence[str],
    why: str,
    by: Doing,
    waiting: Waiting,
    *,
    incident: int = 0,
    sending: Callable[[], bool] = lambda: True,
) -> Stopped:
    """Stops these channels, all without any: nothing is claimed any more from the moment the order is stored. Returns
    once what was on its way has arrived or not, after `LONGEST_WAIT_S` at the latest.

    ``sending`` says whether there is a process that sends: without one, nothing can be on its way. To be called in a
    thread of its own where others wait.
    """
    began = waiting.steady()
    wanted = Pause(0, tuple(channels), by.who, why, by.now, incident)
    details: dict[str, str | int | bool | None] = {"channels": ", ".join(channels), "incident": incident or None}
    found = publications.pause(wanted, Act(by.now, by.who, "pause.set", "pause", why, by.charter, details))
    flying = found.in_flight
    while on_their_way(flying) and sending() and waiting.steady() - began < LONGEST_WAIT_S:
        waiting.rest(LOOK_EVERY_S)
        flying = _now(publications, flying)
    settled = None
    if not on_their_way(flying) or not sending():
        settled = round((waiting.steady() - began) * 1000)
        publications.settled(found.pause.id, settled, _settled_act(found.pause, settled, by.now + settled))
    return Stopped(publications.pause_of(found.pause.id) or found.pause, found.held, flying, settled)


def settle_pauses(publications: Publications, now: Millis) -> None:
    """Notes of each pause in force that nothing is on its way any more, where whoever set it did not wait so long."""
    waiting = [one for one in publications.pauses() if one.settled_ms is None]
    if not waiting:
        return
    flying = publications.of_states(("publishing",))
    for one in waiting:
        if not any(one.covers(publication.channel) for publication in flying):
            after_ms = max(0, now - one.at)
            publications.settled(one.id, after_ms, _settled_act(one, after_ms, now))


def on_their_way(publications: Sequence[Publication]) -> tuple[Publication, ...]:
    """Those that a process may be sending at this moment."""
    return tuple(one for one in publications if one.state == "publishing")


def who_may_release(charter: Charter | None) -> tuple[str, ...]:
    """Ids of the people who may let go of what a pause holds."""
    people = charter.people if charter else ()
    return tuple(person.id for person in people if allows(person.roles, "release"))


def one_is_enough(charter: Charter | None, who: str) -> bool:
    """Whether nobody else of the house could agree."""
    return not any(id != who for id in who_may_release(charter))


def same_for_all(publications: Publications, pause: int, fate: Fate) -> tuple[HeldChoice, ...]:
    """One choice for everything that a pause holds: ``send`` or ``drop``."""
    return tuple(HeldChoice(one.id, fate) for one in publications.held(pause))


def propose(
    publications: Publications, charter: Charter | None, pause: int, choices: Sequence[HeldChoice], by: Doing
) -> list[Publication] | None:
    """Says what is to become of each held publication. None while a second person has to agree; in a house where nobody
    else may, it ends the pause: what became of those held.

    Raises ReleaseError.
    """
    release = Release(by.who, by.now, tuple(choices))
    what = f"pause:{pause}"
    alone = one_is_enough(charter, by.who)
    details: dict[str, str | int | bool | None] = {
        fate: count for fate in ("send", "reschedule", "drop") if (count := sum(c.fate == fate for c in choices))
    }
    act = Act(by.now, by.who, "pause.release-proposed", what, "", by.charter, details)
    publications.propose_release(pause, release, act)
    return agree(publications, pause, by, alone=True) if alone else None


def agree(publications: Publications, pause: int, by: Doing, *, alone: bool = False) -> list[Publication]:
    """The second person's word: ends the pause as it was proposed. What became of those held.

    Raises ReleaseError.
    """
    act = Act(by.now, by.who, "pause.released", f"pause:{pause}", "", by.charter, {"alone": True} if alone else {})
    return publications.agree_release(pause, by.who, by.now, act, alone=alone)


def _settled_act(pause: Pause, after_ms: int, now: Millis) -> Act:
    return Act(now, "vigie", "pause.settled", f"pause:{pause.id}", details={"after_ms": after_ms})


def _now(publications: Publications, flying: Sequence[Publication]) -> tuple[Publication, ...]:
    return tuple(publications.get(one.id) or one for one in flying)
