"""What every adapter of the incidents and of the detectors' memory does."""

import pytest
from msgspec import structs

from store.making import HOUR, NOON, act
from vigie.flows.ports.incidents import IncidentMovedError
from vigie.model import Evidence, Happening, Incident, Task
from vigie.store import Store

WANTED = Incident(
    id=0, revision=0, origin="unknown-hand", reason="reason.unknown-post", key="own:bluesky:at://ours/9",
    opened_at=NOON, opened_by="vigie", contain_within=600_000, channels=("bsky",), network="bluesky",
    values={"count": 3, "ratio": 4.5, "channel": "bsky"}, remote_id="at://ours/9", charter="abc",
)  # fmt: skip
LINE = Happening(0, 0, NOON, "line.opened", values={"reason": "reason.unknown-post"})
TASK = Task(0, 0, "Prévenir la direction", "maelle", NOON + HOUR, "ines")


def open_one(store: Store, **more: object) -> Incident:
    return store.incidents.open(structs.replace(WANTED, **more), [LINE], [TASK], act("incident.opened"))[0]


class IncidentsSuite:
    """Incidents."""

    def test_what_was_opened_comes_back(self, store: Store) -> None:
        made, new = store.incidents.open(WANTED, [LINE], [TASK], act("incident.opened"))
        assert (made, new) == (structs.replace(WANTED, id=1, revision=1), True)
        assert store.incidents.get(1) == made
        assert store.incidents.get(2) is None
        assert store.incidents.timeline(1) == [structs.replace(LINE, id=1, incident=1)]
        assert store.incidents.tasks(1) == [structs.replace(TASK, id=1, incident=1)]
        assert [one.what for _, one in store.acts.latest()] == ["incident:1"]
        assert [(one.kind, one.ref) for one in store.archive.changes(0)] == [("incident", "1")]

    def test_the_same_thing_opens_one(self, store: Store) -> None:
        first = open_one(store)
        again = structs.replace(LINE, at=NOON + 1, kind="line.again")
        found, new = store.incidents.open(WANTED, [again], [TASK], act("incident.opened"))
        assert (found, new) == (first, False)
        assert [line.kind for line in store.incidents.timeline(1)] == ["line.opened", "line.again"]
        assert (len(store.incidents.tasks(1)), len(store.acts.latest())) == (1, 1)
        assert store.incidents.of_key(WANTED.key) == first
        store.incidents.change(structs.replace(first, state="resolved"), [], act("incident.resolved"))
        assert store.incidents.of_key(WANTED.key) is None
        assert open_one(store).id == 2
        assert [open_one(store, key="").id, open_one(store, key="").id] == [3, 4]

    def test_whoever_comes_second_is_told(self, store: Store) -> None:
        first = open_one(store)
        said = structs.replace(LINE, at=NOON + 2, kind="line.acknowledged", who="maelle")
        taken = structs.replace(first, state="acknowledged", owner="maelle", acknowledged_at=NOON + 2)
        stored = store.incidents.change(taken, [said], act("incident.acknowledged"))
        assert stored == structs.replace(taken, revision=2) == store.incidents.get(1)
        before = store.acts.end()
        with pytest.raises(IncidentMovedError) as refused:
            store.incidents.change(structs.replace(first, owner="ines"), [said], act("incident.assigned"))
        assert refused.value.current == stored
        assert (len(store.incidents.timeline(1)), store.acts.end()) == (2, before)
        with pytest.raises(LookupError):
            store.incidents.change(structs.replace(first, id=9), [], act())

    def test_lists(self, store: Store) -> None:
        for number in range(3):
            open_one(store, key=str(number), opened_at=NOON + number)
        store.incidents.change(structs.replace(store.incidents.get(2), state="learned"), [], act())
        assert [one.id for one in store.incidents.of_states(("open", "learned"))] == [3, 2, 1]
        assert [one.id for one in store.incidents.of_states(("open",), limit=1)] == [3]

    def test_a_timeline_is_told_in_order(self, store: Store) -> None:
        open_one(store)
        for at, words in ((NOON + 9, "après"), (NOON - 9, "avant")):
            store.incidents.happen(Happening(0, 1, at, "line.said", "ines", {"n": 1}, words))
        assert [(line.words, line.who) for line in store.incidents.timeline(1)] == [
            ("avant", "ines"), ("", "vigie"), ("après", "ines"),
        ]  # fmt: skip

    def test_tasks(self, store: Store) -> None:
        open_one(store)
        added = store.incidents.add_task(structs.replace(TASK, incident=1, title="Appeler"), act("task.added"))
        assert added.id == 2
        done = store.incidents.finish_task(2, "ines", NOON + 5, act("task.done", what="incident:1"))
        assert done == structs.replace(added, done_at=NOON + 5, done_by="ines")
        assert store.incidents.tasks(1)[1] == done
        assert store.incidents.finish_task(2, "ines", NOON + 6, act("task.reopened"), done=False) == added
        with pytest.raises(LookupError):
            store.incidents.finish_task(9, "ines", NOON, act())

    def test_evidence(self, store: Store) -> None:
        open_one(store)
        facts = Evidence(1, NOON, "post", '{"likes":4}', "ab" * 32)
        store.incidents.keep_evidence(facts)
        assert store.incidents.evidence(1) == [facts]
        assert store.incidents.evidence(2) == []


class SignalsSuite:
    """The detectors' memory."""

    def test_states_by_name(self, store: Store) -> None:
        assert store.signals.load("query:brand") is None
        store.signals.keep({"query:brand": b"\x00a", "channel:bsky": b""})
        store.signals.keep({"query:brand": b"b"})
        store.signals.keep({})
        assert (store.signals.load("query:brand"), store.signals.load("channel:bsky")) == (b"b", b"")
