"""Who is told when, by which means, and what happens when nobody answers."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vigie.charter import Charter, Hours, Vocabulary, parse
from vigie.flows.drafts import Doing
from vigie.flows.incidents import acknowledge, open_incident
from vigie.flows.ports.messenger import Answer, NotToldError
from vigie.flows.tell import (
    AGAIN_AFTER,
    NotAgainError,
    again,
    delivered,
    end_of_quiet,
    escalate,
    not_delivered,
    resend,
    tell,
)
from vigie.model import Delivery, Incident, Notice
from vigie.store import Store, open_store

NOON = int(datetime(2026, 7, 4, 10, 0, tzinfo=UTC).timestamp() * 1000)  # 12:00 in Paris
HOUR = 3_600_000
MINUTE = 60_000

CHARTER = """
charter: 1
company: {name: Brûlerie du Port, languages: [fr, en], timezone: Europe/Paris}
people:
  - {id: maelle, name: Maëlle, email: maelle@brulerie.example, roles: [owner]}
  - {id: ines, name: Inès, roles: [author], quiet: ["11:30-14:00"]}
  - {id: yanis, name: Yanis, roles: [author]}
crisis: {on_call: [ines, maelle, yanis], escalate_after: 5m}
webhooks:
  - {id: pager, url: "https://pager.example/vigie"}
  - {id: journal, url: "https://journal.example/vigie", about: all}
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "vigie.db", role="work")
    yield opened
    opened.close()


@pytest.fixture
def charter() -> Charter:
    return parse(CHARTER, Vocabulary(frozenset()))


def notice(**more: object) -> Notice:
    return Notice(**({"id": 0, "at": NOON, "kind": "incident.opened", "urgency": "now"} | more))  # type: ignore[arg-type]


def ways(store: Store, only: Callable[[Delivery], bool] = lambda _: True) -> list[tuple[str, str]]:
    return sorted((one.person or one.address, one.means) for one, _ in store.notices.log() if only(one))


def an_incident(store: Store, charter: Charter, at: int = NOON) -> Incident:
    wanted = Incident(
        id=0, revision=0, origin="person", reason="reason.person", key="k", opened_at=at, opened_by="x",
        contain_within=0,
    )  # fmt: skip
    return open_incident(store.incidents, store.notices, charter, wanted, at)[0]


def test_the_first_on_call_is_told_by_every_means_and_so_are_the_programs(store: Store, charter: Charter) -> None:
    tell(store.notices, charter, notice())
    assert ways(store) == [
        ("ines", "chat"), ("ines", "email"), ("ines", "page"), ("journal", "webhook"), ("pager", "webhook"),
    ]  # fmt: skip


def test_what_can_wait_waits_for_the_end_of_quiet_hours_and_wakes_no_pager(store: Store, charter: Charter) -> None:
    tell(store.notices, charter, notice(urgency="soon", to=("ines", "yanis")))
    at = {(one.person or one.address, one.means): one.try_at for one, _ in store.notices.log()}
    assert at["ines", "email"] == NOON + 2 * HOUR
    assert at["yanis", "email"] == NOON
    assert ("journal", "webhook") in at
    assert ("pager", "webhook") not in at


def test_what_cannot_wait_does_not(store: Store, charter: Charter) -> None:
    tell(store.notices, charter, notice(to=("ines",)))
    assert {one.try_at for one, _ in store.notices.log()} == {NOON}


def test_quiet_hours_that_touch_are_one_night_and_those_without_an_end_hold_nothing() -> None:
    night = [Hours(22 * 60, 0), Hours(0, 7 * 60)]
    at = int(datetime(2026, 7, 4, 21, 30, tzinfo=UTC).timestamp() * 1000)  # 23:30 in Paris
    assert end_of_quiet(night, at, "Europe/Paris") == int(datetime(2026, 7, 5, 5, 0, tzinfo=UTC).timestamp() * 1000)
    always = [Hours(0, 12 * 60), Hours(12 * 60, 0)]
    assert end_of_quiet(always, at, "Europe/Paris") == at


def test_quiet_hours_end_on_the_wall_on_the_night_the_clock_changes() -> None:
    at = int(datetime(2026, 10, 24, 21, 0, tzinfo=UTC).timestamp() * 1000)  # 23:00 in Paris, the night of 25 hours
    over = int(datetime(2026, 10, 25, 6, 0, tzinfo=UTC).timestamp() * 1000)  # 07:00 in Paris
    assert end_of_quiet([Hours(22 * 60, 7 * 60)], at, "Europe/Paris") == over


