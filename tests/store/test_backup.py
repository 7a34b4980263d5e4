"""Backups: whole, verified, bounded in number and age, private."""

import json
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest

from store.making import act, keep, post, texts
from vigie.store import Store, StoreError, StoreFullError, backup, open_store
from vigie.store.errors import translated

AT = 1_760_011_200_000  # 2025-10-09T12:00:00Z


def test_a_backup_is_a_whole_store_with_a_manifest(store: Store, tmp_path: Path) -> None:
    keep(store, post("la grève"))
    charter = tmp_path / "charter.yaml"
    charter.write_text("charter: 1\n")
    made = store.backup(beside=[charter])
    path = Path(made.path)
    assert path.parent == tmp_path / "backups"
    manifest = json.loads(path.with_suffix(".json").read_text())
    counts = {name: count for name, count in manifest["counts"].items() if count}
    assert counts == {"post": 1, "author": 1, "match": 1}
    assert sorted(manifest["digests"]) == sorted([path.name, f"{path.stem}.charter.yaml"])
    assert backup.verify(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(list(path.parent.iterdir())) == 3
    (tmp_path / "restored").mkdir()
    restored = path.rename(tmp_path / "restored" / "vigie.db")
    again = open_store(restored, role="cli")
    assert texts(again, text="greve") == ["la grève"]
    assert again.check() == []
    keep(again, post("après"))
    again.close()


def test_a_changed_backup_is_found_out(store: Store) -> None:
    path = Path(store.backup().path)
    path.write_bytes(path.read_bytes() + b"x")
    assert not backup.verify(path)


def test_a_damaged_database_is_not_passed_off_as_a_backup(tmp_path: Path) -> None:
    store = open_store(tmp_path / "vigie.db", role="cli")
    keep(store, *(post("mot " * 200) for _ in range(200)))
    store.archive.checkpoint()
    store.close()
    content = bytearray((tmp_path / "vigie.db").read_bytes())
    content[len(content) // 2 : len(content) // 2 + 40_000] = b"\x07" * 40_000
    (tmp_path / "vigie.db").write_bytes(content)
    with pytest.raises(StoreError) as refused:
        backup.back_up(tmp_path / "vigie.db", tmp_path / "backups", AT, {})
    assert refused.value.code in ("backup-differs", "damaged")
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_backup_while_another_writes_is_one_moment(store: Store) -> None:
    done = threading.Event()

    def write() -> None:
        while not done.is_set():
            keep(store, *(post() for _ in range(10)), queries=("a", "b"))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        keep(store, post())
        path = store.backup().path
    finally:
        done.set()
        writer.join()
    with closing(sqlite3.connect(path)) as copy:
        posts, matches = (copy.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("post", "match"))
        assert copy.execute("SELECT count(*) FROM match WHERE query = 'a'").fetchone()[0] * 2 == matches - 1
        assert posts >= 1


def test_a_backup_ends_however_much_is_written_meanwhile(store: Store) -> None:
    keep(store, *(post("mot " * 2000) for _ in range(600)))  # several steps of copying
    done = threading.Event()
    before = threading.Event()

    def write() -> None:
        while not done.is_set():
            keep(store, post())
            before.set()

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    before.wait()
    made: list[str] = []
    copying = threading.Thread(target=lambda: made.append(store.backup().path), daemon=True)
    try:
        copying.start()
        copying.join(60)
        assert made
    finally:
        done.set()
        for writer in writers:
            writer.join()


def test_seven_are_kept_and_none_older_than_a_week(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    day = 86_400_000
    for n in range(10):
        backup.back_up(store.path, folder, AT + n * day // 4, {})
    assert len(backup.prune(folder, AT + 9 * day // 4)) == 3
    assert next(path.name for path in backup.backups(folder)) == "vigie-20251010-060000.db"
    assert len(list(folder.iterdir())) == 14
    backup.prune(folder, AT + 30 * day)
    assert [path.name for path in backup.backups(folder)] == ["vigie-20251011-180000.db"]  # the newest stays


def test_two_in_one_second_have_two_names(store: Store, tmp_path: Path) -> None:
    names = {backup.back_up(store.path, tmp_path / "backups", AT, {}).path for _ in range(2)}
    assert len(names) == 2


def test_an_erasure_without_backups_makes_none(store: Store, tmp_path: Path) -> None:
    store.archive.erase("somebody", act())
    assert not (tmp_path / "backups").exists()


def test_a_full_disk_is_told_as_one(tmp_path: Path) -> None:
    error = translated(sqlite3.OperationalError("database or disk is full"), tmp_path / "vigie.db")
    assert isinstance(error, StoreFullError)
    assert translated(sqlite3.OperationalError("no such table: x"), tmp_path / "vigie.db") is None


def test_a_backup_elsewhere(store: Store, tmp_path: Path) -> None:
    made = store.backup(tmp_path / "usb" / "stick", keep=1)
    assert Path(made.path).exists()
    store.backup(tmp_path / "usb" / "stick", keep=1)
    assert len(backup.backups(tmp_path / "usb" / "stick")) == 1
