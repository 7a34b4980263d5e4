"""The chain in a real database: whole whoever writes, whatever breaks off, and made for what was there before it."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command

from store.making import NOON, act
from vigie.flows.ledger import export, seal_end
from vigie.ledger import ORIGIN, verify
from vigie.store import Store, migrate, open_store
from vigie.store.database import Database
from vigie.store.driver import SQLITE

SECRET = bytes(32)
WRITER = """
import sys
from pathlib import Path
from vigie.model import Act
from vigie.store import open_store
store = open_store(Path(sys.argv[1]), role="cli")
print("ready", flush=True)
for number in range(int(sys.argv[3])):
    store.acts.record(Act(number, sys.argv[2], "query.changed", f"query:{number}"))
"""


def writer(path: Path, who: str, count: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), who, str(count)], stdout=subprocess.PIPE, text=True
    )


def test_a_ledger_given_out_holds(store: Store) -> None:
    for number in range(2100):  # more than two pages
        store.acts.record(act(at=NOON + number))
    verdict = verify(export(store.acts, SECRET, NOON))
    assert verdict.holds
    assert (verdict.entries, verdict.sealed) == (2100, 2100)


def test_an_empty_ledger_has_nothing_to_seal(store: Store) -> None:
    assert seal_end(store.acts, SECRET, NOON) is None
    assert store.acts.end() == (0, ORIGIN)


def test_the_same_end_is_sealed_once(store: Store) -> None:
    store.acts.record(act())
    assert seal_end(store.acts, SECRET, NOON) == seal_end(store.acts, SECRET, NOON + 1)
    assert len(store.acts.seals()) == 1


def test_eight_processes_writing_at_once_make_one_chain(tmp_path: Path) -> None:
    path = tmp_path / "vigie.db"
    open_store(path, role="cli").close()
    writers = [writer(path, f"writer{number}", 25) for number in range(8)]
    assert [one.wait(120) for one in writers] == [0] * 8
    store = open_store(path, role="cli")
    verdict = verify(export(store.acts, SECRET, NOON))
    assert verdict.holds
    assert verdict.entries == 200
    store.close()


def test_killed_while_appending_the_chain_stays_whole(tmp_path: Path) -> None:
    path = tmp_path / "vigie.db"
    before = 0
    for _ in range(5):
        one = writer(path, "writer", 1_000_000)
        assert one.stdout is not None
        one.stdout.readline()
        watching = open_store(path, role="cli")
        while watching.acts.end()[0] < before + 20:
            pass
        os.kill(one.pid, signal.SIGKILL)
        one.wait()
        verdict = verify(export(watching.acts, SECRET, NOON))
        assert verdict.holds
        assert verdict.entries > before
        before = verdict.entries
        watching.close()


@pytest.mark.parametrize("table", ["act", "seal"])
@pytest.mark.parametrize("change", ["UPDATE {} SET digest = ''", "DELETE FROM {}"])
def test_the_database_itself_refuses_a_change(store: Store, table: str, change: str) -> None:
    store.acts.record(act())
    seal_end(store.acts, SECRET, NOON)
    with closing(SQLITE.connect(store.path)) as raw, pytest.raises(SQLITE.DatabaseError, match="kept for good"):
        raw.execute(change.format(table))


def test_acts_from_before_the_chain_are_chained(tmp_path: Path) -> None:
    path = tmp_path / "vigie.db"
    database = Database(path, readers=1)
    with database.writing(durable=True) as tx:
        config = migrate._config()
        config.attributes["connection"] = tx
        command.upgrade(config, "0001")
    database.close()
    with closing(SQLITE.connect(path)) as raw:
        raw.executemany(
            "INSERT INTO act VALUES (?, ?, 'ana', 'charter.adopted', 'charter', 'é', '', '{\"n\": 1}')",
            [(id, NOON + id) for id in (1, 2, 5)],  # a gap, as an older version may have left
        )
        raw.commit()
    store = open_store(path, role="cli")
    store.acts.record(act())
    verdict = verify(export(store.acts, SECRET, NOON))
    assert verdict.holds
    assert verdict.entries == 4
    store.close()
