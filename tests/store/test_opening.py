"""Opening: new files, old files, files of the future, damaged files; several at once; checks."""

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from store.making import NOON, act, keep, post, texts
from store.publishing import schedule, wanted
from vigie.flows.ports.archive import Filter
from vigie.model import Content, Deleted, Outgoing, Piece
from vigie.store import Store, StoreError, migrate, open_store, schema
from vigie.store import store as opening
from vigie.store.database import Database
from vigie.store.driver import FORGETS


def test_the_migrations_make_the_tables_of_the_schema(store: Store) -> None:
    with store._database.reading() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, _: kind != "table" or name in schema.METADATA.tables,
                "compare_type": True,
            },
        )
        assert compare_metadata(context, schema.METADATA) == []
    assert migrate.newest() == schema.REVISION


def test_a_new_file_is_private_and_needs_no_backup(store: Store, tmp_path: Path) -> None:
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    assert not (tmp_path / "backups").exists()
    with store._database.reading() as connection:
        pragma = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "secure_delete")
        }
        assert pragma == {"journal_mode": "wal", "secure_delete": 1}
    assert store.sqlite_version >= (3, 42) or not FORGETS


def test_closing_and_opening_again(tmp_path: Path) -> None:
    first = open_store(tmp_path / "vigie.db", role="listen")
    keep(first, post("gardé"))
    first.close()
    assert not list(tmp_path.glob("*-wal"))
    second = open_store(tmp_path / "vigie.db", role="listen")
    assert texts(second) == ["gardé"]
    keep(second, post("après"))
    assert [mention.id for mention in second.archive.mentions(Filter()).mentions] == [2, 1]
    second.close()


def test_a_number_is_never_given_twice(store: Store) -> None:
    keep(store, post(), post(at=NOON - 1))
    store.archive.expire("brand", NOON + 1, act())
    keep(store, post())
    assert [mention.id for mention in store.archive.mentions(Filter()).mentions] == [3]


def test_an_older_file_is_backed_up_and_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "vigie.db"
    first = open_store(path, role="cli")
    keep(first, post("gardé"))
    first.close()
    steps: list[str] = []
    monkeypatch.setattr(opening, "REVISION", "9999")
    monkeypatch.setattr(
        migrate, "upgrade", lambda tx: steps.append(tx.exec_driver_sql("SELECT 'migrated'").scalar_one())
    )
    open_store(path, role="cli").close()
    assert steps == ["migrated"]
    (copy,) = (tmp_path / "backups").glob("*.db")
    with closing(sqlite3.connect(copy)) as backup:
        assert backup.execute("SELECT text FROM post").fetchall() == [("gardé",)]


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "vigie.db"
    first = open_store(path, role="cli")
    keep(first, post("gardé"))
    first.close()

    def fail(tx: object) -> None:
        tx.exec_driver_sql("DROP TABLE volume")  # type: ignore[attr-defined]
        raise RuntimeError

    monkeypatch.setattr(opening, "REVISION", "9999")
    monkeypatch.setattr(migrate, "upgrade", fail)
    with pytest.raises(RuntimeError):
        open_store(path, role="cli")
    monkeypatch.undo()
    again = open_store(path, role="cli")
    assert again.check() == []
    assert texts(again) == ["gardé"]
    again.close()


def test_a_file_of_a_later_version_is_left_alone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "REVISION", "0000")
    with pytest.raises(StoreError) as refused:
        open_store(store.path, role="cli")
    assert refused.value.code == "newer"


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"not a database, " * 100, {"not-a-database"}),
        (b"SQLite format 3\0" + b"\xff" * 5000, {"damaged", "not-a-database"}),
    ],
)
def test_what_is_no_database(content: bytes, codes: set[str], tmp_path: Path) -> None:
    path = tmp_path / "vigie.db"
    path.write_bytes(content)
    with pytest.raises(StoreError) as refused:
        open_store(path, role="cli")
    assert refused.value.code in codes
    assert path.read_bytes() == content


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        open_store(tmp_path / "nowhere" / "vigie.db", role="cli")
    assert refused.value.code == "cannot-open"


OPEN_AND_WRITE = """
import sys, pathlib, vigie.store as s, vigie.model as m
store = s.open_store(pathlib.Path(sys.argv[1]), role="listen")
one = m.Post("bluesky", sys.argv[2], m.Author("did:1"), "mot", 1)
store.archive.append(sys.argv[2], m.Batch(posts=(one,), events=1), [m.Sighting(one, ("brand",), "match")], 1)
store.close()
"""


def test_processes_that_open_a_new_file_at_once_wait_for_one_another(tmp_path: Path) -> None:
    path = tmp_path / "vigie.db"
    openers = [subprocess.Popen([sys.executable, "-c", OPEN_AND_WRITE, path, f"at://{n}"]) for n in range(4)]
    assert [opener.wait() for opener in openers] == [0] * 4
    store = open_store(path, role="cli")
    assert store.archive.count(Filter()) == 4
    assert store.check() == []
    store.close()


def test_checks_find_what_is_wrong(tmp_path: Path) -> None:
    store = open_store(tmp_path / "vigie.db", role="cli")
    keep(store, post("grève"), post("café"))
    assert store.check() == []
    with store._database.writing(durable=True) as tx:
        tx.exec_driver_sql("UPDATE volume SET count = 7")
    assert store.check() == ["counters-differ"]
    assert store.check(deep=False) == []
    with store._database.writing(durable=True) as tx:
        tx.exec_driver_sql("UPDATE volume SET count = 2")
        tx.exec_driver_sql("UPDATE post SET text = 'trêve' WHERE id = 1")
    assert "index-differs" in store.check()
    store.close()


def test_counters_outlive_retention_without_alarm(store: Store) -> None:
    keep(store, post(at=NOON), post(at=NOON + 86_400_000))
    store.archive.expire("brand", NOON + 3_600_000, act())
    assert store.check() == []


def test_drafts_from_before_publishing(tmp_path: Path) -> None:
    path = tmp_path / "vigie.db"
    database = Database(path, readers=1)
    content = msgspec.json.encode(Content("Oui", answers=post("Ouvert ?", remote_id="at://lou/1"))).decode()
    with database.writing(durable=True) as tx:
        config = migrate._config()
        config.attributes["connection"] = tx
        command.upgrade(config, "0003")
        tx.exec_driver_sql("INSERT INTO draft VALUES (1, 2, 1, ?, 'ana', 'ana', 1, 1, 'ready')", (content,))
        tx.exec_driver_sql("INSERT INTO draft_version VALUES (1, 1, ?, 'ana', 1)", (content,))
    database.close()
    store = open_store(path, role="cli")
    assert [one.state for one in store.drafts.latest()] == ["draft"]  # it was ready: nobody had approved it
    assert len(list((tmp_path / "backups").glob("*.db"))) == 1
    assert store.check() == []
    keep(store, deleted=(Deleted("bluesky", "at://lou/1", NOON),))
    assert store.drafts.get(1).content.answers.text == ""
    store.close()


def test_checks_find_what_would_not_be_found(tmp_path: Path) -> None:
    store = open_store(tmp_path / "vigie.db", role="cli")
    schedule(store, wanted(outgoing=Outgoing((Piece("Oui"),), answers=post())))
    assert store.check() == []
    with store._database.writing(durable=True) as tx:
        tx.exec_driver_sql("DELETE FROM copy")
        tx.exec_driver_sql("UPDATE publication SET state = 'publishing'")
    assert store.check() == ["queue-differs", "copies-differ"]
    store.close()
