"""Taking publications back with everything that goes wrong on the way: gone for good, and said truly."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.sending import MINUTE, NOON, Sending
from vigie.flows.drafts import Doing
from vigie.flows.ports.writer import WriteError
from vigie.flows.recall import recall
from vigie.flows.scheduling import recall as ask
from vigie.model import Act, Pause, Publication
from vigie.store import open_store


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Sending]:
    store = open_store(tmp_path / "vigie.db", role="work")
    yield Sending(tmp_path, store)
    store.close()


async def published(house: Sending, *texts: str) -> Publication:
    return await house.publish(house.schedule(*texts))


def asked(house: Sending, one: Publication) -> Publication:
    return ask(house.store.publications, house.get(one), Doing("maelle", house.now), "le chiffre est faux")


async def test_it_leaves_its_network_and_the_record_says_why(house: Sending):
    one = await published(house)
    done = await recall(house.press, asked(house, one))
    assert (done.recall, done.state, done.sent[0].gone_at) == ("recalled", "published", NOON)
    assert await house.out() == []
    acts = {act.verb: act for _, act in house.store.acts.about(f"publication:{one.id}")}
    assert acts["publication.recall-asked"].why == "le chiffre est faux"
    assert acts["publication.recalled"].who == "vigie"


async def test_a_thread_goes_from_its_end(house: Sending):
    one = await published(house, "Un", "Deux", "Trois")
    await recall(house.press, asked(house, one))
    erased = [id for call, id in house.line.calls if call == "erase"]
    assert erased == [sent.remote_id for sent in reversed(house.get(one).sent)]
    assert await house.out() == []


@pytest.mark.parametrize("arrived", [True, False])
async def test_an_answer_that_never_came_is_read_back(house: Sending, arrived):
    one = await published(house, "Un", "Deux")
    (house.line.after if arrived else house.line.before).append(WriteError("timeout", "", doubtful=True))
    doubt = await recall(house.press, asked(house, one))
    assert (doubt.recall, doubt.code) == ("unconfirmed", "timeout")
    await house.work(1)
    assert house.get(one).recall == "recalled"
    assert await house.out() == []


async def test_what_a_process_left_half_done_is_finished(house: Sending):
    one = await published(house, "Un", "Deux")
    house.line.before += [None, RuntimeError("ended")]
    assert (await recall(house.press, asked(house, one))).recall == "unconfirmed"
    assert await house.out() == ["Un"]
    await house.work(1)
    assert (house.get(one).recall, await house.out()) == ("recalled", [])


async def test_a_pause_does_not_hold_it_up(house: Sending):
    one = await published(house)
    house.store.publications.pause(Pause(0, (), "maelle", "", NOON), Act(NOON, "maelle", "pause.set", "pause"))
    asked(house, one)
    await house.work(1)
    assert house.get(one).recall == "recalled"


async def test_an_old_post_is_tried_again_within_seconds(house: Sending):
    one = await published(house)
    house.now += 30 * 24 * 60 * MINUTE
    house.line.before.append(WriteError("unreachable", "", doubtful=True))
    doubt = await recall(house.press, asked(house, one))
    assert doubt.try_at - house.now <= 5_000


async def test_a_network_that_refuses_for_good_is_said(house: Sending):
    one = await published(house)
    house.line.before.append(WriteError("refused", "not yours", final=True))
    failed = await recall(house.press, asked(house, one))
    assert (failed.recall, failed.code, await house.out()) == ("failed", "refused", ["Un café au port"])
