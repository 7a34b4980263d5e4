"""From the text of ``charter.yaml`` to a charter, or to everything that is wrong with it at once."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from types import MappingProxyType

from msgspec import Struct, structs
from ruamel.yaml.nodes import Node, ScalarNode

from vigie.charter.crosschecks import check_approvals, check_crisis, check_slots
from vigie.charter.nouns import NamedQuery
from vigie.charter.problem import CharterError
from vigie.charter.proving import inside, prove_rules, query_at
from vigie.charter.read import Reader, Spot
from vigie.charter.tree import grow, keyed
from vigie.charter.values import meant
from vigie.charter.whole import Charter, Written
from vigie.model import SourceSpec

_NO_CHECKS: Mapping[str, type[Struct]] = MappingProxyType({})


class Vocabulary(Struct, frozen=True):
    """Names that a charter may use and that other rooms know.

    Attributes:
        networks: those that can be read.
        source_problems: what a network says of a source: (option, code of `wording` area ``sources``, detail).
        checks: the built-in checks by id, with the type of their options.
    """

    networks: frozenset[str]
    source_problems: Callable[[SourceSpec], list[tuple[str, str, str]]] = lambda _: []
    checks: Mapping[str, type[Struct]] = _NO_CHECKS


def parse(text: str, vocabulary: Vocabulary) -> Charter:
    """Reads a charter.

    Raises:
        CharterError: with all problems, in the order of the text.
    """
    root = grow(text)
    reader = Reader(text, vocabulary.checks)
    written = reader.noun(root, Written)
    spots = _Spots(reader, root)
    _check_ids(reader, spots)
    _check_networks(reader, spots, written, vocabulary)
    _check_owners(reader, spots, written)
    _check_objectives(reader, spots, written)
    _check_calendar(reader, spots, written)
    _check_queries(reader, spots, written.queries)
    check_slots(reader, spots.lists["channels"], written)
    check_approvals(reader, spots.lists["approvals"], written, vocabulary.networks)
    check_crisis(reader, spots.root, spots.lists, written)
    prove_rules(reader, spots.lists["rules"], written, vocabulary.networks)
    if reader.problems:
        raise CharterError(tuple(sorted(reader.problems, key=lambda problem: (problem.line, problem.column))))
    digest = sha256(text.encode()).hexdigest()
    return Charter(**structs.asdict(written), digest=digest, notes=tuple(sorted(reader.notes, key=lambda n: n.line)))


_LISTS = ("channels", "queries", "people", "objectives", "rules", "approvals", "webhooks")
_INNER_LISTS = (("listening", "sources"), ("crisis", "pause_when"), ("crisis", "playbook"), ("crisis", "answers"))


class _Spots:
    """Where the lists of a charter and their items are written."""

    def __init__(self, reader: Reader, root: Node) -> None:
        self._reader = reader
        self.root = Spot("", root, root)
        self.lists = {name: self._items(root, name, name) for name in _LISTS}
        for section, name in _INNER_LISTS:
            entry = keyed(root).get(section)
            self.lists[name] = self._items(entry[1], name, f"{section}.{name}") if entry else []

    def _items(self, node: Node, key: str, path: str) -> list[Spot]:
        entry = keyed(node).get(key)
        return self._reader.item_spots(Spot(path, *entry)) if entry else []


def _check_ids(reader: Reader, spots: _Spots) -> None:
    for items in spots.lists.values():
        first: dict[str, int] = {}
        for item in items:
            id_spot = inside(item, "id")
            if id_spot is None or not isinstance(id_spot.value, ScalarNode) or not id_spot.value.value:
                continue
            name = id_spot.value.value
            if name in first:
                reader.report(id_spot, "charter.error.repeated-id", name=name[:100], first=first[name])
            else:
                first[name] = reader.line(id_spot)


def _check_networks(reader: Reader, spots: _Spots, written: Written, vocabulary: Vocabulary) -> None:
    known = tuple(sorted(vocabulary.networks))
    for item, source in zip(spots.lists["sources"], written.listening.sources, strict=False):
        if not source.network:
            continue
        spot = inside(item, "network") or item
        if source.network not in vocabulary.networks:
            hint = meant(source.network, known)
            reader.report(spot, "charter.error.unknown-network", hint, network=source.network, known=", ".join(known))
            continue
        for option, code, detail in vocabulary.source_problems(source):
            at = inside(item, option)
            place = source.address or source.network
            reader.report(at or item, f"sources.error.{code}", option=option, detail=detail, source=place)
    for item, channel in zip(spots.lists["channels"], written.channels, strict=False):
        spot = inside(item, "network") or item
        if not channel.network or channel.network in vocabulary.networks:
            continue
        if hint := meant(channel.network, known):
            known_names = ", ".join(known)
            reader.report(spot, "charter.error.unknown-network", hint, network=channel.network, known=known_names)
        else:  # a company is also where Vigie cannot read yet
            reader.note(spot, "charter.note.network-not-read", network=channel.network)


def _check_owners(reader: Reader, spots: _Spots, written: Written) -> None:
    ids = tuple(person.id for person in written.people if person.id)
    for item, channel in zip(spots.lists["channels"], written.channels, strict=False):
        if channel.owner and channel.owner not in ids:
            spot = inside(item, "owner") or item
            reader.report(spot, "charter.error.unknown-person", meant(channel.owner, ids), person=channel.owner)
    if ids and len(ids) == len(written.people) and not any("owner" in person.roles for person in written.people):
        entry = keyed(spots.root.value)["people"]
        reader.report(Spot("people", *entry), "charter.error.no-owner", at_key=True)


def _check_objectives(reader: Reader, spots: _Spots, written: Written) -> None:
    ids = tuple(objective.id for objective in written.objectives)
    if not ids:
        return
    for item, channel in zip(spots.lists["channels"], written.channels, strict=False):
        spot = inside(item, "objectives")
        for name, at in zip(channel.objectives, reader.item_spots(spot) if spot else (), strict=False):
            if name and name not in ids:
                known = ", ".join(ids)
                reader.report(at, "charter.error.unknown-objective", meant(name, ids), objective=name, known=known)


def _check_calendar(reader: Reader, spots: _Spots, written: Written) -> None:
    if written.calendar.on_holidays == "never" and not written.company.country:
        reader.note(Spot("calendar", *keyed(spots.root.value)["calendar"]), "charter.note.no-country")


def _check_queries(reader: Reader, spots: _Spots, queries: tuple[NamedQuery, ...]) -> None:
    named = {query.id: query.match for query in queries if query.id and query.match}
    for item, query in zip(spots.lists["queries"], queries, strict=False):
        spot = inside(item, "match")
        if spot is not None:
            query_at(reader, spot, query.id, query.match, named)
