"""How far an incident has come, and what the house's reflex sheets ask for first."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import structs

from vigie.charter import Crisis
from vigie.desk.moves import MoveError
from vigie.model import Incident, IncidentState, Millis, Task, told

_STATES: Mapping[IncidentState, frozenset[IncidentState]] = MappingProxyType(
    {
        "open": frozenset({"acknowledged", "contained"}),
        "acknowledged": frozenset({"contained", "resolved"}),
        "contained": frozenset({"resolved"}),
        "resolved": frozenset({"learned", "acknowledged"}),
        "learned": frozenset(),
    }
)
"""From each state, those it may go to. Somebody owns an incident before it is resolved. Not all need containing: a
false alarm is acknowledged, then resolved. What was learned stays: the same thing again is a new incident."""


def may_move(state: IncidentState, to: IncidentState) -> bool:
    """Whether an incident in one state may go to another."""
    return to in _STATES[state]


def acknowledged(i: Incident, who: str, now: Millis) -> Incident:
    """Somebody has seen it and answers for it, unless it has an owner already."""
    if i.state != "open":
        raise MoveError(i.state)
    return _moved(i, "acknowledged", owner=i.owner or who, acknowledged_at=now)


def assigned(i: Incident, to: str) -> Incident:
    """Somebody else answers for it from now on. Whoever that is has not seen it yet: it stays as it is.

    Raises:
        MoveError: ``learned``: nothing is left to do; ``nobody``: an incident is not taken from everybody.
    """
    if i.state == "learned":
        raise MoveError(i.state)
    if not to:
        raise MoveError("nobody")
    return structs.replace(i, owner=to)


def contained(i: Incident, who: str, now: Millis) -> Incident:
    """It does not grow any more. Who contains one that nobody had seen has thereby acknowledged it."""
    seen = now if i.acknowledged_at is None else i.acknowledged_at
    return _moved(i, "contained", owner=i.owner or who, acknowledged_at=seen, contained_at=now)


def resolved(i: Incident, now: Millis) -> Incident:
    """Nothing is left to do at once."""
    return _moved(i, "resolved", resolved_at=now)


def learned(i: Incident, words: str, rule: str, now: Millis) -> Incident:
    """What the house takes from it: words, and the rule of the charter that came of it, if one did.

    Raises:
        MoveError: ``no-words``; or the state that does not allow it.
    """
    if not words.strip():
        raise MoveError("no-words")
    return _moved(i, "learned", learned=words.strip(), learned_rule=rule, learned_at=now)


def reopened(i: Incident, who: str) -> Incident:
    """It was not over. Whoever says so owns it where nobody does; its clock goes on from when it was opened."""
    if i.state != "resolved":
        raise MoveError(i.state)
    return _moved(i, "acknowledged", owner=i.owner or who, contained_at=None, resolved_at=None)


def tasks(crisis: Crisis, incident: Incident, language: str = "") -> tuple[Task, ...]:
    """What the reflex sheets ask for, in their order, in the house's words in that language."""
    return tuple(
        Task(
            id=0,
            incident=incident.id,
            title=told(step.do, language),
            owner=step.owner,
            due=None if step.within is None else incident.opened_at + step.within,
            told=step.tell,
        )
        for sheet in crisis.playbook
        if not sheet.on or incident.origin in sheet.on
        for step in sheet.steps
    )


def _moved(i: Incident, to: IncidentState, **changes: object) -> Incident:
    if not may_move(i.state, to):
        raise MoveError(i.state)
    return structs.replace(i, state=to, **changes)
