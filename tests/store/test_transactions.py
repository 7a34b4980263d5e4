"""How the file is written: which transactions, how durable, and what a full disk leaves behind."""

import re
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from sqlalchemy import event

from store.making import act, keep, post, texts
from store.publishing import claim, pause, schedule
from store.suite_incidents import LINE, TASK, open_one
from store.suite_notices import MAIL, tell
from vigie.flows.ports.accounts import Account, Session, Token
from vigie.flows.ports.archive import Filter
from vigie.model import Approval, Content, Deleted, Evidence, Release, SourceState
from vigie.store import Store, StoreError, StoreFullError, open_store
from vigie.store.database import Turns

ROOM = Path(__file__).parents[2] / "src/vigie/store"
WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


def test_only_one_file_begins_transactions_and_only_in_one_way() -> None:
    said = {
        path.name: found
        for path in ROOM.rglob("*.py")
        if (
            found := re.findall(
                r"\bBEGIN\b(?! SELECT RAISE)[ A-Z]*|\.begin\(|isolation_level=", path.read_text("utf-8")
            )
        )
    }
    assert said == {"database.py": ["BEGIN IMMEDIATE", "isolation_level=", "isolation_level="]}


@pytest.fixture
def statements(store: Store) -> list[str]:
    """Everything said to SQLite from here on."""
    said: list[str] = []
    for engine in (store._database._readers, store._database._writers):

        @event.listens_for(engine, "before_cursor_execute")
        def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
            said.append(statement)

    return said


def use_everything(store: Store) -> None:
    one = post()
    keep(store, one, deleted=(Deleted("bluesky", "at://x", 1),))
    keep(store, deleted=(Deleted("bluesky", one.remote_id, 1),))
    store.archive.add_to_sample([post()], 1)
    store.archive.set_source(SourceState("s", "bluesky"))
    store.archive.drop_sources([])
    store.archive.set_queries([("a", "b")], 1)
    store.archive.set_authors("bluesky", [one.author])
    store.archive.expire_sample(5)
    store.accounts.add(Account("odile", "odile", "hash"), act())
    store.accounts.change(Account("odile", "odile", "hash2"), act())
    store.accounts.open_session(Session("d", "odile", 1, 1, "", ""), act())
    store.accounts.add_token(Token("t", "d", "odile", "n", "read", 1), act())
    store.accounts.touch_session("d", 2)
    store.accounts.touch_token("t", 2)
    store.accounts.close_sessions(["d"], act())
    store.accounts.drop_token("t", act())
    store.accounts.add_failure("k", 1)
    store.accounts.clear_failures("k")
    store.accounts.remember_answer("k", "d", b"a", 1)
    store.acts.record(act())
    use_the_desk(store)
    store.archive.expire("brand", 10**15, act())
    store.archive.erase("somebody", act())


def use_the_desk(store: Store) -> None:
    schedule(store)
    store.publications.settle(claim(store, store.publications.get(1)), act())
    pause(store)
    store.publications.settled(1, 5)
    store.publications.propose_release(1, Release("maelle", 1, ()), act())
    store.publications.agree_release(1, "ines", 1, act())
    store.drafts.begin(Content("a", answers=post()), "yanis", 1, act())
    store.publications.approve(Approval(1, 1, 1, "lead", "maelle", "approved", 1), act())
    incident = open_one(store)
    store.incidents.change(incident, [LINE], act())
    store.incidents.happen(structs.replace(LINE, incident=1))
    store.incidents.add_task(structs.replace(TASK, incident=1), act())
    store.incidents.finish_task(1, "ines", 1, act())
    store.incidents.keep_evidence(Evidence(1, 1, "post", "{}", ""))
    tell(store, MAIL)
    store.notices.settle(structs.replace(MAIL, id=1, notice=1))
    store.notices.cancel(4)
    store.notices.read("maelle", 1)
    store.signals.keep({"query:brand": b"1"})


def test_every_write_lies_in_an_immediate_transaction(store: Store, statements: list[str]) -> None:
    use_everything(store)
    inside, writes = False, 0
    for statement in statements:
        if statement == "BEGIN IMMEDIATE":
            assert not inside
            inside = True
        elif statement in ("COMMIT", "ROLLBACK"):
            inside = False
        elif WRITING.match(statement):
            writes += 1
            assert inside, statement
        assert not re.match(r"\s*(BEGIN(?! IMMEDIATE$)|SAVEPOINT)", statement), statement
    assert writes > 90


def test_acts_and_accounts_are_durable_streams_are_not(store: Store, statements: list[str]) -> None:
    def mode(write: Any) -> set[str]:
        statements.clear()
        write()
        return {one.rpartition(" ")[2] for one in statements if one.startswith("PRAGMA synchronous")}

    assert mode(lambda: keep(store, post())) == {"NORMAL"}
    assert mode(lambda: store.archive.set_source(SourceState("s", "bluesky"))) == {"NORMAL"}
    assert mode(lambda: store.acts.record(act())) == {"FULL"}
    assert mode(lambda: store.accounts.add(Account("o", "o", ""), act())) == {"FULL"}
    assert mode(lambda: store.archive.expire("brand", 10**15, act())) == {"FULL"}
    assert mode(lambda: use_the_desk(store)) == {"FULL", "NORMAL"}
    assert mode(lambda: store.signals.keep({"query:brand": b"1"})) == {"NORMAL"}
    assert mode(lambda: schedule(store)) == {"FULL"}
    assert mode(lambda: claim(store, store.publications.get(2))) == {"FULL"}
    assert mode(lambda: pause(store)) == {"FULL"}
    assert mode(lambda: tell(store, MAIL)) == {"FULL"}


