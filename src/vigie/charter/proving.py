"""Each rule proves itself when the charter is read: it finds its bad examples, and lets its good ones pass."""

from collections.abc import Mapping

from ruamel.yaml.nodes import MappingNode, ScalarNode

from vigie.charter.conditions import Condition, ConditionError, read_condition
from vigie.charter.nouns import Example, Rule
from vigie.charter.read import Reader, Spot
from vigie.charter.rules import finds
from vigie.charter.scalars import positions
from vigie.charter.tree import keyed
from vigie.charter.values import meant
from vigie.charter.whole import Written
from vigie.query import Query, QueryError
from vigie.query import parse as parse_query

MOST_RULES = 10_000
MOST_CONDITIONS_ALONE = 500
"""Rules without ``match`` are asked of every draft; the others only where their words are found."""


def prove_rules(reader: Reader, items: list[Spot], written: Written, networks: frozenset[str]) -> None:
    """Reports everything that is wrong with the rules."""
    alone = [item for item, rule in zip(items, written.rules, strict=False) if rule.when and not rule.match]
    for found, most in ((items, MOST_RULES), (alone, MOST_CONDITIONS_ALONE)):
        if len(found) > most:
            reader.report(found[most], "charter.error.too-many-rules", limit=most, at_key=True)
            return
    _check_former_ids(reader, items, written.rules)
    named = {query.id: query.match for query in written.queries if query.id and query.match}
    for item, rule in zip(items, written.rules, strict=False):
        if isinstance(item.value, MappingNode):
            _Proof(reader, item, rule, written).run(named, networks)


def _check_former_ids(reader: Reader, items: list[Spot], rules: tuple[Rule, ...]) -> None:
    taken = {rule.id: rule.id for rule in rules}
    for item, rule in zip(items, rules, strict=False):
        for former in rule.was:
            if former in taken:
                spot = inside(item, "was") or item
                reader.report(spot, "charter.error.former-id-taken", id=former, rule=taken[former])
            taken[former] = rule.id


class _Proof:
    """One rule."""

    def __init__(self, reader: Reader, item: Spot, rule: Rule, written: Written) -> None:
        self.reader = reader
        self.item = item
        self.rule = rule
        self.written = written

    def run(self, named: Mapping[str, str], networks: frozenset[str]) -> None:
        before = len(self.reader.problems)
        self._check_limits(networks)
        if not self.rule.match and not self.rule.when and not self._has("match", "when"):
            self.reader.report(self.item, "charter.error.rule-asks-nothing")
        query = self._query(named)
        condition = self._condition()
        for key in ("bad", "good"):
            self._check_languages(key)
        if len(self.reader.problems) == before and (query or condition):
            self._try("bad", self.rule.bad, query, condition)
            self._try("good", self.rule.good, query, condition)

    def _has(self, *keys: str) -> bool:
        return any(inside(self.item, key) for key in keys)

    def _check_limits(self, networks: frozenset[str]) -> None:
        rule, written = self.rule, self.written
        channels = tuple(channel.id for channel in written.channels)
        spoken = frozenset(channel.network for channel in written.channels) | networks
        for key, names, known, code in (
            ("channels", rule.channels, channels, "charter.error.unknown-channel"),
            ("networks", rule.networks, tuple(sorted(spoken)), "charter.error.unknown-network"),
        ):
            spot = inside(self.item, key)
            for name, at in zip(names, self.reader.item_spots(spot) if spot else (), strict=False):
                if name and name not in known:
                    values: dict[str, str | int] = {key.removesuffix("s"): name, "known": ", ".join(known)}
                    self.reader.report_with(at, code, values, meant(name, known))

    def _query(self, named: Mapping[str, str]) -> Query | None:
        spot = inside(self.item, "match")
        return query_at(self.reader, spot, self.rule.id, self.rule.match, named) if spot else None

    def _condition(self) -> Condition | None:
        spot = inside(self.item, "when")
        if spot is None or not self.rule.when or not isinstance(spot.value, ScalarNode):
            return None
        try:
            return read_condition(self.rule.when)
        except ConditionError as error:
            places = positions(self.reader.text, spot.value)
            index = places[min(error.start, len(places) - 1)]
            self.reader.report_at(index, spot.path, error.code, error.hint, error.values)
            return None

    def _check_languages(self, key: str) -> None:
        """Examples by language are given for each language that the rule speaks of."""
        spot = inside(self.item, key)
        if spot is None:
            return  # told already: it is required
        wanted = self.rule.languages or self.written.company.languages
        if isinstance(spot.value, MappingNode):
            given = {one.language for one in (self.rule.bad if key == "bad" else self.rule.good)}
            for language in wanted:
                if language not in given:
                    self.reader.report(spot, "charter.error.no-example", at_key=True, key=key, language=language)
        elif not spot.value.value:
            self.reader.report(spot, "charter.error.empty-list")
        elif key == "bad" and len(wanted) > 1 and not any(one.language for one in (*self.rule.bad, *self.rule.good)):
            self.reader.note(spot, "charter.note.examples-without-language", languages=", ".join(wanted))

    def _try(self, key: str, examples: tuple[Example, ...], query: Query | None, condition: Condition | None) -> None:
        timezone = self.written.company.timezone or "UTC"  # a wrong one is told elsewhere
        for spot, example in zip(self._example_spots(key), examples, strict=True):
            found, error = finds(self.rule, query, condition, example, timezone)
            said: dict[str, str | int] = {"example": example.text[:80], "rule": self.rule.id}
            if error:
                self.reader.report_with(spot, "charter.error.when-fails", said | {"detail": error})
            elif key == "bad" and not found:
                self.reader.report_with(spot, "charter.error.bad-example-passes", said)
            elif key == "good" and found:
                self.reader.report_with(spot, "charter.error.good-example-found", said)

    def _example_spots(self, key: str) -> list[Spot]:
        spot = inside(self.item, key)
        if spot is None:
            return []
        if not isinstance(spot.value, MappingNode):
            return self.reader.item_spots(spot)
        by_language = self.reader.spots(spot, None).values()
        return [one for language in by_language for one in self.reader.item_spots(language)]


def inside(item: Spot, key: str) -> Spot | None:
    """The entry of an item; None when it has none."""
    entry = keyed(item.value).get(key)
    return Spot(f"{item.path}.{key}", *entry) if entry else None


def query_at(reader: Reader, spot: Spot, id: str, text: str, named: Mapping[str, str]) -> Query | None:
    """The query written at a spot; its mistakes are reported where they stand."""
    if not text or not isinstance(spot.value, ScalarNode):
        return None
    try:
        return parse_query(text, named)
    except QueryError as error:
        places = positions(reader.text, spot.value)
        for problem in error.problems:
            index = places[min(problem.start, len(places) - 1)]
            values = {"query": id, **problem.values}
            reader.report_at(index, spot.path, problem.code, problem.suggestion, values)
        return None
