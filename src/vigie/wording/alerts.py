"""What is called how when something goes wrong: people, channels, incidents, lines of a timeline, notices."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from vigie.charter import Charter
from vigie.model import Happening, Incident, Millis, Notice, Pause
from vigie.wording.voice import Wording

_TENTH: Millis = 100


class Names(Struct, frozen=True):
    """The house's names by id; one that the charter no longer has is called by its id."""

    people: Mapping[str, str] = {}
    channels: Mapping[str, str] = {}
    queries: Mapping[str, str] = {}

    def person(self, id: str) -> str:
        """Somebody of the house; the product when it acted by itself."""
        return self.people.get(id, id)

    def everybody(self, ids: Sequence[str], w: Wording) -> str:
        """Several of them in a sentence."""
        return w.list([self.person(id) for id in ids])

    def channel(self, id: str) -> str:
        """An account of the house: its network, and its handle where there are two of them."""
        return self.channels.get(id, id)

    def query(self, id: str) -> str:
        """What people call a query."""
        return self.queries.get(id, id)

    def all_channels(self, ids: Sequence[str], w: Wording) -> str:
        """Several of them in a sentence; none stands for all."""
        return w.list([self.channel(id) for id in ids]) if ids else w("halt.everything")


def names(charter: Charter | None) -> Names:
    """As the charter in force has them."""
    if charter is None:
        return Names({"vigie": "Vigie"})
    people = {"vigie": "Vigie"} | {person.id: person.name for person in charter.people}
    channels = {one.id: channel_label(charter, one.id) for one in charter.channels}
    return Names(people, channels, {one.id: one.label for one in charter.queries})


def channel_label(charter: Charter | None, id: str) -> str:
    """What people call a channel: its network, and its account where there are two of them."""
    channel = charter.channel(id) if charter else None
    if channel is None or charter is None:
        return id
    name = channel.network.capitalize()
    twins = sum(other.network == channel.network for other in charter.channels)
    return f"{name} @{channel.account}" if twins > 1 else name


def incident_title(incident: Incident, known: Names, w: Wording) -> str:
    """What people call it, else what happened, as a sentence."""
    return incident.title or reason(incident, known, w)


def reason(incident: Incident, known: Names, w: Wording) -> str:
    """What happened, as a sentence of the product."""
    return because(incident.reason, incident.values, incident.channels, known, w)


def because(
    code: str,
    values: Mapping[str, str | int | float],
    channels: Sequence[str],
    known: Names,
    w: Wording,
) -> str:
    """The sentence of an incident's reason."""
    given: dict[str, object] = dict(values)
    given["channel"] = known.all_channels(channels or [str(one) for one in [values.get("channel")] if one], w)
    if "query" in values:
        given["query"] = known.query(str(values["query"]))
    if "part" in values:
        given["part"] = w.list([w(f"incidents.part.{one}") for one in str(values["part"]).split(", ")])
    return _said(w, f"incidents.reason.{code.removeprefix('reason.')}", given, "incidents.reason.other")


def happened(line: Happening, known: Names, w: Wording) -> str:
    """A line of a timeline, after the name of who did it."""
    given: dict[str, object] = dict(line.values)
    if line.kind in ("line.opened", "line.again"):
        given["reason"] = because(str(line.values.get("reason", "")), line.values, (), known, w)
    if "to" in line.values:
        given["to"] = known.person(str(line.values["to"]))
    for key in ("channel", "channels"):
        if key in line.values:
            ids = [id for id in str(line.values[key]).split(", ") if id]
            given[key] = known.all_channels(ids, w)
    for key in ("took", "promised"):
        if key in line.values:
            given[key] = w.duration(max(0, int(line.values[key])))  # a clock may be set back
    return _said(w, f"incidents.{line.kind}", given, "incidents.line.other")


def told(notice: Notice, known: Names, w: Wording) -> str:
    """What somebody is told, as a sentence."""
    given: dict[str, object] = dict(notice.values)
    if "reason" in notice.values:
        given["reason"] = because(str(notice.values["reason"]), notice.values, (), known, w)
    if "channel" in notice.values:
        given["channel"] = known.channel(str(notice.values["channel"]))
    if "by" in notice.values:
        given["by"] = known.person(str(notice.values["by"]))
    return _said(w, f"notices.{notice.kind}", given, "notices.other")


def seconds(ms: Millis, w: Wording) -> str:
    """A delay that was measured: ``2,1 s``."""
    return w("halt.seconds", n=ms / 1000) if ms >= _TENTH else w("halt.seconds.less")


def _said(w: Wording, id: str, values: Mapping[str, object], otherwise: str) -> str:
    """The sentence with its values. One that lacks a value, or that is of a later version, is not worth a lost page."""
    if not w.has(id):
        return w(otherwise, code=id)
    try:
        return w(id, **values)
    except (KeyError, IndexError):
        return w(otherwise, code=id)


def pause_why(pause: Pause, w: Wording) -> str:
    """Why somebody paused, in their words; the product's own reasons are codes."""
    code = f"incidents.short.{pause.why.removeprefix('reason.')}"
    return w(code) if pause.by == "vigie" and w.has(code) else pause.why
