"""What every adapter does about pauses: nothing claimed while one is in force, two people to end it."""

import pytest
from msgspec import structs

from store.making import HOUR, NOON, act
from store.publishing import claim, pause, publish, schedule, wanted
from vigie.flows.ports.publications import ReleaseError
from vigie.model import HeldChoice, Pause, Release
from vigie.store import Store


def propose(store: Store, pause: int, *choices: HeldChoice, by: str = "maelle") -> Pause:
    return store.publications.propose_release(pause, Release(by, NOON, choices), act("pause.release-proposed"))


def agree(store: Store, pause: int, who: str = "ines", **more: bool) -> list[tuple[int, str, int]]:
    ended = store.publications.agree_release(pause, who, NOON + 9, act("pause.released", what=f"pause:{pause}"), **more)
    return [(one.id, one.state, one.due) for one in ended]


class PausingSuite:
    """Put in force."""

    def test_nothing_is_claimed_any_more(self, store: Store) -> None:
        waiting, flying, done = schedule(store, wanted(), wanted(), wanted())
        flying = claim(store, flying)
        publish(store, done)
        asked = Pause(0, (), "maelle", "compte volé", NOON, incident=4)
        found = store.publications.pause(asked, act("pause.set"))
        assert found.pause == structs.replace(asked, id=1)
        assert (found.held, found.in_flight) == ((waiting.id,), (flying,))
        held = store.publications.get(waiting.id)
        assert held.held == 1
        assert claim(store, held) is None
        assert store.publications.due(NOON) == []
        assert store.publications.held(1) == [held]
        assert store.publications.pauses() == [store.publications.pause_of(1)] == [found.pause]
        assert store.publications.pause_of(2) is None
        assert [one.what for _, one in store.acts.latest(limit=1)] == ["pause:1"]
        assert store.archive.changes(0)[-1].kind == "pause"

    def test_channels_are_held_each_by_its_own(self, store: Store) -> None:
        one, other = schedule(store, wanted(), wanted(channel="masto", network="mastodon"))
        pause(store, "masto")
        assert [due.id for due in store.publications.due(NOON)] == [one.id]
        assert claim(store, other) is None
        assert claim(store, one)
        assert pause(store).id == 2
        assert store.publications.get(other.id).held == 1  # the earliest holds it

    def test_those_scheduled_later_are_held_at_once(self, store: Store) -> None:
        pause(store)
        (one,) = schedule(store)
        assert (one.held, claim(store, one)) == (1, None)

    def test_what_was_in_flight_comes_back_held(self, store: Store) -> None:
        one, other = schedule(store, wanted(), wanted())
        one, other = claim(store, one), claim(store, other)
        pause(store)
        again = store.publications.settle(structs.replace(one, state="scheduled"))
        doubtful = store.publications.settle(structs.replace(other, state="unconfirmed"))
        assert (again.held, doubtful.held) == (1, 0)
        assert claim(store, again) is None
        assert claim(store, doubtful) is None
        assert [one.id for one in store.publications.open(NOON)] == [2]  # reading back goes on
        assert store.publications.settle(structs.replace(again, state="dropped")).held == 0

    def test_how_long_it_took_is_said_once(self, store: Store) -> None:
        pause(store)
        for ms in (120, 9_000):
            store.publications.settled(1, ms, act("pause.settled", what="pause:1"))
        assert store.publications.pause_of(1).settled_ms == 120
        assert [one.verb for _, one in store.acts.about("pause:1")] == ["pause.settled", "pause.set"]

    def test_a_rehearsal_holds_nobody(self, store: Store) -> None:
        (one,) = schedule(store)
        done = pause(store, drill=True, settled_ms=40, released_at=NOON + 1, released_by=("maelle",))
        assert store.publications.pauses() == []
        assert store.publications.latest_pauses() == [done]
        assert claim(store, one)


class ReleasingSuite:
    """Ended."""

    def test_two_people_decide_for_each(self, store: Store) -> None:
        schedule(store, wanted(due=NOON - 5), wanted(due=NOON + HOUR), wanted(due=NOON + 1), wanted(due=NOON + 2))
        pause(store)
        choices = (
            HeldChoice(1, "send"), HeldChoice(2, "send"), HeldChoice(3, "drop"),
            HeldChoice(4, "reschedule", NOON + HOUR, "2025-10-09T15:00"),
        )  # fmt: skip
        assert propose(store, 1, *choices).release == Release("maelle", NOON, choices)
        with pytest.raises(ReleaseError, match="same-person"):
            agree(store, 1, "maelle")
        assert agree(store, 1) == [
            (3, "dropped", NOON + 1), (1, "scheduled", NOON + 9), (2, "scheduled", NOON + HOUR),
            (4, "scheduled", NOON + HOUR),
        ]  # fmt: skip
        ended = store.publications.pause_of(1)
        assert (ended.released_at, ended.released_by) == (NOON + 9, ("maelle", "ines"))
        assert store.publications.pauses() == []
        assert store.publications.get(4).wall == "2025-10-09T15:00"
        assert [(one.verb, one.what) for _, one in store.acts.latest(limit=3)] == [
            ("publication.moved", "publication:4"), ("publication.dropped", "publication:3"),
            ("pause.released", "pause:1"),
        ]  # fmt: skip
        assert claim(store, store.publications.get(1))
        with pytest.raises(ReleaseError, match="already-released"):
            agree(store, 1)
        with pytest.raises(ReleaseError, match="already-released"):
            propose(store, 1)

    def test_a_house_of_one_needs_one(self, store: Store) -> None:
        pause(store)
        with pytest.raises(ReleaseError, match="nothing-proposed"):
            agree(store, 1, "maelle", alone=True)
        propose(store, 1)
        assert agree(store, 1, "maelle", alone=True) == []
        assert store.publications.pause_of(1).released_by == ("maelle",)

    def test_everything_held_has_to_be_decided(self, store: Store) -> None:
        schedule(store, wanted(), wanted())
        pause(store)
        with pytest.raises(ReleaseError) as refused:
            propose(store, 1, HeldChoice(1, "send"), HeldChoice(2, "reschedule"))
        assert (refused.value.code, refused.value.publications) == ("undecided", (2,))
        propose(store, 1, HeldChoice(1, "send"), HeldChoice(2, "drop"))
        schedule(store)  # held since the proposal
        with pytest.raises(ReleaseError) as refused:
            agree(store, 1)
        assert refused.value.publications == (3,)
        for id in (2, 3):  # dropped by hand meanwhile: nothing to decide any more
            store.publications.settle(structs.replace(store.publications.get(id), state="dropped"))
        assert [id for id, *_ in agree(store, 1)] == [1]

    def test_another_pause_holds_on(self, store: Store) -> None:
        one, other = schedule(store, wanted(), wanted(due=NOON - 1))
        pause(store)
        pause(store, "bsky")
        propose(store, 1, HeldChoice(1, "send"), HeldChoice(2, "drop"))
        assert agree(store, 1) == [(2, "dropped", NOON - 1), (1, "scheduled", NOON)]
        held = store.publications.get(one.id)
        assert (held.held, claim(store, held)) == (2, None)
        assert store.publications.get(other.id).held == 0
        propose(store, 2, HeldChoice(1, "send"))
        assert agree(store, 2) == [(1, "scheduled", NOON + 9)]

    def test_a_pause_that_is_not_there(self, store: Store) -> None:
        with pytest.raises(LookupError):
            propose(store, 9)
