"""Incidents as people work on them: opened, taken, handed over, contained, resolved, learned from, talked about."""

from hashlib import sha256
from typing import Any

import msgspec
from msgspec import structs

from vigie.charter import Charter
from vigie.desk import incidents as desk
from vigie.flows.drafts import Doing
from vigie.flows.ports.incidents import Incidents
from vigie.flows.ports.notices import Notices
from vigie.flows.tell import tell
from vigie.model import Act, Evidence, Happening, Incident, Millis, Notice

_ENCODER = msgspec.json.Encoder(order="sorted")


def open_incident(
    incidents: Incidents, notices: Notices, charter: Charter | None, wanted: Incident, now: Millis, words: str = ""
) -> tuple[Incident, bool]:
    """Opens one with the tasks of the charter's playbook and calls whoever is on call; or adds a line to the one of the
    same key that is not resolved yet. True when it is new.

    Timeline: ``line.opened``, or ``line.again`` where there was one.
    """
    opened = structs.replace(
        wanted,
        opened_at=now,
        contain_within=charter.crisis.contain_within if charter else wanted.contain_within,
        charter=charter.digest if charter else "",
    )
    there = incidents.of_key(wanted.key) is not None
    kind = "line.again" if there else "line.opened"
    told = {"reason": wanted.reason, **wanted.values}
    happened = Happening(0, 0, now, kind, wanted.opened_by, told, words)
    tasks = desk.tasks(charter.crisis, opened, charter.company.languages[0]) if charter else ()
    act = Act(now, wanted.opened_by, "incident.opened", "incident", words, opened.charter, {"reason": wanted.reason})
    incident, new = incidents.open(opened, [happened], tasks, act)
    if new:
        _tell(notices, charter, incident, "incident.opened", now)
    return incident, new


def frozen(incident: int, kind: str, facts: Any, now: Millis) -> Evidence:
    """Facts as evidence: their JSON with sorted keys, and its digest.

    >>> frozen(4, "post", {"text": "Bonjour"}, 0).content
    '{"text":"Bonjour"}'
    """
    content = _ENCODER.encode(facts)
    return Evidence(incident, now, kind, content.decode(), sha256(content).hexdigest())


def acknowledge(incidents: Incidents, notices: Notices, incident: Incident, by: Doing) -> Incident:
    """Somebody takes it: nobody else is woken any more. Raises MoveError, IncidentMovedError, as all below do."""
    taken = desk.acknowledged(incident, by.who, by.now)
    done = _changed(incidents, taken, "acknowledged", by)
    notices.cancel(incident.id)
    return done


def assign(incidents: Incidents, notices: Notices, incident: Incident, by: Doing, to: str) -> Incident:
    """Hands it over to somebody, who is told; until they have acknowledged it, it stays as open as it was."""
    done = _changed(incidents, desk.assigned(incident, to), "assigned", by, values={"to": to})
    if to != by.who:
        _tell(notices, None, done, "incident.assigned", by.now, to=(to,), by=by.who)
    return done


def contain(incidents: Incidents, notices: Notices, incident: Incident, by: Doing) -> Incident:
    """It does no more harm: the clock stops."""
    values: dict[str, str | int | float] = {"took": by.now - incident.opened_at, "promised": incident.contain_within}
    done = _changed(incidents, desk.contained(incident, by.who, by.now), "contained", by, values=values)
    notices.cancel(incident.id)
    return done


def resolve(incidents: Incidents, notices: Notices, incident: Incident, by: Doing) -> Incident:
    """There is nothing left to do at once."""
    done = _changed(incidents, desk.resolved(incident, by.now), "resolved", by)
    notices.cancel(incident.id)
    return done


def learn(incidents: Incidents, incident: Incident, by: Doing, words: str, rule: str = "") -> Incident:
    """What it taught, in words, and the rule of the charter that came of it."""
    done = desk.learned(incident, words, rule, by.now)
    return _changed(incidents, done, "learned", by, words, {"rule": rule} if rule else {})


def reopen(incidents: Incidents, incident: Incident, by: Doing, words: str = "") -> Incident:
    """It was not over. Whoever says so has it, and nobody is woken."""
    return _changed(incidents, desk.reopened(incident, by.who), "reopened", by, words)


def say(incidents: Incidents, incident: Incident, by: Doing, words: str) -> None:
    """Writes a person's words into the timeline (``line.said``)."""
    incidents.happen(Happening(0, incident.id, by.now, "line.said", by.who, {}, words))


def _tell(
    notices: Notices,
    charter: Charter | None,
    incident: Incident,
    kind: str,
    now: Millis,
    to: tuple[str, ...] = (),
    **values: str,
) -> None:
    """At once, and about this incident: to these people, or to whoever is on call."""
    told: dict[str, str | int | float] = {
        **incident.values,
        **values,
        "reason": incident.reason,
        "incident": incident.id,
    }
    path = f"/incidents/{incident.id}"
    notice = Notice(id=0, at=now, kind=kind, urgency="now", to=to, values=told, path=path, incident=incident.id)
    tell(notices, charter, notice)


def _changed(
    incidents: Incidents,
    changed: Incident,
    did: str,
    by: Doing,
    words: str = "",
    values: dict[str, str | int | float] | None = None,
) -> Incident:
    happened = Happening(0, changed.id, by.now, f"line.{did}", by.who, values or {}, words)
    details: dict[str, str | int | bool | None] = {
        name: value for name, value in (values or {}).items() if not isinstance(value, float)
    }
    act = Act(by.now, by.who, f"incident.{did}", f"incident:{changed.id}", words, by.charter, details)
    return incidents.change(changed, [happened], act)
