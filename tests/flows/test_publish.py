"""Publishing with everything that goes wrong on the way: each post out exactly once, every state true."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.sending import HOUR, MINUTE, NOON, Sending
from vigie.flows.ports.writer import WriteError
from vigie.flows.publish import in_trouble, look_again, publish
from vigie.model import Act, Pause
from vigie.store import open_store


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Sending]:
    store = open_store(tmp_path / "vigie.db", role="work")
    yield Sending(tmp_path, store)
    store.close()


def doubtful(code: str = "timeout") -> WriteError:
    return WriteError(code, "no answer", doubtful=True)


async def test_what_is_due_goes_out_and_is_recorded(house: Sending):
    one = house.schedule("Bonjour")
    done = await house.publish(one)
    assert (done.state, done.published_at, done.attempts) == ("published", NOON, 1)
    assert await house.out() == ["Bonjour"]
    assert done.sent[0].remote_id
    assert done.sent[0].url
    assert house.verbs(one) == ["scheduled", "claimed", "published"]


async def test_a_thread_keeps_its_order_and_hangs_together(house: Sending):
    done = await house.publish(house.schedule("Un", "Deux", "Trois"))
    assert await house.out() == ["Un", "Deux", "Trois"]
    posts = [house.network._standing()[sent.key] for sent in done.sent]
    assert [post.reply_to for post in posts] == ["", posts[0].remote_id, posts[1].remote_id]
    assert {post.thread for post in posts} == {posts[0].remote_id}


async def test_an_answer_that_never_came_is_read_back_and_sent_once(house: Sending):
    one = house.schedule()
    house.line.after.append(doubtful())
    doubt = await house.publish(one)
    assert (doubt.state, doubt.code) == ("unconfirmed", "timeout")
    assert doubt.try_at > NOON
    await house.work(1)
    assert house.get(one).state == "published"
    assert len(await house.out()) == 1
    assert [call for call, _ in house.line.calls] == ["write", "find"]


async def test_what_certainly_did_not_arrive_is_sent_again_under_the_same_key(house: Sending):
    one = house.schedule()
    house.line.before += [doubtful(), doubtful()]
    await house.publish(one)
    await house.work(2)
    assert house.get(one).state == "published"
    assert len({key for _, key in house.line.calls}) == 1
    assert len(await house.out()) == 1


async def test_fifty_identical_texts_are_fifty_posts(house: Sending):
    many = [house.schedule("Bonjour") for _ in range(50)]
    house.line.after += [doubtful() if n % 3 == 0 else None for n in range(80)]
    await house.work(5)
    assert {house.get(one).state for one in many} == {"published"}
    assert len(await house.out()) == 50
    assert len({house.get(one).sent[0].remote_id for one in many}) == 50


async def test_a_network_that_asks_to_wait_is_asked_again_no_sooner(house: Sending):
    one = house.schedule()
    house.line.before.append(WriteError("rate-limited", "429", retry_at=NOON + 4 * MINUTE))
    waits = await house.publish(one)
    assert (waits.state, waits.code, waits.try_at) == ("scheduled", "rate-limited", NOON + 4 * MINUTE)
    assert in_trouble(waits)
    assert house.store.publications.due(NOON + 4 * MINUTE - 1) == []
    await house.work(5)
    assert house.get(one).state == "published"


async def test_waiting_until_it_is_too_late_is_said_at_once(house: Sending):
    one = house.schedule()
    house.line.before.append(WriteError("rate-limited", "429", retry_at=NOON + HOUR))
    assert (await house.publish(one)).state == "failed"
    assert house.notices() == ["publication.failed"]


async def test_a_refusal_is_final_and_tells_whoever_scheduled_it(house: Sending):
    one = house.schedule()
    house.line.before.append(WriteError("refused", "no such language", final=True))
    failed = await house.publish(one)
    assert (failed.state, failed.code, failed.detail) == ("failed", "refused", "no such language")
    assert house.told() == ("publication.failed", "soon", {"yanis"})
    await house.work(30)
    assert house.get(one) == failed


async def test_what_nobody_could_send_in_time_is_missed_and_raises_an_alarm(house: Sending):
    one = house.schedule()
    house.now = NOON + 15 * MINUTE + 1
    late = await house.publish(one)
    assert late.state == "missed"
    assert await house.out() == []
    assert house.told() == ("publication.missed", "now", {"maelle"})
    assert house.verbs(one) == ["scheduled", "missed"]


async def test_up_to_its_last_minute_it_still_goes_out(house: Sending):
    one = house.schedule()
    house.now = NOON + 15 * MINUTE
    assert (await house.publish(one)).state == "published"


async def test_a_channel_waits_for_its_account_until_it_is_too_late(house: Sending):
    in_time, late = house.schedule("Un"), house.schedule("Deux", due=NOON + HOUR)
    house.connected = False
    with pytest.raises(WriteError, match="not-connected"):
        await house.publish(in_time)
    await house.work(5)
    house.connected = True
    await house.work(5)
    assert house.get(in_time).state == "published"
    house.connected, house.now = False, NOON + HOUR
    await house.work(20)
    assert (house.get(late).state, house.get(late).code) == ("failed", "not-connected")


async def test_an_account_that_must_be_connected_again_costs_no_post(house: Sending):
    one = house.schedule()
    house.line.before += [WriteError("bad-token", "expired", final=True)] * 3
    assert (await house.publish(one)).state == "scheduled"
    await house.work(10)
    assert house.get(one).state == "published"


async def test_a_process_that_ends_while_sending_leaves_no_doubt_unanswered(house: Sending):
    arrived, lost = house.schedule("Un"), house.schedule("Deux")
    for one in (arrived, lost):
        keys = [house.network.new_key(house.now)]
        assert house.store.publications.claim(one.id, one.revision, keys, house.now)
    claimed = house.get(arrived)
    from vigie.flows.outgoing import wanted  # noqa: PLC0415 - what the other process had in hand

    await house.network.write(await wanted(house.network, house.media, claimed, 0))
    await house.work(1)
    assert {house.get(one).state for one in (arrived, lost)} == {"published"}
    assert sorted(await house.out()) == ["Deux", "Un"]
    assert house.verbs(arrived) == ["scheduled", "published"]


async def test_a_doubt_that_lasts_past_its_time_ends_with_the_truth(house: Sending):
    lost, out = house.schedule("Perdu"), house.schedule("Passé")
    house.line.before += [doubtful(), None]
    house.line.after += [doubtful()]
    house.line.blind = WriteError("unreachable", "down", doubtful=True)
    await house.publish(lost)
    await house.publish(out)
    await house.work(40)
    assert {house.get(one).state for one in (lost, out)} == {"unconfirmed"}
    house.line.blind = None
    await house.work(5)
    assert (house.get(lost).state, house.get(out).state) == ("failed", "published")
    assert await house.out() == ["Passé"]


async def test_what_may_still_be_arriving_is_not_given_up(house: Sending):
    one = house.schedule()
    house.now = NOON + 15 * MINUTE
    house.line.before.append(doubtful())
    await house.publish(one)
    house.now += 10_000
    waits = await look_again(house.press, house.get(one))
    assert (waits.state, waits.try_at) == ("unconfirmed", NOON + 17 * MINUTE)
    house.now = NOON + 17 * MINUTE
    assert (await look_again(house.press, house.get(one))).state == "failed"


async def test_a_thread_goes_on_where_it_stopped_however_late(house: Sending):
    one = house.schedule("Un", "Deux", "Trois")
    house.line.before += [None, *[WriteError("server-error", "503")] * 30]
    await house.work(30)
    assert house.get(one).state == "published"
    assert await house.out() == ["Un", "Deux", "Trois"]


async def test_only_writing_again_tells_on_some_networks(house: Sending):
    one = house.schedule()
    house.line.after.append(doubtful())
    house.line.blind = WriteError("timeout", "nobody can say", doubtful=True, again=True)
    await house.work(1)
    assert house.get(one).state == "published"
    assert len(await house.out()) == 1


async def test_two_publishers_never_send_the_same(house: Sending):
    one = house.schedule()
    first = await publish(house.press, one)
    assert (await publish(house.press, one)).revision == one.revision
    assert first.state == "published"
    assert len(await house.out()) == 1


async def test_a_clock_set_back_sends_nothing_twice(house: Sending):
    many = [house.schedule(f"{n}", due=NOON + n * MINUTE) for n in range(30)]
    await house.work(20)
    assert len(await house.out()) == 20
    house.now -= HOUR
    await house.work(60)
    assert len(await house.out()) == 20
    await house.work(60)
    assert sorted(await house.out(), key=int) == [f"{n}" for n in range(30)]
    assert {house.get(one).state for one in many} == {"published"}


async def test_a_pause_stops_a_thread_between_two_pieces(house: Sending):
    one = house.schedule("Un", "Deux")
    act = Act(NOON, "maelle", "pause.set", "pause")
    house.line.during = lambda: (
        house.store.publications.pauses() or house.store.publications.pause(Pause(0, (), "maelle", "", house.now), act)
    )
    done = await house.publish(one)
    assert (done.state, done.code, await house.out()) == ("unconfirmed", "paused", ["Un"])
    house.line.during = None
    asked = len(house.line.calls)
    await house.work(10)
    assert (house.get(one).state, await house.out()) == ("unconfirmed", ["Un"])
    assert len(house.line.calls) - asked <= 1


async def test_a_doubt_is_read_back_during_a_pause_and_nothing_is_sent(house: Sending):
    out, lost = house.schedule("Passé"), house.schedule("Perdu")
    house.line.after.append(doubtful())
    await house.publish(out)
    house.line.before.append(doubtful())
    await house.publish(lost)
    house.store.publications.pause(Pause(0, (), "maelle", "", house.now), Act(NOON, "maelle", "pause.set", "pause"))
    await house.work(5)
    assert (house.get(out).state, house.get(lost).state) == ("published", "unconfirmed")
    assert await house.out() == ["Passé"]


async def test_each_turn_of_a_repetition_is_scheduled_once(house: Sending):
    one = house.schedule(repeat="day")
    await house.publish(one)
    await look_again(house.press, house.get(one))
    turns = house.store.publications.between(NOON, NOON + 10 * 24 * HOUR)
    assert [turn.wall for turn in turns] == ["2026-11-12T14:02", "2026-11-13T14:02"]
    assert {turn.series for turn in turns} == {one.id}


async def test_a_repetition_survives_turns_that_were_missed(house: Sending):
    house.schedule(repeat="day")
    house.now = NOON + 3 * 24 * HOUR
    await house.work(1)
    turns = house.store.publications.between(NOON, NOON + 10 * 24 * HOUR)
    assert [(turn.wall[8:10], turn.state) for turn in turns] == [("12", "missed"), ("16", "scheduled")]


async def test_a_repetition_keeps_its_hour_over_a_change_of_clocks(house: Sending):
    due = 1_792_836_000_000 + 2 * HOUR  # 24 October 2026, 14:00 in Paris: clocks go back that night
    one = house.schedule(repeat="day", due=due - 2 * HOUR, wall="2026-10-24T12:00")
    house.now = due - 2 * HOUR
    await house.publish(one)
    following = house.store.publications.due(due + 48 * HOUR)[0]
    assert following.wall == "2026-10-25T12:00"
    assert following.due - one.due == 25 * HOUR


async def test_a_picture_that_is_gone_is_said(house: Sending):
    from vigie.model import Attachment, Outgoing, Piece  # noqa: PLC0415

    lost = Outgoing((Piece("Voici", (Attachment(id="0" * 64, alt="rien"),)),), "fr")
    failed = await house.publish(house.schedule(outgoing=lost))
    assert (failed.state, failed.code) == ("failed", "picture-missing")


ERRORS = st.sampled_from((None, None, "lost", "unanswered", "crash", "limited", "broken"))


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(faults=st.lists(ERRORS, max_size=30), posts=st.lists(st.integers(1, 3), min_size=1, max_size=6))
async def test_whatever_happens_each_post_is_out_exactly_once(tmp_path_factory, faults, posts):
    folder = tmp_path_factory.mktemp("house")
    store = open_store(folder / "vigie.db", role="work")
    house = Sending(folder, store)
    made = [house.schedule(*["Bonjour"] * size) for size in posts]
    for fault in faults:
        house.line.before.append(
            {"lost": doubtful("unreachable"), "limited": WriteError("rate-limited", ""),
             "broken": WriteError("server-error", "", doubtful=True)}.get(fault)
        )  # fmt: skip
        house.line.after.append({"unanswered": doubtful(), "crash": RuntimeError("ended")}.get(fault))
    await house.work(14)
    assert {house.get(one).state for one in made} == {"published"}
    assert len(await house.out()) == sum(posts)
    store.close()
