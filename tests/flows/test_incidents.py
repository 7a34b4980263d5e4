"""An incident's life as people lead it, each step in the timeline and in the ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.tower import HOUR, MINUTE, NOW, House, charter
from vigie.charter import Charter
from vigie.desk.moves import MoveError
from vigie.flows.drafts import Doing
from vigie.flows.incidents import acknowledge, assign, contain, frozen, learn, open_incident, reopen, resolve, say
from vigie.flows.ports.incidents import IncidentMovedError
from vigie.model import Incident

STEPS = [
    {"do": {"fr": "Lire", "en": "Read"}, "within": "5m"},
    {"do": {"fr": "Prévenir", "en": "Tell"}, "tell": "la boutique", "owner": "yanis"},
]
PLAYBOOK = [{"id": "first", "steps": STEPS}, {"id": "theft", "on": ["unknown-hand"], "steps": STEPS[:1]}]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.store.close()


def opened(house: House, written: Charter | None = None, **more: object) -> Incident:
    fields = {"origin": "person", "reason": "by-hand", "key": "hand:1", "opened_by": "yanis"} | more
    wanted = Incident(id=0, revision=0, opened_at=0, contain_within=0, **fields)  # type: ignore[arg-type]
    store = house.store
    made = open_incident(store.incidents, store.notices, written or charter(playbook=PLAYBOOK), wanted, NOW, "Aïe")
    return made[0]


def test_it_opens_with_its_tasks_its_clock_and_a_call(house: House) -> None:
    incident = opened(house)
    assert (incident.state, incident.opened_at, incident.contain_within) == ("open", NOW, 10 * MINUTE)
    first, second = house.store.incidents.tasks(incident.id)
    assert (first.title, first.due, second.told, second.owner) == ("Lire", NOW + 5 * MINUTE, "la boutique", "yanis")
    (line,) = house.store.incidents.timeline(incident.id)
    assert (line.kind, line.who, line.words) == ("line.opened", "yanis", "Aïe")
    ((notice, _),) = house.store.notices.for_person("maelle")
    assert (notice.kind, notice.path) == ("incident.opened", f"/incidents/{incident.id}")
    assert [act.verb for _, act in house.store.acts.about(f"incident:{incident.id}")] == ["incident.opened"]


def test_the_same_thing_opens_one_incident(house: House) -> None:
    first, second = opened(house), opened(house)
    assert first.id == second.id
    assert [line.kind for line in house.store.incidents.timeline(first.id)] == ["line.opened", "line.again"]
    assert len(house.store.notices.of_incident(first.id)) == 1
    assert len(house.store.incidents.tasks(first.id)) == 2


def test_from_open_to_learned(house: House) -> None:
    incidents, notices = house.store.incidents, house.store.notices
    incident = acknowledge(incidents, notices, opened(house), Doing("maelle", NOW + MINUTE))
    assert (incident.state, incident.owner) == ("acknowledged", "maelle")
    incident = assign(incidents, notices, incident, Doing("maelle", NOW + 2 * MINUTE), "yanis")
    ((notice, _),) = notices.for_person("yanis")
    assert notice.kind == "incident.assigned"
    say(incidents, incident, Doing("yanis", NOW + 3 * MINUTE), "Je regarde.")
    incident = contain(incidents, notices, incident, Doing("yanis", NOW + 4 * MINUTE))
    incident = resolve(incidents, notices, incident, Doing("yanis", NOW + HOUR))
    incident = reopen(incidents, incident, Doing("maelle", NOW + 2 * HOUR), "Il en reste.")
    incident = resolve(incidents, notices, incident, Doing("yanis", NOW + 3 * HOUR))
    incident = learn(incidents, incident, Doing("maelle", NOW + 4 * HOUR), "Un code de plus.", "two-codes")
    assert (incident.state, incident.learned, incident.learned_rule) == ("learned", "Un code de plus.", "two-codes")
    kinds = [line.kind.removeprefix("line.") for line in incidents.timeline(incident.id)]
    done = ["acknowledged", "assigned", "contained", "resolved", "reopened", "resolved", "learned"]
    assert kinds == ["opened", "acknowledged", "assigned", "said", *done[2:]]
    verbs = [act.verb.removeprefix("incident.") for _, act in house.store.acts.about(f"incident:{incident.id}")]
    assert verbs[::-1] == ["opened", *done]
    contained = next(line for line in incidents.timeline(incident.id) if line.kind == "line.contained")
    assert contained.values == {"took": 4 * MINUTE, "promised": 10 * MINUTE}


def test_a_move_that_the_state_does_not_allow_changes_nothing(house: House) -> None:
    incident = opened(house)
    with pytest.raises(MoveError):
        learn(house.store.incidents, incident, Doing("maelle", NOW), "Rien.")
    assert house.store.incidents.get(incident.id) == incident


def test_who_comes_second_is_told(house: House) -> None:
    incidents, notices, incident = house.store.incidents, house.store.notices, opened(house)
    acknowledge(incidents, notices, incident, Doing("maelle", NOW))
    with pytest.raises(IncidentMovedError):
        acknowledge(incidents, notices, incident, Doing("yanis", NOW))


def test_evidence_is_the_same_whatever_the_order_of_its_parts() -> None:
    first, second = frozen(1, "post", {"a": 1, "b": "é"}, NOW), frozen(1, "post", {"b": "é", "a": 1}, NOW)
    assert first == second
    assert len(first.digest) == 64
