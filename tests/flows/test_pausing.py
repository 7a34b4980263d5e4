"""Stopping everything, and letting go again: one order, two people."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from msgspec import structs

from flows.sending import CHARTER, MINUTE, NOON, Sending
from vigie.charter import Vocabulary, parse
from vigie.desk.publishing import in_doubt
from vigie.flows.drafts import Doing
from vigie.flows.pausing import (
    Waiting,
    agree,
    one_is_enough,
    pause,
    propose,
    same_for_all,
    settle_pauses,
    who_may_release,
)
from vigie.flows.ports.publications import ReleaseError
from vigie.model import HeldChoice
from vigie.store import open_store

MAELLE, YANIS = Doing("maelle", NOON), Doing("yanis", NOON)
WAITING = Waiting(time.monotonic, time.sleep)
NEVER = Waiting(iter(range(100)).__next__, lambda _: None)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Sending]:
    store = open_store(tmp_path / "vigie.db", role="work")
    yield Sending(tmp_path, store)
    store.close()


def test_it_says_what_it_holds_and_that_nothing_was_on_its_way(house: Sending):
    held = [house.schedule(f"{n}") for n in range(3)]
    stopped = pause(house.store.publications, (), "Alerte rouge", MAELLE, WAITING)
    assert stopped.held == tuple(one.id for one in held)
    assert (stopped.in_flight, stopped.pause.why) == ((), "Alerte rouge")
    assert stopped.settled_ms is not None
    assert stopped.pause.settled_ms == stopped.settled_ms
    assert house.store.publications.due(NOON) == []


def test_one_channel_is_stopped_and_the_other_goes_on(house: Sending):
    house.schedule("Un")
    goes = house.schedule("Deux", channel="masto", network="mastodon")
    stopped = pause(house.store.publications, ("bsky",), "", MAELLE, WAITING)
    assert len(stopped.held) == 1
    assert [one.id for one in house.store.publications.due(NOON)] == [goes.id]


def test_what_is_on_its_way_is_waited_for_and_its_outcome_told(house: Sending):
    one = house.schedule()
    publications = house.store.publications
    claimed = publications.claim(one.id, one.revision, ["k1"], NOON)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(pause, publications, (), "", MAELLE, WAITING)
        while not publications.pauses():
            time.sleep(0.005)
        assert not asked.done()
        publications.settle(in_doubt(claimed, "timeout", "", NOON))
        stopped = asked.result(10)
    assert [flying.state for flying in stopped.in_flight] == ["unconfirmed"]
    assert stopped.settled_ms is not None


def test_it_does_not_wait_for_ever(house: Sending):
    one = house.schedule()
    house.store.publications.claim(one.id, one.revision, ["k1"], NOON)
    stopped = pause(house.store.publications, (), "", MAELLE, NEVER)
    assert (stopped.settled_ms, stopped.in_flight[0].state) == (None, "publishing")


def test_where_nobody_sends_nothing_is_on_its_way(house: Sending):
    one = house.schedule()
    house.store.publications.claim(one.id, one.revision, ["k1"], NOON)
    stopped = pause(house.store.publications, (), "", MAELLE, NEVER, sending=lambda: False)
    assert stopped.settled_ms is not None


def test_a_pause_that_could_not_wait_is_settled_by_whoever_publishes(house: Sending):
    one = house.schedule()
    publications = house.store.publications
    claimed = publications.claim(one.id, one.revision, ["k1"], NOON)
    stopped = pause(publications, (), "", MAELLE, NEVER)
    settle_pauses(publications, NOON + 11_000)
    assert publications.pause_of(stopped.pause.id).settled_ms is None
    publications.settle(in_doubt(claimed, "timeout", "", NOON))
    settle_pauses(publications, NOON + 12_000)
    settle_pauses(publications, NOON + 13_000)
    assert publications.pause_of(stopped.pause.id).settled_ms == 12_000


async def test_two_people_let_go_and_each_held_one_has_its_fate(house: Sending):
    sent, moved, dropped = (house.schedule(text) for text in ("Un", "Deux", "Trois"))
    publications = house.store.publications
    number = pause(publications, (), "", MAELLE, WAITING).pause.id
    house.now += 60 * MINUTE
    choices = (
        HeldChoice(sent.id, "send"),
        HeldChoice(moved.id, "reschedule", NOON + 120 * MINUTE, "2026-11-12T16:02"),
        HeldChoice(dropped.id, "drop"),
    )
    assert propose(publications, house.charter, number, choices, Doing("maelle", house.now)) is None
    assert publications.due(house.now) == []
    with pytest.raises(ReleaseError, match="same-person"):
        agree(publications, number, Doing("maelle", house.now))
    agree(publications, number, Doing("yanis", house.now))
    await house.work(90)
    assert [house.get(one).state for one in (sent, moved, dropped)] == ["published", "published", "dropped"]
    assert house.get(moved).published_at >= NOON + 120 * MINUTE
    assert await house.out() == ["Un", "Deux"]
    over = publications.pause_of(number)
    assert over.released_by == ("maelle", "yanis")


def test_a_house_with_one_person_needs_one_and_the_record_says_so(house: Sending):
    house.schedule()
    alone = parse(CHARTER.replace("[publisher]", "[author]"), Vocabulary(frozenset({"bluesky", "mastodon"})))
    publications = house.store.publications
    number = pause(publications, (), "", YANIS, WAITING).pause.id
    assert who_may_release(alone) == ("maelle",)
    assert one_is_enough(alone, "maelle")
    assert not one_is_enough(house.charter, "maelle")
    released = propose(publications, alone, number, same_for_all(publications, number, "send"), MAELLE)
    assert [one.state for one in released] == ["scheduled"]
    acts = [act for _, act in house.store.acts.about(f"pause:{number}") if act.verb == "pause.released"]
    assert [act.details["alone"] for act in acts] == [True]


def test_what_nobody_decided_stays_held(house: Sending):
    one, other = house.schedule("Un"), house.schedule("Deux")
    publications = house.store.publications
    number = pause(publications, (), "", MAELLE, WAITING).pause.id
    with pytest.raises(ReleaseError, match="undecided") as refused:
        propose(publications, house.charter, number, (HeldChoice(one.id, "send"),), MAELLE)
    assert refused.value.publications == (other.id,)
    with pytest.raises(ReleaseError, match="nothing-proposed"):
        agree(publications, number, YANIS)


def test_each_step_is_in_the_ledger(house: Sending):
    house.schedule()
    publications = house.store.publications
    number = pause(publications, (), "Alerte", structs.replace(MAELLE, charter="abc"), WAITING).pause.id
    propose(publications, house.charter, number, same_for_all(publications, number, "drop"), MAELLE)
    agree(publications, number, YANIS)
    told = [(act.verb, act.who) for _, act in reversed(house.store.acts.about(f"pause:{number}"))]
    assert told == [
        ("pause.set", "maelle"),
        ("pause.settled", "vigie"),
        ("pause.release-proposed", "maelle"),
        ("pause.released", "yanis"),
    ]