def test_evidence_cannot_be_changed(store: Store) -> None:
    open_one(store)
    store.incidents.keep_evidence(Evidence(1, 1, "post", "{}", "ab"))
    for change in ("UPDATE evidence SET digest = 'x'", "DELETE FROM evidence", "UPDATE evidence SET incident = 9"):
        with pytest.raises(Exception, match="kept for good"), store._database.writing(durable=True) as tx:
            tx.exec_driver_sql(change)
    assert store.incidents.evidence(1) == [Evidence(1, 1, "post", "{}", "ab")]


def test_acts_cannot_be_changed(store: Store) -> None:
    store.acts.record(act())
    for change in ("UPDATE act SET who = 'x'", "DELETE FROM act", "UPDATE act SET id = 9"):
        with pytest.raises(Exception, match="kept for good"), store._database.writing(durable=True) as tx:
            tx.exec_driver_sql(change)
    assert len(store.acts.latest()) == 1


def test_an_act_is_stored_with_what_it_records_or_not_at_all(store: Store) -> None:
    store.accounts.add(Account("odile", "odile", "hash"), act())
    with pytest.raises(Exception, match=r"not JSON serializable|Encoding objects"):
        store.accounts.change(Account("odile", "odile", "other"), act(details={"x": object()}))
    account = store.accounts.get("odile")
    assert account is not None
    assert account.password_hash == "hash"


def test_readers_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError) as refused, store._database.reading() as connection:
        connection.exec_driver_sql("DELETE FROM post")
    assert refused.value.code == "read-only"


def test_a_full_disk_stores_nothing_of_the_batch_and_everything_later(store: Store) -> None:
    keep(store, post("avant"), cursor="1")
    with store._database.alone() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
    many = [post("mot " * 100, author=None) for _ in range(1000)]
    for write in (
        lambda: keep(store, *many, cursor="2"),
        lambda: store.archive.add_to_sample(many, 1),
    ):
        with pytest.raises(StoreFullError):
            write()
    assert texts(store) == ["avant"]
    assert store.archive.cursor("jetstream") == "1"
    assert store.archive.sample() == []
    assert store.check() == []
    with store._database.alone() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")
    assert keep(store, *many, cursor="2").new == 1000
    assert store.archive.cursor("jetstream") == "2"


def test_writers_of_several_threads_and_stores_take_turns(store: Store, tmp_path: Path) -> None:
    other = open_store(tmp_path / "vigie.db", role="web")
    troubles: list[BaseException] = []

    def write(into: Store, name: str) -> None:
        try:
            for n in range(40):
                keep(into, *(post(f"{name} {n}") for _ in range(5)), source=name)
                into.acts.record(act())
                into.archive.mentions(Filter(text=name))
        except BaseException as trouble:  # noqa: BLE001 - told by the test
            troubles.append(trouble)

    threads = [
        threading.Thread(target=write, args=(into, f"n{i}")) for i, into in enumerate((store, store, other, other))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert troubles == []
    assert store.archive.count(Filter()) == 4 * 40 * 5
    assert len(store.acts.latest(limit=1000)) == 160


def test_a_commit_of_another_is_noticed(store: Store, tmp_path: Path) -> None:
    other = open_store(tmp_path / "vigie.db", role="web")
    before = other.archive.data_version()
    assert other.archive.data_version() == before
    keep(store, post())
    assert other.archive.data_version() != before
    assert [change.kind for change in other.archive.changes(0)] == ["mention"]
    other.close()


def test_an_erasure_elsewhere_is_obeyed_by_the_next_batch(store: Store, tmp_path: Path) -> None:
    assert not store.archive.refused("bluesky", "did:plc:odile", "")
    other = open_store(tmp_path / "vigie.db", role="cli")
    other.archive.erase("did:plc:odile", act())
    other.close()
    assert keep(store, post()).new == 0
    assert store.archive.refused("bluesky", "did:plc:odile", "")


def test_the_feed_is_pruned(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vigie.store.changes.KEPT_CHANGES", 10)
    keep(store, *(post() for _ in range(50)))
    assert [change.id for change in store.archive.changes(0)] == list(range(41, 51))
    assert store.archive.last_change() == 50


def test_threads_write_in_the_order_in_which_they_asked() -> None:
    turns, order = Turns(), []

    def write(name: str) -> None:
        with turns:
            order.append(name)

    others = []
    with turns:
        for name in ("second", "third", "fourth"):
            others.append(threading.Thread(target=write, args=(name,)))
            others[-1].start()
            while len(turns._waiting) < len(others):
                time.sleep(0.001)
    write("last")  # asked again at once, and comes after all who were waiting
    for other in others:
        other.join()
    assert order == ["second", "third", "fourth", "last"]