def test_the_next_is_called_when_nobody_takes_it_and_each_once(store: Store, charter: Charter) -> None:
    an_incident(store, charter)
    assert escalate(store.notices, store.incidents, charter, NOON + 4 * MINUTE) == []
    (second,) = escalate(store.notices, store.incidents, charter, NOON + 5 * MINUTE)
    assert (second.to, second.step) == (("maelle",), 1)
    assert escalate(store.notices, store.incidents, charter, NOON + 6 * MINUTE) == []
    (third,) = escalate(store.notices, store.incidents, charter, NOON + 10 * MINUTE)
    assert third.to == ("yanis",)
    assert escalate(store.notices, store.incidents, charter, NOON + 60 * MINUTE) == []  # all were called
    assert ways(store, lambda one: one.means == "webhook") == [("journal", "webhook"), ("pager", "webhook")]


def test_taking_it_ends_the_calls_and_what_still_waits(store: Store, charter: Charter) -> None:
    incident = an_incident(store, charter)
    acknowledge(store.incidents, store.notices, incident, Doing("maelle", NOON + MINUTE))
    assert escalate(store.notices, store.incidents, charter, NOON + HOUR) == []
    assert store.notices.due(NOON + HOUR) == []


def test_tries_go_on_with_longer_pauses_and_end() -> None:
    delivery = Delivery(id=1, notice=1, person="", means="webhook", address="pager")
    waits, at = [], NOON
    while delivery.state == "waiting":
        delivery = not_delivered(delivery, NotToldError("503"), at)
        if delivery.state == "waiting":
            waits.append(delivery.try_at - at)
            at = delivery.try_at
    assert tuple(waits) == AGAIN_AFTER
    assert (delivery.state, delivery.attempts) == ("failed", len(AGAIN_AFTER) + 1)


def test_a_useless_try_is_not_made_again_and_a_wish_to_wait_is_kept() -> None:
    delivery = Delivery(id=1, notice=1, person="maelle", means="chat")
    assert not_delivered(delivery, NotToldError("no such address", final=True), NOON).state == "failed"
    assert not_delivered(delivery, NotToldError("slow", retry_at=NOON + HOUR), NOON).try_at == NOON + HOUR


def test_programs_can_be_left_out(store: Store, charter: Charter) -> None:
    tell(store.notices, charter, notice(), programs=False)
    assert ways(store) == [("ines", "chat"), ("ines", "email"), ("ines", "page")]


def test_what_waits_what_nobody_got_and_what_stands_on_a_page_is_not_sent_again(store: Store) -> None:
    for state, means in (("waiting", "chat"), ("cancelled", "email"), ("delivered", "page")):
        one = Delivery(id=4, notice=1, person="maelle", means=means, state=state)
        with pytest.raises(NotAgainError):
            resend(store.notices, one, Doing("maelle", NOON))
    assert store.acts.latest() == []


def test_who_sends_it_again_is_written_down(store: Store, charter: Charter) -> None:
    tell(store.notices, charter, notice())
    (pager,) = [one for one, _ in store.notices.log() if one.address == "pager"]
    store.notices.settle(not_delivered(pager, NotToldError("gone", status=410, final=True), NOON))
    failed = store.notices.delivery(pager.id)
    wanted = resend(store.notices, failed, Doing("maelle", NOON + 1, "digest"))
    assert store.notices.delivery(pager.id) == wanted
    assert (wanted.id, wanted.state, wanted.attempts, wanted.status, wanted.answer) == (pager.id, "waiting", 0, 0, "")
    (_, act), *_ = store.acts.latest()
    assert (act.who, act.verb, act.what, act.charter) == ("maelle", "notice.resent", "notice:1", "digest")
    assert act.details == {"delivery": pager.id, "means": "webhook", "to": "pager"}


def test_what_failed_can_be_sent_again_by_hand() -> None:
    failed = Delivery(id=4, notice=1, person="maelle", means="chat", state="failed", attempts=6)
    sent = delivered(again(failed, NOON), Answer(200, "ok"), NOON + 1)
    assert (sent.id, sent.state, sent.attempts, sent.delivered_at) == (4, "delivered", 1, NOON + 1)
