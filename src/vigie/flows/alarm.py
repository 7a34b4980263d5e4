"""Sound the alarm: an incident with its evidence, and the channels suspended where the charter says so."""

from typing import Any, Literal

from msgspec import Struct, structs

from vigie.charter import Charter
from vigie.flows.incidents import frozen, open_incident
from vigie.flows.ports.archive import Archive
from vigie.flows.ports.incidents import IncidentMovedError, Incidents
from vigie.flows.ports.notices import Notices
from vigie.flows.ports.publications import Publications
from vigie.flows.ports.signals import Signals
from vigie.model import Act, Happening, Incident, Millis, Origin, Pause

VIGIE = "vigie"
"""Who does what the product does by itself."""


class Watchtower(Struct, frozen=True):
    """What one keeps watch with."""

    archive: Archive
    publications: Publications
    incidents: Incidents
    notices: Notices
    signals: Signals


class Alarm(Struct, frozen=True, kw_only=True):
    """Something that nobody ordered, or that runs away.

    Attributes:
        reason, values, key, channels, network, remote_id, publication, query: as in `Incident`.
        facts: what is frozen as evidence, by kind; only what JSON can hold.
        then: whether the channels are suspended, too.
    """

    origin: Origin
    reason: str
    key: str
    channels: tuple[str, ...] = ()
    values: dict[str, str | int | float] = {}
    network: str = ""
    remote_id: str = ""
    publication: int = 0
    query: str = ""
    facts: dict[str, Any] = {}
    then: Literal["pause", "alert"] = "alert"


def sound(alarm: Alarm, tower: Watchtower, charter: Charter | None, now: Millis) -> Incident:
    """Opens the incident, or adds to the one that it belongs to, and suspends what has to be. Done twice, it adds one
    line, and neither pauses again nor calls anybody again: a crash in between is made good by doing it once more."""
    wanted = Incident(
        id=0,
        revision=0,
        origin=alarm.origin,
        reason=alarm.reason,
        key=_key(alarm, tower.incidents),
        opened_at=now,
        opened_by=VIGIE,
        contain_within=0,
        values=alarm.values,
        channels=alarm.channels,
        network=alarm.network,
        remote_id=alarm.remote_id,
        publication=alarm.publication,
        query=alarm.query,
    )
    incident, _ = open_incident(tower.incidents, tower.notices, charter, wanted, now)
    if alarm.then == "pause":
        incident = _suspend(incident, alarm, tower, charter, now)
    kept = {one.digest for one in tower.incidents.evidence(incident.id)} if alarm.facts else ()
    for kind, facts in alarm.facts.items():
        one = frozen(incident.id, kind, facts, now)
        if one.digest not in kept:
            tower.incidents.keep_evidence(one)
    return incident


def _key(alarm: Alarm, incidents: Incidents) -> str:
    """What is about the same post belongs to the same incident, whoever saw it first."""
    for incident in incidents.of_states(("open", "acknowledged", "contained")) if alarm.remote_id else ():
        if (incident.network, incident.remote_id) == (alarm.network, alarm.remote_id):
            return incident.key
    return alarm.key


def _suspend(incident: Incident, alarm: Alarm, tower: Watchtower, charter: Charter | None, now: Millis) -> Incident:
    digest = charter.digest if charter else ""
    number = _in_force(alarm.channels, tower)
    if not number:
        wanted = Pause(0, alarm.channels, VIGIE, alarm.reason, now, incident.id)
        details: dict[str, str | int | bool | None] = {
            "channels": ", ".join(alarm.channels),
            "incident": incident.id,
        }
        act = Act(now, VIGIE, "pause.set", "pause", alarm.reason, digest, details)
        number = tower.publications.pause(wanted, act).pause.id
    if incident.pause == number:
        return incident
    act = Act(now, VIGIE, "incident.paused", f"incident:{incident.id}", "", digest, {"pause": number})
    happened = Happening(0, incident.id, now, "line.paused", VIGIE, {"channels": ", ".join(alarm.channels)})
    while True:
        try:
            return tower.incidents.change(structs.replace(incident, pause=number), [happened], act)
        except IncidentMovedError as moved:
            incident = moved.current


def _in_force(channels: tuple[str, ...], tower: Watchtower) -> int:
    """The pause that holds all of these channels already; 0 without one."""
    for pause in tower.publications.pauses():
        if all(pause.covers(channel) for channel in channels) and (channels or not pause.channels):
            return pause.id
    return 0
