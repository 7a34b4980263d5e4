"""Slots, approvals and the crisis section held against the rest of the charter: what they name has to be there."""

from collections.abc import Collection, Mapping, Sequence

from ruamel.yaml.nodes import ScalarNode

from vigie.charter.nouns import Person
from vigie.charter.proving import inside
from vigie.charter.read import Reader, Spot
from vigie.charter.rights import ROLES, Action, allows
from vigie.charter.tree import keyed
from vigie.charter.values import meant
from vigie.charter.whole import Written

_NEEDS_QUERY = ("crisis-words", "surge")


def check_slots(reader: Reader, channels: Sequence[Spot], written: Written) -> None:
    """A slot in a channel's own quiet hours is never used: worth knowing."""
    for item, channel in zip(channels, written.channels, strict=False):
        spots = _items(reader, inside(item, "slots"))
        for at, slot in zip(spots, channel.slots, strict=False):
            if any(hours.hold(slot.minute) for hours in channel.quiet):
                reader.note(at, "charter.note.slot-in-quiet", time=f"{slot.minute // 60:02}:{slot.minute % 60:02}")


def check_approvals(reader: Reader, items: Sequence[Spot], written: Written, networks: frozenset[str]) -> None:
    """Who approves is a role or a person, and may; what is approved exists."""
    channels = [channel.id for channel in written.channels]
    spoken = networks | {channel.network for channel in written.channels}
    for item, signing in zip(items, written.approvals, strict=False):
        _check_names(reader, inside(item, "channels"), signing.channels, channels, "channel")
        _check_names(reader, inside(item, "networks"), signing.networks, sorted(spoken), "network")
        by = _items(reader, inside(item, "by")) or [item] * len(signing.by)
        for at, name in zip(by, signing.by, strict=False):
            if name and name in ROLES:
                _check_role(reader, at, name, written)
            elif name:
                _check_person(reader, at, name, "approve", written, also=ROLES)


def check_crisis(reader: Reader, root: Spot, lists: Mapping[str, Sequence[Spot]], written: Written) -> None:
    """Who is called may act; queries, channels and people that are named exist."""
    crisis = written.crisis
    entry = keyed(root.value).get("crisis")
    if entry is None:
        return
    section = Spot("crisis", *entry)
    for at, name in zip(_items(reader, inside(section, "on_call")), crisis.on_call, strict=False):
        if name:
            _check_person(reader, at, name, "handle-incidents", written)
    if crisis.pause_when and not crisis.on_call:
        reader.note(section, "charter.note.nobody-on-call")
    _check_wires(reader, lists["pause_when"], written)
    for item, sheet in zip(lists["playbook"], written.crisis.playbook, strict=False):
        for spot, step in zip(_items(reader, inside(item, "steps")), sheet.steps, strict=False):
            if step.owner:
                _check_person(reader, inside(spot, "owner") or spot, step.owner, "handle-incidents", written)


def _check_wires(reader: Reader, items: Sequence[Spot], written: Written) -> None:
    queries = [query.id for query in written.queries]
    channels = [channel.id for channel in written.channels]
    for item, wire in zip(items, written.crisis.pause_when, strict=False):
        _check_names(reader, inside(item, "channels"), wire.channels, channels, "channel")
        query, on = inside(item, "query"), inside(item, "on")
        if query is not None:
            _check_name(reader, query, wire.query, queries, "query")
        elif on is not None and on.value.value == wire.on and wire.on in _NEEDS_QUERY:  # not what stands in for a slip
            reader.report(on, "charter.error.wire-without-query", on=wire.on)


def _check_role(reader: Reader, at: Spot, role: str, written: Written) -> None:
    if not allows((role,), "approve"):
        reader.report(at, "charter.error.may-not-approve", "approver", name=role)
    elif not any(role in person.roles for person in written.people):
        reader.note(at, "charter.note.nobody-has-role", role=role)


def _check_person(
    reader: Reader, at: Spot, name: str, action: Action, written: Written, also: Collection[str] = ()
) -> None:
    known: dict[str, Person] = {person.id: person for person in written.people if person.id}
    if name not in known:
        reader.report(at, "charter.error.unknown-person", meant(name, (*known, *also)), person=name)
    elif not allows(known[name].roles, action):
        code = "charter.error.may-not-approve" if action == "approve" else "charter.error.may-not-handle"
        reader.report(at, code, name=name)


def _check_names(reader: Reader, spot: Spot | None, names: Sequence[str], known: Sequence[str], what: str) -> None:
    for at, name in zip(_items(reader, spot), names, strict=False):
        _check_name(reader, at, name, known, what)


def _check_name(reader: Reader, at: Spot, name: str, known: Sequence[str], what: str) -> None:
    if name and name not in known:
        values: dict[str, str | int] = {what: name, "known": ", ".join(known)}
        reader.report_with(at, _UNKNOWN[what], values, meant(name, tuple(known)))


_UNKNOWN = {
    "channel": "charter.error.unknown-channel",
    "network": "charter.error.unknown-network",
    "query": "charter.error.unknown-named-query",
}


def _items(reader: Reader, spot: Spot | None) -> list[Spot]:
    """The items of a list; none of what is no list, or not there."""
    return reader.item_spots(spot) if spot and not isinstance(spot.value, ScalarNode) else []
